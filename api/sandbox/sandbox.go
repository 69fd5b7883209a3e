// Package sandbox is a stand-in for the service: it keeps snapshots, share links, pushes, sub-accounts and OAuth tokens, and
// answers as the service does where that is known. Programs are tested against it without an account.
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
// What goes wrong on demand is a [Fault]: for the next requests with [Sandbox.AddFault], for one request with the header
// [FaultHeader]. What came in and was answered is in [Sandbox.Requests], what is kept in [Sandbox.State], in memory or in a file
// ([WithStateFile]).
//
// # What is inferred
//
// Routes, success statuses and scopes come from the operations that the client is generated from; so does which status
// says that something was not found (404 where it is documented, else 400). The texts of the 401s, the 422 for a missing
// companyId and the default page of 20 are the service's. Not known, and chosen here: the order of the checks (token,
// version, level, scope, request), 422 for other invalid values (400 where 422 is not documented), the order of pushes (as they
// were made), the greatest page (100), 400 for a body that is not called JSON, that each look at a running push finds one more
// asset loaded, and that a snapshot which is loaded into a sub-account is a push that begins at once. Other guesses are told where
// they are made.
package sandbox

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	"github.com/highlevel-go/snapshots/api/rest"
)

// What a sandbox knows from the start, unless options say otherwise.
const (
	Token     = "sandbox-token"        // a token with all scopes, which operations of agencies and of sub-accounts accept
	CompanyID = "sandbox-company"      // the agency that [Server.Client] speaks for
	Snapshot1 = "sandbox-snapshot-own" // a snapshot of the agency
	Snapshot2 = "sandbox-snapshot-imported"
)

// Sandbox is the service in memory. It is safe for concurrent use; make it with [New].
type Sandbox struct {
	mu sync.Mutex // of all that follows up to the next empty line
	tables
	file         *stateFile // nil without a state file
	faults       []*activeFault
	faultCounter int
	meter        meter

	log      requestLog
	broken   atomic.Pointer[error]
	stopping chan struct{} // closed when the server stops; nil without one

	// Set by options, and not changed after New.
	tokens       map[string]Access
	known        []string // secrets
	app          App
	tokenLife    time.Duration
	assets       []string
	pageCap      int
	registration time.Duration
	dates        Dates
	cdn          bool
	seed         string
	statePath    string
	mounts       []mount
	budget       rest.Budget // of the clients that Client makes
}

// Option sets up a sandbox.
type Option func(*Sandbox)

// New makes a sandbox with two snapshots of [CompanyID], and [Token] with all scopes. What is wrong with an option is in
// [Sandbox.Err], and in every answer.
func New(opts ...Option) *Sandbox {
	s := &Sandbox{
		tables:    newTables(),
		tokens:    map[string]Access{Token: {Scopes: allScopes()}},
		app:       App{ClientID: ClientID, ClientSecret: ClientSecret},
		tokenLife: 24 * time.Hour,
		assets:    []string{"forms", "workflows", "custom_fields"},
		pageCap:   100,
		seed:      SeedSnapshots,
		meter:     newMeter(),
		log:       requestLog{most: usualLogSize},
	}
	for _, opt := range opts {
		opt(s)
	}
	s.known = s.secrets()
	s.budget = rest.NewLocalBudget(s.meter.limit, s.meter.interval)
	s.begin()
	for i := range s.mounts {
		s.mounts[i].handler = s.mounts[i].make(s)
	}
	return s
}

// begin reads the state file, if there is one to be used, and fills a sandbox that has no state.
func (s *Sandbox) begin() {
	if s.Err() != nil {
		return
	}
	if s.statePath == "" {
		s.plant()
		return
	}
	file, err := openState(s.statePath, &s.tables)
	if err != nil {
		s.fail("%w", err)
		return
	}
	if !file.held {
		s.plant()
	}
	err = file.addWhole(&s.tables)
	if err == nil {
		err = file.flush(file.changes, &s.mu)
	}
	if err != nil {
		file.unlock()
		s.fail("%w", err)
		return
	}
	s.changes() // they are all in the file
	s.file = file
}

// Err returns what is wrong with the options, or with the state file since then. While there is something, every answer is a
// 500 with it.
func (s *Sandbox) Err() error {
	if err := s.broken.Load(); err != nil {
		return *err
	}
	return nil
}

// fail keeps the first thing that went wrong.
func (s *Sandbox) fail(format string, args ...any) {
	err := fmt.Errorf(format, args...)
	s.broken.CompareAndSwap(nil, &err)
}

// allScopes lists the scopes of all operations.
func allScopes() []string {
	var all []string
	for _, r := range routes {
		all = append(all, r.op.Scopes...)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// WithAssets says which assets a push loads, one at each look; none means that a push is completed at once.
func WithAssets(assets ...string) Option {
	return func(s *Sandbox) { s.assets = slices.Clone(assets) }
}

// WithPageCap bounds the pages of pushes, whatever limit a request asks for.
func WithPageCap(n int) Option {
	return func(s *Sandbox) { s.pageCap = max(1, n) }
}

// WithRegistration lets a push be known to the service only after a while, as its users have seen. Until then the latest push is
// the one before, or not found.
func WithRegistration(after time.Duration) Option {
	return func(s *Sandbox) { s.registration = max(0, after) }
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

// newID counts, so that tests see the same ids in each run.
func (s *Sandbox) newID(kind string) string {
	s.counter++
	return kind + "-" + strconv.Itoa(s.counter)
}

var _ http.Handler = (*Sandbox)(nil)
