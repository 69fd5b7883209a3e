package sandbox_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/highlevel-go/snapshots/api"
	"github.com/highlevel-go/snapshots/api/internal/leak"
	"github.com/highlevel-go/snapshots/api/rest"
	"github.com/highlevel-go/snapshots/api/sandbox"
)

func client(t *testing.T, s *sandbox.Sandbox, opts ...api.Option) *api.Client {
	t.Helper()
	c, err := s.Client(opts...)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestCreatedLinkOfEachTypeIsFoundAgain(t *testing.T) {
	leak.Check(t)
	server, err := sandbox.Start()
	if err != nil {
		t.Fatal(err)
	}
	defer server.Close()
	c, err := server.Client()
	if err != nil {
		t.Fatal(err)
	}
	for _, kind := range api.ShareTypes() {
		req := api.CreateShareLinkRequest{SnapshotID: sandbox.Snapshot1, ShareType: kind}
		switch kind {
		case api.ShareTypeAgencyLink:
			req.RelationshipNumbers = []string{"0-128-926", "1-208-926"}
		case api.ShareTypeLocationLink:
			req.ShareLocationIDs = []string{"loc1"}
		}
		made, err := c.CreateShareLink(t.Context(), req)
		if err != nil {
			t.Fatalf("%s: %v", kind, err)
		}
		link, ok := server.Link(made.URL)
		if !ok || link.ID != made.ID || link.ShareType != kind || link.CompanyID != sandbox.CompanyID {
			t.Errorf("%s: found %+v, %v", kind, link, ok)
		}
		if !slices.Equal(link.RelationshipNumbers, req.RelationshipNumbers) || !slices.Equal(link.ShareLocationIDs, req.ShareLocationIDs) {
			t.Errorf("%s: lists are %q and %q", kind, link.RelationshipNumbers, link.ShareLocationIDs)
		}
	}
	if n := len(server.Links()); n != 4 {
		t.Errorf("%d links, want 4", n)
	}
}

func TestSecondLinkSupersedesTheFirst(t *testing.T) {
	leak.Check(t)
	s := sandbox.New()
	c := client(t, s)
	for range 2 {
		if _, err := c.CreateShareLink(t.Context(), api.CreateShareLinkRequest{SnapshotID: sandbox.Snapshot1, ShareType: api.ShareTypeLink}); err != nil {
			t.Fatal(err)
		}
	}
	if links := s.Links(); links[0].SupersededBy != links[1].ID || links[1].SupersededBy != "" {
		t.Errorf("superseded by: %q, %q", links[0].SupersededBy, links[1].SupersededBy)
	}
}

func TestPushGoesFromProcessingToCompleted(t *testing.T) {
	leak.Check(t)
	s := sandbox.New(sandbox.WithAssets("forms", "tags"))
	c := client(t, s)
	req := api.LatestPushRequest{SnapshotID: sandbox.Snapshot1, LocationID: "loc/1"}
	if _, err := c.LatestPush(t.Context(), req); !errors.Is(err, api.ErrNotFound) {
		t.Fatalf("before the push: %v", err)
	}
	s.Push(sandbox.Snapshot1, "loc/1")
	var seen []string
	for range 3 {
		got, err := c.LatestPush(t.Context(), req)
		if err != nil {
			t.Fatal(err)
		}
		seen = append(seen, fmt.Sprintf("%s %v %v", got.Data.Status, got.Data.Completed.Values, got.Data.Pending.Values))
	}
	want := []string{"processing [] [forms tags]", "processing [forms] [tags]", "completed [forms tags] []"}
	if !slices.Equal(seen, want) {
		t.Errorf("seen %q, want %q", seen, want)
	}
}

func TestPushesComeInPagesAfterTheCursor(t *testing.T) {
	leak.Check(t)
	s := sandbox.New()
	c := client(t, s)
	begin := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	for i := range 45 {
		s.PushAt(sandbox.Snapshot1, fmt.Sprint("loc", i), begin.Add(time.Duration(i)*time.Minute))
	}
	s.PushAt(sandbox.Snapshot2, "elsewhere", begin)
	req := api.PushesRequest{SnapshotID: sandbox.Snapshot1, From: begin.Add(time.Minute), To: begin.Add(time.Hour)}
	var locations []string
	for push, err := range c.Pushes(t.Context(), req) {
		if err != nil {
			t.Fatal(err)
		}
		if push.DateAdded.IsZero() || push.DateAdded.Before(req.From) {
			t.Errorf("push of %v", push.DateAdded)
		}
		locations = append(locations, push.LocationID)
	}
	if len(locations) != 44 || locations[0] != "loc1" || locations[43] != "loc44" {
		t.Errorf("got %d: %v", len(locations), locations)
	}
	first := s.Requests()[0]
	if strings.Contains(first.Query, "lastDoc") {
		t.Errorf("the first page was asked for with a cursor: %s", first.Query)
	}
	if n := len(s.Requests()); n != 4 { // 20, 20, 4, none
		t.Errorf("%d requests, want 4", n)
	}
}

func TestRefusals(t *testing.T) {
	leak.Check(t)
	s := sandbox.New(sandbox.WithToken("reader", "snapshots.readonly"))
	ctx := context.Background()
	create := api.CreateShareLinkRequest{SnapshotID: sandbox.Snapshot1, ShareType: api.ShareTypeLink}
	for name, c := range map[string]struct {
		opts   []api.Option
		req    api.CreateShareLinkRequest
		status int
		is     error
	}{
		"unknown token":    {[]api.Option{api.WithToken("nobody")}, create, 401, api.ErrInvalidJWT},
		"unknown pit":      {[]api.Option{api.WithToken("pit-nobody")}, create, 401, api.ErrInvalidPrivateToken},
		"missing scope":    {[]api.Option{api.WithToken("reader")}, create, 401, api.ErrMissingScope},
		"unknown version":  {[]api.Option{api.WithVersion("2023-02-21")}, create, 401, api.ErrVersionUnknown},
		"no version":       {[]api.Option{api.WithVersion("")}, create, 401, api.ErrVersionMissing},
		"unknown snapshot": {nil, api.CreateShareLinkRequest{SnapshotID: "x", ShareType: api.ShareTypeLink}, 400, api.ErrNotFound},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := client(t, s, c.opts...).CreateShareLink(ctx, c.req)
			var refused *api.Error
			if !errors.As(err, &refused) || refused.Status != c.status || !errors.Is(err, c.is) {
				t.Errorf("got %v, want status %d and %v", err, c.status, c.is)
			}
		})
	}
	if n := len(s.Links()); n != 0 {
		t.Errorf("%d links were made", n)
	}
	if _, err := client(t, s, api.WithVersion(api.VersionV3)).CreateShareLink(ctx, create); err != nil {
		t.Errorf("under v3: %v", err)
	}
}

