package oauth

import (
	"sync"

	"github.com/highlevel-go/snapshots/api/rest"
)

// LocationTokens returns the argument for [rest.WithLocationTokens]: a function that returns a [LocationSource] for each
// sub-account, created for the first call that needs it. The sub-accounts belong to the agency set with
// rest.WithDefault("companyId", id).
func (c *Client) LocationTokens() rest.LocationTokens {
	var mu sync.Mutex
	sources := map[string]*LocationSource{}
	return func(locationID string) (rest.TokenSource, error) {
		mu.Lock()
		defer mu.Unlock()
		if s := sources[locationID]; s != nil {
			return s, nil
		}
		s, err := c.LocationSource(LocationTokenRequest{LocationID: locationID})
		if err != nil {
			return nil, err
		}
		sources[locationID] = s
		return s, nil
	}
}
