package operations_test

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/highlevel-go/snapshots/api"
	"github.com/highlevel-go/snapshots/api/rest"
	"github.com/highlevel-go/snapshots/cmd/snapshots/internal/operations"
)

// service answers every request for snapshots or sub-accounts with the same lists.
func service(t *testing.T) *api.Client {
	t.Helper()
	lists := map[string]string{
		"/snapshots/": `{"snapshots":[{"id":"s1","name":"Gr\u00fc\u00dfe \u65e5\u672c"},{"id":"s2","name":"Twice"},{"id":"s3","name":"twice "},
			{"id":"s4","name":"s1"},{"id":"s5","name":"Exact"},{"id":"s6","name":"EXACT"},{"id":"s7","name":""}]}`,
		"/locations/search": `{"locations":[{"id":"l1","name":"Caf\u00e9","email":""},{"id":"l2","name":"Twin","email":"a@example.com"},{"id":"l3","name":"twin","email":""}]}`,
	}
	client, err := api.New(api.WithToken("t"), rest.WithDefault("companyId", "c"), api.WithHTTPClient(&http.Client{Transport: transport(func(r *http.Request) (*http.Response, error) {
		body := lists[r.URL.Path]
		if r.URL.Query().Get("skip") > "0" {
			body = `{"locations":[]}`
		}
		return &http.Response{StatusCode: 200, Header: http.Header{"Content-Type": {"application/json"}}, Body: io.NopCloser(strings.NewReader(body)), Request: r}, nil
	})}))
	if err != nil {
		t.Fatal(err)
	}
	return client
}

type transport func(*http.Request) (*http.Response, error)

func (f transport) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

func TestSnapshotsAreFoundByIDThenByName(t *testing.T) {
	finder := operations.Finder{Client: service(t)}
	for text, want := range map[string]string{
		"s1":                            "s1", // an id, although it is the name of another
		"id:anything":                   "anything",
		"gr\u00fc\u00dfe \u65e5\u672c":  "s1",
		"gru\u0308\u00dfe \u65e5\u672c": "s1", // the same in other characters
		"Exact":                         "s5",
		" EXACT ":                       "s6",
	} {
		if got, err := finder.Snapshot(t.Context(), text); err != nil || got.ID != want {
			t.Errorf("%q is %q, %v", text, got.ID, err)
		}
	}
	for text, want := range map[string]string{
		"TWICE": `2 snapshots are called "TWICE"; give the id of one: s2, s3`,
		"twic":  `no snapshot with the id or name "twic"; there is ["Twice" "twice "]; snapshots list shows all`,
	} {
		if _, err := finder.Snapshot(t.Context(), text); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v", text, err)
		}
	}
}

func TestSubAccountsAreFoundByNameOrEmail(t *testing.T) {
	client := service(t)
	for text, want := range map[string]string{
		"cafe\u0301": "l1", "A@EXAMPLE.com": "l2", "l3": "l3", "id:x": "x", "abcdefghijklmnopqrst": "abcdefghijklmnopqrst",
	} {
		if got, err := operations.LocationID(t.Context(), client, text); err != nil || got != want {
			t.Errorf("%q is %q, %v", text, got, err)
		}
	}
	if _, err := operations.LocationID(t.Context(), client, "TWIN"); err == nil || !strings.Contains(err.Error(), "give the id of one: l2, l3") {
		t.Error(err)
	}
	if _, err := operations.LocationID(t.Context(), client, "name:abcdefghijklmnopqrst"); err == nil || !strings.Contains(err.Error(), "no sub-account") {
		t.Error(err)
	}
}

// Most sub-accounts have no email address, and a variable of a shell that is empty must not name the only one of them.
func TestEmptyNamesAreRefused(t *testing.T) {
	client := service(t)
	finder := operations.Finder{Client: client}
	for _, text := range []string{"", " ", "id:", "name:", "name: "} {
		if got, err := operations.LocationID(t.Context(), client, text); !errors.Is(err, operations.ErrEmptyName) {
			t.Errorf("sub-account %q is %q, %v", text, got, err)
		}
		if strings.HasPrefix(text, "name:") {
			continue
		}
		if got, err := finder.Snapshot(t.Context(), text); !errors.Is(err, operations.ErrEmptyName) {
			t.Errorf("snapshot %q is %v, %v", text, fmt.Sprint(got), err)
		}
	}
}
