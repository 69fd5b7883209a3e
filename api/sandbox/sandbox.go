// Package sandbox is a fake of the service: it stores snapshots, share links, pushes, sub-accounts and OAuth tokens, and answers as the
// service does where that is known. Programs are tested against it without an account.
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
// A [Fault] makes requests fail: coming ones with [Sandbox.AddFault], or one request with the header [FaultHeader].
// [Sandbox.Requests] lists the requests with their answers, and [Sandbox.State] what is stored, in memory or in a file
// ([WithStateFile]).
//
// # What is inferred
//
// Routes, success statuses and scopes come from the operations that the client is generated from, and so does the status of what is
// not found (404 where it is documented, else 400). The texts of the 401s, the 422 for a missing companyId and the default page of 20
// are the service's. Not known, and chosen here: the order of the checks (token, version, level, scope, request), 422 for other
// invalid values (400 where 422 is not documented), the order of pushes (as they were made), the largest page (100), 400 for a body
// without a JSON Content-Type, that each request for the status of a running push loads one more asset, and that loading a snapshot
// into a sub-account begins a push at once. Other guesses are marked in the code.
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

// The initial contents of a sandbox, unless options set others.
const (
	Token     = "sandbox-token"        // a token with all scopes, which operations of agencies and of sub-accounts accept
	CompanyID = "sandbox-company"      // the agency of the clients that [Server.Client] returns
	Snapshot1 = "sandbox-snapshot-own" // a snapshot of the agency
	Snapshot2 = "sandbox-snapshot-imported"
)

// Sandbox is the fake service. It is safe for concurrent use; create it with [New].
type Sandbox struct {
	mu sync.Mutex // guards the following fields, up to the next empty line
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

// Option configures a sandbox.
type Option func(*Sandbox)

// New returns a sandbox with two snapshots of [CompanyID], and [Token] with all scopes. [Sandbox.Err] and every response
// report an option that is invalid.
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
	s.initState()
	for i := range s.mounts {
		s.mounts[i].handler = s.mounts[i].make(s)
	}
	return s
}

// initState reads the state file, if there is one, and fills a sandbox without a state with its seed.
func (s *Sandbox) initState() {
	if s.Err() != nil {
		return
	}
	if s.statePath == "" {
		s.addSeed()
		return
	}
	file, err := openState(s.statePath, &s.tables)
	if err != nil {
		s.fail("%w", err)
		return
	}
	if !file.filled {
		s.addSeed()
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
	s.changes() // discarded: all of them are in the file
	s.file = file
}

// Err returns the first error of an option or of the state file. Every response is then a 500 with it.
func (s *Sandbox) Err() error {
	if err := s.broken.Load(); err != nil {
		return *err
	}
	return nil
}

// fail sets the error of the sandbox, unless it already has one.
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

// WithAssets sets the assets that a push loads, one at each request for its status. Without assets, a push is completed at once.
func WithAssets(assets ...string) Option {
	return func(s *Sandbox) { s.assets = slices.Clone(assets) }
}

// WithPageCap sets the maximum size of a page of pushes, whatever limit a request has.
func WithPageCap(n int) Option {
	return func(s *Sandbox) { s.pageCap = max(1, n) }
}

// WithRegistration delays when a push is shown, as users of the service have observed. Until then the latest push is the
// previous one, or not found.
func WithRegistration(after time.Duration) Option {
	return func(s *Sandbox) { s.registration = max(0, after) }
}

// WithRateLimit allows limit requests in an interval, for each token and company; the default is 100 in 10 seconds. A sliding
// window ends at each request, a fixed one begins at each multiple of the interval.
func WithRateLimit(limit int, interval time.Duration, sliding bool) Option {
	return func(s *Sandbox) {
		s.meter.limit, s.meter.interval, s.meter.sliding = max(1, limit), max(time.Millisecond, interval), sliding
	}
}

// WithDailyLimit allows n requests from midnight to midnight UTC, for each token and company; the default is 200,000.
func WithDailyLimit(n int) Option {
	return func(s *Sandbox) { s.meter.daily = n }
}

// newID returns the next id. Ids are sequential, so that tests get the same ones in each run.
func (s *Sandbox) newID(kind string) string {
	s.counter++
	return kind + "-" + strconv.Itoa(s.counter)
}

var _ http.Handler = (*Sandbox)(nil)
