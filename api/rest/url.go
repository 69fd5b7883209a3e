package rest

import (
	"errors"
	"fmt"
	"net/netip"
	"net/url"
	"strings"
	"unicode/utf8"
)

// parseBase parses a base URL: a scheme, a host and optionally a path that precedes those of all operations.
func parseBase(text string) (*url.URL, error) {
	u, err := url.Parse(text)
	if err != nil {
		// The text may contain a password, so the parser's own error, which quotes it, is not passed on.
		return nil, errors.New("base URL cannot be read as a URL")
	}
	switch {
	case !utf8.ValidString(u.Path):
		return nil, errors.New("base URL is not valid UTF-8")
	case u.Scheme != "https" && u.Scheme != "http":
		return nil, fmt.Errorf("base URL has scheme %q, want https", u.Scheme)
	case u.Host == "" || u.Hostname() == "":
		return nil, errors.New("base URL names no host")
	case u.User != nil:
		return nil, errors.New("base URL holds a user name or password; the client sends a token instead")
	case u.RawQuery != "" || u.ForceQuery || u.Fragment != "":
		return nil, errors.New("base URL holds a query or fragment")
	}
	u.Path = strings.TrimRight(u.Path, "/")
	u.RawPath = strings.TrimRight(u.RawPath, "/")
	return u, nil
}

// loopback reports whether the host is this machine, so that a token sent over plain http does not leave it.
func loopback(host string) bool {
	if strings.EqualFold(host, "localhost") {
		return true
	}
	addr, err := netip.ParseAddr(host)
	return err == nil && addr.Unmap().IsLoopback()
}

// target sets u to the URL of a request below base.
func (r *Request) target(base, u *url.URL) error {
	*u = *base
	path, escaped := r.op.Path, r.op.Path
	if strings.ContainsAny(path, "{%") {
		var err error
		if path, escaped, err = r.fill(); err != nil {
			return err
		}
		for segment := range strings.SplitSeq(escaped, "/") {
			if plain, err := url.PathUnescape(segment); err == nil && (plain == "." || plain == "..") {
				return fmt.Errorf("%w: the values of path %s make %q of a segment, which would lead to another path", ErrInvalidRequest, r.op.Path, segment)
			}
		}
	}
	if path != escaped || u.RawPath != "" {
		u.RawPath = base.EscapedPath() + escaped
	}
	u.Path += path
	if len(r.query) > 0 {
		u.RawQuery = encodeQuery(r.query)
	}
	for _, part := range r.rawQuery {
		if u.RawQuery != "" {
			u.RawQuery += "&"
		}
		u.RawQuery += part
	}
	return nil
}

// fill returns the path template with its values, plain and escaped.
func (r *Request) fill() (path, escaped string, err error) {
	var plain, wire strings.Builder
	for rest := r.op.Path; rest != ""; {
		text, after, found := strings.Cut(rest, "{")
		literal := url.URL{Path: text}
		if unescaped, err := url.PathUnescape(text); err == nil { // otherwise a % does not begin an escape
			literal = url.URL{Path: unescaped, RawPath: text}
		}
		plain.WriteString(literal.Path)
		wire.WriteString(literal.EscapedPath())
		if !found {
			break
		}
		name, after, found := strings.Cut(after, "}")
		if !found {
			return "", "", fmt.Errorf("%w: path %s has a { without its }", ErrInvalidRequest, r.op.Path)
		}
		value := lastValue(r.path, name)
		if value == "" {
			return "", "", fmt.Errorf("%w: path value %s is missing", ErrInvalidRequest, name)
		}
		plain.WriteString(value)
		if raw := lastValue(r.rawPath, name); raw != "" {
			wire.WriteString(raw)
		} else {
			wire.WriteString(url.PathEscape(value))
		}
		rest = after
	}
	return plain.String(), wire.String(), nil
}

func lastValue(pairs []pair, name string) string {
	for i := len(pairs) - 1; i >= 0; i-- {
		if pairs[i].name == name {
			return pairs[i].value
		}
	}
	return ""
}

// encodeQuery preserves the order in which the parameters were added.
func encodeQuery(pairs []pair) string {
	size := 0
	for _, p := range pairs {
		size += len(p.name) + len(p.value) + 2
	}
	var b strings.Builder
	b.Grow(size)
	for i, p := range pairs {
		if i > 0 {
			b.WriteByte('&')
		}
		b.WriteString(url.QueryEscape(p.name))
		b.WriteByte('=')
		b.WriteString(url.QueryEscape(p.value))
	}
	return b.String()
}
