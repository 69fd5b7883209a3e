package api

import (
	"log/slog"
	"net/http"
	"time"

	"github.com/highlevel-go/snapshots/api/rest"
)

// Option configures a client: [New] and [Client.With] accept it, and the functions of this package whose names begin with
// With return it. Options are applied in order; a later one overrides an earlier one.
//
//	client, err := api.New(api.WithEnvironment(), api.WithTimeout(10*time.Second), api.WithLogger(slog.Default()))
//
// Package rest has more that are rarely needed, such as rest.WithMaxResponse.
type Option = rest.Option

// CallOption configures a single call. The functions of this package whose names begin with Call return it.
//
//	list, err := client.Snapshots(ctx, api.SnapshotsRequest{}, api.CallTimeout(5*time.Second), api.CallHeader("X-Request-Id", id))
//
// Package rest has two more, rest.CallMaxResponse and rest.CallListLength.
type CallOption = rest.CallOption

// Retry configures when and how often a call is repeated, which happens only if that is safe. It is for [WithRetry]:
//
//	client, err := api.New(api.WithEnvironment(), api.WithRetry(api.Retry{Attempts: 2, MaxPause: 5 * time.Second}))
//
// Its fields; zero means the default:
//   - Attempts int: the maximum number of requests, including the first; the default is 4, and 1 disables retries
//   - Backoff time.Duration: the maximum first pause, doubled each time; the default is 500 ms
//   - MaxPause time.Duration: the maximum pause; the default is 30 s. If the service asks for a longer one, the call fails at once
type Retry = rest.Retry

// Hooks are functions that a client calls while it works, for example for metrics and traces; they are for [WithHooks]:
//
//	hooks := api.Hooks{AttemptEnd: func(_ context.Context, a rest.Attempt) {
//		fmt.Println(a.Operation.ID, a.Status, a.Duration)
//	}}
//	client, err := api.New(api.WithEnvironment(), api.WithHooks(hooks))
//
// Its fields are functions; nil ones are not called. They run in the goroutine of the call, and their arguments never
// contain the token:
//   - AttemptStart func(context.Context, rest.Attempt): before a request is sent
//   - AttemptEnd func(context.Context, rest.Attempt): after its response, or its failure
//   - Retry func(context.Context, rest.Attempt, time.Duration): before the pause that precedes another attempt
//   - Wait func(context.Context, *rest.Operation, time.Duration): after waiting for the budget
//   - Refresh func(context.Context, *rest.Operation, error): after a refused token was, or was not, replaced
//   - Mismatches func(context.Context, *rest.Operation, [][Mismatch]): after values of a response did not fit their types
//
// An Attempt has the Operation, its Number in the call from 1, and what is known after it: Status, Rate, Duration and Err.
type Hooks = rest.Hooks

// The known versions of the service. A client sends [Version20210728] by default; [WithVersion] sets another.
const (
	Version20210728 = "2021-07-28"
	VersionV3       = "v3"
)

// WithToken sets a Private Integration Token of the agency, or an access token that the program refreshes itself. Spaces and
// line ends around it are removed; an empty token is an error of [New].
func WithToken(token string) Option { return rest.WithToken(token) }

// WithEnvironment reads the environment variables that the command snapshots reads, as far as they are set:
//
//	HIGHLEVEL_TOKEN       the token
//	HIGHLEVEL_TOKEN_FILE  the file that contains the token, if HIGHLEVEL_TOKEN is not set
//	HIGHLEVEL_COMPANY     the id of the agency
//	HIGHLEVEL_VERSION     the version of the service
//	HIGHLEVEL_BASE_URL    another base URL than [DefaultBaseURL]
//
// Options are applied in order, so put it first: later ones override it. If no option sets a token, [New] returns an error
// that names the variables; errors never contain their values. The profiles and logins of the command are not read.
func WithEnvironment() Option { return rest.WithEnvironment() }

// WithCompany sets the agency, so that requests can leave their CompanyID empty.
func WithCompany(id string) Option { return rest.WithDefault("companyId", id) }

// WithVersion sets the version of the service to send instead of [Version20210728], such as [VersionV3].
func WithVersion(version string) Option { return rest.WithDefault("Version", version) }

// WithBaseURL sets another base URL than [DefaultBaseURL], such as that of a sandbox. It must be https, except on loopback.
func WithBaseURL(u string) Option { return rest.WithBaseURL(u) }

// WithHTTPClient sets the HTTP client: its transport, cookie jar and timeout are used. It is copied, never modified, and the
// copy follows no redirects.
func WithHTTPClient(client *http.Client) Option { return rest.WithHTTPClient(client) }

// WithUserAgent puts the name of the program in front of the library's name in the User-Agent header.
func WithUserAgent(agent string) Option { return rest.WithUserAgent(agent) }

// WithTimeout limits the time of one attempt, from sending to the last byte of the response. The default is 60 seconds; 0
// means no limit.
func WithTimeout(d time.Duration) Option { return rest.WithTimeout(d) }

// WithTokenSource gets the token of each request from source, such as one of package oauth.
func WithTokenSource(source TokenSource) Option { return rest.WithTokenSource(source) }

// WithRetry configures when and how often calls are repeated.
func WithRetry(r Retry) Option { return rest.WithRetry(r) }

// WithBudget uses b instead of the budget that all clients of this process share; nil means no limit.
func WithBudget(b Budget) Option { return rest.WithBudget(b) }

// WithHooks calls the functions of h while the client works.
func WithHooks(h Hooks) Option { return rest.WithHooks(h) }

// WithLogger logs to l: attempts at level debug, waits at info, retries at warn; never a token or a body.
func WithLogger(l *slog.Logger) Option { return rest.WithLogger(l) }

// WithMiddleware wraps the transport in round trippers, the first one outermost.
func WithMiddleware(middleware ...func(http.RoundTripper) http.RoundTripper) Option {
	return rest.WithMiddleware(middleware...)
}

// CallTimeout limits the time of one call, including all attempts and pauses.
func CallTimeout(d time.Duration) CallOption { return rest.CallTimeout(d) }

// CallHeader adds a header to one call.
func CallHeader(name, value string) CallOption { return rest.CallHeader(name, value) }

// CallIdempotent sets whether one call may be repeated if its outcome is not known.
func CallIdempotent(yes bool) CallOption { return rest.CallIdempotent(yes) }

// CallResponse fills r with the status, the headers, the budget and the number of attempts of a call.
func CallResponse(r *Response) CallOption { return rest.CallResponse(r) }

// With returns another client with some options changed. Both share what the options do not change: connections, token
// source, budget.
func (c *Client) With(opts ...Option) (*Client, error) {
	engine, err := c.restClient().With(opts...)
	if err != nil {
		return nil, err
	}
	return &Client{engine}, nil
}

// CloseIdleConnections closes idle connections.
func (c *Client) CloseIdleConnections() { c.restClient().CloseIdleConnections() }
