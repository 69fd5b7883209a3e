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
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/highlevel-go/snapshots/api"
)

// The floor is what a careful program writes by hand with net/http and encoding/json: it checks the status, caps the body
// and refuses trailing data, and nothing else. Bounded, it also limits the time of a call, as the client does by default.

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

// canned answers at once, so that the service costs both the same. As a server it answers over a connection; as a round
// tripper it leaves only what building and decoding cost.
type canned struct{ lists map[string]string }

func newCanned(b testing.TB) *canned {
	b.Helper()
	c := &canned{lists: map[string]string{}}
	for _, n := range []int{10, 1000} {
		var items []api.Snapshot
		for i := range n {
			items = append(items, api.Snapshot{ID: fmt.Sprintf("1eM2UgkfaECOYyU%05d", i), Name: fmt.Sprint("Snapshot number ", i), Type: "own"})
		}
		text, err := json.Marshal(api.SnapshotList{Snapshots: items})
		if err != nil {
			b.Fatal(err)
		}
		c.lists[fmt.Sprint(n)] = string(text)
	}
	return c
}

func (c *canned) answer(r *http.Request) (int, string) {
	if r.Method == "POST" {
		_, _ = io.Copy(io.Discard, r.Body)
		return 201, `{"id":"1eM2UgkfaECOYyUdCo9Pa","shareLink":"https://affiliates.gohighlevel.com/?share=1eM2UgkfaECOYyUdCo9Pa"}`
	}
	_, company, _ := strings.Cut(r.URL.RawQuery, "companyId=")
	return 200, c.lists[company]
}

func (c *canned) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	status, text := c.answer(r)
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Content-Length", strconv.Itoa(len(text)))
	w.WriteHeader(status)
	_, _ = io.WriteString(w, text)
}

func (c *canned) RoundTrip(r *http.Request) (*http.Response, error) {
	status, text := c.answer(r)
	return &http.Response{StatusCode: status, Header: http.Header{"Content-Type": {"application/json"}}, Request: r,
		Body: io.NopCloser(strings.NewReader(text)), ContentLength: int64(len(text))}, nil
}

// contest is the same work done by the floor and by the client.
type contest struct {
	name          string
	floor, client func() error
}

// setting is how a contest is held: over a connection or without one, against a floor that is bounded in time or not.
type setting struct {
	name    string
	wire    bool
	bounded bool
}

var settings = []setting{{name: "direct"}, {name: "direct-bounded", bounded: true}, {name: "wire", wire: true}}

// contests are the three calls that count.
func contests(b testing.TB, in setting) []contest {
	b.Helper()
	service := newCanned(b)
	base, transport := "https://service.test", http.RoundTripper(service)
	if in.wire {
		server := httptest.NewServer(service)
		b.Cleanup(server.Close)
		base, transport = server.URL, http.DefaultTransport
	}
	ctx := b.Context()
	f := &floor{base: base, token: "tok", http: &http.Client{Transport: transport}}
	if in.bounded {
		f.http.Timeout = time.Minute
	}
	c, err := api.New(api.WithBaseURL(base), api.WithToken("tok"), api.WithCompany("c"), api.WithBudget(unlimited{}),
		api.WithHTTPClient(&http.Client{Transport: transport}))
	if err != nil {
		b.Fatal(err)
	}
	all := []contest{{"create", func() error {
		var out api.ShareLink
		in := floorLink{SnapshotID: "s", ShareType: "agency_link", RelationshipNumbers: strings.Join([]string{"0-128-926", "1-208-926"}, ",")}
		return f.send(ctx, "POST", "/snapshots/share/link", url.Values{"companyId": {"c"}}, in, &out)
	}, func() error {
		_, err := c.CreateShareLink(ctx, api.CreateShareLinkRequest{SnapshotID: "s", ShareType: api.ShareTypeAgencyLink,
			RelationshipNumbers: []string{"0-128-926", "1-208-926"}})
		return err
	}}}
	for _, n := range []string{"10", "1000"} {
		all = append(all, contest{"list " + n, func() error {
			var out api.SnapshotList
			return f.send(ctx, "GET", "/snapshots/", url.Values{"companyId": {n}}, nil, &out)
		}, func() error {
			_, err := c.Snapshots(ctx, api.SnapshotsRequest{CompanyID: n})
			return err
		}})
	}
	return all
}

// BenchmarkCalls runs floor and client in turns, so that a busy machine is as busy for one as for the other. It reports
// the median time of each, and their ratio.
func BenchmarkCalls(b *testing.B) {
	for _, in := range settings {
		for _, c := range contests(b, in) {
			b.Run(c.name+"/"+in.name, func(b *testing.B) {
				times := map[bool][]float64{}
				for b.Loop() {
					for _, mine := range []bool{false, true} {
						run := c.floor
						if mine {
							run = c.client
						}
						begin := time.Now()
						err := run()
						times[mine] = append(times[mine], float64(time.Since(begin)))
						if err != nil {
							b.Fatal(err)
						}
					}
				}
				floor, client := median(times[false]), median(times[true])
				b.ReportMetric(0, "ns/op")
				b.ReportMetric(floor, "floor-ns")
				b.ReportMetric(client, "client-ns")
				b.ReportMetric(client/floor, "ratio")
			})
		}
	}
}

func median(list []float64) float64 {
	slices.Sort(list)
	return list[len(list)/2]
}

func BenchmarkAllocs(b *testing.B) {
	for _, in := range settings {
		for _, c := range contests(b, in) {
			for who, run := range map[string]func() error{"floor": c.floor, "client": c.client} {
				b.Run(c.name+"/"+in.name+"/"+who, func(b *testing.B) {
					b.ReportAllocs()
					for b.Loop() {
						if err := run(); err != nil {
							b.Fatal(err)
						}
					}
				})
			}
		}
	}
}

// unlimited is a budget without end, so that the limiter's waiting does not count, but its place in the chain does.
type unlimited struct{}

func (unlimited) Take(context.Context, string) (func(api.Outcome), error) {
	return func(api.Outcome) {}, nil
}
