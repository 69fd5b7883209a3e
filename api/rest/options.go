package rest

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// Option configures a client; see [New].
type Option func(*config) error

// WithBaseURL sets the base URL. A path in it precedes the path of every operation.
func WithBaseURL(u string) Option {
	return func(c *config) error {
		base, err := parseBase(u)
		if err != nil {
			return err
		}
		c.base, c.servers = base, nil
		return nil
	}
}

// WithServers sends operations with their own [Operation.Server] to that server instead of the base URL. A later
// [WithBaseURL] applies to all operations. Generated code passes this option.
func WithServers(servers ...string) Option {
	return func(c *config) error {
		c.servers = map[string]*url.URL{}
		for _, server := range servers {
			base, err := parseBase(server)
			if err != nil {
				return fmt.Errorf("server %s: %w", server, err)
			}
			c.servers[server] = base
		}
		return nil
	}
}

// WithPlainHTTP allows a base URL with http to another machine. Everyone between the machines can then read the token.
func WithPlainHTTP() Option {
	return func(c *config) error {
		c.plainHTTP = true
		return nil
	}
}

// WithDefault sets the value of a parameter that the client supplies, by its name on the wire: "Version", "companyId". An
// empty value removes it.
func WithDefault(name, value string) Option {
	return func(c *config) error {
		if name == "" {
			return errors.New("default value without the name of a parameter")
		}
		if err := plainText(value); err != nil {
			return fmt.Errorf("default of %s: %w", name, err)
		}
		if c.defaults == nil {
			c.defaults = map[string]string{}
		}
		c.defaults[name] = value
		return nil
	}
}

// WithHTTPClient sets the HTTP client: its transport, cookie jar and timeout are used. It is copied, never modified; the
// copy follows no redirects. nil restores the library's own.
//
// A response with more than 256 KiB of headers is always refused, but only the transport can stop reading them: the standard
// one does so at 10 MiB, unless its MaxResponseHeaderBytes is set.
func WithHTTPClient(client *http.Client) Option {
	return func(c *config) error {
		c.http = client
		return nil
	}
}

// WithMiddleware wraps the transport in round trippers, the first one outermost. They see every attempt, with its token.
func WithMiddleware(middleware ...func(http.RoundTripper) http.RoundTripper) Option {
	return func(c *config) error {
		for _, m := range middleware {
			if m == nil {
				return errors.New("middleware is nil")
			}
		}
		c.middleware = append(c.middleware, middleware...)
		return nil
	}
}

// WithUserAgent puts the name of the program in front of the library's name in the User-Agent header.
func WithUserAgent(agent string) Option {
	return func(c *config) error {
		agent = strings.TrimSpace(agent)
		if agent == "" {
			return errors.New("user agent is empty")
		}
		if err := plainText(agent); err != nil {
			return fmt.Errorf("user agent: %w", err)
		}
		c.userAgent = agent + " " + libraryAgent
		return nil
	}
}

// WithTimeout limits the time of one attempt, from sending to the last byte of the response. The default is 60 seconds; 0
// means no limit. The context limits the whole call.
func WithTimeout(d time.Duration) Option {
	return func(c *config) error {
		if d < 0 {
			return fmt.Errorf("timeout %v is negative", d)
		}
		c.timeout = d
		return nil
	}
}

// WithMaxResponse sets the maximum size of a response, in bytes after decompression. The default is 10 MiB.
func WithMaxResponse(bytes int64) Option {
	return func(c *config) error {
		if bytes <= 0 {
			return fmt.Errorf("response cap %d is not positive", bytes)
		}
		c.maxBody = bytes
		return nil
	}
}
