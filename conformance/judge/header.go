package judge

import (
	"net/http"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
)

// requestHeaders are those that RFC 9110, its companions and the Fetch standard define, or that carry tracing; no
// OpenAPI document declares them.
var requestHeaders = set(`Accept Accept-Charset Accept-Encoding Accept-Language Cache-Control Connection Content-Encoding
	Content-Language Content-Length Content-Type Cookie Date Dnt Expect Forwarded From Host If-Match If-Modified-Since
	If-None-Match If-Range If-Unmodified-Since Keep-Alive Max-Forwards Origin Pragma Prefer Priority Proxy-Connection Range Referer
	Sec-Fetch-Dest Sec-Fetch-Mode Sec-Fetch-Site Sec-Fetch-User Te Trailer Transfer-Encoding Upgrade
	Upgrade-Insecure-Requests User-Agent Via Warning Traceparent Tracestate Baggage X-Forwarded-For X-Forwarded-Host
	X-Forwarded-Proto X-Request-Id X-Correlation-Id`)

// responseHeaders are the same for answers, with what gateways, CDNs and rate limits add to every answer.
var responseHeaders = set(`Accept-Ranges Access-Control-Allow-Credentials Access-Control-Allow-Headers
	Access-Control-Allow-Methods Access-Control-Allow-Origin Access-Control-Expose-Headers Access-Control-Max-Age Age Allow
	Alt-Svc Cache-Control Connection Content-Disposition Content-Encoding Content-Language Content-Length Content-Location
	Content-Range Content-Security-Policy Content-Type Cross-Origin-Embedder-Policy Cross-Origin-Opener-Policy
	Cross-Origin-Resource-Policy Date Deprecation Etag Expect-Ct Expires Keep-Alive Last-Modified Link Location Nel
	Origin-Agent-Cluster Permissions-Policy Pragma Priority Proxy-Authenticate Referrer-Policy Report-To Reporting-Endpoints
	Retry-After Server Server-Timing Set-Cookie Strict-Transport-Security Sunset Trailer Transfer-Encoding Upgrade Vary Via
	Warning Www-Authenticate Traceparent Tracestate X-Content-Type-Options X-Dns-Prefetch-Control X-Download-Options
	X-Frame-Options X-Permitted-Cross-Domain-Policies X-Powered-By X-Request-Id X-Correlation-Id X-Trace-Id Trace-Id
	X-Cloud-Trace-Context X-Envoy-Upstream-Service-Time X-Response-Time X-Xss-Protection`)

// responsePrefixes begin the names of families of such headers.
var responsePrefixes = []string{"Cf-", "X-Ratelimit-", "Ratelimit", "X-Amz-", "X-Goog-"}

// listHeaders may come several times, which means the same as one with commas.
var listHeaders = set(`Accept Accept-Charset Accept-Encoding Accept-Language Accept-Ranges Allow Baggage Cache-Control Connection
	Content-Encoding Content-Language Content-Security-Policy Cookie Forwarded If-Match If-None-Match Link Pragma Prefer
	Permissions-Policy Report-To Server-Timing Set-Cookie Te Trailer Tracestate Transfer-Encoding Upgrade Vary Via Warning
	Www-Authenticate X-Forwarded-For Access-Control-Allow-Headers Access-Control-Allow-Methods Access-Control-Expose-Headers Alt-Svc Nel`)

func set(words string) map[string]bool {
	out := map[string]bool{}
	for _, w := range strings.Fields(words) {
		out[http.CanonicalHeaderKey(w)] = true
	}
	return out
}

// requestHeader judges the headers of a request; those with credentials are judged apart.
func (j *Judge) requestHeader(f *finding, h http.Header, parameters []*openapi3.Parameter, credentials map[string]bool) {
	declared := map[string]*openapi3.Parameter{}
	for _, p := range parameters {
		if p.In == openapi3.ParameterInHeader {
			declared[http.CanonicalHeaderKey(p.Name)] = p
		}
	}
	for _, name := range sorted(h) {
		key, values := http.CanonicalHeaderKey(name), h[name]
		p := declared[key]
		switch {
		case credentials[key]:
		case p != nil:
			where, pos := "header "+p.Name, f.at(p.Origin)
			if len(values) > 1 && !(p.Schema != nil && mayBe(p.Schema.Value, "array")) {
				f.add(RepeatedHeader, pos, where, "comes more than once")
			}
			for _, value := range values {
				f.scalar(p, pos, where, value)
			}
		case key == "Authorization" || key == "Proxy-Authorization":
			f.add(Credentials, f.atOperation(), "header "+key, "carries credentials that the operation does not ask for")
		case !requestHeaders[key] && !j.headers[key]:
			f.add(UndeclaredHeader, f.atOperation(), "header "+name, "is neither declared nor a standard header; the operation has %s",
				names(parameters, "header"))
		case len(values) > 1 && !listHeaders[key] && !j.headers[key]:
			f.add(repeatedRule(key), f.atOperation(), "header "+key, "comes more than once")
		}
	}
}

// responseHeader judges the headers of an answer.
func (j *Judge) responseHeader(f *finding, h http.Header, declared openapi3.Headers) {
	known := map[string]*openapi3.Header{}
	for name, ref := range declared {
		known[http.CanonicalHeaderKey(name)] = ref.Value
	}
	for _, name := range sorted(h) {
		key := http.CanonicalHeaderKey(name)
		d := known[key]
		switch {
		case d != nil:
			if len(h[name]) > 1 && !(d.Schema != nil && mayBe(d.Schema.Value, "array")) {
				f.add(RepeatedHeader, f.at(d.Origin), "header "+key, "comes more than once")
			}
			if h[name][0] == "" && !namesEmpty(d.Schema) {
				f.add(EmptyHeader, f.at(d.Origin), "header "+key, "is empty")
			}
		case !standardResponse(key) && !j.headers[key]:
			f.add(UndeclaredHeader, f.atOperation(), "header "+name, "is neither declared nor a standard header")
		case len(h[name]) > 1 && !listHeaders[key] && !j.headers[key]:
			f.add(repeatedRule(key), f.atOperation(), "header "+key, "comes more than once")
		}
	}
}

func repeatedRule(key string) Rule {
	if key == "Content-Type" {
		return MediaType
	}
	return RepeatedHeader
}

func standardResponse(key string) bool {
	return responseHeaders[key] || slices.ContainsFunc(responsePrefixes, func(p string) bool { return strings.HasPrefix(key, p) })
}

// cookies judges the names of the cookies that a request sends.
func (f *finding) cookies(r *http.Request, parameters []*openapi3.Parameter, credentials map[string]bool) {
	seen := map[string]bool{}
	for _, c := range r.Cookies() {
		known := credentials["Cookie "+c.Name]
		for _, p := range parameters {
			known = known || p.In == openapi3.ParameterInCookie && p.Name == c.Name
		}
		switch {
		case !known:
			f.add(UndeclaredCookie, f.atOperation(), "cookie "+c.Name, "is not declared; the operation has %s", names(parameters, "cookie"))
		case seen[c.Name]:
			f.add(RepeatedHeader, f.atOperation(), "cookie "+c.Name, "comes more than once")
		}
		seen[c.Name] = true
	}
}

func sorted(h http.Header) []string {
	out := make([]string, 0, len(h))
	for name := range h {
		if len(h[name]) > 0 {
			out = append(out, name)
		}
	}
	slices.Sort(out)
	return out
}
