package sectioninit

import (
	"net/http"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"

	"github.com/highlevel-go/snapshots/internal/oas"
)

// hoist makes components of parameters, responses and schemas of objects that stand in several places.
func (d *draft) hoist() {
	schemas := newHoister("schemas")
	schemas.count(d.schemas())
	for _, s := range d.schemas() {
		schemas.replaceInside(s.node, s.name)
	}
	responses := newHoister("responses")
	for _, each := range []func(*yaml.Node, string){responses.see, responses.replace} {
		for _, op := range d.operations {
			oas.Pairs(oas.Child(op.node, "responses"), func(status, response *yaml.Node) {
				each(response, responseName(status.Value))
			})
		}
	}
	parameters := newHoister("parameters")
	for _, each := range []func(*yaml.Node, string){parameters.see, parameters.replace} {
		for _, op := range d.operations {
			for _, p := range content(oas.Child(op.node, "parameters")) {
				each(p, typeName(oas.Text(oas.Child(p, "name"))))
			}
		}
	}
	components := oas.Child(d.document, "components")
	if components == nil {
		components = newMapping()
	}
	for _, h := range []*hoister{parameters, responses, schemas} {
		if len(h.made.Content) > 0 {
			add(components, h.kind, h.made)
		}
	}
	if len(components.Content) > 0 && oas.Child(d.document, "components") == nil {
		add(d.document, "components", components)
	}
}

// named is a schema with the name that it would have as a component.
type named struct {
	node *yaml.Node
	name string
}

// schemas are the outermost schemas of bodies and responses.
func (d *draft) schemas() []named {
	var out []named
	collect := func(holder *yaml.Node, name string) {
		oas.Pairs(oas.Child(holder, "content"), func(_, media *yaml.Node) {
			if schema := oas.Child(media, "schema"); schema != nil {
				out = append(out, named{schema, name})
			}
		})
	}
	for _, op := range d.operations {
		id := typeName(oas.Text(oas.Child(op.node, "operationId")))
		collect(oas.Child(op.node, "requestBody"), id+"Body")
		oas.Pairs(oas.Child(op.node, "responses"), func(status, response *yaml.Node) {
			name := id + "Result"
			if status.Value[0] != '2' {
				name = responseName(status.Value) + "Error"
			}
			collect(response, name)
		})
	}
	return out
}

// hoister makes components of nodes that are there several times.
type hoister struct {
	kind   string
	counts map[string]int
	names  map[string]string
	used   map[string]bool
	made   *yaml.Node
}

func newHoister(kind string) *hoister {
	return &hoister{kind, map[string]int{}, map[string]string{}, map[string]bool{}, newMapping()}
}

func (h *hoister) see(node *yaml.Node, _ string) { h.counts[encoded(node)]++ }

// replace makes a reference of a node that is there several times.
func (h *hoister) replace(node *yaml.Node, name string) {
	key := encoded(node)
	if h.counts[key] < 2 {
		return
	}
	h.refer(node, key, name)
}

func (h *hoister) refer(node *yaml.Node, key, name string) {
	if h.names[key] == "" {
		claimed := name
		for n := 2; h.used[strings.ToLower(claimed)]; n++ {
			claimed = name + strconv.Itoa(n)
		}
		h.used[strings.ToLower(claimed)] = true
		h.names[key] = claimed
		component := *node
		add(h.made, claimed, &component)
	}
	*node = *reference(h.kind + "/" + h.names[key])
}

// count counts the schemas of objects, at any depth.
func (h *hoister) count(schemas []named) {
	for _, s := range schemas {
		walkSchemas(s.node, s.name, func(node *yaml.Node, _ string) {
			if isObject(node) {
				h.counts[encoded(node)]++
			}
		})
	}
}

// replaceInside makes references of the schemas of objects that are there several times. It asks for the text of each before those inside
// are replaced, so that all places of one are the same.
func (h *hoister) replaceInside(node *yaml.Node, name string) {
	key, repeated := "", false
	if isObject(node) {
		key = encoded(node)
		repeated = h.counts[key] > 1
	}
	if repeated && h.names[key] != "" {
		h.refer(node, key, name)
		return
	}
	eachInner(node, name, h.replaceInside)
	if repeated {
		h.refer(node, key, name)
	}
}

func isObject(node *yaml.Node) bool {
	return oas.Text(oas.Child(node, "type")) == "object" && len(content(oas.Child(node, "properties"))) > 0
}

func walkSchemas(node *yaml.Node, name string, visit func(*yaml.Node, string)) {
	visit(node, name)
	eachInner(node, name, func(inner *yaml.Node, name string) { walkSchemas(inner, name, visit) })
}

// eachInner visits the schemas that stand in one, with the names that they would have.
func eachInner(node *yaml.Node, name string, visit func(*yaml.Node, string)) {
	oas.Pairs(oas.Child(node, "properties"), func(key, property *yaml.Node) { visit(property, ownName(name)+typeName(key.Value)) })
	for _, key := range []string{"items", "additionalProperties"} {
		if inner := oas.Child(node, key); inner != nil && inner.Kind == yaml.MappingNode {
			visit(inner, ownName(name)+map[string]string{"items": "Item", "additionalProperties": "Value"}[key])
		}
	}
	for _, key := range []string{"oneOf", "anyOf", "allOf"} {
		for i, inner := range content(oas.Child(node, key)) {
			visit(inner, name+"Choice"+strconv.Itoa(i+1))
		}
	}
}

// ownName is the name of an outermost schema as those inside begin with it.
func ownName(name string) string {
	for _, ending := range []string{"Result", "Body"} {
		if rest, ok := strings.CutSuffix(name, ending); ok && rest != "" {
			return rest
		}
	}
	return name
}

// responseName names a response by its status: BadRequest.
func responseName(status string) string {
	code, _ := strconv.Atoi(status)
	if said := http.StatusText(code); said != "" {
		return typeName(said)
	}
	return "Status" + typeName(status)
}

// typeName makes the name of a component of any text.
func typeName(from string) string {
	var out strings.Builder
	for _, word := range splitWords(from) {
		out.WriteString(strings.ToUpper(word[:1]) + word[1:])
	}
	if name := out.String(); name != "" {
		return name
	}
	return "Unnamed"
}

// splitWords takes a text apart where something else than a letter or digit of ASCII stands, and before capitals after small letters.
func splitWords(from string) []string {
	var parts []string
	var word strings.Builder
	end := func() {
		if word.Len() > 0 {
			parts = append(parts, word.String())
			word.Reset()
		}
	}
	var before rune
	for _, r := range from {
		switch {
		case r >= utf8.RuneSelf || !unicode.IsLetter(r) && !unicode.IsDigit(r):
			end()
		case unicode.IsUpper(r) && unicode.IsLower(before):
			end()
			word.WriteRune(r)
		default:
			word.WriteRune(r)
		}
		before = r
	}
	end()
	return parts
}
