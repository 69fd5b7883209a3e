package rest

import "context"

// call is the state of one call while it passes the stages.
type call struct {
	ctx  context.Context
	req  *Request
	conf callConfig

	source   TokenSource // of the call's token; see chooseSource
	identity string      // of source, if that is not the client's own
	location string      // the sub-account whose token is sent, if that is not the client's own
	token    Token
	security []Security // the chosen alternative of the operation
	attempts int        // requests sent so far
	renewed  bool       // a refused token was replaced, which is done once
	effect   Effect     // of the failed attempts so far
}

// stage is one step of a call: it may change the call, pass it on, and change the result. Like a round tripper it is safe
// for concurrent use, because all state of a call is in the call.
type stage func(*call) (*answer, error)

// assemble builds the chain of stages of a call, starting at the wire. The order matters:
//
//   - every attempt is checked and observed, so checkStatus and observe are next to the wire;
//   - every attempt uses the rate limit, including the second one with a refreshed token, so limitRate is inside authorize;
//   - an attempt after a pause may need a newer token, so authorize is inside retry;
//   - the time of the call limits all pauses, so withTimeout is outermost.
func (c *Client) assemble() stage {
	call := c.exchange         // sends one request and reads one response
	call = c.checkStatus(call) // turns a response that is not a success into an *Error
	call = c.observe(call)     // hooks, log lines, [CallResponse]
	call = c.limitRate(call)   // the rate limit
	call = c.secure(call)      // the token, replaced once if it is refused; other credentials
	call = c.retry(call)       // repeats the attempt, if that is safe and may help
	call = c.withTimeout(call) // limits the time of the whole call
	return call
}
