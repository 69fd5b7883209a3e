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
	Te Trailer Transfer-Encoding Upgrade Upgrade-Insecure-Requests User-Agent Via Warning Save-Data Early-Data Alt-Used
	Content-Disposition Content-Location Content-Range Content-Digest Repr-Digest Want-Content-Digest Want-Repr-Digest
	Digest Want-Digest Signature Signature-Input Accept-Datetime A-Im Access-Control-Request-Method
	Access-Control-Request-Headers Traceparent Tracestate Baggage B3 Uber-Trace-Id Sentry-Trace X-Amzn-Trace-Id
	X-Cloud-Trace-Context X-Forwarded-For X-Forwarded-Host X-Forwarded-Proto X-Forwarded-Port X-Real-Ip X-Request-Id
	X-Correlation-Id Request-Id X-Trace-Id X-Span-Id Newrelic Elastic-Apm-Traceparent Grpc-Trace-Bin Cdn-Loop Client-Ip
	True-Client-Ip X-Client-Ip X-Cluster-Client-Ip X-Original-Forwarded-For X-Scheme X-Requested-With X-Request-Start`)

// requestPrefixes begin the names of families of such headers: those that only browsers set, tracing, and what gateways
// and CDNs tell the machine behind them.
var requestPrefixes = []string{"Sec-", "X-B3-", "X-Datadog-", "X-Newrelic-", "X-Ot-", "X-Forwarded-", "Cf-", "X-Envoy-", "X-Amzn-",
	"X-Azure-", "X-Kong-", "X-Vercel-", "Fastly-", "Fly-", "Akamai-", "X-Akamai-"}

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
	X-Cloud-Trace-Context X-Envoy-Upstream-Service-Time X-Response-Time X-Xss-Protection X-Cache X-Cache-Hits X-Served-By
	X-Timer X-Runtime Content-Digest Repr-Digest Digest Signature Signature-Input Accept-Patch Accept-Post
	Authentication-Info Proxy-Status Cache-Status Cdn-Cache-Control Clear-Site-Data Timing-Allow-Origin Accept-Ch
	Critical-Ch Sourcemap Preference-Applied Traceresponse X-Robots-Tag X-Ua-Compatible X-Generator X-Hostname X-Server
	X-Backend-Server X-Process-Time X-Retry-After X-Varnish X-Iinfo X-Cdn Request-Id X-Span-Id X-Request-Start
	X-Github-Request-Id X-Nf-Request-Id Cache-Tag X-Proxy-Cache X-Upstream`)

// responsePrefixes begin the names of families of such headers.
var responsePrefixes = []string{"Cf-", "X-Ratelimit-", "Ratelimit", "X-Rate-Limit-", "X-Amz-", "X-Amzn-", "X-Goog-", "X-Envoy-",
	"X-Kong-", "X-Azure-", "X-Msedge-", "X-Ms-", "X-Vercel-", "X-Akamai-", "Akamai-", "X-Fastly-", "Fastly-", "Fly-", "X-Sucuri-",
	"X-Aspnet", "X-Accel-", "X-Cache-", "Surrogate-", "X-Nf-"}

// listHeaders may come several times, which means the same as one with commas.
var listHeaders = set(`Accept Accept-Charset Accept-Encoding Accept-Language Accept-Ranges Allow Baggage Cache-Control Connection
	Content-Encoding Content-Language Content-Security-Policy Cookie Forwarded If-Match If-None-Match Link Pragma Prefer
	Permissions-Policy Report-To Server-Timing Set-Cookie Te Trailer Tracestate Transfer-Encoding Upgrade Vary Via Warning
	Www-Authenticate Proxy-Authenticate X-Forwarded-For X-Forwarded-Host X-Forwarded-Proto Expect Accept-Patch Accept-Post
	Accept-Ch Critical-Ch Cache-Status Cdn-Cache-Control Clear-Site-Data Content-Digest Repr-Digest Digest
	Want-Content-Digest Want-Repr-Digest Want-Digest Signature Signature-Input Proxy-Status Ratelimit Ratelimit-Policy
	Reporting-Endpoints Timing-Allow-Origin Access-Control-Request-Headers Traceresponse Access-Control-Allow-Headers Access-Control-Allow-Methods Access-Control-Expose-Headers Alt-Svc Nel`)

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
	for _, key := range sorted(h) {
		values := h[key]
		p := declared[key]
		switch {
		case credentials[key]:
		case p != nil:
			where, pos := "header "+p.Name, f.at(p.Origin)
			if len(values) > 1 && !listHeaders[key] && !(p.Schema != nil && mayBe(p.Schema.Value, "array")) {
				f.add(RepeatedHeader, pos, where, "comes more than once")
			}
			for _, value := range values {
				f.parameter(p, pos, where, p.Name, value)
			}
		case key == "Authorization" && j.generous:
		case key == "Authorization" || key == "Proxy-Authorization":
			f.add(Credentials, f.atOperation(), "header "+key, "carries credentials that the operation does not ask for")
		case !standardRequest(key) && !j.headers[key]:
			f.add(UndeclaredHeader, f.atOperation(), "header "+key, "is neither declared nor a standard header; the operation has %s",
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
	for _, key := range sorted(h) {
		values := h[key]
		d := known[key]
		switch {
		case d != nil:
			where, pos := "header "+key, f.at(d.Origin)
			if len(values) > 1 && !listHeaders[key] && !(d.Schema != nil && mayBe(d.Schema.Value, "array")) {
				f.add(RepeatedHeader, pos, where, "comes more than once")
			}
			p := d.Parameter
			p.Name, p.In = key, openapi3.ParameterInHeader
			for _, value := range values {
				f.parameter(&p, pos, where, key, value)
			}
		case !standardResponse(key) && !j.headers[key]:
			f.add(UndeclaredHeader, f.atOperation(), "header "+key, "is neither declared nor a standard header")
		case len(values) > 1 && !listHeaders[key] && !j.headers[key]:
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

func standardRequest(key string) bool { return requestHeaders[key] || begins(key, requestPrefixes) }

func standardResponse(key string) bool { return responseHeaders[key] || begins(key, responsePrefixes) }

func begins(key string, prefixes []string) bool {
	return slices.ContainsFunc(prefixes, func(p string) bool { return strings.HasPrefix(key, p) })
}

// fold puts headers together that differ only in their spelling. Lists lose the space around their commas, which means
// nothing and which kin-openapi takes for a part of the items.
func fold(h http.Header) http.Header {
	out := http.Header{}
	for _, name := range sorted(h) {
		key := http.CanonicalHeaderKey(name)
		out[key] = append(out[key], h[name]...)
	}
	return out
}

// travels judges whether headers can be sent at all.
func (f *finding) travels(h http.Header) {
	for _, name := range sorted(h) {
		if name == "" || strings.ContainsFunc(name, notToken) {
			f.add(MalformedHeader, "", "header "+show(name), "has a name that is none")
		}
		for _, value := range h[name] {
			if strings.ContainsFunc(value, func(r rune) bool { return r < ' ' && r != '\t' || r == 0x7f }) {
				f.add(MalformedHeader, "", "header "+show(name), "has a control character in its value")
			}
		}
	}
}

// notToken says that a character is none of a header's name, by RFC 9110.
func notToken(r rune) bool {
	return r <= ' ' || r >= 0x7f || strings.ContainsRune(`"(),/:;<=>?@[\]{}`, r)
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
		for _, p := range parameters {
			if p.In == openapi3.ParameterInCookie && p.Name == c.Name {
				f.parameter(p, f.at(p.Origin), "cookie "+c.Name, c.Name, c.Value)
			}
		}
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