// What the client would not send.
func TestRefusalsOfBadRequests(t *testing.T) {
	leak.Check(t)
	s := sandbox.New()
	send := func(method, target, body string, header http.Header) (int, map[string]any) {
		t.Helper()
		r, err := http.NewRequest(method, "http://sandbox.test"+target, strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		r.Header = header
		resp, err := s.RoundTrip(r)
		if err != nil {
			t.Fatal(err)
		}
		text, _ := io.ReadAll(resp.Body)
		var v map[string]any
		if err := json.Unmarshal(text, &v); err != nil {
			t.Fatalf("%s: %v", text, err)
		}
		if resp.Header.Get("X-RateLimit-Remaining") == "" {
			t.Errorf("%s %s: no rate headers", method, target)
		}
		return resp.StatusCode, v
	}
	good := http.Header{"Authorization": {"Bearer " + sandbox.Token}, "Version": {"2021-07-28"}, "Content-Type": {"application/json; charset=utf-8"}}
	with := func(name, value string) http.Header {
		h := good.Clone()
		h.Set(name, value)
		return h
	}
	for _, c := range []struct {
		method, target, body string
		header               http.Header
		status               int
		says                 string
	}{
		{"GET", "/snapshots/?companyId=c", "", nil, 401, "Invalid JWT"},
		{"GET", "/snapshots/", "", good, 422, "companyId should not be empty"},
		{"GET", "/snapshots", "", good, 404, "Cannot GET /snapshots"},
		{"DELETE", "/snapshots/?companyId=c", "", good, 404, "Cannot DELETE"},
		{"POST", "/snapshots/share/link?companyId=c", `{"snapshot_id":"s","share_type":"all"}`, good, 422, "share_type must be one of"},
		{"POST", "/snapshots/share/link?companyId=c", `{"share_type":"agency_link"}`, good, 422, "relationship_number"},
		{"GET", "/snapshots/?companyId=c", "", with("Authorization", sandbox.Token), 401, "Invalid JWT"},
		{"GET", "/snapshots/?companyId=c", "", with("Authorization", "Basic "+sandbox.Token), 401, "Invalid JWT"},
		{"POST", "/snapshots/share/link?companyId=c", `{"snapshot_id":"s","share_type":"agency_link","relationship_number":["a"]}`, good, 422, "relationship_number must be a string"},
		{"POST", "/snapshots/share/link?companyId=c", `{"snapshot_id":1,"share_type":"link"}`, good, 422, "snapshot_id must be a string"},
		{"POST", "/snapshots/share/link?companyId=c", `null`, good, 400, "Bad Request"},
		{"POST", "/snapshots/share/link?companyId=c", `{"snapshot_id":"s","share_type":"link"} {}`, good, 400, "Bad Request"},
		{"POST", "/snapshots/share/link?companyId=c", `{"snapshot_id":"s","share_type":"link"}`, with("Content-Type", "text/plain"), 400, "Content-Type"},
		{"POST", "/snapshots/share/link?companyId=c", `{"snapshot_id":"s","share_type":"link"}`, with("Content-Type", ""), 400, "Content-Type"},
		{"POST", "/snapshots/share/link?companyId=c", `{`, good, 400, "Bad Request"},
		{"GET", "/snapshots/snapshot-status/s?companyId=c&from=10-10-2022+12:00+AM&to=2022-01-01", "", good, 422, "from must be"},
		{"GET", "/snapshots/snapshot-status/s?companyId=c&from=2022-01-01&to=2022-01-01&limit=x", "", good, 422, "limit must be"},
		{"GET", "/snapshots/snapshot-status/s/location/l?companyId=c", "", good, 404, "Snapshot not found"},
		{"GET", "/snapshots/snapshot-status/" + sandbox.Snapshot1 + "?companyId=" + sandbox.CompanyID + "&from=2022-01-01&to=2022-01-01&lastDoc=x", "", good, 400, "lastDoc"},
	} {
		status, v := send(c.method, c.target, c.body, c.header)
		if status != c.status || !strings.Contains(fmt.Sprint(v["message"]), c.says) {
			t.Errorf("%s %s: %d %v, want %d %q", c.method, c.target, status, v, c.status, c.says)
		}
		if v["statusCode"] != float64(status) {
			t.Errorf("%s %s: statusCode %v", c.method, c.target, v["statusCode"])
		}
	}
}

func TestEveryOperationOfTheClientHasAHandler(t *testing.T) {
	leak.Check(t)
	s := sandbox.New()
	for _, op := range api.Operations() {
		target := strings.NewReplacer("{", "", "}", "").Replace(op.Path)
		r, _ := http.NewRequest(op.Method, "http://sandbox.test"+target+"?companyId=c", nil)
		r.Header = http.Header{"Authorization": {"Bearer " + sandbox.Token}, "Version": {"v3"}}
		resp, err := s.RoundTrip(r)
		if err != nil {
			t.Fatal(err)
		}
		if resp.StatusCode == http.StatusNotImplemented || !slices.Contains(op.Statuses, resp.StatusCode) {
			t.Errorf("%s: %d is not among %v", op.ID, resp.StatusCode, op.Statuses)
		}
	}
}

func TestLimitsAreKept(t *testing.T) {
	leak.Check(t)
	for _, sliding := range []bool{true, false} {
		synctest.Test(t, func(t *testing.T) {
			s := sandbox.New(sandbox.WithRateLimit(5, time.Second, sliding), sandbox.WithDailyLimit(8))
			// Without a budget of its own, and without repetitions, the client runs into the limit.
			c := client(t, s, rest.WithBudget(nil), rest.WithRetry(rest.Retry{Attempts: 1}))
			for i := range 5 {
				if _, err := c.Snapshots(t.Context(), api.SnapshotsRequest{}); err != nil {
					t.Fatalf("request %d: %v", i+1, err)
				}
			}
			_, err := c.Snapshots(t.Context(), api.SnapshotsRequest{})
			if !errors.Is(err, api.ErrRateLimited) || errors.Is(err, api.ErrDailyLimit) {
				t.Errorf("sliding=%v: the sixth: %v", sliding, err)
			}
			time.Sleep(time.Second)
			for range 3 {
				_, err = c.Snapshots(t.Context(), api.SnapshotsRequest{})
			}
			if err != nil {
				t.Errorf("sliding=%v: after a second: %v", sliding, err)
			}
			if _, err = c.Snapshots(t.Context(), api.SnapshotsRequest{}); !errors.Is(err, api.ErrDailyLimit) {
				t.Errorf("sliding=%v: the ninth of the day: %v", sliding, err)
			}
		})
	}
}

func TestPlannedFailureIsUsedOnce(t *testing.T) {
	leak.Check(t)
	s := sandbox.New()
	s.FailNext(&api.OperationSnapshots, 503, "down for a moment")
	c := client(t, s, rest.WithRetry(rest.Retry{Attempts: 1}))
	if _, err := c.Snapshots(t.Context(), api.SnapshotsRequest{}); !errors.Is(err, api.ErrServer) {
		t.Errorf("first: %v", err)
	}
	if _, err := c.Snapshots(t.Context(), api.SnapshotsRequest{}); err != nil {
		t.Errorf("second: %v", err)
	}
}
