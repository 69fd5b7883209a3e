package sectioninit

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"

	"github.com/highlevel-go/snapshots/internal/oas"
)

// hoist makes parameters, responses and object schemas that occur several times components.
func (d *draft) hoist() {
	schemas := newHoister("schemas", func(node *yaml.Node) bool { return isObject(node) || isEnum(node) })
	schemas.used = d.namesInUse()
	schemas.hoist(d.schemas())
	var all, described []named
	for _, op := range d.operations {
		for status, response := range oas.Pairs(oas.Child(op.node, "responses")) {
			all = append(all, named{response, name{long: responseName(status.Value)}})
		}
		for _, p := range content(oas.Child(op.node, "parameters")) {
			described = append(described, named{p, name{long: typeName(oas.Text(oas.Child(p, "name")))}})
		}
	}
	anything := func(*yaml.Node) bool { return true }
	responses, parameters := newHoister("responses", anything), newHoister("parameters", anything)
	responses.hoist(all)
	parameters.hoist(described)
	components := oas.Child(d.document, "components")
	if components == nil {
		components = oas.Mapping()
	}
	for _, h := range []*hoister{parameters, responses, schemas} {
		if len(h.made.Content) > 0 {
			oas.Put(components, h.kind, h.made)
		}
	}
	if len(components.Content) > 0 && oas.Child(d.document, "components") == nil {
		oas.Put(d.document, "components", components)
	}
}

// named is a node with the name that it would have as a component.
type named struct {
	node *yaml.Node
	name name
}

// name contains the possible names of a component: the short name is that of the property or parameter, and is used if it is
// clear and free; the long one begins with the name of the operation.
type name struct{ short, long string }

// vague are names that are clear only together with the object that has such a property.
var vague = strings.Fields("attributes body code config content count data detail details entity id info item items key kind list message meta metadata mode name object options params payload response result results settings state status total type value values")

// namesInUse returns the names of the generated package, in lower case, which no component can have.
func (d *draft) namesInUse() map[string]bool {
	used := map[string]bool{"client": true, "new": true, "operations": true, "defaultbaseurl": true}
	for _, op := range d.operations {
		id := strings.ToLower(typeName(oas.Text(oas.Child(op.node, "operationId"))))
		for _, form := range []string{id, id + "request", "operation" + id} {
			used[form] = true
		}
	}
	return used
}

// schemas returns the schemas of parameters, bodies and responses, but not those inside of them.
func (d *draft) schemas() []named {
	var out []named
	collect := func(holder *yaml.Node, long string) {
		for _, media := range oas.Pairs(oas.Child(holder, "content")) {
			if schema := oas.Child(media, "schema"); schema != nil {
				out = append(out, named{schema, name{long: long}})
			}
		}
	}
	for _, op := range d.operations {
		id := typeName(oas.Text(oas.Child(op.node, "operationId")))
		for _, p := range content(oas.Child(op.node, "parameters")) {
			if schema := oas.Child(p, "schema"); schema != nil && oas.Text(oas.Child(p, "in")) != "header" {
				short := typeName(oas.Text(oas.Child(p, "name")))
				out = append(out, named{schema, name{short, id + short}})
			}
		}
		collect(oas.Child(op.node, "requestBody"), id+"Body")
		for status, response := range oas.Pairs(oas.Child(op.node, "responses")) {
			long := id + "Result"
			if status.Value[0] != '2' {
				long = responseName(status.Value) + "Error"
			}
			collect(response, long)
		}
	}
	return out
}

// hoister makes nodes that occur several times components.
type hoister struct {
	kind   string
	fits   func(*yaml.Node) bool // whether a node can be a component
	counts map[string]int        // of nodes, by their text
	names  map[string]string     // of components, by their text
	used   map[string]bool       // names that are in use, in lower case
	made   *yaml.Node
}

func newHoister(kind string, fits func(*yaml.Node) bool) *hoister {
	return &hoister{kind, fits, map[string]int{}, map[string]string{}, map[string]bool{}, oas.Mapping()}
}

func (h *hoister) hoist(nodes []named) {
	for _, n := range nodes {
		h.count(n.node, n.name)
	}
	for _, n := range nodes {
		h.replace(n.node, n.name)
	}
}

// count counts a node and the schemas in it.
func (h *hoister) count(node *yaml.Node, of name) {
	if h.fits(node) {
		h.counts[encoded(node)]++
	}
	eachInner(node, of, h.count)
}

// replace replaces a node, and the schemas in it, by references if they occur several times. It reads the text of a node
// before it replaces the schemas in it, since the nodes were counted in that state.
func (h *hoister) replace(node *yaml.Node, name name) {
	key, repeated := "", false
	if h.fits(node) {
		key = encoded(node)
		repeated = h.counts[key] > 1
	}
	if h.names[key] == "" {
		eachInner(node, name, h.replace)
		if repeated {
			h.names[key] = h.claim(name)
			component := *node
			oas.Put(h.made, h.names[key], &component)
		}
	}
	if repeated {
		*node = *oas.Mapping("$ref", oas.Quoted("#/components/"+h.kind+"/"+h.names[key]))
	}
}

// claim chooses the name of a new component.
func (h *hoister) claim(name name) string {
	claimed := name.short
	if claimed == "" || slices.Contains(vague, strings.ToLower(claimed)) || h.used[strings.ToLower(claimed)] {
		claimed = name.long
	}
	for n := 2; h.used[strings.ToLower(claimed)]; n++ {
		claimed = name.long + strconv.Itoa(n)
	}
	h.used[strings.ToLower(claimed)] = true
	return claimed
}

func isObject(node *yaml.Node) bool {
	return oas.Text(oas.Child(node, "type")) == "object" && len(content(oas.Child(node, "properties"))) > 0
}

func isEnum(node *yaml.Node) bool {
	return oas.Text(oas.Child(node, "type")) == "string" && len(content(oas.Child(node, "enum"))) > 0
}

// eachInner visits the schemas inside a schema, with the names that they would have.
func eachInner(node *yaml.Node, of name, visit func(*yaml.Node, name)) {
	own := ownName(of.long)
	for key, property := range oas.Pairs(oas.Child(node, "properties")) {
		short := typeName(key.Value)
		visit(property, name{short, own + short})
	}
	if inner := oas.Child(node, "items"); inner != nil && inner.Kind == yaml.MappingNode {
		visit(inner, name{singular(of.short), own + "Item"})
	}
	if inner := oas.Child(node, "additionalProperties"); inner != nil && inner.Kind == yaml.MappingNode {
		visit(inner, name{long: own + "Value"})
	}
	for _, key := range []string{"oneOf", "anyOf", "allOf"} {
		for i, inner := range content(oas.Child(node, key)) {
			visit(inner, name{long: of.long + "Choice" + strconv.Itoa(i+1)})
		}
	}
}

// singular derives the name of an item from that of its list, such as Country from Countries; "" if the list's name is not a
// plural.
func singular(list string) string {
	for _, ending := range []struct{ of, one string }{{"ies", "y"}, {"sses", "ss"}, {"xes", "x"}, {"ss", ""}, {"us", ""}, {"is", ""}, {"s", ""}} {
		if stem, ok := strings.CutSuffix(list, ending.of); ok {
			if ending.one == "" && ending.of != "s" || stem == "" { // address, status, analysis
				return ""
			}
			return stem + ending.one
		}
	}
	return ""
}

// ownName returns the prefix of the names of the schemas in a body or response.
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

// typeName derives the name of a component from any text.
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

// splitWords splits text at everything that is not an ASCII letter or digit, and between a lower-case and an upper-case
// letter.
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
