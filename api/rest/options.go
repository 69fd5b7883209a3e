package rest

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// Option sets up a client; see [New].
type Option func(*config) error

// WithBaseURL says where the service is. A path in it stands in front of every operation's path.
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

// WithServers sends operations with an [Operation.Server] of their own to that server instead of the base URL. A later
// [WithBaseURL] moves all operations to its URL. Generated code passes this option.
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

// WithPlainHTTP allows a base URL with http to another machine. The token then travels for everyone on the way to read.
func WithPlainHTTP() Option {
	return func(c *config) error {
		c.plainHTTP = true
		return nil
	}
}

// WithDefault gives a value to a parameter that the client supplies, by its name on the wire: "Version", "companyId". An
// empty value takes it away again.
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

// WithHTTPClient sends through a client of the program: its transport, cookie jar and timeout. It is copied, not changed;
// the copy follows no redirects. nil goes back to the library's own.
//
// An answer whose header is larger than 256 KiB is refused in any case, but it is the transport that has to stop reading
// one: the standard one does so at 10 MiB, unless its MaxResponseHeaderBytes is set.
func WithHTTPClient(client *http.Client) Option {
	return func(c *config) error {
		c.http = client
		return nil
	}
}

// WithMiddleware puts round trippers around the transport, the first one outermost. They see every attempt, with its
// token.
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

// WithUserAgent names the program to the service, in front of the library's own name.
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

// WithTimeout bounds one attempt, from sending to the last byte of the answer; 60 seconds unless set, 0 for no bound. The
// context bounds the call as a whole.
func WithTimeout(d time.Duration) Option {
	return func(c *config) error {
		if d < 0 {
			return fmt.Errorf("timeout %v is negative", d)
		}
		c.timeout = d
		return nil
	}
}

// WithMaxResponse caps an answer, in bytes after decompression; 10 MiB unless set.
func WithMaxResponse(bytes int64) Option {
	return func(c *config) error {
		if bytes <= 0 {
			return fmt.Errorf("response cap %d is not positive", bytes)
		}
		c.maxBody = bytes
		return nil
	}
}
