package oauth

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"iter"
	"math"
	"strconv"

	"github.com/highlevel-go/snapshots/api/oauth/internal/endpoints"
	"github.com/highlevel-go/snapshots/api/rest"
)

// InstalledLocationsRequest is the request of [Client.InstalledLocations]. Fields that are zero and not required are not
// sent.
type InstalledLocationsRequest struct {
	// The id of the agency. If empty, the default of the client is sent.
	CompanyID string

	// The id of the app. Required.
	AppID string

	// The version of the app.
	VersionID string

	// The plan of a paid app.
	PlanID string

	// Only this sub-account.
	LocationID string

	// Only sub-accounts whose name contains this text.
	Query string

	// Only sub-accounts that have, or have not, installed the app.
	IsInstalled *bool

	// Only sub-accounts that have, or have not, a trial of the app.
	OnTrial *bool

	// Items of one page; the default is 20. Version v3 accepts 1 to 100.
	PageSize int

	// Where to begin: the Next of a page that was read before. Empty begins at the start.
	Cursor string
}

// Validate reports what is missing or invalid, without sending anything. It does not know the version: a cursor of another
// version is detected when the request is sent.
func (r InstalledLocationsRequest) Validate() error { return r.problems().Err() }

func (r InstalledLocationsRequest) problems() *rest.Problems {
	p := new(rest.Problems)
	p.Required(r.CompanyID != "", "CompanyID", "query", "companyId")
	p.Required(r.AppID != "", "AppID", "query", "appId")
	if r.PageSize < 0 {
		p.Add("PageSize", "query", "limit", "is negative")
	}
	return p
}

// InstalledLocationPage is one page of [Client.InstalledLocations].
type InstalledLocationPage struct {
	// The sub-accounts.
	Locations []InstalledLocation

	// The number on all pages, according to the service; 0 if it does not say.
	Count int

	// Whether sub-accounts that are created later get the app automatically.
	InstallToFutureLocations bool

	// The Cursor of the next page; empty after the last one.
	Next string
}

// InstalledLocation is a sub-account that the app can be installed on.
type InstalledLocation struct {
	// Identifies the sub-account.
	ID string `json:"_id,omitzero"`

	// Its name.
	Name string `json:"name,omitzero"`

	// Its postal address.
	Address string `json:"address,omitzero"`

	// Whether it has installed the app.
	IsInstalled bool `json:"isInstalled,omitzero"`

	// The version of the app that it has installed.
	VersionID string `json:"versionId,omitzero"`

	// When it has installed the app.
	InstalledAt rest.Time `json:"installedAt,omitzero"`
}

// InstalledLocations ranges over the agency's sub-accounts that have installed an app, reading pages as needed. It needs an
// agency's OAuth token with the scope oauth.readonly; a private integration token is not accepted. An error is the last
// thing that is yielded.
//
// Documentation: https://marketplace.gohighlevel.com/docs/ghl/oauth/get-installed-location
func (c *Client) InstalledLocations(ctx context.Context, req InstalledLocationsRequest, opts ...rest.CallOption) iter.Seq2[InstalledLocation, error] {
	return func(yield func(InstalledLocation, error) bool) {
		cursors, firsts := map[string]bool{req.Cursor: true}, map[InstalledLocation]bool{}
		lastID, unread := "", 0
		for number := 1; ; number++ {
			page, err := c.InstalledLocationsPage(ctx, req, opts...)
			if err == nil && repeated(page, cursors, firsts) { // a service that ignores the cursor sends the same page forever
				err = rest.ErrRepeatedCursor
			}
			if err == nil && !c.isV3() && len(page.Locations) == 0 {
				if unread++; unread == maxUnreadPages && page.Next != "" {
					err = fmt.Errorf("%w: %d pages in a row have no sub-account that can be read", rest.ErrRepeatedCursor, unread)
				}
			} else {
				unread = 0
			}
			if err != nil {
				yield(InstalledLocation{}, fmt.Errorf("page %d: %w", number, err))
				return
			}
			for i, location := range page.Locations {
				if i == 0 && location.ID != "" && location.ID == lastID {
					continue // the list has shifted
				}
				if !yield(location, nil) {
					return
				}
				lastID = location.ID
			}
			if req.Cursor = page.Next; req.Cursor == "" {
				return
			}
		}
	}
}

