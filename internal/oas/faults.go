package oas

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"
)

// Fault is a mistake that occurs in published documents, which are read anyway.
type Fault struct {
	File string
	Line int
	Text string
	// Hides reports whether part of a request or of a successful response is missing from the document because of the fault.
	Hides bool
}

// Faults returns the faults of each operation. A fault that several operations share is listed with the first, or with all
// if it hides something.
func (d *Documents) Faults(operations []Operation) [][]Fault {
	out := make([][]Fault, len(operations))
	listed, refs := map[*yaml.Node]bool{}, map[string]bool{}
	ids := map[string]*yaml.Node{}
	for i, op := range operations {
		w := faultWalk{d: d, listed: listed, refs: refs, seen: map[*yaml.Node]bool{}}
		if id := Child(op.Node, "operationId"); Text(id) != "" {
			if first := ids[id.Value]; first != nil {
				w.add(id, false, "the operationId %s is that of line %d as well", id.Value, first.Line)
			} else {
				ids[id.Value] = id
			}
		}
		w.security(op)
		w.parameters(op)
		w.node("the request", "content", Child(op.Node, "requestBody"))
		responses := Child(op.Node, "responses")
		if responses == nil || responses.Kind != yaml.MappingNode {
			w.add(op.Method, true, "the operation has no responses")
		}
		for _, failed := range []bool{false, true} { // a fault that both share belongs to the success
			w.failed = failed
			for status, response := range Pairs(responses) {
				if strings.HasPrefix(status.Value, "2") != failed {
					w.node("the answer "+status.Value, "content", response)
				}
			}
		}
		out[i] = w.found
	}
	return out
}

// faultWalk walks through the content of one operation.
type faultWalk struct {
	d      *Documents
	listed map[*yaml.Node]bool
	refs   map[string]bool // files and places that were listed because references to them have a fault
	seen   map[*yaml.Node]bool
	failed bool // inside an unsuccessful response
	found  []Fault
}

func (w *faultWalk) add(at *yaml.Node, hides bool, format string, args ...any) {
	if w.listed[at] && !hides {
		return
	}
	w.listed[at] = true
	w.found = append(w.found, Fault{w.d.FileOf(at), at.Line, fmt.Sprintf(format, args...), hides})
}

func (w *faultWalk) security(op Operation) {
	security := Child(op.Node, "security")
	if security == nil {
		security = Child(w.d.Root(), "security")
	}
	if security = Dealias(security); security == nil {
		return
	}
	schemes := Child(Child(w.d.Root(), "components"), "securitySchemes")
	for _, alternative := range security.Content {
		for _, name := range Keys(alternative) {
			key, scheme := Entry(schemes, name)
			target, err := w.d.Target(scheme)
			if err == nil && Text(Child(target, "type")) == "http" && (Child(target, "in") != nil || Child(target, "name") != nil) {
				w.add(key, false, "the security scheme %s is http, and has the keys in and name of an apiKey", name)
			}
		}
	}
}

func (w *faultWalk) parameters(op Operation) {
	for _, holder := range []*yaml.Node{op.Node, op.Item} {
		list := Child(holder, "parameters")
		w.list("the operation", "parameters", list)
		first := map[string]bool{}
		for _, item := range contentOf(list) {
			parameter, err := w.d.Target(item)
			in, name := Text(Child(parameter, "in")), Text(Child(parameter, "name"))
			key := ParameterKey(in, name)
			if err == nil && first[key] {
				w.add(item, false, "the parameter %s.%s is there twice; the first one is read", in, name)
			}
			first[key] = true
		}
	}
}

func contentOf(list *yaml.Node) []*yaml.Node {
	if list = Dealias(list); list == nil || list.Kind != yaml.SequenceNode {
		return nil
	}
	return list.Content
}

// list walks through a list of parameters or schemas.
func (w *faultWalk) list(name, key string, list *yaml.Node) {
	if list != nil && w.isOf(yaml.SequenceNode, name, key, list) {
		for _, item := range contentOf(list) {
			w.node(name, key, item)
		}
	}
}

// isOf reports whether the value of a key is of the required kind, and adds a fault if it is not.
func (w *faultWalk) isOf(kind yaml.Kind, name, key string, node *yaml.Node) bool {
	if node = Dealias(node); node.Kind == kind {
		return true
	}
	if node.ShortTag() == "!!bool" || strings.HasPrefix(node.Value, "circular(") { // true, false, or a recursive schema
		return false
	}
	must, empty := "a list", IsNull(node) || node.Kind != yaml.ScalarNode && len(node.Content) == 0
	if kind == yaml.MappingNode {
		must = "an object"
	}
	is := "is"
	if strings.HasSuffix(key, "s") {
		is = "are"
	}
	w.add(node, !empty && !w.failed, "the %s of %s must be %s, and %s of type %s", key, name, must, is, kindOf(node))
	return false
}

