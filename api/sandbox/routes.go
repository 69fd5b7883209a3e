package sandbox

import (
	"net/http"
	"net/url"
	"strings"

	"github.com/highlevel-go/snapshots/api"
	"github.com/highlevel-go/snapshots/api/locations"
	"github.com/highlevel-go/snapshots/api/oauth"
	"github.com/highlevel-go/snapshots/api/rest"
)

// route is an operation and its handler.
type route struct {
	op       *rest.Operation
	segments []string // of the path template
	handle   func(*Sandbox, *visit) *answer

	open      bool        // it needs no token and no version
	ofCompany bool        // it needs companyId in the query
	version   string      // the only version that has it; empty for both
	items     *collection // the collection that it is about; nil for most
}

// routes are the operations that the sandbox supports.
var routes = allRoutes()

func allRoutes() []*route {
	all := []*route{
		{op: &api.OperationSnapshots, handle: (*Sandbox).listSnapshots, ofCompany: true},
		{op: &api.OperationCreateShareLink, handle: (*Sandbox).createLink, ofCompany: true},
		{op: &api.OperationPushes, handle: (*Sandbox).listPushes, ofCompany: true},
		{op: &api.OperationLatestPush, handle: (*Sandbox).latestPush, ofCompany: true},

		{op: &opAuthorize, handle: (*Sandbox).chooseLocation, open: true},
		{op: oauth.OperationToken, handle: (*Sandbox).token, open: true},
		{op: oauth.OperationLocationToken, handle: (*Sandbox).locationToken, version: api.Version20210728},
		{op: oauth.OperationLocationTokenV3, handle: (*Sandbox).locationToken, version: api.VersionV3},
		{op: oauth.OperationInstalledLocations, handle: (*Sandbox).installedLocations, ofCompany: true, version: api.Version20210728},
		{op: oauth.OperationInstalledLocationsV3, handle: (*Sandbox).installedLocations, ofCompany: true, version: api.VersionV3},

		{op: &locations.OperationSearch, handle: (*Sandbox).searchLocations},
		{op: &locations.OperationCreate, handle: (*Sandbox).createLocation},
		{op: &locations.OperationGet, handle: (*Sandbox).getLocation},
		{op: &locations.OperationUpdate, handle: (*Sandbox).putLocation},
		{op: &locations.OperationDelete, handle: (*Sandbox).deleteLocation},
	}
	for _, c := range collections {
		all = append(all, c.routes()...)
	}
	for _, r := range all {
		r.segments = strings.Split(r.op.Path, "/")
	}
	return all
}

// Operations lists the operations that the sandbox supports.
func Operations() []*rest.Operation {
	var all []*rest.Operation
	for _, r := range routes {
		all = append(all, r.op)
	}
	return all
}

func operationIDs() []string {
	var ids []string
	for _, r := range routes {
		ids = append(ids, r.op.ID)
	}
	return ids
}

// find returns the route whose template matches, segment by segment, so that an escaped slash stays in its value. Of two templates that
// match, the one with fewer values is used.
func find(r *http.Request) (found *route, values map[string]string) {
	have := strings.Split(r.URL.EscapedPath(), "/")
	for _, route := range routes {
		if route.op.Method != r.Method {
			continue
		}
		if got, ok := match(route.segments, have); ok && (found == nil || len(got) < len(values)) {
			found, values = route, got
		}
	}
	return found, values
}

func match(want, have []string) (map[string]string, bool) {
	if len(want) != len(have) {
		return nil, false
	}
	values := map[string]string{}
	for i, segment := range want {
		text, err := url.PathUnescape(have[i])
		if err != nil {
			return nil, false
		}
		name, isValue := strings.CutPrefix(segment, "{")
		switch {
		case isValue && text == "", !isValue && text != segment:
			return nil, false
		case isValue:
			values[strings.TrimSuffix(name, "}")] = text
		}
	}
	return values, true
}
