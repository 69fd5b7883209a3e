package console

import (
	"encoding/json"
	"slices"
	"testing"

	"github.com/highlevel-go/snapshots/api/sandbox"
	"github.com/highlevel-go/snapshots/internal/prove"
)

// filledForm is a call of the tests.
type filledForm struct {
	call
	refused bool // by the client, which sends nothing
	differs bool // what Go sends from what the form sends, which the Go says
	command bool // there is one that sends the same
	noGo    bool // the client has no method for the operation
}

// forms returns calls of every operation: with the initial values, with all values, and with values that need quoting.
func forms(t *testing.T, server *sandbox.Server) []filledForm {
	t.Helper()
	_, text := send(t, server, "GET", "/api/operations", nil, nil)
	var operations []operation
	if err := json.Unmarshal([]byte(text), &operations); err != nil {
		t.Fatalf("%v: %s", err, text)
	}
	methods := map[string]bool{}
	for _, d := range documents() {
		for _, client := range d.clients {
			for _, method := range client.operations {
				methods[method.ID] = true
				if !slices.ContainsFunc(operations, func(o operation) bool { return o.ID == method.ID }) {
					t.Errorf("%s has no form", method.ID)
				}
			}
		}
	}
	commands := map[string]bool{"get-custom-snapshots": true, "create-snapshot-share-link": true, "get-snapshot-push": true, "get-latest-snapshot-push": true}
	var all []filledForm
	for _, o := range operations {
		begins, full, hard := map[string]string{}, map[string]string{}, map[string]string{}
		for _, in := range o.Inputs {
			name := in.In + " " + in.Name
			begins[name] = in.Example
			full[name], hard[name] = in.Hint, in.Hint
			switch {
			case in.Example != "":
				full[name], hard[name] = in.Example, in.Example
			case len(in.Values) > 0:
				full[name], hard[name] = in.Values[len(in.Values)-1], in.Values[0]
			case in.Type == "boolean":
				full[name] = "true"
			case in.Type == "integer":
				full[name], hard[name] = "3", "1000000"
			}
			if in.Type == "string" && len(in.Values) == 0 && in.Name != "from" && in.Name != "to" && in.Name != "skip" && in.Name != "limit" {
				hard[name] = `-x ä"'` + "`$(echo no)`" + ` \n {a}[b] %41+&=?#/;:@,~*` + "\u2028<>"
			}
			if in.Name == "acceptedFormat" || in.Name == "relationship_number" || in.Name == "share_location_id" {
				hard[name] = `["-a", "b\"c", "it's"]`
			}
		}
		if o.ID == "create-snapshot-share-link" { // whose lists exclude each other
			for _, values := range []map[string]string{begins, full, hard} {
				delete(values, "body relationship_number")
				delete(values, "body share_location_id")
				values["body share_type"] = "link"
			}
			full["body share_type"], full["body relationship_number"] = "agency_link", "0-1-2, 0-1-3,"
			hard["body share_type"], hard["body share_location_id"] = "location_link", `["-a", "b\"c", "it's"]`
		}
		if o.ID == "getLocationWhereAppIsInstalled" {
			hard["query pageSize"] = "100" // the most that the client sends
		}
		for i, values := range []map[string]string{begins, full, hard} {
			if i == 1 && !commands[o.ID] && !prove.InFull() {
				continue // hard has the same fields
			}
			command := commands[o.ID] && (o.ID != "get-snapshot-push" || i == 0)
			f := filledForm{call: call{o.ID, values}, command: command, noGo: !methods[o.ID]}
			if o.ID == "get-access-token" { // without a code, and with one beside a refresh token
				f.noGo, f.refused, f.differs = false, i < 2, i == 2
			}
			differs := values["query restrictToUserLocations"] != "" // which the client does not have
			f.differs = f.differs || differs
			all = append(all, f)
		}
	}
	call := func(operation string, pairs ...string) filledForm {
		values := map[string]string{}
		for i := 0; i < len(pairs); i += 2 {
			values[pairs[i]] = pairs[i+1]
		}
		return filledForm{call: call{operation, values}}
	}
	as := func(f filledForm, set func(*filledForm)) filledForm { set(&f); return f }
	refused := func(f *filledForm) { f.refused = true }
	differs := func(f *filledForm) { f.differs = true }
	command := func(f *filledForm) { f.command = true }
	pushes := []string{"path snapshotId", "-s", "query companyId", "c", "query from", "2025-10-01", "query to", "2025-10-02T03:04:05.678+02:00"}
	location := []string{"path locationId", "l", "body companyId", "c"}
	return append(all,
		as(call("get-custom-snapshots", "query companyId", "-c"), command),
		as(call("get-custom-snapshots"), refused),
		as(call("get-snapshot-push", pushes...), command),
		as(call("get-snapshot-push", append(pushes, "query limit", "7")...), func(*filledForm) {}),
		as(call("get-snapshot-push", append(pushes, "query limit", "seven")...), differs),
		as(call("get-snapshot-push", append(pushes, "query from", "yesterday")...), refused),
		as(call("get-latest-snapshot-push", "path snapshotId", "--help", "path locationId", "-l", "query companyId", "c"), command),
		as(call("create-snapshot-share-link", "query companyId", "c", "body snapshot_id", "-s", "body share_type", "location_link", "body share_location_id", "a, b"), command),
		as(call("create-snapshot-share-link", "query companyId", "c", "body snapshot_id", "s", "body share_type", "agency_link", "body relationship_number", `["a"]`), command),
		as(call("create-snapshot-share-link", "query companyId", "c", "body snapshot_id", "s", "body share_type", "agency_link", "body relationship_number", `["-a", "b\"c", "it's"]`), command),
		as(call("create-snapshot-share-link", "query companyId", "c", "body snapshot_id", "s", "body share_type", "agency_link", "body relationship_number", `["a,b"]`), func(*filledForm) {}),
		as(call("create-snapshot-share-link", "query companyId", "c", "body snapshot_id", "s", "body share_type", "agency_link"), refused),
		as(call("create-snapshot-share-link", "query companyId", "c", "body snapshot_id", "a\x00b\r\nc", "body share_type", "link"), func(*filledForm) {}),
		as(call("create-snapshot-share-link", "query companyId", "c", "body snapshot_id", " s ", "body share_type", "link"), func(*filledForm) {}),
		as(call("search-locations", "query companyId", "c", "query email", "-a@example.com", "query limit", "100"), command),
		as(call("put-location", append(location, "body snapshot", `{"id": "s", "override": true}`)...), command),
		as(call("put-location", append(location, "body snapshot", `{"id": "-s"}`)...), command),
		as(call("put-location", append(location, "body snapshot", `{"id": "s", "override": false}`)...), differs), // false is left out
		as(call("put-location", append(location, "body snapshot", `{"id": "s", "more": "\n"}`)...), differs),
		as(call("put-location", append(location, "body settings", `{"allowDuplicateContact": false, "a\nb": 1}`)...), differs),
		as(call("put-location", append(location, "body settings", `null`)...), differs),
		as(call("put-location", append(location, "body settings", `not JSON`)...), differs),
		as(call("put-location", append(location, "body social", `{"yelp": "y", "googlePlus": "<g>"}`)...), func(*filledForm) {}),
		as(call("create-custom-field", "path locationId", "l", "body name", "n", "body dataType", "TEXT", "body position", "0"), differs), // 0 is left out
		as(call("create-custom-field", "path locationId", "l", "body name", "n", "body dataType", "TEXT", "body maxNumberOfFiles", "0", "body isMultipleFile", "false"), func(*filledForm) {}),
		as(call("create-custom-field", "path locationId", "l", "body name", "n", "body dataType", "TEXT", "body acceptedFormat", `.pdf, .txt`, "body textBoxListOptions", `[{"label":"a"},{}]`), func(*filledForm) {}),
		as(call("create-custom-field", "path locationId", "l", "body name", "n", "body dataType", "TEXT", "body acceptedFormat", `["a`), differs),
		as(call("create-custom-field", "path locationId", "l", "body name", "n", "body dataType", "TEXT", "body maxNumberOfFiles", `1.5`), differs),
		as(call("get-installed-location", "query companyId", "c", "query appId", "a", "query skip", "2", "query limit", "5", "query isInstalled", "false"), func(*filledForm) {}),
		as(call("get-installed-location", "query companyId", "c", "query appId", "a", "query skip", "minus"), refused),
		as(call("get-access-token", "body client_id", sandbox.ClientID, "body client_secret", sandbox.ClientSecret, "body grant_type", "authorization_code", "body code", "c", "body user_type", "Location"), func(*filledForm) {}),
		as(call("get-access-token", "body client_id", "c", "body client_secret", "s", "body grant_type", "refresh_token", "body refresh_token", "r"), func(f *filledForm) { f.noGo = true }),
		as(call("get-location-access-token", "body companyId", sandbox.CompanyID, "body locationId", "sandbox-location-1"), func(*filledForm) {}),
	)
}
