package fetch

import (
	"fmt"
	"net/url"
	"strings"
)

// hosts are the only hosts that are contacted.
type hosts map[string]bool

func (h hosts) allow(name string) error {
	u, err := url.Parse("//" + strings.ToLower(name))
	if err != nil || u.Hostname() == "" || u.Host != strings.ToLower(name) {
		return fmt.Errorf("%.200q is not a host; write it like docs.example.com or docs.example.com:8080", name)
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

// follow resolves a reference on a page or in a response, if it may be followed.
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
