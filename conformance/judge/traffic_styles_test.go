package judge_test

import (
	"strings"
	"testing"

	"github.com/highlevel-go/snapshots/conformance/judge"
)

func TestTrafficOfEveryStyleAndMediaType(t *testing.T) {
	z := &traffic{t, map[string]*judge.Judge{}}
	const A = "Authorization: Bearer abc-123.x_y~z+/=="
	const J = "Content-Type: application/json"
	const Z = "testdata/traffic.yaml"
	const B = "https://api.zoo.example/v1"
	q := func(ok bool, line, h, body string) { z.request(Z, ok, line, h, body) }
	q(true, "GET "+B+"/pets", "", "")
	q(true, "GET "+B+"/pets", A, "")
	q(true, "GET "+B+"/pets", "X-Api-Key: k", "")
	q(true, "GET https://us.zoo.example/v2/pets", "", "")
	q(true, "GET https://eu.zoo.example/other/pets", "", "")
	q(true, "GET http://localhost:1/rel/v3/pets", "", "")
	q(true, "GET http://localhost:1/v1/pets", "", "")
	q(true, "GET http://localhost:1/pets", "", "")
	q(false, "GET https://api.zoo.example/pets", "", "")
	q(false, "GET https://api.zoo.example/v1/v1/pets", "", "")
	q(false, "GET https://api.zoo.example/v1pets", "", "")
	q(false, "GET "+B+"/pets", "Authorization: Basic YTpi", "")
	q(false, "GET "+B+"/pets", "Authorization: Bearer", "")
	q(false, "GET "+B+"/pets", "X-Api-Key: k|X-Api-Key: l", "")
	q(false, "GET "+B+"/pets?api_key=1", "", "")
	for _, s := range []string{"tags=a", "tags=a&tags=b", "tags=a,b", "tags=a&tags=a&tags=a", "ids=1", "ids=1,2,3", "ids=1%2C2", "ids=-1", "pipe=a|b", "pipe=a%7Cb", "space=a%20b", "space=a+b", "filter[age]=3&filter[name]=x", "filter%5Bage%5D=3", "q=", "q", "q=x", "active=true", "active=false", "ratio=0.5", "ratio=1", "ratio=1e-3", "day=2024-02-29", "raw=a/b?c:d", "where=%7B%22a%22%3A1%7D", "q=%F0%9F%98%80", "tags=a&ids=1&tags=b"} {
		q(true, "GET "+B+"/pets?"+s, "", "")
	}
	for _, s := range []string{"tags=a&tags=b&tags=c&tags=d", "tags[]=a", "tags[0]=a", "ids=1&ids=2", "ids=1,", "ids=a", "ids=1,2.0", "ids=1|2", "ids=1;2", "pipe=a,b", "pipe=a|d", "pipe=a&pipe=b", "space=a&space=b", "filter=x", "filter[age]=x", "filter[color]=x", "filter[age]=1&filter[age]=2", "filter.age=1", "filter[]=1", "filter[age=1", "active=1", "active=TRUE", "active=yes", "active=", "ratio=0", "ratio=1.1", "ratio=.5", "ratio=5.", "ratio=0x1p-2", "ratio=NaN", "ratio=0,5", "day=2023-02-29", "day=2024-2-9", "day=2024-02-29T00:00:00Z", "where=%7B%22a%22%3A%22x%22%7D", "where=%7B%22b%22%3A1%7D", "where=%7B%22a%22%3A1%7Dx", "where=%7B%22a%22%3A1,%22a%22%3A1%7D", "where=1", "Q=1", "q=a&q=b", "tags=", "=x", "?tags=a"} {
		q(false, "GET "+B+"/pets?"+s, "", "")
	}
	q(true, "GET "+B+"/pets", "X-Ids: 1,2", "")
	q(true, "GET "+B+"/pets", "X-Ids: 1, 2", "")
	q(true, "GET "+B+"/pets", "X-Ids: 1|X-Ids: 2", "")
	q(true, "GET "+B+"/pets", "x-ids: 1", "")
	q(false, "GET "+B+"/pets", "X-Ids: 1;2", "")
	q(false, "GET "+B+"/pets", "X-Ids: 1,a", "")
	q(false, "GET "+B+"/pets", "X-Ids: ", "")
	q(true, "GET "+B+"/pets", "Cookie: session=00ffaabb", "")
	q(false, "GET "+B+"/pets", "Cookie: session=00ffaab", "")
	q(false, "GET "+B+"/pets", "Cookie: session=00ffaabb; other=1", "")
	q(false, "GET "+B+"/pets", "Cookie: session=00ffaabb; session=00ffaabb", "")
	q(true, "HEAD "+B+"/pets", A, "")
	q(true, "GET "+B+"/pets/mine", "", "")
	q(false, "GET "+B+"/pets/mine", A, "")
	q(true, "GET "+B+"/pets/7?api_key=x", "", "")
	q(true, "GET "+B+"/pets/7", "Cookie: sid=x", "")
	q(false, "GET "+B+"/pets/7", "", "")
	q(false, "GET "+B+"/pets/7", A, "")
	q(false, "GET "+B+"/pets/0?api_key=x", "", "")
	q(false, "GET "+B+"/pets/7.0?api_key=x", "", "")
	q(false, "GET "+B+"/pets/abc?api_key=x", "", "")
	q(false, "GET "+B+"/pets/2147483648?api_key=x", "", "")
	q(false, "GET "+B+"/pets/7?api_key=x&api_key=y", "", "")
	q(false, "GET "+B+"/pets/7?api_key=", "", "")
	q(false, "PATCH "+B+"/pets/7?api_key=x", "", "")
	q(true, "DELETE "+B+"/pets/7", A, "")
	q(false, "DELETE "+B+"/pets/7", A+"|"+J, "{}")
	q(true, "PUT "+B+"/pets/7", A, "")
	q(true, "GET "+B+"/files/a.png", A, "")
	q(true, "GET "+B+"/files/a.b.txt", A, "")
	q(true, "GET "+B+"/files/a.png", A+"|Range: bytes=0-9", "")
	q(false, "GET "+B+"/files/a.gif", A, "")
	q(false, "GET "+B+"/files/.png", A, "")
	q(true, "GET "+B+"/matrix/;m=5/.abc/1,2", A, "")
	q(false, "GET "+B+"/matrix/5/.abc/1,2", A, "")
	q(false, "GET "+B+"/matrix/;m=x/.abc/1,2", A, "")
	q(false, "GET "+B+"/matrix/;m=5/abc/1,2", A, "")
	q(false, "GET "+B+"/matrix/;m=5/.abc/1,x", A, "")
	cat := `{"kind":"cat","name":null,"lives":9}`
	c := func(ok bool, h, body string) { q(ok, "POST "+B+"/pets", h, body) }
	c(true, A+"|X-Api-Key: k|"+J, cat)
	c(true, "Authorization: Basic YTpi|"+J, cat)
	c(true, "Authorization: basic YTpi|"+J, `{"kind":"dog","bark":true}`)
	c(true, A+"|X-Api-Key: k|Content-Type: application/merge-patch+json", `{"x":1}`)
	c(false, A+"|"+J, cat)
	c(false, "Authorization: Basic !!|"+J, cat)
	c(false, A+"|X-Api-Key: k|"+J, `{"kind":"cow"}`)
	c(false, A+"|X-Api-Key: k|"+J, `{"name":"x"}`)
	c(false, A+"|X-Api-Key: k|"+J, `{"kind":"cat","bark":true}`)
	c(false, A+"|X-Api-Key: k|"+J, `{"kind":"dog","bark":true,"lives":1}`)
	c(false, A+"|X-Api-Key: k|"+J, `{"kind":"dog"}`)
	c(false, A+"|X-Api-Key: k|"+J, `{"kind":"cat","lives":10}`)
	c(false, A+"|X-Api-Key: k|"+J, `{"kind":"cat","lives":9.0}`)
	c(false, A+"|X-Api-Key: k|"+J, `{"kind":"cat","name":"123456789"}`)
	an := func(ok bool, line string, status int, h, body string) { z.answer(Z, ok, line, A, status, h, body) }
	pets := "GET " + B + "/pets"
	an(true, pets, 200, J+"|X-Total: 0", `[`+cat+`]`)
	an(true, pets, 200, J+"|X-Total: 5|X-Next: https://a.b/c?d=e", `[]`)
	an(true, pets, 200, "Content-Type: text/csv|X-Total: 0", "a,b\n")
	an(true, pets, 200, "Content-Type: text/csv; charset=utf-8; header=present|X-Total: 0", "a,b\n")
	an(true, pets, 200, "Content-Type: application/xml|X-Total: 0", "<a/>")
	an(true, pets, 304, "Etag: a", "")
	an(true, pets, 304, "Etag: a|Content-Length: 200", "")
	an(true, pets, 302, "Location: /x", "")
	an(true, pets, 302, "Location: /x|Content-Length: 0", "")
	an(true, pets, 302, "Location: /x|Content-Type: text/html; charset=utf-8", "<a href=\"/x\">Found</a>.\n\n")
	an(true, pets, 500, "Content-Type: application/problem+json", `{"title":"x","status":500}`)
	an(true, pets, 418, "Content-Type: application/problem+json; charset=utf-8", `{"title":"x"}`)
	an(true, "HEAD "+B+"/pets", 200, J+"|Content-Length: 222", ``)
	an(true, "HEAD "+B+"/pets", 200, "", ``)
	an(false, "HEAD "+B+"/pets", 200, J, `[]`)
	an(false, pets, 200, J, `[]`)
	an(false, pets, 200, J+"|X-Total: -1", `[]`)
	an(false, pets, 200, J+"|X-Total: a", `[]`)
	an(false, pets, 200, J+"|X-Total: 1|X-Total: 1", `[]`)
	an(false, pets, 200, J+"|X-Total: 1|X-Next: not a uri", `[]`)
	an(false, pets, 200, J+"|X-Total: 1|X-Next: ", `[]`)
	an(false, pets, 200, "Content-Type: application/vnd.api+json|X-Total: 1", `[]`)
	an(false, pets, 200, J+"|X-Total: 1", `{}`)
	an(false, pets, 304, "", "x")
	an(false, pets, 500, J, `{"title":"x"}`)
	an(false, pets, 500, "Content-Type: application/problem+json", `{"status":500}`)
	an(true, "POST "+B+"/pets", 201, J, cat)
	an(true, "POST "+B+"/pets", 200, J, cat)
	an(true, "POST "+B+"/pets", 204, "", "")
	an(true, "POST "+B+"/pets", 409, "Content-Type: text/plain", "x")
	an(true, "POST "+B+"/pets", 409, "Content-Type: application/json", `"x"`)
	an(false, "POST "+B+"/pets", 201, J, `{}`)
	an(false, "POST "+B+"/pets", 204, J, cat)
	an(false, "POST "+B+"/pets", 300, J, cat)
	an(false, "POST "+B+"/pets", 409, "Content-Type: application/json", `{"a":1}`)
	an(true, "GET "+B+"/pets/mine", 200, J, `{"a":1}`)
	an(true, "GET "+B+"/pets/mine", 200, "Content-Type: text/html", `<p>`)
	an(true, "GET "+B+"/pets/mine", 200, "Content-Type: text/plain; charset=us-ascii", `p`)
	an(false, "GET "+B+"/pets/mine", 200, J, `[]`)
	an(false, "GET "+B+"/pets/mine", 200, "Content-Type: image/png", `x`)
	an(true, "GET "+B+"/pets/7", 404, "", "")
	an(true, "GET "+B+"/pets/7", 404, "Content-Length: 0", "")
	an(false, "GET "+B+"/pets/7", 404, J, "{}")
	an(true, "DELETE "+B+"/pets/7", 204, "", "")
	an(false, "DELETE "+B+"/pets/7", 204, "", "x")
	an(false, "DELETE "+B+"/pets/7", 200, "", "")
	an(true, "DELETE "+B+"/pets/7", 202, "", "")
	an(true, "GET "+B+"/files/a.png", 200, "Content-Type: image/png", "\x89PNG\xff\x00")
	an(true, "GET "+B+"/files/a.png", 200, "Content-Type: application/octet-stream|Content-Disposition: attachment; filename=x", "\xff\x00")
	an(true, "GET "+B+"/files/a.png", 206, "Content-Type: application/octet-stream|Content-Range: bytes 0-1/9", "\xff\x00")
	an(false, "GET "+B+"/files/a.png", 200, "Content-Type: image/jpeg", "x")
	F := A + "|Content-Type: application/x-www-form-urlencoded"
	fo := func(ok bool, body string) { q(ok, "POST "+B+"/form", F, body) }
	for _, b := range []string{"name=a", "name=a&age=3&ok=true", "name=a&tags=x&tags=y", "name=%C3%A4+b", "age=1&name=%20"} {
		fo(true, b)
	}
	for _, b := range []string{"", "name=", "age=1", "name=a&age=x", "name=a&age=1.0", "name=a&other=1", "name=a&name=b", "name=a&ok=1", "name=%zz", "name=%ff", "name=a&", "name=a b", "{\"name\":\"a\"}", "name=a&tags[]=x"} {
		fo(false, b)
	}
	q(true, "POST "+B+"/form", F+"; charset=utf-8", "name=a")
	mp := func(parts ...string) string { return "--X\r\n" + strings.Join(parts, "\r\n--X\r\n") + "\r\n--X--\r\n" }
	M := A + "|Content-Type: multipart/form-data; boundary=X"
	file := "Content-Disposition: form-data; name=\"file\"; filename=\"a.png\"\r\nContent-Type: image/png\r\n\r\n\xff\x00"
	m := func(ok bool, parts ...string) { q(ok, "POST "+B+"/form", M, mp(parts...)) }
	cd := func(n, h, b string) string {
		return "Content-Disposition: form-data; name=\"" + n + "\"\r\n" + h + "\r\n" + b
	}
	m(true, file)
	m(true, file, cd("title", "", "abc"))
	m(true, file, cd("meta", "Content-Type: application/json\r\n", `{"a":1}`))
	m(true, file, cd("many", "", "x"), cd("many", "", "y"))
	m(true, file, cd("title", "Content-Type: text/plain; charset=utf-8\r\n", "äbc"))
	m(false)
	m(false, cd("title", "", "abc"))
	m(false, file, file)
	m(false, file, cd("title", "", "abcdef"))
	m(false, file, cd("other", "", "abc"))
	m(false, file, cd("meta", "Content-Type: application/json\r\n", `{"a":"x"}`))
	m(false, file, cd("meta", "Content-Type: application/json\r\n", `{"b":1}`))
	m(false, file, cd("meta", "Content-Type: application/json\r\n", `{`))
	m(false, file, cd("meta", "Content-Type: text/plain\r\n", `{"a":1}`))
	m(false, strings.Replace(file, "image/png", "text/plain", 1))
	q(false, "POST "+B+"/form", A+"|Content-Type: multipart/form-data", mp(file))
	q(false, "POST "+B+"/form", A+"|Content-Type: multipart/form-data; boundary=Y", mp(file))
	q(false, "POST "+B+"/form", M, mp(file)[:60])
	q(false, "POST "+B+"/form", M, "")
	an(true, "POST "+B+"/form", 303, "Location: /a", "")
	an(false, "POST "+B+"/form", 303, "", "")
	q(true, "POST "+B+"/text", A+"|Content-Type: text/plain", "hello")
	q(true, "POST "+B+"/text", A+"|Content-Type: text/plain; charset=utf-8", "äöü")
	q(true, "POST "+B+"/text", A+"|Content-Type: application/octet-stream", "\xff\xfe")
	q(true, "POST "+B+"/text", A, "")
	q(false, "POST "+B+"/text", A+"|Content-Type: text/plain", "hello world!")
	q(false, "POST "+B+"/text", A+"|Content-Type: text/plain", "\xff")
	q(false, "POST "+B+"/text", A+"|Content-Type: text/html", "hello")
	// shapes
	sh := func(ok bool, more string) {
		body := `{"secret":"s"`
		if more != "" {
			body += "," + more
		}
		q(ok, "POST "+B+"/shapes", A+"|"+J, body+"}")
	}
	sr := func(ok bool, more string) {
		body := `{"made":"2024-01-01T00:00:00Z"`
		if more != "" {
			body += "," + more
		}
		an(ok, "POST "+B+"/shapes", 200, J, body+"}")
	}
	sh(true, "")
	sr(true, "")
	sh(false, `"made":"2024-01-01T00:00:00Z"`)
	sr(false, `"secret":"s"`)
	q(false, "POST "+B+"/shapes", A+"|"+J, `{}`)
	an(false, "POST "+B+"/shapes", 200, J, "{}")
	for _, s := range []string{`"any":"abc"`, `"any":1`, `"one":1`, `"one":"1"`, `"num":3`, `"num":10`, `"nul":null`, `"nul":5`, `"nulEnum":null`, `"nulEnum":"x"`, `"map":{"a":1}`, `"map":{}`, `"free":{"a":{"b":[1]}}`, `"anything":null`, `"anything":[1,"a"]`, `"anything":{"a":1}`, `"not":1`, `"uuid":"123e4567-e89b-12d3-a456-426614174000"`, `"uuid":"123E4567-E89B-12D3-A456-426614174000"`, `"email":"a@b.c"`, `"email":"a+b@sub.example.com"`, `"uri":"https://a.b/c"`, `"uri":"urn:isbn:1"`, `"uri":"mailto:a@b"`, `"ip":"1.2.3.4"`, `"day":"2024-02-29"`, `"b64":"YWJj"`, `"b64":""`, `"code":"AB1"`, `"list":[1]`, `"list":[1,2,3]`, `"i32":2147483647`, `"i32":-2147483648`, `"i64":9223372036854775807`, `"f":0.07`, `"f":1.1`, `"f":19.99`, `"f":1e2`, `"f":-0.0`, `"tree":{"v":1,"kids":[{"v":2,"kids":[]}]}`, `"enumInt":1`, `"uni":"äöü"`, `"uni":"😀😀😀"`, `"mp":{"a":1,"b":2}`, `"deep":{"a":"x","b":"y"}`, `"pw":"x"`, `"custom":"??"`} {
		sh(true, s)
		sr(true, s)
	}
	for _, s := range []string{`"any":"ab"`, `"any":true`, `"any":1.5`, `"one":true`, `"num":15`, `"num":7`, `"nul":"5"`, `"nul":1.5`, `"nulEnum":"z"`, `"map":{"a":"1"}`, `"map":[]`, `"free":1`, `"not":"x"`, `"uuid":"123e4567e89b12d3a456426614174000"`, `"email":"a"`, `"email":"A <a@b.c>"`, `"uri":"/a"`, `"uri":"not a uri"`, `"ip":"1.2.3"`, `"ip":"::1"`, `"ip":"01.2.3.4"`, `"day":"2023-02-29"`, `"b64":"%%%"`, `"code":"AB"`, `"code":"xAB1"`, `"code":"AB1 "`, `"list":[]`, `"list":[1,1]`, `"list":[1,2,3,4]`, `"list":["1"]`, `"list":1`, `"i32":2147483648`, `"i64":9223372036854775808`, `"i64":1e3`, `"f":0.001`, `"tree":{"v":"x"}`, `"tree":{"kids":[{"kids":[{"v":"x"}]}]}`, `"tree":{"kids":[{"w":1}]}`, `"enumInt":3`, `"enumInt":"1"`, `"uni":"abcd"`, `"mp":{}`, `"mp":{"a":1,"b":2,"c":3}`, `"deep":{"c":"x"}`, `"deep":{"a":1}`, `"nope":1`, `"pw":1`, `"enumInt":1.0`, `"i32":1.0`} {
		sh(false, s)
		sr(false, s)
	}
}

