package fetch

import (
	"errors"
	"fmt"
	"net"
	"net/url"
	"strings"
)

// ParseAddress reads the address of a page. What a server never sees is dropped; credentials are refused, because addresses
// are shown and recorded.
func ParseAddress(text string) (*url.URL, error) {
	u, err := url.Parse(text)
	if err != nil {
		var inner *url.Error
		if errors.As(err, &inner) {
			err = inner.Err
		}
		return nil, fmt.Errorf("%.200q is not an address: %w", text, err)
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

// IsAddress reports whether a word of a command is meant as an address, not as a file.
func IsAddress(text string) bool {
	scheme, _, ok := strings.Cut(text, "://")
	return ok && (strings.EqualFold(scheme, "http") || strings.EqualFold(scheme, "https"))
}

// IsLoopback reports whether an address is on this machine.
func IsLoopback(u *url.URL) bool {
	host := u.Hostname()
	if host == "localhost" || strings.HasSuffix(host, ".localhost") {
		return true
	}
	ip := net.ParseIP(host)
	return ip != nil && ip.IsLoopback()
}

// hosts are the only ones that are asked.
type hosts map[string]bool

func (h hosts) allow(name string) error {
	u, err := url.Parse("//" + strings.ToLower(name))
	if err != nil || u.Hostname() == "" || u.Host != strings.ToLower(name) {
		return fmt.Errorf("%.200q is not a host; say it like docs.example.com or docs.example.com:8080", name)
	}
	h[u.Host] = true
	return nil
}

func (h hosts) has(u *url.URL) bool {
	if h[u.Host] {
		return true
	}
	return u.Port() == defaultPorts[u.Scheme] && h[u.Hostname()] || u.Port() == "" && h[u.Host+":"+defaultPorts[u.Scheme]]
}

var defaultPorts = map[string]string{"http": "80", "https": "443"}

// follow finds where a reference on a page or in an answer leads, if it may be followed.
func (h hosts) follow(from *url.URL, reference string) (*url.URL, error) {
	relative, err := from.Parse(reference)
	if err != nil {
		return nil, fmt.Errorf("%s leads to %.200q, which is not an address", from, reference)
	}
	to, err := ParseAddress(relative.String())
	if err != nil {
		return nil, fmt.Errorf("%s leads away: %w", from, err)
	}
	if from.Scheme == "https" && to.Scheme == "http" && !IsLoopback(to) {
		return nil, fmt.Errorf("%s leads to %s, which is not encrypted; that is not followed", from, to)
	}
	if !h.has(to) {
		return nil, fmt.Errorf("%s leads to another host, %s; allow it with --host %s if it belongs to the documentation", from, to, to.Host)
	}
	return to, nil
}
