package fetch

import (
	"errors"
	"fmt"
	"net"
	"net/url"
	"strings"
)

// ParseAddress parses the URL of a page. The fragment, which no server sees, is dropped; credentials are refused, because
// URLs are shown and recorded.
func ParseAddress(text string) (*url.URL, error) {
	u, err := url.Parse(text)
	if err != nil {
		return nil, fmt.Errorf("%.200q is not an address: %w", text, withoutAddress(err))
	}
	switch {
	case u.Scheme != "http" && u.Scheme != "https":
		return nil, fmt.Errorf("%.200q is not an address of the web; it has to begin with https://", text)
	case u.User != nil:
		return nil, fmt.Errorf("the address on %s carries credentials; leave them out, documentation is public", u.Host)
	case u.Hostname() == "":
		return nil, fmt.Errorf("%.200q names no host", text)
	}
	u.Host = strings.ToLower(u.Host)
	u.Fragment, u.RawFragment = "", ""
	if u.Path == "" {
		u.Path = "/"
	}
	return u, nil
}

// withoutAddress returns an error of package url or http without the URL, which the surrounding message names.
func withoutAddress(err error) error {
	if inner := (*url.Error)(nil); errors.As(err, &inner) {
		return inner.Err
	}
	return err
}

// IsAddress reports whether an argument of a command is a URL and not a file.
func IsAddress(text string) bool {
	scheme, _, ok := strings.Cut(text, "://")
	return ok && (strings.EqualFold(scheme, "http") || strings.EqualFold(scheme, "https"))
}

// IsLoopback reports whether a URL is on this machine.
func IsLoopback(u *url.URL) bool {
	host := u.Hostname()
	if host == "localhost" || strings.HasSuffix(host, ".localhost") {
		return true
	}
	ip := net.ParseIP(host)
	return ip != nil && ip.IsLoopback()
}
