package console

import (
	"encoding/json"
	"fmt"
	"net/http"
	"reflect"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/highlevel-go/snapshots/api/rest"
	"github.com/highlevel-go/snapshots/conformance/judge"
)

// Document is an OpenAPI document and the client that is made from it.
type Document struct {
	Name     string // of the file, for positions: spec/snapshots.yaml
	Data     []byte
	Client   *GoClient         // nil when calls are not shown as Go
	Examples map[string]string // values to begin with, by the names of parameters and fields
}

// GoClient is the client that is made from a document.
type GoClient struct {
	Open        func(...rest.Option) (any, error) // returns what has a method for each operation
	Constructor string                            // what Go calls to make the client, such as api.New
	Receiver    string                            // what the methods are called on in Go, where the client is called client
	Operations  []*rest.Operation                 // with the names of the methods
	Fields      map[string]string                 // fields of requests by their names on the wire, where the document does not tell
}

// Operation is what the form of an operation needs.
type Operation struct {
	ID      string  `json:"id"`
	Method  string  `json:"method"`
	Path    string  `json:"path"`
	Summary string  `json:"summary"`
	Docs    string  `json:"docs"`
	Inputs  []Input `json:"inputs"`

	document *Document
	media    string            // of the body
	headers  map[string]string // that are always the same
}

// Input is one field of a form.
type Input struct {
	Name        string   `json:"name"`
	In          string   `json:"in"` // path, query, header or body
	Type        string   `json:"type"`
	Required    bool     `json:"required"`
	Description string   `json:"description"`
	Values      []string `json:"values"`  // of an enum
	Example     string   `json:"example"` // to begin with
	Hint        string   `json:"hint"`    // what a value looks like

	goName         string // of the field in the client's request
	format         string // of a string
	commaSeparated bool   // a list that travels as one text
	listOfText     bool   // a list of strings
}

// The media types of bodies.
const (
	mediaJSON = "application/json"
	mediaForm = "application/x-www-form-urlencoded"
)

// addDocument reads the operations of a document, and makes its judge.
func (c *Console) addDocument(d Document) error {
	doc, err := judge.Load(d.Name, d.Data)
	if err != nil {
		return err
	}
	j, err := judge.New(doc, judge.WithFile(d.Name))
	if err != nil {
		return err
	}
	c.judges = append(c.judges, judged{j, d})
	for _, path := range doc.Paths.InMatchingOrder() {
		item := doc.Paths.Value(path)
		for _, method := range []string{"GET", "POST", "PUT", "PATCH", "DELETE"} {
			if op := item.GetOperation(method); op != nil {
				c.operations = append(c.operations, readOperation(&d, method, path, item, op))
			}
		}
	}
	return nil
}

func readOperation(d *Document, method, path string, item *openapi3.PathItem, op *openapi3.Operation) Operation {
	o := Operation{ID: op.OperationID, Method: method, Path: path, Summary: op.Summary, Inputs: []Input{}, document: d, headers: map[string]string{}}
	if op.ExternalDocs != nil {
		o.Docs = op.ExternalDocs.URL
	}
	for _, ref := range slices.Concat(item.Parameters, op.Parameters) {
		p := ref.Value
		in := readInput(p.Name, p.In, p.Required, p.Description, p.Schema.Value)
		in.goName, _ = p.Extensions["x-go-name"].(string)
		if in.Example == "" && p.Example != nil {
			in.Example = asText(p.Example)
		}
		in.start(d)
		if p.Extensions["x-from-client"] == "always" && len(in.Values) > 0 {
			o.headers[p.Name] = in.Values[0]
			continue
		}
		if p.In == "path" || p.In == "query" {
			o.Inputs = append(o.Inputs, in)
		}
	}
	if op.RequestBody == nil || op.RequestBody.Value == nil {
		return o
	}
	for _, media := range []string{mediaJSON, mediaForm} {
		if content := op.RequestBody.Value.Content[media]; content != nil && content.Schema != nil {
			o.media = media
			o.addBody(d, content.Schema.Value)
			break
		}
	}
	return o
}

// addBody adds the fields of a body that is an object.
func (o *Operation) addBody(d *Document, schema *openapi3.Schema) {
	properties, required := map[string]*openapi3.SchemaRef{}, []string{}
	for _, part := range append([]*openapi3.SchemaRef{{Value: schema}}, schema.AllOf...) {
		for name, property := range part.Value.Properties {
			properties[name] = property
		}
		required = append(required, part.Value.Required...)
	}
	var names []string
	for name, property := range properties {
		if !property.Value.ReadOnly {
			names = append(names, name)
		}
	}
	slices.SortFunc(names, func(a, b string) int { // required ones first
		ra, rb := slices.Contains(required, a), slices.Contains(required, b)
		switch {
		case ra && !rb:
			return -1
		case rb && !ra:
			return 1
		}
		return strings.Compare(a, b)
	})
	for _, name := range names {
		property := properties[name].Value
		in := readInput(name, "body", slices.Contains(required, name), property.Description, property)
		in.start(d)
		o.Inputs = append(o.Inputs, in)
	}
}

func readInput(name, place string, required bool, description string, schema *openapi3.Schema) Input {
	in := Input{Name: name, In: place, Type: "any", Required: required, Description: strings.TrimSpace(description), Values: []string{}}
	for _, part := range append([]*openapi3.SchemaRef{{Value: schema}}, schema.AllOf...) {
		if types := part.Value.Type.Slice(); len(types) > 0 {
			in.Type = types[0]
		}
	}
	if schema.Example != nil {
		in.Example = asText(schema.Example)
	}
	if example := exampleOf(schema); example != nil {
		in.Hint = asText(example)
	}
	in.format = schema.Format
	in.commaSeparated, _ = schema.Extensions["x-comma-separated"].(bool)
	in.listOfText = in.Type == "array" && schema.Items != nil && schema.Items.Value.Type.Is("string")
	for _, value := range schema.Enum {
		in.Values = append(in.Values, asText(value))
	}
	return in
}

// exampleOf returns the example of a schema, put together from those of its parts where it has none; nil when there is none. An empty
// text shows nothing, and neither does the default.
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
	whole := map[string]any{}
	for _, part := range append([]*openapi3.SchemaRef{{Value: schema}}, schema.AllOf...) {
		for name, property := range part.Value.Properties {
			if example := exampleOf(property.Value); example != nil {
				whole[name] = example
			}
		}
	}
	if len(whole) == 0 {
		return nil
	}
	return whole
}

// start gives a field the value to begin with: one that the sandbox knows, else, where a value is needed, the document's example.
func (in *Input) start(d *Document) {
	switch value := d.Examples[in.Name]; {
	case value != "":
		in.Example = value
	case !in.Required:
		in.Example = ""
	case in.Example == "" && len(in.Values) > 0:
		in.Example = in.Values[0]
	}
}

func asText(v any) string {
	if text, ok := v.(string); ok {
		return text
	}
	if data, err := json.Marshal(v); err == nil {
		return string(data)
	}
	return fmt.Sprint(v)
}

func (c *Console) getOperations(w http.ResponseWriter, _ *http.Request) error {
	return sendJSON(w, c.operations)
}
