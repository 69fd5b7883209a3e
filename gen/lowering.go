package main

import (
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
)

// mode says on which side of the wire a schema travels.
type mode uint8

const (
	inRequest mode = 1 << iota
	inResponse
)

// lowering rewrites a document into one that oapi-codegen has no choices left in: every schema that becomes a Go type is a
// component under its final Go name, wherever it stood; only what a request sends or a success answers with is there; and
// where Go needs a type of ours (a tolerant time, a list with commas) an x-go-type says so. What the templates need beyond
// types is kept beside it, in typeInfo, fieldInfo and operation.
type lowering struct {
	*spec
	names   scope // of the package
	curated map[string]place
	usage   map[*openapi3.Schema]mode
	seen    []component
	memo    map[*openapi3.Schema]string
	busy    map[*openapi3.Schema]bool
	open    map[*openapi3.Schema]bool // lists and maps that are being lowered
	enums   map[string]string         // enums of parameters that are the same everywhere
	types   map[string]*typeInfo
	order   []string
	ops     []*operation
	schemas openapi3.Schemas
	faults  []error
	notes   []string // what was made up for
}

// component is a schema that a reference named.
type component struct {
	schema *openapi3.Schema
	name   string
	at     place
}

// typeInfo is what the templates know about a Go type beside its declaration.
type typeInfo struct {
	name    string
	shape   shape
	schema  *openapi3.Schema
	at      place
	mode    mode
	request *operation // it is the request of this operation
}

// fieldInfo is what the templates know about a field beside its Go type.
type fieldInfo struct {
	wire        string
	in          string // path, query, header, cookie, body; "" in a model
	curated     string
	required    bool
	description string
	shape       shape
	schema      *openapi3.Schema // the core
	outer       *openapi3.Schema
	items       *openapi3.Schema
	ext         map[string]any
	param       *openapi3.Parameter
	at          place
	from        node // the schema as it was written
	whole       bool // it is the whole body
	order       int
}

func (l *lowering) fault(at place, format string, args ...any) {
	err := l.ss.faultf(at, format, args...)
	for _, f := range l.faults {
		if f.Error() == err.Error() {
			return
		}
	}
	l.faults = append(l.faults, err)
}

func (l *lowering) note(at place, format string, args ...any) {
	l.notes = append(l.notes, "note: "+l.ss.faultf(at, format, args...).Error())
}

// lower prepares a document for generation.
func lower(s *spec) (*lowering, error) {
	l := &lowering{
		spec: s, names: scope{}, curated: map[string]place{}, usage: map[*openapi3.Schema]mode{},
		memo: map[*openapi3.Schema]string{}, busy: map[*openapi3.Schema]bool{}, open: map[*openapi3.Schema]bool{},
		enums: map[string]string{}, types: map[string]*typeInfo{}, schemas: openapi3.Schemas{},
	}
	for _, name := range []string{"Client", "New", "DefaultBaseURL", "Operations", "File"} {
		l.names[name] = true
	}
	l.operations()
	for _, op := range l.ops {
		l.markOperation(op)
	}
	l.nameComponents()
	for _, op := range l.ops {
		l.lowerOperation(op)
	}
	return l, join(l.faults)
}

// parts are the plain objects that an object is merged from: the members of its allOf, all the way down, and itself.
func (l *lowering) parts(n node) (objects, choices []node) {
	n = l.core(n)
	s := n.schema()
	if s == nil {
		return nil, nil
	}
	if l.busy[s] {
		l.fault(n.at, "this allOf holds itself")
		return nil, nil
	}
	l.busy[s] = true
	defer delete(l.busy, s)
	at := l.enter(n)
	for _, m := range members(s.AllOf, at.at("allOf")) {
		o, c := l.parts(m)
		objects, choices = append(objects, o...), append(choices, c...)
	}
	choices = append(choices, telling(members(s.OneOf, at.at("oneOf")))...)
	choices = append(choices, telling(members(s.AnyOf, at.at("anyOf")))...)
	if len(s.Properties) > 0 || additional(s) || len(s.AllOf) == 0 && len(s.Required) > 0 {
		objects = append(objects, n)
	}
	return objects, choices
}