// repeated reports whether a page leads to one that was read before, or begins with an item that one began with. It adds the
// page to those that were read.
func repeated(page *InstalledLocationPage, cursors map[string]bool, firsts map[InstalledLocation]bool) bool {
	again := page.Next != "" && cursors[page.Next]
	cursors[page.Next] = true
	if len(page.Locations) > 0 {
		first := page.Locations[0]
		if first.ID != "" { // its other fields may change
			first = InstalledLocation{ID: first.ID}
		}
		again = again || firsts[first]
		firsts[first] = true
	}
	return again
}

// InstalledLocationsPage returns one page of the list that [Client.InstalledLocations] ranges over: the one at Cursor. A
// short page need not be the last one; a page with an empty Next is.
func (c *Client) InstalledLocationsPage(ctx context.Context, req InstalledLocationsRequest, opts ...rest.CallOption) (*InstalledLocationPage, error) {
	req.CompanyID = cmp.Or(req.CompanyID, c.restClient().Default("companyId"))
	if c.isV3() {
		return c.pageV3(ctx, req, opts...)
	}
	skipped, err := strconv.Atoi(cmp.Or(req.Cursor, "0"))
	problems := req.problems()
	if err != nil || skipped < 0 {
		problems.Add("Cursor", "query", "skip", "is not the Next of a page")
	}
	if bad, ok := problems.Err().(*rest.RequestError); ok {
		bad.Operation = OperationInstalledLocations
		return nil, fmt.Errorf("%s: %w", OperationInstalledLocations, bad)
	}
	limit := ""
	if req.PageSize != 0 {
		limit = strconv.Itoa(req.PageSize)
	}
	received := 0
	a, err := c.calls().InstalledLocations(ctx, endpoints.InstalledLocationsRequest{
		CompanyID: req.CompanyID, AppID: req.AppID, VersionID: req.VersionID, PlanID: req.PlanID, LocationID: req.LocationID, Query: req.Query,
		IsInstalled: req.IsInstalled, OnTrial: req.OnTrial, Limit: limit, Skip: req.Cursor,
	}, append([]rest.CallOption{rest.CallListLength("locations", &received)}, opts...)...)
	switch {
	case err != nil:
		return nil, err
	case received < 0:
		return nil, fmt.Errorf("%s: %w", OperationInstalledLocations, errNotAList)
	}
	page := newPage(a.Locations, a.Count, a.InstallToFutureLocations)
	if received > 0 { // the service counts those that could not be read too
		page.Next = strconv.Itoa(skipped + received)
	}
	return page, nil
}

func (c *Client) pageV3(ctx context.Context, req InstalledLocationsRequest, opts ...rest.CallOption) (*InstalledLocationPage, error) {
	a, err := c.calls().InstalledLocationsV3(ctx, endpoints.InstalledLocationsV3Request{
		CompanyID: req.CompanyID, AppID: req.AppID, VersionID: req.VersionID, PlanID: req.PlanID, LocationID: req.LocationID, Query: req.Query,
		IsInstalled: req.IsInstalled, OnTrial: req.OnTrial, PageSize: req.PageSize, PageToken: req.Cursor,
	}, opts...)
	if err != nil {
		return nil, err
	}
	page := newPage(a.Items, a.Pagination.TotalRecords, a.InstallToFutureLocations)
	page.Next = a.Pagination.NextPageToken
	if page.Next == "" && a.Pagination.HasNextPage {
		return nil, fmt.Errorf("%s: %w", OperationInstalledLocationsV3, errNoPageToken)
	}
	return page, nil
}

func newPage(items []endpoints.InstalledLocation, count float64, toFuture bool) *InstalledLocationPage {
	page := &InstalledLocationPage{InstallToFutureLocations: toFuture}
	if count > 0 && count < math.MaxInt32 { // a larger one is not a number of sub-accounts
		page.Count = int(count)
	}
	for _, item := range items {
		page.Locations = append(page.Locations, InstalledLocation(item))
	}
	return page
}

var (
	errNoPageToken = errors.New("the answer has another page, but no token of that page")
	errNotAList    = errors.New("the sub-accounts of the answer are not a list, so it is unknown whether others follow")
)

// maxUnreadPages is how many pages in a row may have no sub-account that can be read. Only such a sub-account shows whether
// the service ignores the number to skip.
const maxUnreadPages = 10
