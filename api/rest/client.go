package rest

import (
	"errors"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"sync/atomic"
	"time"
)

// Client sends requests. It is safe for concurrent use; create it with [New].
type Client struct {
	conf config
	http *http.Client // the client's own copy; the transport may be the program's
	call stage        // the assembled stages

	budgetPrefix string                        // service and token, followed by the company
	lastInfo     *atomic.Pointer[tokenAndInfo] // of the last token that was checked
}

// config is the configuration that options set. It is copied for each client, and not changed after New.
type config struct {
	base      *url.URL
	plainHTTP bool
	defaults  map[string]string
	source    TokenSource

	environment bool // the environment was read; see WithEnvironment

	locationTokens LocationTokens // of sub-accounts; nil to use the client's own token

	credentials map[string]credential // by security scheme
	servers     map[string]*url.URL   // of single operations; see WithServers
	identity    string                // of the token, for the budget; does not contain it
	http        *http.Client
	middleware  []func(http.RoundTripper) http.RoundTripper
	userAgent   string
	timeout     time.Duration // of one attempt
	maxBody     int64
	maxDepth    int
	retry       Retry
	budget      Budget
	hooks       Hooks // none is nil
	hooked      bool  // at least one hook is set
}

// The defaults of the limits.
const (
	defaultTimeout  = 60 * time.Second
	defaultMaxBody  = 10 << 20
	defaultMaxDepth = 100
)

// New creates a client. It returns an error for an option that cannot be used: an empty token, an invalid base URL, or a
// plain http URL of another machine.
func New(opts ...Option) (*Client, error) {
	return build(config{
		userAgent: libraryAgent,
		timeout:   defaultTimeout,
		maxBody:   defaultMaxBody,
		maxDepth:  defaultMaxDepth,
		retry:     Retry{}.filled(),
		budget:    sharedBudget,
		hooks:     Hooks{}.and(Hooks{}),
	}, opts)
}

// With returns another client with some options changed. Both share what the options do not change: connections, token
// source, budget.
func (c *Client) With(opts ...Option) (*Client, error) {
	if c == nil || c.call == nil {
		return nil, errNotMade
	}
	return build(c.conf, opts)
}

func build(conf config, opts []Option) (*Client, error) {
	conf.defaults = maps.Clone(conf.defaults)
	conf.middleware = slices.Clone(conf.middleware)
	for _, opt := range opts {
		if opt == nil {
			continue
		}
		if err := opt(&conf); err != nil {
			return nil, fmt.Errorf("new client: %w", err)
		}
	}
	switch {
	case conf.base == nil && conf.servers == nil:
		return nil, errors.New("new client: no base URL; use WithBaseURL")
	case conf.environment && conf.source == nil && len(conf.credentials) == 0:
		return nil, fmt.Errorf("new client: %w", errNoTokenSet)
	}
	for _, server := range append(slices.Collect(maps.Values(conf.servers)), conf.base) {
		if server != nil && server.Scheme == "http" && !conf.plainHTTP && !loopback(server.Hostname()) {
			return nil, fmt.Errorf("new client: %s would send the token unencrypted; use https, or allow it with WithPlainHTTP", server)
		}
	}
	c := &Client{conf: conf, http: ownClient(conf), lastInfo: new(atomic.Pointer[tokenAndInfo])}
	c.budgetPrefix = " " + conf.identity + " "
	if conf.base != nil {
		c.budgetPrefix = conf.base.Host + c.budgetPrefix
	}
	c.call = c.assemble()
	return c, nil
}

// Default returns the value that [WithDefault] set for a parameter, or "".
func (c *Client) Default(name string) string {
	if c == nil {
		return ""
	}
	return c.conf.defaults[name]
}

// Identity identifies the token source of the client, as a [Budget] does. It does not contain the token.
func (c *Client) Identity() string {
	if c == nil {
		return ""
	}
	return c.conf.identity
}

// DefaultFor is [Client.Default] for one operation: the value set by [WithDefault], or else the operation's own.
func (c *Client) DefaultFor(op *Operation, name string) string {
	if c != nil {
		if value, given := c.conf.defaults[name]; given {
			return value
		}
	}
	return op.Defaults[name]
}

// CloseIdleConnections closes idle connections.
func (c *Client) CloseIdleConnections() {
	if c != nil && c.http != nil {
		c.http.CloseIdleConnections()
	}
}

// String returns the host of the client. No form of printing a client shows its token.
func (c *Client) String() string {
	if c == nil || c.conf.base == nil {
		return "client of nothing"
	}
	return "client of " + c.conf.base.String()
}

// GoString returns [Client.String], so that %#v does not print the fields.
func (c *Client) GoString() string { return c.String() }
