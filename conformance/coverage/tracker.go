package coverage

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"sync"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/highlevel-go/snapshots/conformance/judge"
)

// Tracker records what was seen. It is safe for concurrent use.
type Tracker struct {
	items []Item

	values map[key]bool // the places, without detail, where an example or a value of an enum is to be seen

	mu    sync.Mutex
	count map[key]int
	ops   map[string]node
	doc   *openapi3.T
}

type node struct {
	op   *openapi3.Operation
	item *openapi3.PathItem
}

// New returns a tracker for a document.
func New(doc *openapi3.T) *Tracker {
	t := &Tracker{items: Universe(doc), values: map[key]bool{}, count: map[key]int{}, ops: map[string]node{}, doc: doc}
	for _, i := range t.items {
		t.values[key{i.Kind, i.Operation, i.Place, ""}] = i.Kind == Example || i.Kind == Enum
	}
	for path, item := range doc.Paths.Map() {
		for method, op := range item.Operations() {
			name := op.OperationID
			if name == "" {
				name = method + " " + path
			}
			t.ops[name] = node{op, item}
		}
	}
	return t
}

// Saw records a message: for a right one, what it contains; for a wrong one, which keyword refused it.
func (t *Tracker) Saw(v judge.Verdict) {
	t.mu.Lock()
	defer t.mu.Unlock()
	n, ok := t.ops[v.Operation]
	if !ok {
		return
	}
	m := marker{t: t, op: v.Operation}
	switch {
	case !v.OK():
		m.refused(v)
	case v.Response == nil:
		m.request(n, v)
	default:
		m.response(n, v)
	}
}

type marker struct {
	t  *Tracker
	op string
}

func (m marker) mark(kind Kind, place, detail string) {
	m.t.count[key{kind, m.op, place, detail}]++
}

// value marks a value as an example and as a value of an enum, if its place has those.
func (m marker) value(place string, value any) {
	for _, kind := range []Kind{Example, Enum} {
		if m.t.values[key{kind, m.op, place, ""}] {
			m.mark(kind, place, text(value))
		}
	}
}

func (m marker) request(n node, v judge.Verdict) {
	m.mark(Operation, "", "")
	for _, p := range Parameters(n.item, n.op) {
		place := p.In + " " + p.Name
		value, sent := v.Parameters[place]
		if !sent {
			m.mark(Parameter, place, "left out")
			continue
		}
		m.mark(Parameter, place, "sent")
		m.value(place, value)
	}
	for _, requirement := range Requirements(m.t.doc, n.op) {
		for scheme := range requirement {
			m.mark(Security, scheme, "sent") // the judge has accepted the credentials
		}
	}
	if n.op.RequestBody != nil && len(v.Body) > 0 {
		m.body("body ", n.op.RequestBody.Value.Content, v.Request.Header, v.Value)
	}
}

func (m marker) response(n node, v judge.Verdict) {
	status, ref := Response(n.op, v.Response.StatusCode)
	if ref == nil {
		return
	}
	m.mark(Status, status, "")
	m.body(status+" ", ref.Value.Content, v.Response.Header, v.Value)
}

func (m marker) body(place string, content openapi3.Content, h http.Header, read any) {
	media := content.Get(h.Get("Content-Type"))
	if media == nil || media.Schema == nil {
		return
	}
	var value any
	if plain, err := json.Marshal(read); err != nil || read == nil || json.Unmarshal(plain, &value) != nil {
		return
	}
	m.schema(media.Schema.Value, place, value)
}

// schema marks the parts of a schema that a right value shows.
func (m marker) schema(s *openapi3.Schema, place string, value any) {
	m.value(place, value)
	for _, list := range []openapi3.SchemaRefs{s.OneOf, s.AnyOf} {
		for i, ref := range list {
			if ref.Value.VisitJSON(value) == nil {
				m.mark(Choice, place, fmt.Sprintf("branch %d", i+1))
				m.schema(ref.Value, place, value)
			}
		}
	}
	for _, ref := range s.AllOf {
		m.schema(ref.Value, place, value)
	}
	switch v := value.(type) {
	case map[string]any:
		for name, ref := range s.Properties {
			if inner, ok := v[name]; ok {
				m.mark(Property, place+"/"+name, "")
				m.schema(ref.Value, place+"/"+name, inner)
			}
		}
	case []any:
		if s.Items == nil {
			return
		}
		for _, item := range v {
			m.schema(s.Items.Value, place+"/[]", item)
		}
	}
}

// refused marks the keywords that refused a wrong message.
func (m marker) refused(v judge.Verdict) {
	for _, x := range v.Violations {
		switch x.Rule {
		case judge.Credentials:
			for _, requirement := range Requirements(m.t.doc, m.t.ops[v.Operation].op) {
				for scheme := range requirement {
					m.mark(Security, scheme, "refused without")
				}
			}
		case judge.NumberForm:
			m.mark(Keyword, x.Where, "type")
		case judge.Schema:
			place := x.Where
			if rest, isBody := strings.CutPrefix(place, "body"); isBody && (rest == "" || rest[0] == ' ') {
				if x.Status != 0 {
					status, _ := Response(m.t.ops[v.Operation].op, x.Status)
					place = status + rest
				}
				if rest == "" && !(x.Keyword == "required" && x.Status == 0) {
					place += " " // all of the body
				}
				place = indices(place)
			}
			m.mark(Keyword, place, x.Keyword)
		}
	}
}

// indices replaces the numbers of a JSON pointer with [].
func indices(place string) string {
	steps := strings.Split(place, "/")
	for i, step := range steps {
		if _, err := strconv.Atoi(step); i > 0 && err == nil {
			steps[i] = "[]"
		}
	}
	return strings.Join(steps, "/")
}
