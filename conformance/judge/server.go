package judge

import (
	"maps"
	"net"
	"net/http"
	"net/netip"
	"regexp"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
)

// server is a server that the document names.
type server struct {
	url  string
	host *regexp.Regexp // scheme, host and port; nil for a path alone
	base *regexp.Regexp // the path in front of the paths
}

// relative are the first steps of a path relative to a document.
var relative = regexp.MustCompile(`^(?:\.{1,2}(?:/|$))+`)

var variable = regexp.MustCompile(`\\\{([^{}]+)\\\}`)

// servers returns the servers of the document, of its paths and of its operations.
func servers(doc *openapi3.T) []server {
	var out []server
	add := func(list openapi3.Servers) {
		for _, s := range addresses(list) {
			if slices.ContainsFunc(out, func(have server) bool { return have.url == s.URL }) {
				continue
			}
			one, path, above := server{url: s.URL}, strings.TrimRight(s.URL, "/"), ""
			scheme, rest, absolute := strings.Cut(path, "://")
			if !absolute && strings.HasPrefix(path, "//") { // with the scheme that the document was fetched with
				scheme, rest, absolute = "{scheme}", path[2:], true
			}
			switch {
			case absolute:
				host, below, _ := strings.Cut(rest, "/")
				host = withoutPort(scheme, host[strings.LastIndex(host, "@")+1:])
				one.host = regexp.MustCompile("(?i)^" + fill(scheme+"://"+host, s) + "$")
				if path = below; below != "" {
					path = "/" + below
				}
			case !strings.HasPrefix(path, "/"): // relative to where the document was fetched, which is not known
				above = `(?:/.*?)??`
				if path = relative.ReplaceAllString(path, ""); path != "" {
					path = "/" + path
				}
			}
			one.base = regexp.MustCompile("^" + above + fill(path, s) + "(?:/|$)")
			out = append(out, one)
		}
	}
	add(doc.Servers)
	for _, path := range doc.Paths.InMatchingOrder() {
		item := doc.Paths.Value(path)
		add(item.Servers)
		for _, method := range slices.Sorted(maps.Keys(item.Operations())) {
			if list := item.Operations()[method].Servers; list != nil {
				add(*list)
			}
		}
	}
	return out
}

// addresses returns servers, each once for every value of a variable that contains the scheme or the host: {baseUrl}/v1.
func addresses(list openapi3.Servers) openapi3.Servers {
	var out openapi3.Servers
	for _, s := range list {
		name, rest, found := strings.Cut(strings.TrimPrefix(s.URL, "{"), "}")
		v := s.Variables[name]
		if !found || v == nil || !strings.HasPrefix(s.URL, "{") || !strings.Contains(v.Default, "/") {
			out = append(out, s)
			continue
		}
		for _, value := range append([]string{v.Default}, v.Enum...) {
			one := *s
			one.URL = value + rest
			out = append(out, &one)
		}
	}
	return out
}

// fill returns a pattern for a part of a server's URL: its variables have the listed values, or any.
func fill(text string, s *openapi3.Server) string {
	return variable.ReplaceAllStringFunc(regexp.QuoteMeta(text), func(name string) string {
		v := s.Variables[variable.FindStringSubmatch(name)[1]]
		if v == nil || len(v.Enum) == 0 {
			return `[^/]+?`
		}
		values := make([]string, len(v.Enum))
		for i, value := range v.Enum {
			values[i] = regexp.QuoteMeta(value)
		}
		return "(?:" + strings.Join(values, "|") + ")"
	})
}

// below returns the possible paths of a request below the servers that it may have been sent to. A test host, or one that
// was allowed, is accepted in place of all of them, with or without their path. A document that names no server accepts any;
// one that names only a path is served by its own host, which is not known. known reports whether there is a server.
func (j *Judge) below(r *http.Request) (paths []string, known bool) {
	path := r.URL.EscapedPath()
	for _, s := range j.servers {
		if s.host != nil && s.host.MatchString(origin(r, s)) {
			known = true
			paths = append(paths, s.cut(path)...)
		}
	}
	if known {
		return paths, true
	}
	if len(j.servers) > 0 && !j.off[Server] && !j.hosts[nameOf(r)] && !forTests(r) {
		return nil, false
	}
	for _, s := range j.servers {
		paths = append(paths, s.cut(path)...)
	}
	return append(paths, path), true
}

// cut removes the server's own path.
func (s server) cut(path string) []string {
	at := s.base.FindStringIndex(path)
	if at == nil {
		return nil
	}
	rest := path[at[1]:]
	if strings.HasSuffix(path[:at[1]], "/") {
		rest = "/" + rest
	}
	return []string{rest}
}

// origin returns where a request goes. A request received by a server has no scheme, and gets the document's.
func origin(r *http.Request, s server) string {
	scheme, host := r.URL.Scheme, r.URL.Host
	if host == "" {
		host = r.Host
	}
	if scheme == "" {
		if scheme, _, _ = strings.Cut(s.url, "://"); strings.Contains(scheme, "{") {
			scheme = "https"
		}
	}
	return scheme + "://" + withoutPort(scheme, host)
}

// withoutPort removes the default port of a scheme.
func withoutPort(scheme, host string) string {
	return strings.TrimSuffix(host, map[string]string{"http": ":80", "https": ":443"}[strings.ToLower(scheme)])
}

func nameOf(r *http.Request) string {
	host := r.URL.Host
	if host == "" {
		host = r.Host
	}
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	return strings.ToLower(strings.Trim(host, "[]."))
}

// forTests reports whether a request goes to this machine, to a private network, or to a name that RFC 2606 and 6761 reserve
// for tests. The names reserved for documentation are not among them, except example.com itself, which package httptest
// uses.
func forTests(r *http.Request) bool {
	host := nameOf(r)
	if ip, err := netip.ParseAddr(host); err == nil {
		return ip.IsLoopback() || ip.IsPrivate() || ip.IsLinkLocalUnicast() || ip.IsUnspecified()
	}
	if !strings.Contains(host, ".") {
		return true // a container, or a machine of the local network
	}
	for _, kept := range []string{"test", "localhost", "local", "internal", "home.arpa"} {
		if strings.HasSuffix(host, "."+kept) {
			return true
		}
	}
	return host == "example.com"
}
