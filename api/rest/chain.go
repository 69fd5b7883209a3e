package rest

import "context"

// call is the state of one call while it passes the stages.
type call struct {
	ctx  context.Context
	req  *Request
	conf callConfig

	source   TokenSource // of the call's token; see chooseSource
	identity string      // of source, where it is not the client's own
	location string      // the sub-account whose token is sent, where that is not the client's own
	token    Token
	security []Security // chosen of the operation's alternatives
	attempts int        // requests put on the wire so far
	renewed  bool       // a refused token was replaced; that happens once
	effect   Effect     // of the attempts that have failed so far
}

// stage is one step of a call: it may change the call, pass it on, and change what comes back. Like a round tripper
// it is safe for concurrent use, since everything that belongs to one call is in the call.
type stage func(*call) (*answer, error)

// assemble builds the chain of stages that a call passes, from the wire outwards. The order matters:
//
//   - every attempt is checked and observed, so checkStatus and observe stand next to the wire;
//   - every attempt costs the service's budget, also the second one with a renewed token, so limitRate is inside authorize;
//   - an attempt after a pause may need a newer token, so authorize is inside retry;
//   - the call's own time bounds all pauses, so withTimeout is outermost.
func (c *Client) assemble() stage {
	call := c.exchange         // one request and one answer on the wire
	call = c.checkStatus(call) // an answer that is no success becomes an *Error
	call = c.observe(call)     // hooks, log lines, the response for who asked for it
	call = c.limitRate(call)   // the budget of requests
	call = c.secure(call)      // a token, and once a new one; other credentials
	call = c.retry(call)       // again, when that is safe and may help
	call = c.withTimeout(call) // the time for the whole call
	return call
}
