package judge_test

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"strings"
	"testing"

	"github.com/highlevel-go/snapshots/conformance/judge"
)

// traffic judges messages of specs that use much of OpenAPI, written without a look at the rules: what a program and all that
// stands before a service may rightly send, and what goes wrong with it. Headers are written "Name: value|Name: value".
type traffic struct {
	t      *testing.T
	judges map[string]*judge.Judge
}

func headersOf(s string) http.Header {
	h := http.Header{}
	for _, l := range strings.Split(s, "|") {
		if k, v, ok := strings.Cut(l, ":"); ok {
			k = strings.TrimSpace(k)
			h[http.CanonicalHeaderKey(k)] = append(h[http.CanonicalHeaderKey(k)], strings.TrimSpace(v))
		}
	}
	return h
}

func (z *traffic) judge(spec string) *judge.Judge {
	if z.judges[spec] == nil {
		data, err := os.ReadFile(spec)
		if err != nil {
			z.t.Fatal(err)
		}
		doc, err := judge.Load(spec, data)
		if err != nil {
			z.t.Fatal(err)
		}
		z.judges[spec], err = judge.New(doc)
		if err != nil {
			z.t.Fatal(err)
		}
	}
	return z.judges[spec]
}

func requestOf(line, h, body string) *http.Request {
	m, u, _ := strings.Cut(line, " ")
	p, err := url.Parse(u)
	if err != nil {
		panic(err)
	}
	r := &http.Request{Method: m, URL: p, Host: p.Host, Header: headersOf(h), Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1}
	if body != "" {
		r.Body = io.NopCloser(strings.NewReader(body))
		r.ContentLength = int64(len(body))
	}
	return r
}

func (z *traffic) verdict(ok bool, what string, v judge.Verdict) {
	if v.OK() != ok {
		if ok {
			z.t.Errorf("right, and refused: %s: %v", what, v.Err())
		} else {
			z.t.Errorf("wrong, and passes: %s", what)
		}
	}
}
func (z *traffic) request(spec string, ok bool, line, h, body string) {
	z.verdict(ok, fmt.Sprintf("%s {%s} %.100s", line, h, body), z.judge(spec).Request(requestOf(line, h, body)))
}
func (z *traffic) answer(spec string, ok bool, line, rh string, status int, h, body string) {
	r := requestOf(line, rh, "")
	resp := &http.Response{StatusCode: status, Header: headersOf(h), Body: io.NopCloser(strings.NewReader(body)), ContentLength: -1, Request: r}
	if cl := resp.Header.Get("Content-Length"); cl != "" {
		fmt.Sscan(cl, &resp.ContentLength)
	}
	z.verdict(ok, fmt.Sprintf("%s -> %d {%s} %.100s", line, status, h, body), z.judge(spec).Response(r, resp))
}

func zipped(s string) string {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	w.Write([]byte(s))
	w.Close()
	return b.String()
}

