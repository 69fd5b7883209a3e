package rest

import "context"

// call is one call on its way through the stages.
type call struct {
	ctx     context.Context
	req     *Request
	token   Token
	attempt int // number of the attempt under way, from 1
}

// stage is one step of the way: it may look at the call, hand it on, and look at what comes back. Like a round tripper
// it is safe for concurrent use, since everything of one call is in the call.
type stage func(*call) (*answer, error)

// assemble puts the way of a call together, from the wire outwards.
func (c *Client) assemble() stage {
	way := c.exchange       // one request and one answer on the wire
	way = c.judged(way)     // an answer that is no success becomes an *Error
	way = c.authorized(way) // the token
	return way
}