// node walks through a body, a parameter or a schema, which is the value of a key in the named object. It leaves out
// examples.
func (w *faultWalk) node(name, key string, node *yaml.Node) {
	if node = Dealias(node); node == nil || w.seen[node] || !w.isOf(yaml.MappingNode, name, key, node) {
		return
	}
	w.seen[node] = true
	if ref := Ref(node); ref != nil {
		w.reference(name, ref)
	}
	if Child(node, "in") != nil && Text(Child(node, "name")) != "" {
		name = Text(Child(node, "name"))
	}
	w.schema(name, node)
	for key, value := range Pairs(node) {
		switch key.Value {
		case "properties", "content", "headers":
			if w.isOf(yaml.MappingNode, name, key.Value, value) {
				for inner, value := range Pairs(value) {
					w.node(innerName(name, key.Value, inner.Value), "schema", value)
				}
			}
		case "allOf", "oneOf", "anyOf":
			w.list(name, key.Value, value)
		case "schema", "items", "additionalProperties", "not":
			w.node(name, key.Value, value)
		}
	}
}

// innerName returns the name of the value of a key in faults: a property has its own name, and a body that of its message.
func innerName(name, key, inner string) string {
	if key == "content" {
		return name
	}
	return inner
}

func (w *faultWalk) reference(name string, ref *yaml.Node) {
	target, err := w.d.Follow(ref)
	if err != nil { // reading the document returns it
		return
	}
	p := w.d.published
	if p == nil {
		w.node(name, "schema", target)
		return
	}
	path, _ := SplitRef(ref.Value)
	said := nominal(w.d.FileOf(ref), path)
	once := func(key string) bool { // because a target can have many references
		first := !w.refs[key]
		w.refs[key] = true
		return first
	}
	switch found, moved := p.found[said]; {
	case p.empty[ref] == target && moved && found == "":
		if once(said) || !w.failed {
			w.add(ref, !w.failed, "%s, which a $ref names, is not there", path)
		}
	case p.empty[ref] == target:
		if once(said+"#"+ref.Value) || !w.failed {
			w.add(ref, !w.failed, "$ref %q points at nothing", ref.Value)
		}
	case found != "" && once(said):
		w.add(ref, false, "%s does not lie where the $ref says; %s is read in its place", path, found)
	}
	w.node(name, "schema", target)
}

// types are the types of schemas.
var types = []string{"string", "number", "integer", "boolean", "array", "object", "null"}

// schema checks the keys of a schema, or of an object with a schema and an example.
func (w *faultWalk) schema(name string, node *yaml.Node) {
	if kind := Child(node, "type"); kind != nil && kind.Kind == yaml.ScalarNode && !slices.Contains(types, kind.Value) && !strings.HasPrefix(kind.Value, "circular(") {
		w.add(kind, false, "the type %q of %s is not one of OpenAPI", kind.Value, name)
	}
	schema := node
	if inner := Child(node, "schema"); inner != nil {
		schema = inner
	}
	w.example("the example of "+name, "", Child(node, "example"), schema)
	if examples := Child(node, "examples"); examples != nil && schema != node {
		for title, example := range Pairs(examples) {
			if example, err := w.d.Target(example); err == nil {
				w.example(fmt.Sprintf("the example %q of %s", title.Value, name), "", Child(example, "value"), schema)
			}
		}
	}
}

// example compares the types of an example with those of its schema, down to the first that differ.
func (w *faultWalk) example(name, path string, value, schema *yaml.Node) {
	value = Dealias(value)
	schema, err := w.d.Target(schema)
	if err != nil || value == nil || IsNull(value) {
		return
	}
	want, got := Text(Child(schema, "type")), kindOf(value)
	if slices.Contains(types, want) && got != want && !(got == "integer" && want == "number") {
		if path != "" {
			name += " at " + strings.TrimPrefix(path, ".")
		}
		w.add(value, false, "%s is of type %s, and its schema of type %s", name, got, want)
		return
	}
	if items := Child(schema, "items"); value.Kind == yaml.SequenceNode {
		before := len(w.found)
		for i := 0; i < len(value.Content) && len(w.found) == before; i++ { // further items are wrong in the same way
			w.example(name, fmt.Sprintf("%s[%d]", path, i), value.Content[i], items)
		}
	}
	for key, inner := range Pairs(value) {
		w.example(name, path+"."+key.Value, inner, Child(Child(schema, "properties"), key.Value))
	}
}

// kindOf returns the type of a value as schemas name it.
func kindOf(value *yaml.Node) string {
	switch value.Kind {
	case yaml.MappingNode:
		return "object"
	case yaml.SequenceNode:
		return "array"
	}
	switch value.ShortTag() {
	case "!!int":
		return "integer"
	case "!!float":
		if f, err := strconv.ParseFloat(value.Value, 64); err == nil && f == math.Trunc(f) { // 10.0
			return "integer"
		}
		return "number"
	case "!!bool":
		return "boolean"
	case "!!null":
		return "null"
	}
	return "string"
}
