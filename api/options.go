package api

import (
	"log/slog"
	"net/http"
	"time"

	"github.com/highlevel-go/snapshots/api/rest"
)

// Option sets up a client: [New] and [Client.With] accept it, and the functions of this package whose names begin with With make it. Options
// are applied in order; a later one wins.
//
//	client, err := api.New(api.WithEnvironment(), api.WithTimeout(10*time.Second), api.WithLogger(slog.Default()))
//
// Package rest has more that are seldom needed, such as rest.WithMaxResponse.
type Option = rest.Option

// CallOption changes a single call. The functions of this package whose names begin with Call make it.
//
//	list, err := client.Snapshots(ctx, api.SnapshotsRequest{}, api.CallTimeout(5*time.Second), api.CallHeader("X-Request-Id", id))
//
// Package rest has one more, rest.CallMaxResponse.
type CallOption = rest.CallOption

// Retry says how often and when a call is sent again, which happens only where that is safe. It is for [WithRetry]:
//
//	client, err := api.New(api.WithEnvironment(), api.WithRetry(api.Retry{Attempts: 2, MaxPause: 5 * time.Second}))
//
// Its fields, of which those left zero stand for the defaults:
//   - Attempts int: requests in all, the first included; 4 unless set, 1 for no repetition
//   - Backoff time.Duration: bound of the first pause, doubled each time; 500 ms unless set
//   - MaxPause time.Duration: bound of a pause; 30 s unless set. Asked by the service for more, the call gives up at once
type Retry = rest.Retry

// Hooks are functions that a client calls while it works, such as for metrics and traces; they are for [WithHooks]:
//
//	hooks := api.Hooks{AttemptEnd: func(_ context.Context, a rest.Attempt) {
//		fmt.Println(a.Operation.ID, a.Status, a.Duration)
//	}}
//	client, err := api.New(api.WithEnvironment(), api.WithHooks(hooks))
//
// Its fields are functions, of which those left nil are not called. They run in the goroutine of the call, and nothing that they are given
// holds the token:
//   - AttemptStart func(context.Context, rest.Attempt): before a request is sent
//   - AttemptEnd func(context.Context, rest.Attempt): after its answer, or its failure
//   - Retry func(context.Context, rest.Attempt, time.Duration): before the pause that another attempt follows
//   - Wait func(context.Context, *rest.Operation, time.Duration): after having waited for the budget
//   - Refresh func(context.Context, *rest.Operation, error): after a refused token was, or was not, replaced
//   - Mismatches func(context.Context, *rest.Operation, [][Mismatch]): after values of an answer did not fit their types
//
// An Attempt has the Operation, its Number in the call from 1, and what is known after it: Status, Rate, Duration and Err.
type Hooks = rest.Hooks

// The versions of the service that the operations are known to have. A client sends [Version20210728] unless it is told
// otherwise with [WithVersion].
const (
	Version20210728 = "2021-07-28"
	VersionV3       = "v3"
)

// WithToken sends a Private Integration Token of the agency, or an access token that the program renews by itself. Space
// and line ends around it are dropped; an empty token is an error of [New].
func WithToken(token string) Option { return rest.WithToken(token) }

// WithEnvironment takes from the environment what the command snapshots takes from it, as far as it is set:
//
//	HIGHLEVEL_TOKEN       the token
//	HIGHLEVEL_TOKEN_FILE  the file that holds the token, where HIGHLEVEL_TOKEN is not set
//	HIGHLEVEL_COMPANY     the id of the agency
//	HIGHLEVEL_VERSION     the version of the service
//	HIGHLEVEL_BASE_URL    another address than [DefaultBaseURL]
//
// Options are applied in order, so put it first: those after it win. Where no option gives a token, [New] returns an error that
// names the variables; no error repeats the value of one. The profiles and the logins of the command are not read.
func WithEnvironment() Option { return rest.WithEnvironment() }

// WithCompany says which agency the calls are about, so that requests may leave their CompanyID empty.
func WithCompany(id string) Option { return rest.WithDefault("companyId", id) }

// WithVersion sends another version of the service than [Version20210728], such as [VersionV3].
func WithVersion(version string) Option { return rest.WithDefault("Version", version) }

// WithBaseURL talks to another address than [DefaultBaseURL], such as a sandbox. It must be https unless it is this
// machine's.
func WithBaseURL(u string) Option { return rest.WithBaseURL(u) }

// WithHTTPClient sends through a client of the program: its transport, cookie jar and timeout. It is copied, never
// changed, and the copy follows no redirects.
func WithHTTPClient(client *http.Client) Option { return rest.WithHTTPClient(client) }

// WithUserAgent names the program to the service, in front of the library's own name.
func WithUserAgent(agent string) Option { return rest.WithUserAgent(agent) }

// WithTimeout bounds one attempt, from sending to the last byte of the answer; 60 seconds unless set, 0 for no bound.
func WithTimeout(d time.Duration) Option { return rest.WithTimeout(d) }

// WithTokenSource takes the token of each request from source, such as package oauth's.
func WithTokenSource(source TokenSource) Option { return rest.WithTokenSource(source) }

// WithRetry sets how often and when calls are sent again.
func WithRetry(r Retry) Option { return rest.WithRetry(r) }

// WithBudget takes requests from b instead of the budget that all clients of this process share; nil limits nothing.
func WithBudget(b Budget) Option { return rest.WithBudget(b) }

// WithHooks calls h while the client works.
func WithHooks(h Hooks) Option { return rest.WithHooks(h) }

// WithLogger writes to l: attempts at level debug, waits at info, repetitions at warn; never a token or a body.
func WithLogger(l *slog.Logger) Option { return rest.WithLogger(l) }

// WithMiddleware puts round trippers around the transport, the first one outermost.
func WithMiddleware(middleware ...func(http.RoundTripper) http.RoundTripper) Option {
	return rest.WithMiddleware(middleware...)
}

// CallTimeout bounds one call, with all its attempts and pauses.
func CallTimeout(d time.Duration) CallOption { return rest.CallTimeout(d) }

// CallHeader adds a header to one call.
func CallHeader(name, value string) CallOption { return rest.CallHeader(name, value) }

// CallIdempotent sets whether one call may be sent again when an outcome is not known.
func CallIdempotent(yes bool) CallOption { return rest.CallIdempotent(yes) }

// CallResponse fills r with what came along with a call's answer: status, headers, budget, number of attempts.
func CallResponse(r *Response) CallOption { return rest.CallResponse(r) }

// With makes another client with some options changed. Both go on sharing what the options leave alone: connections,
// token source, budget.
func (c *Client) With(opts ...Option) (*Client, error) {
	engine, err := c.restClient().With(opts...)
	if err != nil {
		return nil, err
	}
	return &Client{engine}, nil
}

// CloseIdleConnections closes connections that no call uses at the moment.
func (c *Client) CloseIdleConnections() { c.restClient().CloseIdleConnections() }
