package sectioninit

import (
	"bytes"
	"encoding/json"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/getkin/kin-openapi/openapi3"
	"go.yaml.in/yaml/v3"

	"github.com/highlevel-go/snapshots/internal/facts"
	"github.com/highlevel-go/snapshots/internal/oas"
)

// corrections are the operations of a spec, which says nothing that contradicts itself, and where they differ from what the pages say.
type corrections struct {
	operations []*facts.Operation
	marks      map[string][]string // the ids of the corrections of each operation
	list       []correction
	look       []Look
	today      time.Time
}

// correction is an entry of the ledger, about one place of all operations that have it.
type correction struct {
	difference
	id         string
	operations []string
	pos        facts.Pos // in the first one
}

// difference is what the pages of a version and the spec say of an aspect of a place. Of the aspect present, absent is "".
type difference struct {
	version    string
	place      facts.Place
	aspect     facts.Aspect
	docs, spec string
	why        string
}

// corrected makes the operations of a spec from records: without prose, which is the documentation's, without printed bodies, which become
// fixtures, and without examples, defaults and enum values that their own schema refuses.
func corrected(records []*facts.Document, today time.Time) *corrections {
	c := &corrections{marks: map[string][]string{}, today: today}
	var versions []string // by operation
	for _, record := range records {
		for _, op := range record.Operations {
			c.operations = append(c.operations, op)
			versions = append(versions, record.Version)
		}
	}
	for i, op := range facts.Complete(c.operations) {
		c.paths(c.operations[i], op, versions[i])
		own := *op
		own.Facts = slices.DeleteFunc(slices.Clone(op.Facts), func(f facts.Fact) bool { return f.Aspect.IsText() || f.Aspect == facts.Title })
		own.Renderer, own.FromDocument, own.Unseen, own.Contradictions = "", false, nil, nil
		c.answers(&own, versions[i])
		c.correct(&own, versions[i])
		c.operations[i] = &own
	}
	c.servers(versions)
	return c
}

// answers enters an answer where the page has none: OpenAPI asks for one.
func (c *corrections) answers(op *facts.Operation, version string) {
	isAnswer := func(f facts.Fact) bool {
		steps, err := f.Place.Steps()
		return err == nil && steps[0].Name == "response"
	}
	if slices.ContainsFunc(op.Facts, isAnswer) {
		return
	}
	op.Add(anyAnswer, facts.Present, "true", op.Pos)
	c.add(op, difference{version, anyAnswer, facts.Present, "", "true", "the page describes no answer, and OpenAPI asks for one"}, op.Pos)
}

const anyAnswer facts.Place = "response.default"

// servers gives operations whose pages name no server that of most others.
func (c *corrections) servers(versions []string) {
	count := map[[2]string]int{}
	most := [2]string{}
	named := func(op *facts.Operation) [2]string {
		return [2]string{op.Value(facts.OperationPlace, facts.Server), op.Value(facts.OperationPlace, facts.Servers)}
	}
	for _, op := range c.operations {
		if server := named(op); server[0] != "" {
			if count[server]++; count[server] > count[most] {
				most = server
			}
		}
	}
	for i, op := range c.operations {
		if most[0] == "" || named(op)[0] != "" {
			continue
		}
		for j, aspect := range []facts.Aspect{facts.Server, facts.Servers} {
			if most[j] != "" {
				op.Add(facts.OperationPlace, aspect, most[j], op.Pos)
				c.add(op, difference{versions[i], facts.OperationPlace, aspect, "", most[j], "the page names no server, and those of the other operations do"}, op.Pos)
			}
		}
	}
}

