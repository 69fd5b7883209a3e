package mcpserver

import (
	"context"
	"strconv"

	"github.com/highlevel-go/snapshots/api/oauth"
	"github.com/highlevel-go/snapshots/api/rest"
)

// oauthClient calls the one operation of OAuth that returns no token. It has the arguments of the document and the
// pagination of the Go client, which is the same for both versions of the API.
type oauthClient struct{ client *oauth.Client }

// installedRequest has a field for each parameter of the document.
type installedRequest struct {
	oauth.InstalledLocationsRequest
	Limit, Skip string
}

// installedPage is the response as documented, with the cursor of the next page.
type installedPage struct {
	Locations                []oauth.InstalledLocation `json:"locations"`
	Count                    int                       `json:"count"`
	InstallToFutureLocations bool                      `json:"installToFutureLocations"`
	NextCursor               string                    `json:"nextCursor,omitempty"`
}

// InstalledLocations returns a page.
func (c oauthClient) InstalledLocations(ctx context.Context, r installedRequest, opts ...rest.CallOption) (*installedPage, error) {
	if r.Limit != "" {
		var err error
		if r.PageSize, err = strconv.Atoi(r.Limit); err != nil || r.PageSize < 1 {
			problems := new(rest.Problems)
			problems.Add("Limit", "query", "limit", "is not a number of at least 1")
			return nil, problems.Err()
		}
	}
	r.Cursor = r.Skip
	page, err := c.client.InstalledLocationsPage(ctx, r.InstalledLocationsRequest, opts...)
	if err != nil {
		return nil, err
	}
	locations := page.Locations
	if locations == nil {
		locations = []oauth.InstalledLocation{} // a list in the document, even if empty
	}
	return &installedPage{locations, page.Count, page.InstallToFutureLocations, page.Next}, nil
}
