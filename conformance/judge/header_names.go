package judge

import (
	"net/http"
	"slices"
	"strings"
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

// requestPrefixes begin the names of families of such headers: those that only browsers set, tracing, and those that
// gateways and CDNs add for the servers after them.
var requestPrefixes = []string{"Sec-", "X-B3-", "X-Datadog-", "X-Newrelic-", "X-Ot-", "X-Forwarded-", "Cf-", "X-Envoy-", "X-Amzn-",
	"X-Azure-", "X-Kong-", "X-Vercel-", "Fastly-", "Fly-", "Akamai-", "X-Akamai-"}

// responseHeaders are the same for responses, with what gateways, CDNs and rate limits add to every response.
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

// listHeaders may appear several times, which means the same as one with commas.
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

func standardRequest(key string) bool { return requestHeaders[key] || begins(key, requestPrefixes) }

func standardResponse(key string) bool { return responseHeaders[key] || begins(key, responsePrefixes) }

func begins(key string, prefixes []string) bool {
	return slices.ContainsFunc(prefixes, func(p string) bool { return strings.HasPrefix(key, p) })
}
