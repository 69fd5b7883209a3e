// Package sandbox is a stand-in for the Snapshots API: it keeps snapshots, share links and pushes in memory, and answers
// as the service does where that is known. Programs are tested against it without an account.
//
//	server, err := sandbox.Start()
//	if err != nil {
//		return err
//	}
//	defer server.Close()
//	client, err := server.Client()
//
// A [Sandbox] is an [http.Handler]; [Start] puts one on a free port of this machine. It is also an [http.RoundTripper],
// for a client that needs no network at all, such as in testing/synctest.
//
// # What is inferred
//
// Routes, success statuses and scopes come from the operations that the client is generated from; so does which status
// says that something was not found (404 where it is documented, else 400). The texts of the 401s, the 422 for a missing
// companyId and the default page of 20 are the service's. Not known, and chosen here: the order of the checks (token,
// version, scope, request), 422 for other invalid values, the order of pushes (as they were made), the greatest page
// (100), 400 for a body that is not called JSON, and that each look at a running push finds one more asset loaded.
package sandbox

import (
	"net/http"
	"slices"
	"strconv"
	"sync"
	"time"

	"github.com/highlevel-go/snapshots/api"
	"github.com/highlevel-go/snapshots/api/rest"
)

// What a sandbox knows from the start, unless options say otherwise.
const (
	Token     = "sandbox-token"        // a token with both scopes
	CompanyID = "sandbox-company"      // the agency that [Server.Client] speaks for
	Snapshot1 = "sandbox-snapshot-own" // a snapshot of the agency
	Snapshot2 = "sandbox-snapshot-imported"
)

// Sandbox is the service in memory. It is safe for concurrent use; make it with [New].
type Sandbox struct {
	mu sync.Mutex

	tokens    map[string][]string // scopes of each token
	snapshots map[string][]api.Snapshot
	links     []*Link
	pushes    []*push
	assets    []string
	pageCap   int
	counter   int
	failures  map[string][]failure // by operation id
	requests  []Request

	meter  meter
	budget rest.Budget // of the clients that Client makes
}

// Option sets up a sandbox.
type Option func(*Sandbox)

// New makes a sandbox with two snapshots of [CompanyID], and [Token] with both scopes.
func New(opts ...Option) *Sandbox {
	s := &Sandbox{
		tokens:    map[string][]string{Token: {"snapshots.readonly", "snapshots.write"}},
		snapshots: map[string][]api.Snapshot{},
		assets:    []string{"forms", "workflows", "custom_fields"},
		pageCap:   100,
		failures:  map[string][]failure{},
		meter:     newMeter(),
	}
	s.AddSnapshot(CompanyID, api.Snapshot{ID: Snapshot1, Name: "Onboarding", Type: "own"})
	s.AddSnapshot(CompanyID, api.Snapshot{ID: Snapshot2, Name: "Partner basics", Type: "imported"})
	for _, opt := range opts {
		opt(s)
	}
	s.budget = rest.NewLocalBudget(s.meter.limit, s.meter.interval)
	return s
}

// WithToken makes another token known, with the scopes that it has.
func WithToken(token string, scopes ...string) Option {
	return func(s *Sandbox) { s.tokens[token] = scopes }
}

// WithAssets says which assets a push loads, one at each look; none means that a push is completed at once.
func WithAssets(assets ...string) Option {
	return func(s *Sandbox) { s.assets = slices.Clone(assets) }
}

// WithPageCap bounds the pages of pushes, whatever limit a request asks for.
func WithPageCap(n int) Option {
	return func(s *Sandbox) { s.pageCap = max(1, n) }
}

// WithRateLimit allows limit requests in an interval, for each token and company; 100 in 10 seconds unless set. A sliding
// window counts back from each request, a fixed one begins anew at each multiple of the interval.
func WithRateLimit(limit int, interval time.Duration, sliding bool) Option {
	return func(s *Sandbox) {
		s.meter.limit, s.meter.interval, s.meter.sliding = max(1, limit), max(time.Millisecond, interval), sliding
	}
}

// WithDailyLimit allows n requests from midnight to midnight UTC, for each token and company; 200,000 unless set.
func WithDailyLimit(n int) Option {
	return func(s *Sandbox) { s.meter.daily = n }
}

// AddSnapshot gives an agency a snapshot, with an id if it has none, and returns it.
func (s *Sandbox) AddSnapshot(companyID string, snapshot api.Snapshot) api.Snapshot {
	s.mu.Lock()
	defer s.mu.Unlock()
	if snapshot.ID == "" {
		snapshot.ID = s.newID("snapshot")
	}
	s.snapshots[companyID] = append(s.snapshots[companyID], snapshot)
	return snapshot
}

// newID counts, so that tests see the same ids in each run.
func (s *Sandbox) newID(kind string) string {
	s.counter++
	return kind + "-" + strconv.Itoa(s.counter)
}

// owns reports whether the agency has the snapshot.
func (s *Sandbox) owns(companyID, snapshotID string) bool {
	return slices.ContainsFunc(s.snapshots[companyID], func(have api.Snapshot) bool { return have.ID == snapshotID })
}

// Request is what the sandbox remembers of a request.
type Request struct {
	Operation string // operation id; empty when no operation has that path
	Method    string // as it came
	Path      string // as it came, escaped
	Query     string // as it came, escaped, without the question mark
	Status    int    // of the answer
}

// Requests lists the requests that came in, in order.
func (s *Sandbox) Requests() []Request {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.requests)
}

var _ http.Handler = (*Sandbox)(nil)
