package console

import (
	"cmp"
	"encoding/json"
	"maps"
	"net/http"
	"reflect"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
)

// operation is an operation and its form.
type operation struct {
	ID      string  `json:"id"`
	Method  string  `json:"method"`
	Path    string  `json:"path"`
	Summary string  `json:"summary"`
	Docs    string  `json:"docs"`
	Inputs  []input `json:"inputs"`

	document *document
	media    string            // media type of the body
	open     bool              // requires no token
	headers  map[string]string // headers with a constant value
}

// input is one field of a form.
type input struct {
	Name        string   `json:"name"`
	In          string   `json:"in"` // path, query or body
	Type        string   `json:"type"`
	Required    bool     `json:"required"`
	Description string   `json:"description"`
	Values      []string `json:"values"`  // of an enum
	Example     string   `json:"example"` // the initial value
	Hint        string   `json:"hint"`    // the form of a value

	goName         string // of the field in the client's request
	format         string // of a string
	commaSeparated bool   // a list that is sent as one string
	listOfText     bool   // a list of strings
}

// The media types of bodies.
const (
	mediaJSON = "application/json"
	mediaForm = "application/x-www-form-urlencoded"
)

// readOperations reads the operations of a document.
func readOperations(d *document, model *openapi3.T) (all []operation) {
	for _, path := range model.Paths.InMatchingOrder() {
		item := model.Paths.Value(path)
		for _, method := range []string{"GET", "POST", "PUT", "PATCH", "DELETE"} {
			if op := item.GetOperation(method); op != nil {
				all = append(all, readOperation(d, method, path, item, op))
			}
		}
	}
	return all
}

func readOperation(d *document, method, path string, item *openapi3.PathItem, op *openapi3.Operation) operation {
	o := operation{ID: op.OperationID, Method: method, Path: path, Summary: op.Summary, Inputs: []input{}, document: d, headers: map[string]string{}}
	if op.ExternalDocs != nil {
		o.Docs = op.ExternalDocs.URL
	}
	o.open = op.Security != nil && len(*op.Security) == 0
	for _, ref := range slices.Concat(item.Parameters, op.Parameters) {
		p := ref.Value
		in := readInput(p.Name, p.In, p.Required, p.Description, p.Example, p.Schema.Value)
		in.goName, _ = p.Extensions["x-go-name"].(string)
		switch {
		case p.Extensions["x-from-client"] == "always" && len(in.Values) > 0:
			o.headers[p.Name] = in.Values[0]
		case p.In == "path" || p.In == "query":
			o.Inputs = append(o.Inputs, in)
		}
	}
	if op.RequestBody != nil {
		for _, media := range []string{mediaJSON, mediaForm} {
			if content := op.RequestBody.Value.Content[media]; content != nil {
				o.media = media
				o.Inputs = append(o.Inputs, readBody(content.Schema.Value)...)
				break
			}
		}
	}
	return o
}

// readBody returns the fields of a body that is an object, required fields first.
func readBody(schema *openapi3.Schema) (fields []input) {
	properties, required := openapi3.Schemas{}, []string{}
	for _, part := range parts(schema) {
		maps.Copy(properties, part.Properties)
		required = append(required, part.Required...)
	}
	for name, property := range properties {
		if !property.Value.ReadOnly {
			fields = append(fields, readInput(name, "body", slices.Contains(required, name), property.Value.Description, nil, property.Value))
		}
	}
	slices.SortFunc(fields, func(a, b input) int {
		if a.Required == b.Required {
			return cmp.Compare(a.Name, b.Name)
		}
		if a.Required {
			return -1
		}
		return 1
	})
	return fields
}

// parts returns a schema and the schemas it is composed of.
func parts(schema *openapi3.Schema) []*openapi3.Schema {
	all := []*openapi3.Schema{schema}
	for _, part := range schema.AllOf {
		all = append(all, part.Value)
	}
	return all
}

// readInput reads a parameter or a field. Its initial value is one of the sandbox or, if a value is required, the document's
// example.
func readInput(name, place string, required bool, description string, example any, schema *openapi3.Schema) input {
	in := input{Name: name, In: place, Type: "any", Required: required, Description: strings.TrimSpace(description), Values: []string{}}
	for _, part := range parts(schema) {
		if types := part.Type.Slice(); len(types) > 0 {
			in.Type = types[0]
		}
	}
	in.format = schema.Format
	in.commaSeparated, _ = schema.Extensions["x-comma-separated"].(bool)
	in.listOfText = in.Type == "array" && schema.Items != nil && schema.Items.Value.Type.Is("string")
	for _, value := range schema.Enum {
		in.Values = append(in.Values, asText(value))
	}
	in.Hint = asText(exampleOf(schema))
	in.Example = examples[name]
	if required {
		in.Example = cmp.Or(in.Example, asText(schema.Example), asText(example), strings.Join(in.Values[:min(1, len(in.Values))], ""))
	}
	return in
}

// exampleOf returns the example of a schema, or one composed of the examples of its parts; nil if there is none. An empty
// string and the default are not examples.
func exampleOf(schema *openapi3.Schema) any {
	if schema.Example == "" || schema.Example != nil && reflect.DeepEqual(schema.Example, schema.Default) {
		return nil
	}
	if schema.Example != nil {
		return schema.Example
	}
	if schema.Items != nil {
		if item := exampleOf(schema.Items.Value); item != nil {
			return []any{item}
		}
	}
	fields := map[string]any{}
	for _, part := range parts(schema) {
		for name, property := range part.Properties {
			if example := exampleOf(property.Value); example != nil {
				fields[name] = example
			}
		}
	}
	if len(fields) == 0 {
		return nil
	}
	return fields
}

// asText returns a value as the text of a form: a string as it is, any other value as JSON, nil as "".
func asText(v any) string {
	if v == nil {
		return ""
	}
	if text, ok := v.(string); ok {
		return text
	}
	data, _ := json.Marshal(v) // it was read from JSON
	return string(data)
}

func (c *Console) getOperations(w http.ResponseWriter, _ *http.Request) error {
	return sendJSON(w, c.operations)
}
