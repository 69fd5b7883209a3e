package rest

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"
)

// CallOption configures one call.
type CallOption func(*callConfig) error

type callConfig struct {
	timeout    time.Duration
	header     []pair
	idempotent *bool
	responses  []*Response
	lists      []listLength
	maxBody    int64
}

// CallTimeout limits the time of the whole call: all its attempts and the pauses between them.
func CallTimeout(d time.Duration) CallOption {
	return func(c *callConfig) error {
		if d <= 0 {
			return fmt.Errorf("timeout %v is not positive", d)
		}
		c.timeout = d
		return nil
	}
}

// CallHeader adds a header to the requests of the call, or replaces one of the client's. It refuses what [Request.SetHeader]
// refuses.
func CallHeader(name, value string) CallOption {
	return func(c *callConfig) error {
		if err := checkHeader(name, value); err != nil {
			return err
		}
		c.header = setPair(c.header, http.CanonicalHeaderKey(name), value)
		return nil
	}
}

// CallIdempotent sets whether this call may be repeated if the outcome of an attempt is not known, regardless of the
// operation.
func CallIdempotent(yes bool) CallOption {
	return func(c *callConfig) error {
		c.idempotent = &yes
		return nil
	}
}

// CallResponse fills r with the metadata of the last response of the call, even if that is an error. It stays zero if there
// was no response. If the option occurs more than once, each r is filled.
func CallResponse(r *Response) CallOption {
	return func(c *callConfig) error {
		if r == nil {
			return errors.New("the response to fill is nil")
		}
		*r = Response{}
		c.responses = append(c.responses, r)
		return nil
	}
}

// CallListLength sets n to the number of items that a list of the response had when it was received, including those that do
// not fit their type and are omitted. property names the list, a property of the response. n is 0 if the response does not
// have it, and -1 if it is not a list.
func CallListLength(property string, n *int) CallOption {
	return func(c *callConfig) error {
		if n == nil {
			return errors.New("the length to set is nil")
		}
		*n = 0
		c.lists = append(c.lists, listLength{property, n})
		return nil
	}
}

// listLength is where [CallListLength] stores the length of a list.
type listLength struct {
	property string
	n        *int
}

// Response is the metadata of a response.
type Response struct {
	Status   int           // HTTP status
	Header   http.Header   // of the response
	Rate     Rate          // the rate limit at that time
	Attempts int           // requests sent for the call, this one included
	Duration time.Duration // of this attempt

	// The values of a success that did not fit their documented types, at most 100; their fields are empty.
	Mismatches []Mismatch
}

// withTimeout limits the time of the whole call.
func (c *Client) withTimeout(next stage) stage {
	return func(k *call) (*answer, error) {
		if k.conf.timeout == 0 {
			return next(k)
		}
		ctx, cancel := context.WithTimeout(k.ctx, k.conf.timeout)
		k.ctx = ctx
		a, err := next(k)
		if a != nil && a.stream != nil {
			a.stream.cancel = append(a.stream.cancel, cancel)
		} else {
			cancel()
		}
		return a, err
	}
}
