package conformance

import (
	"bytes"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/highlevel-go/snapshots/conformance/judge"
	"github.com/highlevel-go/snapshots/conformance/sample"
)

// wrongMessages breaks each keyword of the spec once and checks that the judge refuses the message: with a judge that accepts
// everything, the other tests would show nothing.
func (b *binding) wrongMessages(t *testing.T) {
	right := b.capture(t)
	for _, p := range b.params {
		key := p.In + " " + p.Name
		if p.Required && p.In != "path" {
			b.mustRefuse(t, key+" left out", right.without(p), key)
		}
		if p.Schema == nil {
			continue
		}
		for _, w := range sample.Wrongs(p.Schema.Value) {
			if w.Keyword == "type" && (p.Schema.Value.Type.Is("string") || p.Schema.Value.Type.Is("array")) || w.Path != "" {
				continue
			}
			wrong := right.with(p, w.Value)
			if p.In == "path" {
				wrong = b.withPath(right, p.Name, pathPrefix(p)+fmt.Sprint(w.Value))
			}
			b.mustRefuse(t, key+" against its "+w.Keyword, wrong, key)
		}
	}
	if b.body != nil {
		if b.op.RequestBody.Value.Required {
			none := right.withBody("")
			none.header.Del("Content-Type") // a form without fields has no body either
			b.mustRefuse(t, "no body", none, "body")
		}
		for _, w := range sample.Wrongs(b.body) {
			if !isJSON(b.media) {
				break // strings have no type that could be wrong
			}
			b.mustRefuse(t, "body "+w.Path+" against its "+w.Keyword, right.withBody(jsonText(w.Value)), "body")
		}
	}
	if b.needsCredentials() {
		bare := right.clone()
		b.withoutCredentials(bare.header, bare.url)
		b.mustRefuse(t, "no credentials", bare, "credentials")
	}
	for _, status := range b.statuses() {
		s := b.answerSchema(status)
		if s == nil {
			continue
		}
		for _, w := range sample.Wrongs(s) {
			b.mustRefuseAnswer(t, right, status, w)
		}
	}
}

// capture returns the documented example as the client sends it.
func (b *binding) capture(t *testing.T) caught {
	t.Helper()
	w, _, err := b.ask(t, b.right())
	if err != nil || len(w.sent) != 1 {
		t.Fatalf("the documented example: %d requests, error %v", len(w.sent), err)
	}
	return w.sent[0]
}

func (c caught) clone() caught {
	u := *c.url
	c.url, c.header = &u, c.header.Clone()
	return c
}

func (c caught) query(change func(url.Values)) caught {
	c = c.clone()
	q := c.url.Query()
	change(q)
	c.url.RawQuery = q.Encode()
	return c
}

func (c caught) without(p *openapi3.Parameter) caught {
	if p.In == "header" {
		c = c.clone()
		c.header.Del(p.Name)
		return c
	}
	return c.query(func(q url.Values) {
		maps.DeleteFunc(q, func(name string, _ []string) bool { return name == p.Name || strings.HasPrefix(name, p.Name+"[") })
	})
}

func (c caught) with(p *openapi3.Parameter, value any) caught {
	if p.In == "header" {
		c = c.clone()
		c.header.Set(p.Name, fmt.Sprint(value))
		return c
	}
	return c.without(p).query(func(q url.Values) {
		object, isObject := value.(map[string]any)
		if !isObject {
			q.Set(p.Name, fmt.Sprint(value))
			return
		}
		for key, one := range object {
			if p.Style == openapi3.SerializationDeepObject {
				key = p.Name + "[" + key + "]"
			}
			q.Set(key, fmt.Sprint(one))
		}
	})
}

// withPath fills the path again, with one value changed.
func (b *binding) withPath(c caught, name, value string) caught {
	c = c.clone()
	prefix := strings.TrimSuffix(c.url.Path, b.fill(c.values))
	values := maps.Clone(c.values)
	values[name] = value
	c.url.Path, c.url.RawPath = prefix+b.fill(values), ""
	return c
}

func (b *binding) fill(values map[string]string) string {
	path := b.path
	for name, value := range values {
		path = strings.ReplaceAll(path, "{"+name+"}", value)
	}
	return path
}

func (c caught) withBody(text string) caught {
	c = c.clone()
	c.body = []byte(text)
	return c
}

func (c caught) request() *http.Request {
	r := &http.Request{Method: c.method, URL: c.url, Header: c.header, Body: http.NoBody}
	if len(c.body) > 0 {
		r.Body, r.ContentLength = io.NopCloser(bytes.NewReader(c.body)), int64(len(c.body))
	}
	return r
}

func (b *binding) mustRefuse(t *testing.T, what string, c caught, where string) {
	t.Helper()
	b.note(t, what, b.judge.Request(c.request()), where)
}

func (b *binding) mustRefuseAnswer(t *testing.T, c caught, status int, w sample.Wrong) {
	t.Helper()
	resp := &http.Response{
		StatusCode: status, Header: b.documented(status, jsonText(w.Value)).header, ContentLength: -1,
		Body: io.NopCloser(strings.NewReader(jsonText(w.Value))),
	}
	b.note(t, fmt.Sprintf("answer %d: %s against its %s", status, w.Path, w.Keyword), b.judge.Response(c.request(), resp), "body")
}

func (b *binding) note(t *testing.T, what string, v judge.Verdict, where string) {
	t.Helper()
	for _, x := range v.Violations {
		if strings.HasPrefix(x.Where, where) {
			b.tracker.Saw(v)
			return
		}
	}
	t.Errorf("%s is not refused at %s; the judge says: %v", what, where, v.Err())
}
