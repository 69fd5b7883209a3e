package coverage

import (
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/highlevel-go/snapshots/conformance/sample"
)

// Universe lists everything in a document that can be seen, in the order of its operations.
func Universe(doc *openapi3.T) []Item {
	u := universe{seen: map[key]bool{}}
	for _, path := range slices.SortedFunc(maps.Keys(doc.Paths.Map()), byLine(doc)) {
		item := doc.Paths.Value(path)
		operations := item.Operations()
		for _, method := range slices.Sorted(maps.Keys(operations)) {
			u.operation(doc, item, operations[method], method+" "+path)
		}
	}
	return u.items
}

func byLine(doc *openapi3.T) func(a, b string) int {
	return func(a, b string) int {
		return cmp.Or(line(doc.Paths.Value(a).Origin)-line(doc.Paths.Value(b).Origin), strings.Compare(a, b))
	}
}

type universe struct {
	items []Item
	seen  map[key]bool
	op    string
	above []*openapi3.Schema
}

func (u *universe) add(kind Kind, place, detail string, at int) {
	i := Item{Kind: kind, Operation: u.op, Place: place, Detail: detail, Line: at}
	if !u.seen[i.key()] {
		u.seen[i.key()] = true
		u.items = append(u.items, i)
	}
}

func (u *universe) operation(doc *openapi3.T, item *openapi3.PathItem, op *openapi3.Operation, title string) {
	u.op = cmp.Or(op.OperationID, title)
	u.add(Operation, "", "", line(op.Origin))
	for _, p := range Parameters(item, op) {
		u.parameter(p)
	}
	if op.RequestBody != nil && op.RequestBody.Value != nil {
		body := op.RequestBody.Value
		if body.Required {
			u.add(Keyword, "body", "required", line(body.Origin))
		}
		u.content("body", body.Content)
	}
	for _, status := range slices.Sorted(maps.Keys(op.Responses.Map())) {
		r := op.Responses.Value(status).Value
		u.add(Status, status, "", line(r.Origin))
		u.content(status, r.Content)
	}
	requirements := Requirements(doc, op)
	optional := slices.ContainsFunc(requirements, func(r openapi3.SecurityRequirement) bool { return len(r) == 0 })
	for _, requirement := range requirements {
		for _, scheme := range slices.Sorted(maps.Keys(requirement)) {
			u.add(Security, scheme, "sent", line(op.Origin))
			if !optional {
				u.add(Security, scheme, "refused without", line(op.Origin))
			}
		}
	}
}

// Requirements returns the credentials that an operation requires, by itself or through its document.
func Requirements(doc *openapi3.T, op *openapi3.Operation) openapi3.SecurityRequirements {
	if op.Security != nil {
		return *op.Security
	}
	return doc.Security
}

// Response returns the response of an operation for a status and its name: the status itself, its class, or default; nil if
// there is none.
func Response(op *openapi3.Operation, status int) (name string, ref *openapi3.ResponseRef) {
	own := strconv.Itoa(status)
	for _, name := range []string{own, own[:1] + "XX", "default"} {
		if ref := op.Responses.Value(name); ref != nil {
			return name, ref
		}
	}
	return own, nil
}

// Parameters returns the parameters of an operation and those of its path that it does not override.
func Parameters(item *openapi3.PathItem, op *openapi3.Operation) []*openapi3.Parameter {
	var out []*openapi3.Parameter
	for _, ref := range item.Parameters {
		if op.Parameters.GetByInAndName(ref.Value.In, ref.Value.Name) == nil {
			out = append(out, ref.Value)
		}
	}
	for _, ref := range op.Parameters {
		out = append(out, ref.Value)
	}
	// OpenAPI has these described elsewhere, and parameters of their names ignored.
	return slices.DeleteFunc(out, func(p *openapi3.Parameter) bool {
		return p.In == openapi3.ParameterInHeader &&
			slices.Contains([]string{"Accept", "Content-Type", "Authorization"}, http.CanonicalHeaderKey(p.Name))
	})
}

// zero reports whether a client treats a value, or a value in it, as omitted.
func zero(example any) bool {
	if object, ok := example.(map[string]any); ok {
		for _, value := range object {
			if zero(value) {
				return true
			}
		}
	}
	if list, ok := example.([]any); ok {
		return slices.ContainsFunc(list, func(item any) bool { _, isObject := item.(map[string]any); return isObject && zero(item) })
	}
	return example == "" || example == false || sample.Normal(example) == 0.0
}