// paths enters the parameters of a path that were described, or named as another operation of the path names them, so that a document
// can hold them.
func (c *corrections) paths(page, complete *facts.Operation, version string) {
	theirs := page.PathParams()
	if old, path := page.Value(facts.OperationPlace, facts.Path), complete.Value(facts.OperationPlace, facts.Path); old != path {
		c.add(page, difference{version, facts.OperationPlace, facts.Path, old, path, "OpenAPI has one name for a parameter of a path, and the page of another operation has another one"}, page.Pos)
	}
	for i, name := range complete.PathParams() {
		if _, described := page.Get(facts.Param("path", name), facts.Present); described {
			continue
		}
		why := "the path has the parameter, and the page does not describe it"
		if theirs[i] != name {
			why = "OpenAPI has one name for a parameter of a path, and the page of another operation calls it " + name
			if f, described := page.Get(facts.Param("path", theirs[i]), facts.Present); described {
				c.add(page, difference{version, f.Place, facts.Present, "true", "", why}, f.Pos)
			}
		}
		c.add(page, difference{version, facts.Param("path", name), facts.Present, "", "true", why}, page.Pos)
	}
}

func (c *corrections) correct(op *facts.Operation, version string) {
	kept := op.Facts[:0:0]
	for _, f := range op.Facts { // enums first: an example can contradict one only as it is then
		if f.Aspect == facts.Enum {
			if values := ofType(f.Value, op.Value(f.Place, facts.Type)); values != f.Value {
				c.add(op, difference{version, f.Place, f.Aspect, f.Value, values, "an enum of the page has values that are not of the type beside it, so that no message can have them"}, f.Pos)
				if f.Value = values; values == "" {
					continue
				}
			}
		}
		kept = append(kept, f)
	}
	op.Facts = kept
	c.discriminators(op, version)
	c.unions(op, version)
	refused := map[int]bool{}
	for i, f := range op.Facts {
		if f.Aspect != facts.Example && f.Aspect != facts.Examples && f.Aspect != facts.Default {
			continue
		}
		if why := refusal(op, f); why != "" {
			refused[i] = true
			c.add(op, difference{version, f.Place, f.Aspect, f.Value, "", fmt.Sprintf("the %s on the page is not what its own schema allows: %s", f.Aspect, why)}, f.Pos)
		}
	}
	kept = op.Facts[:0:0]
	for i, f := range op.Facts {
		if !refused[i] {
			kept = append(kept, f)
		}
	}
	op.Facts = kept
}

// discriminators leaves them out: the components that they name have other names in the spec, and a choice is told by its fields.
func (c *corrections) discriminators(op *facts.Operation, version string) {
	op.Facts = slices.DeleteFunc(op.Facts, func(f facts.Fact) bool {
		if f.Aspect == facts.Discriminator {
			c.add(op, difference{version, f.Place, f.Aspect, f.Value, "", "the discriminator names components that are called otherwise here; put it back with their names"}, f.Pos)
		}
		return f.Aspect == facts.Discriminator
	})
}

// unions makes an anyOf of each oneOf whose choices allow the same values: a message that fits two of them follows no oneOf.
func (c *corrections) unions(op *facts.Operation, version string) {
	for i, f := range op.Facts {
		if f.Aspect != facts.Union || f.Value != "oneOf" {
			continue
		}
		node, err := facts.Fragment(op, f.Place)
		if err != nil {
			continue
		}
		if media := oas.Child(node, "content"); len(content(media)) > 1 {
			node = oas.Child(media.Content[1], "schema")
		} else if schema := oas.Child(node, "schema"); schema != nil {
			node = schema
		}
		if !overlap(content(oas.Child(node, "oneOf"))) {
			continue
		}
		op.Facts[i].Value = "anyOf"
		c.add(op, difference{version, f.Place, f.Aspect, "oneOf", "anyOf", "the choices of a oneOf allow the same values, so that a message can fit two of them"}, f.Pos)
	}
}

func overlap(choices []*yaml.Node) bool {
	for i, a := range choices {
		for _, b := range choices[:i] {
			if !areDisjoint(a, b) {
				return true
			}
		}
	}
	return false
}