// properties are the properties of one part, in the order of the document.
func (l *lowering) properties(n node) []node {
	s, at := n.schema(), l.enter(n).at("properties")
	var out []node
	for _, name := range inOrder(s.Properties, l.ss.keys(at)) {
		out = append(out, node{s.Properties[name], at.at(name)})
	}
	return out
}

// inOrder sorts the keys of a map as the document has them; what it does not have comes behind, by name.
func inOrder[V any](m map[string]V, order []string) []string {
	var out []string
	for _, k := range order {
		if _, ok := m[k]; ok && !slices.Contains(out, k) {
			out = append(out, k)
		}
	}
	if len(out) < len(m) {
		var more []string
		for k := range m {
			if !slices.Contains(out, k) {
				more = append(more, k)
			}
		}
		slices.Sort(more)
		out = append(out, more...)
	}
	return out
}

func lastKey(at place) string {
	return unescapeToken(at.pointer[strings.LastIndex(at.pointer, "/")+1:])
}

// mark records on which side a schema and all that it holds travels, and which components are met.
func (l *lowering) mark(n node, m mode) {
	n = l.core(n)
	s := n.schema()
	if s == nil {
		return
	}
	if n.ref.Ref != "" && l.usage[s] == 0 {
		l.seen = append(l.seen, component{s, refName(n.ref.Ref), l.enter(n)})
	}
	if l.usage[s]&m == m {
		return
	}
	l.usage[s] |= m
	l.markInside(n, m)
}

func (l *lowering) markInside(n node, m mode) {
	s := n.schema()
	if s.Items != nil {
		l.mark(node{s.Items, l.enter(n).at("items")}, m)
	}
	objects, choices := l.parts(n)
	for _, o := range objects {
		for _, p := range l.properties(o) {
			l.mark(p, m)
		}
		if more := o.schema().AdditionalProperties.Schema; more != nil {
			l.mark(node{more, l.enter(o).at("additionalProperties")}, m)
		}
	}
	for _, c := range choices {
		l.mark(c, m)
	}
}

// refName is the last step of a reference, or the name of the file.
func refName(ref string) string {
	file, pointer, _ := strings.Cut(ref, "#")
	if i := strings.LastIndex(pointer, "/"); i >= 0 && i+1 < len(pointer) {
		return unescapeToken(percentDecoded(pointer[i+1:]))
	}
	file = file[strings.LastIndexByte(file, '/')+1:]
	name, _, _ := strings.Cut(file, ".")
	return name
}

// nameComponents gives the components their names before anything else asks: the curated ones first.
func (l *lowering) nameComponents() {
	var plain []component
	for _, c := range l.seen {
		if !l.shape(node{&openapi3.SchemaRef{Value: c.schema}, c.at}).named() {
			continue
		}
		if name, ok := c.schema.Extensions["x-go-name"].(string); ok {
			l.memo[c.schema] = l.claimCurated(name, c.at)
		} else {
			plain = append(plain, c)
		}
	}
	for _, c := range plain {
		name := goName(c.name)
		l.memo[c.schema] = l.names.claim(name, name+"Model")
	}
}

// claimCurated takes a name as it is; two things of one name are a fault of the spec.
func (l *lowering) claimCurated(name string, at place) string {
	if l.names[name] {
		other := ""
		if before, ok := l.curated[name]; ok {
			other = ", as at line " + itoa(l.ss.line(before))
		}
		l.fault(at.at("x-go-name"), "the Go name %s is taken%s", name, other)
		return l.names.claim(name)
	}
	l.curated[name] = at
	return l.names.claim(name)
}
