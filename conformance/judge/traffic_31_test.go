package judge_test

import (
	"testing"

	"github.com/highlevel-go/snapshots/conformance/judge"
)

func TestTrafficOfOpenAPI31(t *testing.T) {
	z := &traffic{t, map[string]*judge.Judge{}}
	const J = "Content-Type: application/json"
	const N = "testdata/traffic-31.yaml"
	nb := func(ok bool, body string) { z.request(N, ok, "POST https://new.example/a", J, body) }
	for _, s := range []string{`{"t":null}`, `{"t":"x"}`, `{"c":5}`, `{"c":5.0}`, `{"ex":5}`, `{"tup":["a",1]}`, `{"tup":["a"]}`, `{"con":[1,5]}`, `{"pat":{"x-a":"b"}}`, `{"pn":{"ab":1}}`, `{"cond":{"a":"z"}}`, `{"cond":{"a":"q","b":"c"}}`, `{"dr":{"b":1}}`, `{"une":{"a":"b"}}`, `{"int":1.0}`, `{"int":1e2}`, `{"nn":null}`, `{"nn":"2024-01-01"}`, `{"ref":{"x":"y"}}`, `{"en":null}`, `{"en":1}`, `{"um":1}`, `{"um":"1"}`} {
		nb(true, s)
	}
	for _, s := range []string{`{"t":1}`, `{"c":6}`, `{"c":"5"}`, `{"ex":0}`, `{"ex":10}`, `{"tup":[1]}`, `{"tup":["a",1,2]}`, `{"con":[1]}`, `{"pat":{"y":"b"}}`, `{"pat":{"x-a":1}}`, `{"pn":{"A":1}}`, `{"cond":{"a":"q"}}`, `{"dr":{"a":1}}`, `{"une":{"b":1}}`, `{"int":1.5}`, `{"never":1}`, `{"nn":"x"}`, `{"nn":1}`, `{"ref":{}}`, `{"ref":{"x":""}}`, `{"ref":{"x":"y","z":1}}`, `{"en":2}`, `{"um":true}`, `{"zzz":1}`, `null`} {
		nb(false, s)
	}
	z.request(N, true, "POST https://new.example/a?n=5&k=yes-really", J, "{}")
	z.request(N, false, "POST https://new.example/a?k=no", J, "{}")
	z.request(N, false, "POST https://new.example/a?n=x", J, "{}")
	z.answer(N, true, "POST https://new.example/a", "", 200, J, "null")
	z.answer(N, true, "POST https://new.example/a", "", 200, J, `{"ok":true}`)
	z.answer(N, false, "POST https://new.example/a", "", 200, J, `{"ok":null}`)
	z.answer(N, false, "POST https://new.example/a", "", 200, J, `[]`)
}

func TestTrafficOfOpenAPI31WithReferences(t *testing.T) {
	z := &traffic{t, map[string]*judge.Judge{}}
	const J = "Content-Type: application/json"
	const N = "testdata/traffic-31-refs.yaml"
	const O = "Authorization: Bearer t|Content-Type: application/json"
	const U = "123e4567-e89b-12d3-a456-426614174000"
	n := func(ok bool, b string) { z.request(N, ok, "PUT https://new2.example.net/n", O, b) }
	n(true, `{"id":"`+U+`"}`)
	n(true, `{"id":"`+U+`","pw":"x","next":null,"kids":[]}`)
	n(true, `{"id":"`+U+`","next":{"id":"`+U+`","next":{"id":"`+U+`"}}}`)
	n(true, `{"id":"`+U+`","tags":{"t_a":null,"t_b":"x"}}`)
	n(false, `{}`)
	n(false, `{"id":"x"}`)
	n(false, `{"id":"`+U+`","made":"x"}`)
	n(false, `{"id":"`+U+`","next":{}}`)
	n(false, `{"id":"`+U+`","next":{"id":"`+U+`","next":{"id":5}}}`)
	n(false, `{"id":"`+U+`","kids":[{"id":"`+U+`","kids":[{}]}]}`)
	n(false, `{"id":"`+U+`","tags":{"x":"y"}}`)
	n(false, `{"id":"`+U+`","tags":{"t_x":1}}`)
	n(false, `{"id":"`+U+`","kids":[{"id":"`+U+`","kids":[{"id":"`+U+`","zz":1}]}]}`)
	n(false, `{"id":"`+U+`","next":"x"}`)
	n(false, `{"id":"`+U+`","kids":[{"id":"`+U+`","made":"x"}]}`)
	r := func(ok bool, b string) { z.answer(N, ok, "PUT https://new2.example.net/n", O, 200, J, b) }
	r(true, `{"id":"`+U+`","made":"x"}`)
	r(true, `{"id":"`+U+`","made":"x","next":{"id":"`+U+`","made":"y"}}`)
	r(false, `{"id":"`+U+`"}`)
	r(false, `{"id":"`+U+`","made":"x","pw":"y"}`)
	r(false, `{"id":"`+U+`","made":"x","next":{"id":"`+U+`"}}`)
	s := func(ok bool, b string) { z.request(N, ok, "PUT https://new2.example.net/s", J, b) }
	s(true, `[{"t":"Circle","r":1}]`)
	s(true, `[{"t":"Square","a":1},{"t":"Circle","r":0.5}]`)
	s(false, `[]`)
	s(false, `[{"t":"Circle","r":0}]`)
	s(false, `[{"t":"Circle","a":1}]`)
	s(false, `[{"t":"Tri"}]`)
	s(false, `[{"r":1}]`)
	s(false, `[{"t":"Square","a":1,"r":1}]`)
	s(false, `[null]`)
}