// areDisjoint reports whether it is certain that no value follows two schemas: their types are different, or their enums, or a property
// that both require is.
func areDisjoint(a, b *yaml.Node) bool {
	kindA, kindB := oas.Text(oas.Child(a, "type")), oas.Text(oas.Child(b, "type"))
	numbers := func(kind string) bool { return kind == "number" || kind == "integer" }
	if kindA != "" && kindB != "" && kindA != kindB && !(numbers(kindA) && numbers(kindB)) && !(oas.IsTrue(oas.Child(a, "nullable")) && oas.IsTrue(oas.Child(b, "nullable"))) {
		return true
	}
	valuesA, valuesB := oas.Texts(oas.Child(a, "enum")), oas.Texts(oas.Child(b, "enum"))
	if len(valuesA) > 0 && len(valuesB) > 0 {
		return !slices.ContainsFunc(valuesA, func(value string) bool { return slices.Contains(valuesB, value) })
	}
	if kindA != "object" || kindB != "object" {
		return false
	}
	required := oas.Texts(oas.Child(b, "required"))
	return slices.ContainsFunc(oas.Texts(oas.Child(a, "required")), func(name string) bool {
		inA, inB := oas.Child(oas.Child(a, "properties"), name), oas.Child(oas.Child(b, "properties"), name)
		return slices.Contains(required, name) && inA != nil && inB != nil && areDisjoint(inA, inB)
	})
}

func (c *corrections) add(op *facts.Operation, d difference, pos facts.Pos) {
	c.look = append(c.look, Look{Kind: "Where the spec departs from the page", Place: pos.String(), Text: fmt.Sprintf("%s, %s: %s", op.ID, d.place, d.why)})
	if d.docs == d.spec { // an empty example is none
		return
	}
	i := slices.IndexFunc(c.list, func(known correction) bool { return known.difference == d })
	if i < 0 {
		i = len(c.list)
		c.list = append(c.list, correction{difference: d, id: fmt.Sprintf("init-%s-%d", d.aspect, i+1), pos: pos})
	}
	c.list[i].operations = append(c.list[i].operations, op.ID)
	c.marks[op.ID] = append(c.marks[op.ID], c.list[i].id)
}

// ofType is an enum without the values that are not of a type.
func ofType(enum, kind string) string {
	values := facts.Texts(enum)
	right := slices.DeleteFunc(slices.Clone(values), func(value string) bool { return !isOfType(value, kind) })
	switch {
	case len(right) == len(values):
		return enum
	case len(right) == 0:
		return ""
	}
	return facts.CompactJSON(right)
}

func isOfType(value, kind string) bool {
	var read any
	parsed := json.Unmarshal([]byte(value), &read) == nil
	switch kind {
	case "number", "integer":
		number, ok := read.(float64)
		return parsed && ok && (kind == "number" || number == float64(int64(number)))
	case "boolean":
		_, ok := read.(bool)
		return parsed && ok
	case "array":
		_, ok := read.([]any)
		return parsed && ok
	case "object":
		_, ok := read.(map[string]any)
		return parsed && ok
	}
	return true
}

// refusal is why the schema of a place does not allow an example or a default of it; "" where it does.
func refusal(op *facts.Operation, f facts.Fact) string {
	node, err := facts.Fragment(op, f.Place)
	if err != nil {
		return ""
	}
	holder, schemaNode := node, node
	if media := oas.Child(node, "content"); media != nil && len(media.Content) > 1 {
		holder = media.Content[1]
	}
	if inner := oas.Child(holder, "schema"); inner != nil {
		schemaNode = inner
	}
	var values []any
	switch f.Aspect {
	case facts.Default:
		values = []any{oas.Value(oas.Child(schemaNode, "default"))}
	case facts.Examples:
		for _, example := range oas.Pairs(oas.Child(holder, "examples")) {
			values = append(values, oas.Value(oas.Child(example, "value")))
		}
	default:
		example := oas.Child(holder, "example")
		if example == nil {
			example = oas.Child(schemaNode, "example")
		}
		if example == nil {
			return ""
		}
		values = []any{oas.Value(example)}
	}
	for _, value := range values {
		if why := refusalBy(schemaNode, value); why != "" {
			return why
		}
	}
	return ""
}

// refusalBy is why a schema does not allow a value; "" where it does, or where the schema cannot be read by itself.
func refusalBy(node *yaml.Node, value any) string {
	data, err := facts.EncodeJSON(node)
	if err != nil {
		return ""
	}
	var schema openapi3.Schema
	if err := schema.UnmarshalJSON(data); err != nil {
		return ""
	}
	var plain any // as the library expects values: numbers are float64
	if err := json.Unmarshal([]byte(facts.CompactJSON(value)), &plain); err != nil {
		return ""
	}
	return visit(&schema, plain)
}

