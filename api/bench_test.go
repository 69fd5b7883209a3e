package api_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/highlevel-go/snapshots/api"
)

// The floor is what a careful program writes by hand with net/http and encoding/json: it checks the status, caps the body
// and refuses trailing data, and nothing else.

type floor struct {
	base, token string
	http        *http.Client
}

func (f *floor) send(ctx context.Context, method, path string, query url.Values, in, out any) error {
	var body io.Reader
	if in != nil {
		b, err := json.Marshal(in)
		if err != nil {
			return err
		}
		body = bytes.NewReader(b)
	}
	r, err := http.NewRequestWithContext(ctx, method, f.base+path+"?"+query.Encode(), body)
	if err != nil {
		return err
	}
	r.Header.Set("Authorization", "Bearer "+f.token)
	r.Header.Set("Version", "2021-07-28")
	r.Header.Set("Accept", "application/json")
	r.Header.Set("User-Agent", "floor/1.0")
	if in != nil {
		r.Header.Set("Content-Type", "application/json")
	}
	resp, err := f.http.Do(r)
	if err != nil {
		return err
	}
	defer func() { _ = resp.Body.Close() }()
	text, err := io.ReadAll(io.LimitReader(resp.Body, 10<<20))
	if err != nil {
		return err
	}
	if resp.StatusCode/100 != 2 {
		return fmt.Errorf("status %d: %s", resp.StatusCode, text)
	}
	return json.Unmarshal(text, out)
}

type floorLink struct {
	SnapshotID          string `json:"snapshot_id"`
	ShareType           string `json:"share_type"`
	RelationshipNumbers string `json:"relationship_number,omitempty"`
}

// canned answers at once, so that the service costs both the same.
func canned(b *testing.B) (*httptest.Server, map[string]string) {
	b.Helper()
	lists := map[string]string{}
	for _, n := range []int{10, 1000} {
		var items []api.Snapshot
		for i := range n {
			items = append(items, api.Snapshot{ID: fmt.Sprintf("1eM2UgkfaECOYyU%05d", i), Name: fmt.Sprint("Snapshot number ", i), Type: "own"})
		}
		text, err := json.Marshal(api.SnapshotList{Snapshots: items})
		if err != nil {
			b.Fatal(err)
		}
		lists[fmt.Sprint(n)] = string(text)
	}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		w.Header().Set("Content-Type", "application/json")
		if r.Method == "POST" {
			w.WriteHeader(201)
			_, _ = io.WriteString(w, `{"id":"1eM2UgkfaECOYyUdCo9Pa","shareLink":"https://affiliates.gohighlevel.com/?share=1eM2UgkfaECOYyUdCo9Pa"}`)
			return
		}
		text := lists[r.URL.Query().Get("companyId")]
		w.Header().Set("Content-Length", fmt.Sprint(len(text)))
		_, _ = io.WriteString(w, text)
	}))
	b.Cleanup(server.Close)
	return server, lists
}

func BenchmarkCreate(b *testing.B) {
	server, _ := canned(b)
	b.Run("floor", func(b *testing.B) {
		f := &floor{base: server.URL, token: "tok", http: &http.Client{}}
		b.ReportAllocs()
		for b.Loop() {
			var out api.ShareLink
			in := floorLink{SnapshotID: "s", ShareType: "agency_link", RelationshipNumbers: strings.Join([]string{"0-128-926", "1-208-926"}, ",")}
			if err := f.send(b.Context(), "POST", "/snapshots/share/link", url.Values{"companyId": {"c"}}, in, &out); err != nil || out.ID == "" {
				b.Fatal(err)
			}
		}
	})
	b.Run("client", func(b *testing.B) {
		c, err := api.New(api.WithBaseURL(server.URL), api.WithToken("tok"), api.WithCompany("c"), api.WithBudget(unlimited{}))
		if err != nil {
			b.Fatal(err)
		}
		b.ReportAllocs()
		for b.Loop() {
			out, err := c.CreateShareLink(b.Context(), api.CreateShareLinkRequest{SnapshotID: "s", ShareType: api.ShareTypeAgencyLink,
				RelationshipNumbers: []string{"0-128-926", "1-208-926"}})
			if err != nil || out.ID == "" {
				b.Fatal(err)
			}
		}
	})
}

func BenchmarkList(b *testing.B) {
	server, lists := canned(b)
	for n := range lists {
		b.Run("floor/"+n, func(b *testing.B) {
			f := &floor{base: server.URL, token: "tok", http: &http.Client{}}
			b.ReportAllocs()
			for b.Loop() {
				var out api.SnapshotList
				if err := f.send(b.Context(), "GET", "/snapshots/", url.Values{"companyId": {n}}, nil, &out); err != nil || len(out.Snapshots) < 10 {
					b.Fatal(err)
				}
			}
		})
		b.Run("client/"+n, func(b *testing.B) {
			c, err := api.New(api.WithBaseURL(server.URL), api.WithToken("tok"), api.WithCompany(n), api.WithBudget(unlimited{}))
			if err != nil {
				b.Fatal(err)
			}
			b.ReportAllocs()
			for b.Loop() {
				out, err := c.Snapshots(b.Context(), api.SnapshotsRequest{})
				if err != nil || len(out.Snapshots) < 10 {
					b.Fatal(err)
				}
			}
		})
	}
}

// unlimited is a budget without end, so that the limiter's waiting does not count, but its place in the chain does.
type unlimited struct{}

func (unlimited) Take(context.Context, string) (func(api.Outcome), error) {
	return func(api.Outcome) {}, nil
}