func TestTrafficOfThisService(t *testing.T) {
	z := &traffic{t, map[string]*judge.Judge{}}
	const S = "../../spec/snapshots.yaml"
	const A = "Authorization: Bearer abc-123.x_y~z+/=="
	const H = "https://services.leadconnectorhq.com"
	V := A + "|Version: 2021-07-28"
	list := "GET " + H + "/snapshots/?companyId=c1"
	g := func(ok bool, line, h string) { z.request(S, ok, line, h, "") }
	// right
	g(true, list, V)
	g(true, list, A+"|Version: v3")
	g(true, "GET "+H+":443/snapshots/?companyId=c1", V)
	g(true, "GET HTTPS://SERVICES.leadconnectorhq.COM/snapshots/?companyId=c1", V)
	g(true, "GET /snapshots/?companyId=c1", V+"|Host: services.leadconnectorhq.com")
	g(true, "GET http://127.0.0.1:4010/snapshots/?companyId=c1", V)
	g(true, "GET http://[::1]:4010/snapshots/?companyId=c1", V)
	g(true, "GET http://localhost/snapshots/?companyId=c1", V)
	g(true, "GET http://mock:8080/snapshots/?companyId=c1", V)
	g(true, list, V+"|Accept: application/json|Accept-Encoding: gzip, deflate, br|User-Agent: x/1|Connection: keep-alive|Accept-Language: de, en;q=0.5")
	g(true, list, V+"|Traceparent: 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01|X-Request-Id: 1|Via: 1.1 x|X-Forwarded-For: 1.2.3.4|X-Forwarded-Proto: https")
	g(true, list, V+"|Cf-Connecting-Ip: 1.2.3.4|Cf-Ray: x|Cf-Visitor: {}|Cf-Ipcountry: DE|Cdn-Loop: cloudflare")
	g(true, list, V+"|X-Client-Ip: 1.2.3.4|True-Client-Ip: 1.2.3.4|X-Original-Forwarded-For: 1.2.3.4|X-Scheme: https|X-Forwarded-Scheme: https|X-Forwarded-Server: a|X-Forwarded-Prefix: /a")
	g(true, list, V+"|X-Envoy-Expected-Rq-Timeout-Ms: 100|X-Envoy-External-Address: 1|X-Forwarded-Client-Cert: a")
	g(true, list, V+"|Grpc-Trace-Bin: x|X-Ot-Span-Context: x|Newrelic: x|X-Newrelic-Id: a|Elastic-Apm-Traceparent: a|X-Trace-Id: a|X-Span-Id: a|Request-Id: a")
	g(true, list, V+"|Accept: */*")
	g(true, list, V+"|Accept: application/*;q=0.8, text/html")
	g(true, list, V+"|Accept: text/html, application/xhtml+xml, image/webp, */*;q=0.1")
	g(true, list, V+"|Sec-Fetch-Mode: cors|Origin: https://a.example|Referer: https://a.example/|Sec-Ch-Ua: a|Dnt: 1|Sec-Gpc: 1")
	g(true, list, V+"|If-None-Match: \"a\"|Cache-Control: no-cache|Pragma: no-cache")
	g(true, list, V+"|Te: trailers|Expect: 100-continue|Upgrade-Insecure-Requests: 1")
	g(true, list, V+"|User-Agent: ")
	g(true, "GET "+H+"/snapshots/?companyId=c%201", V)
	g(true, "GET "+H+"/snapshots/?companyId=c+1", V)
	g(true, "GET "+H+"/snapshots/?companyId=%C3%A4", V)
	g(true, "GET "+H+"/snapshots/?companyId=a%26b%3Dc", V)
	g(true, "GET "+H+"/snapshots/?companyId=a:b/c?d@e!$'()*,", V)
	g(true, "GET "+H+"/snapshots/?company%49d=c1", V)
	st := H + "/snapshots/snapshot-status/"
	pq := "?companyId=c&from=2022-10-10T00:00:00Z&to=2023-12-18T23:59:00Z"
	g(true, "GET "+st+"s1"+pq, V)
	g(true, "GET "+st+"s1"+pq+"&limit=1", V)
	g(true, "GET "+st+"s1"+pq+"&limit=100000&lastDoc=abc", V)
	g(true, "GET "+st+"a%2Fb"+pq, V)
	g(true, "GET "+st+"%C3%A4%20b"+pq, V)
	g(true, "GET "+st+"..."+pq, V)
	g(true, "GET "+st+"a:b@c,d;e=f"+pq, V)
	g(true, "GET "+st+"s1?companyId=c&from=2022-10-10T00%3A00%3A00%2B02%3A00&to=2023-12-18T23:59:00.123456789Z", V)
	g(true, "GET "+st+"s1?companyId=c&from=2024-02-29T00:00:00Z&to=2016-12-31T23:59:60Z", V)
	g(true, "GET "+st+"s1/location/l1?companyId=c", V)
	share := "POST " + H + "/snapshots/share/link?companyId=c"
	p := func(ok bool, h, body string) { z.request(S, ok, share, V+"|"+h, body) }
	J := "Content-Type: application/json"
	p(true, J, `{"snapshot_id":"a","share_type":"link"}`)
	p(true, J+"; charset=utf-8", `{"snapshot_id":"a","share_type":"link"}`)
	p(true, "Content-Type: application/json;charset=UTF-8", ` {"share_type":"agency_link", "snapshot_id":"a","relationship_number":"1,2"} `+"\n")
	p(true, "Content-Type: Application/JSON", `{"snapshot_id":"\ud83d\ude00","share_type":"permanent_link"}`)
	p(true, J+"|Content-Length: 40", `{"snapshot_id":"ä","share_type":"link"}`)
	p(true, J+"|Transfer-Encoding: chunked", `{"snapshot_id":"a","share_type":"link"}`)
	p(true, "Content-Type: application/json; charset=\"utf-8\"", `{"snapshot_id":"a","share_type":"link"}`)
	p(true, J, `{"snapshot_id":"","share_type":"link"}`)
	// wrong
	g(false, "GET "+H+"/snapshots?companyId=c1", V)
	g(false, "GET "+H+"//snapshots/?companyId=c1", V)
	g(false, "GET "+H+"/snapshots//?companyId=c1", V)
	g(false, "GET http://services.leadconnectorhq.com/snapshots/?companyId=c1", V)
	g(false, "GET https://services.leadconnectorhq.com.evil.io/snapshots/?companyId=c1", V)
	g(false, "GET "+H+":8443/snapshots/?companyId=c1", V)
	g(false, "POST "+H+"/snapshots/?companyId=c1", V)
	g(false, "get "+H+"/snapshots/?companyId=c1", V)
	g(false, list, "Version: v3")
	g(false, list, A)
	g(false, list, A+"|Version: 2021-07-29")
	g(false, list, A+"|Version: V3")
	g(false, list, A+"|Version: v3|Version: v3")
	g(false, list, A+"|Version: v3, v3")
	g(false, list, "Authorization: abc|Version: v3")
	g(false, list, "Authorization: Bearer|Version: v3")
	g(false, list, "Authorization: Bearer a b|Version: v3")
	g(false, list, "Authorization: Basic YTpi|Version: v3")
	g(false, list, "Authorization: Bearer Bearer abc|Version: v3")
	g(false, list, A+"|"+V)
	g(false, list, V+"|X-Api-Key: 1")
	g(false, list, V+"|Cookie: sid=1")
	g(false, list, V+"|X-Company-Id: c")
	g(false, list, V+"|Idempotency-Key: 1")
	g(false, list, V+"|Accept: text/html")
	g(false, list, V+"|Accept: application/json;q=0")
	g(false, list+"&companyId=c1", V)
	g(false, list+"&CompanyId=c1", V)
	g(false, list+"&limit=1", V)
	g(false, list+"&", V)
	g(false, list+"&&", V)
	g(false, list+"&access_token=x", V)
	g(false, "GET "+H+"/snapshots/?companyId=", V)
	g(false, "GET "+H+"/snapshots/?companyId", V)
	g(false, "GET "+H+"/snapshots/?CompanyId=c", V)
	g(false, "GET "+H+"/snapshots/", V)
	g(false, "GET "+H+"/snapshots/?companyId=%zz", V)
	g(false, "GET "+H+"/snapshots/?companyId=%ff", V)
	g(false, "GET "+st+pq, V)
	g(false, "GET "+st+".."+pq, V)
	g(false, "GET "+st+"%2E%2e"+pq, V)
	g(false, "GET "+st+"a%00b"+pq, V)
	g(false, "GET "+st+"a/b"+pq, V)
	g(false, "GET "+st+"s1/"+pq, V)
	g(false, "GET "+st+"s1"+pq+"&limit=0", V)
	g(false, "GET "+st+"s1"+pq+"&limit=-1", V)
	g(false, "GET "+st+"s1"+pq+"&limit=1.0", V)
	g(false, "GET "+st+"s1"+pq+"&limit=1e2", V)
	g(false, "GET "+st+"s1"+pq+"&limit=%2B1", V)
	g(false, "GET "+st+"s1"+pq+"&limit=01", V)
	g(false, "GET "+st+"s1"+pq+"&limit=ten", V)
	g(false, "GET "+st+"s1"+pq+"&limit=", V)
	g(false, "GET "+st+"s1"+pq+"&limit=1,2", V)
	g(false, "GET "+st+"s1"+pq+"&limit=10&limit=10", V)
	g(false, "GET "+st+"s1"+pq+"&lastDoc=", V)
	g(false, "GET "+st+"s1?companyId=c&from=2022-10-10&to=2023-12-18T23:59:00Z", V)
	g(false, "GET "+st+"s1?companyId=c&from=2022-02-30T00:00:00Z&to=2023-12-18T23:59:00Z", V)
	g(false, "GET "+st+"s1?companyId=c&from=2022-10-10T00:00:00&to=2023-12-18T23:59:00Z", V)
	g(false, "GET "+st+"s1?companyId=c&from=2022-10-10T00:00:00+02:00&to=2023-12-18T23:59:00Z", V)
	g(false, "GET "+st+"s1?companyId=c&from=2022-10-10T24:00:00Z&to=2023-12-18T23:59:00Z", V)
	g(false, "GET "+st+"s1?companyId=c&from=2022-10-10T00:00:00,5Z&to=2023-12-18T23:59:00Z", V)
	g(false, "GET "+st+"s1?companyId=c&from=2022-10-10T00:00:00%2B25:00&to=2023-12-18T23:59:00Z", V)
	g(false, "GET "+st+"s1?companyId=c&from=1665360000&to=2023-12-18T23:59:00Z", V)
	g(false, "GET "+st+"s1?companyId=c&from=2022-10-10T00:00:00Z", V)
	g(false, "GET "+st+"s1/location/?companyId=c", V)
	g(false, "GET "+st+"s1/location/.?companyId=c", V)
	g(false, "GET "+st+"s1/locations/l?companyId=c", V)
	z.request(S, false, list, V+"|"+J, "{}")
	p(false, "", `{"snapshot_id":"a","share_type":"link"}`)
	p(false, "Content-Type: text/json", `{"snapshot_id":"a","share_type":"link"}`)
	p(false, "Content-Type: application/x-www-form-urlencoded", `snapshot_id=a&share_type=link`)
	p(false, J+"; charset=latin1", `{"snapshot_id":"a","share_type":"link"}`)
	p(false, J+"|"+J, `{"snapshot_id":"a","share_type":"link"}`)
	p(false, J+"|Content-Encoding: gzip", zipped(`{"snapshot_id":"a","share_type":"link"}`))
	p(false, J+"|Content-Length: 4", `{"snapshot_id":"a","share_type":"link"}`)
	for _, b := range []string{"", "null", "[]", `""`, `{}`, `{"snapshot_id":"a"}`, `{"share_type":"link"}`, `{"snapshot_id":1,"share_type":"link"}`,
		`{"snapshot_id":null,"share_type":"link"}`, `{"snapshot_id":"a","share_type":"Link"}`, `{"snapshot_id":"a","share_type":""}`, `{"snapshot_id":"a","share_type":["link"]}`,
		`{"snapshot_id":"a","share_type":"link","companyId":"c"}`, `{"snapshot_id":"a","snapshot_id":"a","share_type":"link"}`, `{"snapshot_id":"a","\u0073napshot_id":"a","share_type":"link"}`,
		`{"snapshot_id":"a","share_type":"link"}{}`, `{"snapshot_id":"a","share_type":"link"},`, `{"snapshot_id":"a","share_type":"link",}`, `{"snapshot_id":"a","share_type":"link"`, `{'snapshot_id':'a','share_type':'link'}`,
		`{"snapshot_id":"a","share_type":"link","relationship_number":["1"]}`, `{"snapshot_id":"a","share_type":"link","relationship_number":null}`, "\ufeff" + `{"snapshot_id":"a","share_type":"link"}`,
		`{"snapshot_id":"a` + "\xff" + `","share_type":"link"}`, `{"snapshot_id":"\ud800","share_type":"link"}`, `{"snapshot_id":"a` + "\n" + `","share_type":"link"}`, `{"snapshot_id":"a","share_type":"link"} // c`,
		`{"Snapshot_id":"a","snapshot_id":"b","share_type":"link"}`, `{"snapshot_id":"a","share_type":"link","":1}`, `{"snapshot_id":"a","share_type":"link"}` + "\x00", `{"snapshot_id":NaN,"share_type":"link"}`, `{"snapshot_id":"a\x","share_type":"link"}`, `{"snapshot_id":"a","share_type":"link","__proto__":{}}`} {
		p(false, J, b)
	}
	// answers, snapshots
	r := func(ok bool, line string, status int, h, body string) {
		z.answer(S, ok, line, V+"|Accept-Encoding: gzip", status, h, body)
	}
	okList := `{"snapshots":[{"id":"a","name":"b","type":"own"}]}`
	r(true, list, 200, J, okList)
	r(true, list, 200, J, `{"snapshots":[]}`)
	r(true, list, 200, J, `{}`)
	r(true, list, 200, J+"; charset=utf-8|Date: Mon, 01 Jan 2024 00:00:00 GMT|Server: cloudflare|Cf-Ray: 1|Cf-Cache-Status: DYNAMIC|Set-Cookie: a=b|Set-Cookie: c=d|Vary: Origin|Vary: Accept-Encoding|Etag: W/\"a\"|Cache-Control: no-store|Strict-Transport-Security: max-age=1|X-Ratelimit-Limit-Daily: 1|X-Ratelimit-Daily-Remaining: 1|X-Ratelimit-Interval-Milliseconds: 10000|X-Ratelimit-Max: 100|X-Ratelimit-Remaining: 99|X-Powered-By: Express|Access-Control-Allow-Origin: *|Alt-Svc: h3=\":443\"|Nel: {}|Report-To: {}|Content-Security-Policy: a|Connection: keep-alive|Keep-Alive: timeout=5|Transfer-Encoding: chunked|X-Envoy-Upstream-Service-Time: 4|X-Cloud-Trace-Context: a|Traceparent: a|Trace-Id: x|Referrer-Policy: a|Permissions-Policy: a|X-Frame-Options: a|Expect-Ct: a|Origin-Agent-Cluster: ?1|X-Envoy-Decorator-Operation: a|X-Trace-Id: a", okList)
	r(true, list, 200, J+"|X-Kong-Upstream-Latency: 1|X-Kong-Proxy-Latency: 1|X-Kong-Request-Id: 1", okList)
	r(true, list, 200, J+"|X-Azure-Ref: 1|X-Msedge-Ref: 1|X-Vercel-Id: 1|X-Vercel-Cache: a|Fly-Request-Id: 1|X-Nf-Request-Id: 1|X-Github-Request-Id: 1|X-Akamai-Transformed: a|Akamai-Grn: a|X-Varnish: 1|X-Fastly-Request-Id: 1|Fastly-Restarts: 1|X-Iinfo: 1|X-Cdn: Imperva|X-Sucuri-Id: 1", okList)
	r(true, list, 200, J+"|X-Robots-Tag: none|X-Ua-Compatible: a|X-Aspnet-Version: 4|X-Aspnetmvc-Version: 5|X-Accel-Expires: 0|X-Accel-Buffering: no|Surrogate-Control: a|Surrogate-Key: a|Cache-Tag: a|X-Cache-Status: HIT|X-Proxy-Cache: a|X-Backend-Server: 1|X-Server: 1|X-Process-Time: 1|X-Rate-Limit-Limit: 1|X-Rate-Limit-Remaining: 1|X-Rate-Limit-Reset: 1|X-Retry-After: 1|X-Hostname: a", okList)
	r(true, list, 200, J+"|Content-Encoding: gzip", zipped(okList))
	r(true, list, 200, J+"|Content-Encoding: GZIP", zipped(okList))
	r(true, list, 200, J+"|Content-Length: 50", okList)
	r(true, list, 400, J, `{"statusCode":400,"message":"Bad Request"}`)
	r(true, list, 422, J, `{"statusCode":422,"message":["a","b"],"error":"Unprocessable Entity"}`)
	r(true, list, 422, J, `{"statusCode":422,"message":"a"}`)
	r(true, list, 429, J+"|Retry-After: 3", `{"statusCode":429,"message":"a"}`)
	r(true, "GET "+st+"s1"+pq, 200, J, `{"data":[{"id":"a","locationId":"b","status":"completed","dateAdded":"10/28/2022, 6:24:54 PM"}]}`)
	r(true, share, 201, J, `{"id":"a","shareLink":"https://a/?share=1"}`)
	r(true, "GET "+st+"s1/location/l1?companyId=c", 404, J, `{"message":"x"}`)
	r(false, share, 200, J, `{"id":"a","shareLink":"https://a/?share=1"}`)
	r(false, list, 500, J, `{}`)
	r(false, list, 404, J, `{"message":"x"}`)
	r(false, list, 200, J, `{"snapshots":null}`)
	r(false, list, 200, J, `{"snapshots":{}}`)
	r(false, list, 200, J, `{"snapshots":[null]}`)
	r(false, list, 200, J, `{"snapshots":[{"id":1}]}`)
	r(false, list, 200, J, `{"snapshots":[{"_id":"1"}]}`)
	r(false, list, 200, J, `{"traceId":"1"}`)
	r(false, list, 200, J, `[]`)
	r(false, list, 200, J, ``)
	r(false, list, 200, "", okList)
	r(false, list, 200, "Content-Type: text/html", okList)
	r(false, list, 200, J+"|X-Secret: 1", okList)
	r(false, list, 200, J+"|Content-Length: 7", okList)
	r(false, list, 200, J+"|Content-Encoding: br", okList)
	r(false, list, 200, J+"|Content-Encoding: gzip", okList)
	r(false, list, 200, J+"|Content-Encoding: gzip", zipped(okList)[:30])
	r(false, list, 200, J+"|Content-Encoding: gzip", zipped(okList)+"xx")
	r(false, list, 400, J, `{"statusCode":"400"}`)
	r(false, list, 400, J, `{"statusCode":400.0}`)
	r(false, list, 400, J, `{"statusCode":4e2}`)
	r(false, list, 422, J, `{"message":[1]}`)
	r(false, list, 422, J, `{"message":null}`)
	r(false, "GET "+st+"s1/location/l1?companyId=c", 200, J, `{"data":{"pending":"a"}}`)
	r(false, "GET "+st+"s1/location/l1?companyId=c", 200, J, `{"data":[]}`)
	r(false, "GET "+st+"s1/location/l1?companyId=c", 200, J, `{"data":{"pending":["a",null]}}`)
}