func visit(schema *openapi3.Schema, value any) (why string) {
	defer func() {
		if recover() != nil { // the library fails so on schemas that it cannot follow
			why = ""
		}
	}()
	if err := schema.VisitJSON(value); err != nil {
		text, _, _ := strings.Cut(err.Error(), "\n")
		return shortened(strings.TrimSuffix(text, ":"), maxReason)
	}
	return ""
}

// maxReason is how much is told of why a schema refuses a value: the reason can hold an enum of a thousand values.
const maxReason = 160

func shortened(text string, most int) string {
	if runes := []rune(text); len(runes) > most {
		return string(runes[:most]) + "…"
	}
	return text
}

// ledger writes the corrections as entries.
func (c *corrections) ledger(spec string) []byte {
	var out bytes.Buffer
	fmt.Fprintf(&out, "# Every place where %s departs from the documentation on purpose. `specdrift check` holds each entry against both.\n", spec)
	if len(c.list) == 0 {
		out.WriteString("[]\n")
		return out.Bytes()
	}
	out.WriteString("#\n# These were written by `specdrift init`: what the pages say there contradicts itself, so that a spec cannot hold it.\n")
	list := &yaml.Node{Kind: yaml.SequenceNode}
	for _, e := range c.list {
		entry := oas.Mapping("id", oas.String(e.id), "page", oas.ListOf(e.operations...))
		if e.version != "" {
			oas.Put(entry, "version", oas.Quoted(e.version))
		}
		oas.Put(entry, "place", oas.String(string(e.place)))
		oas.Put(entry, "docs_says", says(e.aspect, e.docs))
		oas.Put(entry, "spec_says", says(e.aspect, e.spec))
		oas.Put(entry, "why", oas.String(e.why))
		oas.Put(entry, "evidence", oas.String(fmt.Sprintf("The page of %s: line %d of %s.", e.operations[0], e.pos.Line, filepath.Base(e.pos.File))))
		oas.Put(entry, "wire", oas.String(e.wire()))
		oas.Put(entry, "since", oas.String(c.today.Format(time.DateOnly)))
		oas.Put(entry, "review_by", oas.String(c.today.AddDate(0, 6, 0).Format(time.DateOnly)))
		list.Content = append(list.Content, entry)
	}
	data, err := facts.EncodeYAML(list)
	if err != nil {
		panic(err) // nodes that were just made can be written
	}
	out.Write(data)
	return out.Bytes()
}

func (d difference) wire() string {
	if d.aspect == facts.Server || d.aspect == facts.Servers {
		return "calls go to the server of the other operations"
	}
	if d.place == anyAnswer {
		return "none; every answer is handled by the class of its status"
	}
	if d.aspect == facts.Present || d.aspect == facts.Path {
		return "none; the name of a parameter of a path is not sent"
	}
	if d.aspect == facts.Union || d.aspect == facts.Discriminator {
		return "none; the same values are sent and read"
	}
	return "none; an example, a default or an enum value that no message can have is left out"
}

// says writes what one side says as the ledger reads it back.
func says(aspect facts.Aspect, value string) *yaml.Node {
	node := oas.Mapping()
	switch {
	case aspect == facts.Present && value == "":
		return oas.String("absent")
	case aspect == facts.Present:
		oas.Put(node, "present", oas.Bool(value == "true"))
	case aspect == facts.Enum && value != "":
		list := &yaml.Node{Kind: yaml.SequenceNode}
		for _, item := range facts.Texts(value) {
			list.Content = append(list.Content, oas.Quoted(item))
		}
		oas.Put(node, string(aspect), list)
	case aspect.IsKeyword() && value != "": // it is JSON
		var document yaml.Node
		if err := yaml.Unmarshal([]byte(value), &document); err != nil {
			panic(err) // the reader has written it
		}
		oas.Put(node, string(aspect), document.Content[0])
	case value != "":
		oas.Put(node, string(aspect), oas.Quoted(value))
	}
	node.Style = yaml.FlowStyle
	return node
}
