package conformance_test

import (
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/highlevel-go/snapshots/api"
	"github.com/highlevel-go/snapshots/api/rest"
	"github.com/highlevel-go/snapshots/api/sandbox"
	"github.com/highlevel-go/snapshots/conformance/coverage"
	"github.com/highlevel-go/snapshots/conformance/judge"
)

// boxed is a sandbox with a judge in front of it that fails the test on every wrong message, in either direction.
type boxed struct {
	*sandbox.Sandbox
	judge *judge.Judge
	front http.RoundTripper

	mu   sync.Mutex
	seen map[string]map[int]bool // statuses by operation
}

func judgedSandbox(t *testing.T, tracker *coverage.Tracker, opts ...sandbox.Option) *boxed {
	t.Helper()
	j, err := judge.New(document(t))
	if err != nil {
		t.Fatal(err)
	}
	b := &boxed{Sandbox: sandbox.New(opts...), judge: j, seen: map[string]map[int]bool{}}
	b.front = &judge.Transport{
		Judge: j, Next: b.Sandbox,
		Report: func(v judge.Verdict) { t.Error(v.Err()) },
		Seen:   func(v judge.Verdict) { tracker.Saw(v); b.note(v) },
	}
	return b
}

func (b *boxed) note(v judge.Verdict) {
	if v.Response == nil {
		return
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.seen[v.Operation] == nil {
		b.seen[v.Operation] = map[int]bool{}
	}
	b.seen[v.Operation][v.Response.StatusCode] = true
}

func (b *boxed) client(t *testing.T, opts ...api.Option) *api.Client {
	t.Helper()
	c, err := b.Client(append([]api.Option{
		api.WithHTTPClient(&http.Client{Transport: b.front}), rest.WithRetry(rest.Retry{Attempts: 1}), rest.WithBudget(nil),
	}, opts...)...)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// everything makes one call of each operation.
func everything(t *testing.T, c *api.Client) {
	t.Helper()
	ctx := t.Context()
	period := api.PushesRequest{SnapshotID: sandbox.Snapshot1, From: time.Now().Add(-time.Hour), To: time.Now().Add(time.Hour), Limit: 2}
	_, _ = c.Snapshots(ctx, api.SnapshotsRequest{})
	for _, kind := range api.ShareTypes() {
		link := api.CreateShareLinkRequest{SnapshotID: sandbox.Snapshot1, ShareType: kind}
		switch kind {
		case api.ShareTypeAgencyLink:
			link.RelationshipNumbers = []string{"1"}
		case api.ShareTypeLocationLink:
			link.ShareLocationIDs = []string{"a", "b"}
		}
		_, _ = c.CreateShareLink(ctx, link)
	}
	for _, err := range c.Pushes(ctx, period) {
		if err != nil {
			break
		}
	}
	_, _ = c.LatestPush(ctx, api.LatestPushRequest{SnapshotID: sandbox.Snapshot1, LocationID: "loc1"})
}

func TestSandboxAnswersEveryOperationAndStatusAsTheSpecSays(t *testing.T) {
	tracker := coverage.New(document(t))
	b := judgedSandbox(t, tracker, sandbox.WithToken("reader", "snapshots.readonly"), sandbox.WithToken("none"),
		sandbox.WithAccess("ended", sandbox.Access{Expires: time.Now()}), sandbox.WithAccess("local", sandbox.Access{UserType: sandbox.SubAccount}),
		sandbox.WithAccess("elsewhere", sandbox.Access{Scopes: []string{"snapshots.readonly", "snapshots.write"}, CompanyID: "another"}),
		sandbox.WithDates(sandbox.DatesMixed))
	c := b.client(t)
	if _, err := c.LatestPush(t.Context(), api.LatestPushRequest{SnapshotID: sandbox.Snapshot1, LocationID: "loc1"}); err == nil {
		t.Error("a push that never was is found")
	}
	for _, at := range []string{"loc1", "loc2", "loc3", "loc1"} {
		b.Push(sandbox.Snapshot1, at)
	}
	everything(t, c)
	for range 4 { // from processing to completed
		if _, err := c.LatestPush(t.Context(), api.LatestPushRequest{SnapshotID: sandbox.Snapshot1, LocationID: "loc1"}); err != nil {
			t.Error(err)
		}
	}
	for _, opts := range [][]api.Option{
		{api.WithToken("unknown")}, {api.WithToken("pit-unknown")}, {api.WithToken("none")}, {api.WithToken("reader")},
		{api.WithToken("ended")}, {api.WithToken("local")}, {api.WithToken("elsewhere")},
		{api.WithVersion(api.VersionV3)}, {api.WithCompany("another")},
	} {
		everything(t, b.client(t, opts...))
	}
	for _, op := range api.Operations() {
		for _, status := range op.Statuses {
			if status >= 400 && !b.seen[op.ID][status] {
				b.FailNext(op, status, http.StatusText(status))
				everything(t, c)
			}
		}
	}
	for _, op := range api.Operations() {
		for _, status := range op.Statuses {
			if !b.seen[op.ID][status] {
				t.Errorf("%s: the sandbox never answered %d", op.ID, status)
			}
		}
	}
}

// Requests that the client would not make are wrong by themselves; the sandbox's answers to them must be right.
func TestSandboxRefusesInDocumentedForms(t *testing.T) {
	b := judgedSandbox(t, coverage.New(document(t)))
	good := http.Header{"Authorization": {"Bearer " + sandbox.Token}, "Version": {"2021-07-28"}, "Content-Type": {"application/json"}}
	for _, c := range []struct {
		method, target, body string
		header               http.Header
	}{
		{"GET", "/snapshots/", "", good},
		{"GET", "/snapshots/?companyId=c", "", nil},
		{"GET", "/snapshots/?companyId=c", "", http.Header{"Authorization": {"Bearer " + sandbox.Token}}},
		{"GET", "/snapshots/?companyId=c", "", http.Header{"Authorization": {"Bearer " + sandbox.Token}, "Version": {"1"}}},
		{"POST", "/snapshots/share/link", `{}`, good},
		{"POST", "/snapshots/share/link?companyId=c", `{`, good},
		{"POST", "/snapshots/share/link?companyId=c", `{"snapshot_id":7}`, good},
		{"POST", "/snapshots/share/link?companyId=c", `{"snapshot_id":"s","share_type":"all"}`, good},
		{"POST", "/snapshots/share/link?companyId=c", `{"snapshot_id":"s","share_type":"agency_link"}`, good},
		{"POST", "/snapshots/share/link?companyId=c", `{"snapshot_id":"s","share_type":"location_link"}`, good},
		{"GET", "/snapshots/snapshot-status/s?companyId=c", "", good},
		{"GET", "/snapshots/snapshot-status/s?companyId=c&from=10-10-2022&to=x&limit=0", "", good},
		{"GET", "/snapshots/snapshot-status/s?companyId=c&from=2022-01-01&to=2022-01-02&lastDoc=x", "", good},
		{"GET", "/snapshots/snapshot-status/s/location/l", "", good},
		{"GET", "/snapshots/snapshot-status/s/location/l?companyId=c", "", good},
	} {
		r, err := http.NewRequest(c.method, "http://sandbox.test"+c.target, strings.NewReader(c.body))
		if err != nil {
			t.Fatal(err)
		}
		r.Header = c.header.Clone()
		if r.Header == nil {
			r.Header = http.Header{}
		}
		resp, err := b.RoundTrip(r)
		if err != nil {
			t.Fatal(err)
		}
		if resp.StatusCode < 400 {
			t.Errorf("%s %s %s: answered %d", c.method, c.target, c.body, resp.StatusCode)
		}
		if v := b.judge.Response(r, resp); !v.OK() {
			text, _ := io.ReadAll(resp.Body)
			t.Errorf("%s %s: %s: %v", c.method, c.target, text, v.Err())
		}
	}
}