func (u *universe) parameter(p *openapi3.Parameter) {
	place, at := p.In+" "+p.Name, line(p.Origin)
	u.add(Parameter, place, "sent", at)
	if p.Required && p.In != openapi3.ParameterInPath {
		u.add(Keyword, place, "required", at)
	}
	if !p.Required && p.Extensions["x-from-client"] != "always" {
		u.add(Parameter, place, "left out", at)
	}
	if p.Example != nil && (p.Required || !zero(p.Example)) { // an optional zero is omitted
		u.add(Example, place, text(sample.Normal(p.Example)), at)
	}
	for _, name := range slices.Sorted(maps.Keys(p.Examples)) {
		u.add(Example, place, text(sample.Normal(p.Examples[name].Value.Value)), at)
	}
	if p.Schema == nil || p.Schema.Value == nil {
		return
	}
	s := p.Schema.Value
	if s.Example != nil && (p.Required || !zero(s.Example)) {
		u.add(Example, place, text(sample.Normal(s.Example)), at)
	}
	for _, value := range s.Enum {
		if p.Required || !zero(value) {
			u.add(Enum, place, text(sample.Normal(value)), at)
		}
	}
	for _, k := range assertions(s) {
		if k == "type" && (s.Type.Is("string") || s.Type.Is("array") || s.Type.Is("object")) {
			continue // any value in a URL is a string, or a list of one
		}
		u.add(Keyword, place, k, cmp.Or(line(s.Origin), at))
	}
}

func (u *universe) content(place string, content openapi3.Content) {
	for _, kind := range slices.Sorted(maps.Keys(content)) {
		media := content[kind]
		if media.Schema == nil || media.Schema.Value == nil {
			continue
		}
		if media.Example != nil {
			u.add(Example, place+" ", text(sample.Normal(media.Example)), line(media.Origin))
		}
		asserted := strings.Contains(kind, "json") // text and forms have no type that could be wrong
		u.schema(media.Schema.Value, place+" ", asserted)
	}
}

// schema walks down a schema. asserted is false inside a choice, whose branches refuse nothing by themselves.
func (u *universe) schema(s *openapi3.Schema, place string, asserted bool) {
	if slices.Contains(u.above, s) {
		return
	}
	u.above = append(u.above, s)
	defer func() { u.above = u.above[:len(u.above)-1] }()
	at := line(s.Origin)
	if isRequest := strings.HasPrefix(place, "body"); s.Example != nil && !(isRequest && zero(s.Example)) {
		u.add(Example, place, text(sample.Normal(s.Example)), at)
	}
	for _, value := range s.Enum {
		u.add(Enum, place, text(sample.Normal(value)), at)
	}
	if asserted {
		for _, k := range assertions(s) {
			u.add(Keyword, place, k, at)
		}
		for _, name := range s.Required {
			u.add(Keyword, place+"/"+name, "required", at)
		}
	}
	for _, list := range []openapi3.SchemaRefs{s.OneOf, s.AnyOf} {
		for i, ref := range list {
			u.add(Choice, place, fmt.Sprintf("branch %d", i+1), line(ref.Value.Origin))
			u.schema(ref.Value, place, false)
		}
	}
	for _, ref := range s.AllOf {
		u.schema(ref.Value, place, asserted)
	}
	for _, name := range slices.Sorted(maps.Keys(s.Properties)) {
		ref := s.Properties[name]
		if isRequest := strings.HasPrefix(place, "body"); isRequest && ref.Value.ReadOnly || !isRequest && ref.Value.WriteOnly {
			continue // it is not sent in this direction
		}
		u.add(Property, place+"/"+name, "", line(ref.Value.Origin))
		u.schema(ref.Value, place+"/"+name, asserted)
	}
	if s.Items != nil {
		u.schema(s.Items.Value, place+"/[]", asserted)
	}
}

// assertions returns the keywords of one schema that can refuse a value, except required.
func assertions(s *openapi3.Schema) []string {
	var out []string
	has := func(keyword string, is bool) {
		if is {
			out = append(out, keyword)
		}
	}
	has("type", s.Type != nil && len(*s.Type) > 0 && len(s.Enum) == 0) // an enum is more specific
	has("enum", len(s.Enum) > 0)
	has("format", s.Format == "date" || s.Format == "date-time")
	has("oneOf", len(s.OneOf) > 0)
	has("anyOf", len(s.AnyOf) > 0)
	has("minimum", s.Min != nil)
	has("maximum", s.Max != nil)
	has("multipleOf", s.MultipleOf != nil)
	has("minLength", s.MinLength > 0)
	has("maxLength", s.MaxLength != nil)
	has("pattern", s.Pattern != "")
	has("minItems", s.MinItems > 0)
	has("maxItems", s.MaxItems != nil)
	has("uniqueItems", s.UniqueItems)
	return out
}

// text returns a value as one line: a string itself, anything else as JSON.
func text(value any) string {
	if s, ok := value.(string); ok {
		return s
	}
	out, err := json.Marshal(value)
	if err != nil {
		return fmt.Sprint(value)
	}
	return string(out)
}
