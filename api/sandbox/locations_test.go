package sandbox_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/highlevel-go/snapshots/api"
	"github.com/highlevel-go/snapshots/api/internal/leak"
	"github.com/highlevel-go/snapshots/api/sandbox"
)

// asked sends a request that is to succeed, and returns the fields of its answer.
func asked(t *testing.T, s *sandbox.Sandbox, method, target, body string) map[string]any {
	t.Helper()
	status, text := ask(t, s, method, target, body)
	var fields map[string]any
	if err := json.Unmarshal([]byte(text), &fields); err != nil || status/100 != 2 {
		t.Fatalf("%s %s: %d %s, %v", method, target, status, text, err)
	}
	return fields
}

func TestLoadingASnapshotIsAPush(t *testing.T) {
	leak.Check(t)
	s := sandbox.New()
	made := asked(t, s, "POST", "/locations/", `{"companyId":"sandbox-company","name":"Gym","snapshotId":"`+sandbox.Snapshot1+`","prospectInfo":{"firstName":"A","lastName":"B","email":"a@b.test"},"twilio":{"sid":"x","authToken":"y"}}`)
	id := made["id"].(string)
	if made["name"] != "Gym" || made["companyId"] != sandbox.CompanyID || made["twilio"] != nil || made["email"] != "a@b.test" {
		t.Errorf("made: %v", made)
	}
	latest := func(snapshot string) error {
		_, err := client(t, s).LatestPush(t.Context(), api.LatestPushRequest{SnapshotID: snapshot, LocationID: id})
		return err
	}
	if err := latest(sandbox.Snapshot1); err != nil {
		t.Errorf("made with a snapshot: %v", err)
	}
	if latest(sandbox.Snapshot2) == nil {
		t.Error("a push of the other one is there")
	}
	changed := asked(t, s, "PUT", "/locations/"+id, `{"companyId":"sandbox-company","city":"Berlin","snapshot":{"id":"`+sandbox.Snapshot2+`","override":true}}`)
	if changed["city"] != "Berlin" || changed["name"] != "Gym" {
		t.Errorf("changed: %v", changed)
	}
	if err := latest(sandbox.Snapshot2); err != nil {
		t.Errorf("loaded: %v", err)
	}
	got := asked(t, s, "GET", "/locations/"+id, "")["location"].(map[string]any)
	if got["city"] != "Berlin" || got["email"] != "a@b.test" {
		t.Errorf("got: %v", got)
	}
	if n := len(s.Pushes()); n != 2 {
		t.Errorf("%d pushes", n)
	}
	asked(t, s, "POST", "/locations/"+id+"/tags", `{"name":"x"}`)
	if gone := asked(t, s, "DELETE", "/locations/"+id+"?deleteTwilioAccount=false", ""); gone["success"] != true {
		t.Errorf("deleted: %v", gone)
	}
	if st := s.State(); len(st.Locations)+len(st.Tags) != 0 {
		t.Errorf("left: %+v %+v", st.Locations, st.Tags)
	}
}

func TestSearchPagesThroughLocations(t *testing.T) {
	leak.Check(t)
	s := sandbox.New()
	for i := range 12 {
		asked(t, s, "POST", "/locations/", fmt.Sprintf(`{"companyId":"c%d","name":"%d","prospectInfo":{"firstName":"A","lastName":"B","email":"%d@b.test"}}`, i/11, i, i))
	}
	for query, want := range map[string]string{
		"companyId=c0": "0 1 2 3 4 5 6 7 8 9", "companyId=c0&skip=10": "10", "companyId=c0&skip=2&limit=2&order=desc": "8 7",
		"companyId=c0&email=3@b.test": "3", "companyId=c1": "11", "companyId=none": "", "skip=11": "11",
	} {
		var names []string
		for _, l := range asked(t, s, "GET", "/locations/search?"+query, "")["locations"].([]any) {
			names = append(names, l.(map[string]any)["name"].(string))
		}
		if got := strings.Join(names, " "); got != want {
			t.Errorf("%s: %s, want %s", query, got, want)
		}
	}
}

func TestItemsOfALocation(t *testing.T) {
	leak.Check(t)
	s := sandbox.New(sandbox.WithSeed(sandbox.SeedDemo))
	for _, c := range []struct{ path, one, body, changed, field string }{
		{"tags", "tag", `{"name":"vip"}`, `{"name":"gold"}`, ""},
		{"customFields", "customField", `{"name":"Shoe size","dataType":"NUMERICAL","position":3}`, `{"name":"gold","placeholder":"p"}`, "dataType"},
		{"customValues", "customValue", `{"name":"Owner","value":"A"}`, `{"name":"gold","value":"B"}`, "value"},
	} {
		path := "/locations/sandbox-location-1/" + c.path
		one := asked(t, s, "POST", path, c.body)[c.one].(map[string]any)
		each := path + "/" + one["id"].(string)
		if one["locationId"] != "sandbox-location-1" || c.field != "" && one[c.field] == nil {
			t.Errorf("made: %v", one)
		}
		if got := asked(t, s, "PUT", each, c.changed)[c.one].(map[string]any); got["name"] != "gold" || got["id"] != one["id"] || c.field != "" && got[c.field] == nil {
			t.Errorf("changed: %v", got)
		}
		if got := asked(t, s, "GET", each, "")[c.one].(map[string]any); got["name"] != "gold" {
			t.Errorf("got: %v", got)
		}
		if list := asked(t, s, "GET", path, "")[c.path].([]any); len(list) != 1 {
			t.Errorf("listed: %v", list)
		}
		if status, _ := ask(t, s, "GET", strings.Replace(each, "-1/", "-2/", 1), ""); status != 400 {
			t.Errorf("in another location: %d", status)
		}
		if gone := asked(t, s, "DELETE", each, ""); gone["succeded"] != true {
			t.Errorf("deleted: %v", gone)
		}
		if status, _ := ask(t, s, "GET", each, ""); status != 400 {
			t.Errorf("after it was deleted: %d", status)
		}
		if status, text := ask(t, s, "POST", path, `{"name":1}`); status != 422 || !strings.Contains(text, "name must be a string") {
			t.Errorf("%d %s", status, text)
		}
	}
}