func TestTrafficOfParametersWithoutTypesAndHeadersWithOwnOnes(t *testing.T) {
	z := &traffic{t, map[string]*judge.Judge{}}
	const S = "testdata/traffic-untyped.yaml"
	const K = "Authorization: k3y"
	const J = "Content-Type: application/json"
	g := func(ok bool, q string) { z.request(S, ok, "GET https://two.example.com/p?"+q, K, "") }
	for _, q := range []string{"any=x", "any=1", "any=%7B%7D", "en=a", "en=1", "mix=auto", "mix=5", "one=1", "one=true", "nn=yes", "nest[a][b]=1", "x=1&y=b", "objc=z,1,w,b", "nul=5", "dt=2024-01-01T00:00:00Z&dt=2024-01-01T00:00:00.5%2B01:00", "uid=123e4567-e89b-12d3-a456-426614174000", "rx=123"} {
		g(true, q)
	}
	for _, q := range []string{"any=", "en=c", "en=2", "mix=manual", "mix=1.5", "one=x", "one=1.5", "nn=no", "nest[a][c]=1", "nest[a][b]=x", "nest[b]=1", "nest=1", "x=a", "obj=1", "objc=z,a", "objc=z", "objc=q,1", "nul=x", "nul=1.0", "dt=2024-01-01", "uid=x", "rx=12", "rx=1234", "x=1&x=2", "any=1&any=2"} {
		g(false, q)
	}
	h := func(ok bool, hh string) { z.request(S, ok, "GET https://two.example.com/p", hh, "") }
	h(true, K)
	h(true, "Authorization: Token abc")
	h(true, "Authorization: Bearer abc")
	h(false, "")
	h(false, "Authorization: ")
	h(false, K+"|"+K)
	h(false, "X-Api-Key: a")
	h(true, K+"|X-Obj: a,1")
	h(true, K+"|X-Flag: true")
	h(true, K+"|X-When: 2024-01-01T00:00:00Z")
	h(true, K+"|Accept-Language: de")
	h(true, K+"|Cookie: list=1,2; dark=true")
	h(true, K+"|Cookie: dark=false")
	h(false, K+"|X-Obj: a,x")
	h(false, K+"|X-Flag: 1")
	h(false, K+"|X-Flag: true, false")
	h(false, K+"|X-When: yesterday")
	h(false, K+"|Cookie: list=1,a")
	h(false, K+"|Cookie: dark=yes")
	h(false, K+"|Cookie: dark=true; dark=true")
	h(false, K+"|X-Obj: b,1")
	z.request(S, false, "GET https://three.example.com/p", K, "")
	z.request(S, false, "GET http://two.example.com/p", K, "")
	z.request(S, false, "GET https://two.example.com/p/", K, "")
	z.request(S, true, "GET http://192.168.1.5:8080/p", K, "")
	z.request(S, true, "GET http://10.0.0.1/p", K, "")
	z.request(S, false, "GET http://8.8.8.8/p", K, "")
	z.request(S, true, "GET http://example.com/p", K, "")
	z.request(S, true, "GET http://api.test/p", K, "")
	z.request(S, true, "GET http://api.localhost:1/p", K, "")
	z.request(S, true, "GET http://host.docker.internal:1/p", K, "")
	z.request(S, true, "GET https://two.example.com/p/1.5,2", K, "")
	z.request(S, false, "GET https://two.example.com/p/1.5,x", K, "")
	z.request(S, false, "GET https://two.example.com/p/1.5", K, "")
	u := func(ok bool, ct, body string) {
		z.request(S, ok, "POST https://two.example.com/p/ab/x", K+"|Content-Type: "+ct, body)
	}
	u(true, "application/json", `["a",{"name":"b"}]`)
	u(true, "application/json; version=2", `{"v2":true}`)
	u(true, "image/png", "\x89")
	u(true, "application/json", `[{"kids":[{"name":"x","parent":null}]}]`)
	u(false, "application/json", `{"v2":true}`)
	u(false, "application/json; version=2", `[]`)
	u(false, "video/mp4", "x")
	u(false, "application/json", `[1]`)
	u(false, "application/json", `[{"id":"x"}]`)
	u(false, "application/json", `[{"kids":[{"id":"x"}]}]`)
	u(false, "application/json", `[{"nam":"x"}]`)
	u(false, "application/json", `[{"parent":{"zzz":1}}]`)
	u(false, "application/json", `[{"kids":null}]`)
	z.request(S, false, "POST https://two.example.com/p/a/x", K, "")
	z.request(S, true, "POST https://two.example.com/p/ab/x", K, "")
	a := func(ok bool, status int, hh, body string) {
		z.answer(S, ok, "GET https://two.example.com/p", K, status, hh, body)
	}
	V := "Content-Type: application/vnd.zoo.v1+json|Etag: \"a\""
	a(true, 200, V, `{"items":[]}`)
	a(true, 200, V, `{"items":[{"id":"x","kids":[{"id":"y"}],"parent":null}]}`)
	a(true, 200, V+"|X-List: 1, 2", `{"items":[]}`)
	a(true, 200, V+"|X-List: 1|X-List: 2", `{"items":[]}`)
	a(true, 200, V+"|X-Json: {\"a\":1}", `{"items":[]}`)
	a(true, 200, V+"|Set-Cookie: a=b", `{"items":[]}`)
	a(true, 200, V+"|Set-Cookie: a=b|Set-Cookie: c=d", `{"items":[]}`)
	a(true, 200, "Content-Type: text/event-stream|Etag: \"a\"", "data: 1\n\n")
	a(true, 200, "Content-Type: application/x-ndjson|Etag: \"a\"", "{}\n{}\n")
	a(true, 200, "Content-Type: text/html; charset=ISO-8859-1|Etag: \"a\"", "<p>")
	a(true, 404, J, "null")
	a(true, 404, J, `{"code":404,"hint":"x"}`)
	a(true, 503, "Content-Type: text/html", "<p>")
	a(true, 502, J, `{"x":1}`)
	a(true, 599, J, `[]`)
	a(false, 200, "Content-Type: application/vnd.zoo.v1+json", `{"items":[]}`)
	a(false, 200, V, `{"items":[{}]}`)
	a(false, 200, V, `{"items":[{"id":"a","kids":[{}]}]}`)
	a(false, 200, V, `{"items":[{"id":"a","parent":{"id":1}}]}`)
	a(false, 200, V, `{}`)
	a(false, 200, V+"|X-List: a", `{"items":[]}`)
	a(false, 200, V+"|X-Json: {\"a\":\"x\"}", `{"items":[]}`)
	a(false, 200, V+"|X-Json: {", `{"items":[]}`)
	a(false, 200, J+"|Etag: \"a\"", `{"items":[]}`)
	a(false, 404, J, `{"hint":"x"}`)
	a(false, 404, J, `{"code":200}`)
	a(false, 404, J, `{"code":404,"x":1}`)
	a(false, 400, J, `{}`)
	a(false, 302, "Location: /x", "")
	z.answer(S, true, "POST https://two.example.com/p/ab/x", K, 201, "Location: /p/1", "")
	z.answer(S, true, "POST https://two.example.com/p/ab/x", K, 201, "Location: https://two.example.com/p/1", "")
	z.answer(S, false, "POST https://two.example.com/p/ab/x", K, 201, "", "")
	z.answer(S, false, "POST https://two.example.com/p/ab/x", K, 201, "Location: /a|Location: /b", "")
}
