package rest

import "context"

// call is one call on its way through the stages.
type call struct {
	ctx  context.Context
	req  *Request
	conf callConfig

	token    Token
	attempts int  // requests put on the wire so far
	renewed  bool // a refused token was replaced; that happens once
}

// stage is one step of the way: it may look at the call, hand it on, and look at what comes back. Like a round tripper
// it is safe for concurrent use, since everything of one call is in the call.
type stage func(*call) (*answer, error)

// assemble puts the way of a call together, from the wire outwards. The order matters:
//
//   - every attempt is judged and observed, so both stand next to the wire;
//   - every attempt costs the service's budget, also the second one with a renewed token, so limited is inside authorized;
//   - an attempt after a pause may need a newer token, so authorized is inside retried;
//   - the call's own time bounds all pauses, so timed is outermost.
func (c *Client) assemble() stage {
	way := c.exchange       // one request and one answer on the wire
	way = c.judged(way)     // an answer that is no success becomes an *Error
	way = c.observed(way)   // hooks, log lines, the response for who asked for it
	way = c.limited(way)    // the budget of requests
	way = c.authorized(way) // a token, and once a new one
	way = c.retried(way)    // again, when that is safe and of use
	way = c.timed(way)      // the time for the whole call
	return way
}