func TestLocationsThatAreRefused(t *testing.T) {
	leak.Check(t)
	s := sandbox.New(sandbox.WithSeed(sandbox.SeedDemo))
	const one = "/locations/sandbox-location-1"
	for _, c := range []struct {
		method, target, body string
		status               int
		says                 string
	}{
		{"POST", "/locations/", `{}`, 400, "name should not be empty, companyId should not be empty"},
		{"POST", "/locations/", `{"name":"x","companyId":"sandbox-company","snapshotId":"none"}`, 400, "Snapshot not found"},
		{"POST", "/locations/", `{"name":"x","companyId":"c","settings":{"allowDuplicateContact":"yes"},"social":[]}`, 400, "settings.allowDuplicateContact must be a boolean, social must be an object"},
		{"POST", "/locations/", `{"name":"x","companyId":"c","prospectInfo":{}}`, 400, "email should not be empty"},
		{"PUT", one, `{}`, 400, "companyId should not be empty"},
		{"PUT", one, `{"companyId":"sandbox-company","snapshot":{}}`, 400, "snapshot.id should not be empty"},
		{"PUT", one, `{"companyId":"sandbox-company","snapshot":{"id":"none"}}`, 400, "Snapshot not found"},
		{"PUT", one, `{"companyId":"another"}`, 401, "not accessible"},
		{"DELETE", one, "", 400, "deleteTwilioAccount"},
		{"GET", "/locations/none", "", 400, "Location not found"},
		{"GET", "/locations/none/tags", "", 400, "Location not found"},
		{"GET", "/locations/search?limit=x&skip=-1&order=up", "", 422, "order must be"},
		{"POST", one + "/customFields", `{"name":"x","dataType":"TEXT","model":"car"}`, 422, "model must be"},
	} {
		if status, text := ask(t, s, c.method, c.target, c.body); status != c.status || !strings.Contains(text, c.says) {
			t.Errorf("%s %s %s: %d %s", c.method, c.target, c.body, status, text)
		}
	}
	if n := len(s.Locations()); n != 3 {
		t.Errorf("%d locations", n)
	}
}

var moment = time.Date(2022, 10, 28, 18, 24, 54, 0, time.UTC)

func TestDatesComeInEachForm(t *testing.T) {
	leak.Check(t)
	for dates, want := range map[sandbox.Dates]string{
		sandbox.DatesISO: "2022-10-28T18:24:54.000Z", sandbox.DatesLocal: "10/28/2022, 6:24:54 PM", sandbox.DatesNarrowSpace: "10/28/2022, 6:24:54\u202fPM",
	} {
		s := sandbox.New(sandbox.WithDates(dates))
		if got := s.PushAt(sandbox.Snapshot1, "l", moment).DateAdded; got.Raw != want {
			t.Errorf("%q, want %q", got.Raw, want)
		}
		for push, err := range client(t, s).Pushes(t.Context(), api.PushesRequest{SnapshotID: sandbox.Snapshot1, From: moment, To: moment}) {
			if err != nil || !push.DateAdded.Equal(moment) {
				t.Errorf("%s: read as %v, %v", want, push.DateAdded, err)
			}
		}
	}
	s := sandbox.New(sandbox.WithDates(sandbox.DatesMixed))
	forms := map[string]bool{}
	for range 6 {
		forms[s.PushAt(sandbox.Snapshot1, "l", moment).DateAdded.Raw] = true
	}
	if len(forms) != 3 {
		t.Errorf("mixed: %v", forms)
	}
}

// The documentation has the operations on tags, custom fields and custom values accept a sub-account's token alone.
func TestAnAgencysTokenIsRefusedWhereASubAccountsIsNeeded(t *testing.T) {
	leak.Check(t)
	scopes := []string{"locations.readonly", "locations/tags.readonly"}
	s := sandbox.New(sandbox.WithSeed(sandbox.SeedDemo), sandbox.WithToken("agency", scopes...),
		sandbox.WithAccess("location", sandbox.Access{UserType: sandbox.SubAccount, Scopes: scopes, LocationID: "sandbox-location-1"}))
	const one = "/locations/sandbox-location-1"
	for _, c := range []struct {
		token, target string
		status        int
	}{
		{"agency", one, 200}, {"location", one, 200}, {"agency", one + "/tags", 401}, {"location", one + "/tags", 200}, {sandbox.Token, one + "/tags", 200},
	} {
		if status, text := ask(t, s, "GET", c.target, "", "Authorization: Bearer "+c.token); status != c.status {
			t.Errorf("%s with the token %s: %d %s", c.target, c.token, status, text)
		}
	}
}
