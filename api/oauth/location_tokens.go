package oauth

import (
	"sync"

	"github.com/highlevel-go/snapshots/api/rest"
)

// LocationTokens returns what [rest.WithLocationTokens] takes: a [LocationSource] for each sub-account that calls are about, made when
// the first one is. The sub-accounts are those of the agency that the client was given with rest.WithDefault("companyId", id).
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
