package console

import (
	"encoding/json"
	"fmt"
	"net/http"
	"reflect"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/highlevel-go/snapshots/conformance/judge"
)

// Document is an OpenAPI document and the client that is made from it.
type Document struct {
	Name     string // of the file, for positions: spec/snapshots.yaml
	Data     []byte
	Client   reflect.Type      // such as *api.Client; nil when calls are not shown as Go
	Receiver string            // what the methods of Client are called on, where client is an *api.Client
	Examples map[string]string // values to begin with, by the names of parameters and fields
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
	goName   string
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
	Values      []string `json:"values"` // of an enum
	Example     string   `json:"example"`
}

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
	c.judges = append(c.judges, judged{j, d.Name})
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
	o.goName, _ = op.Extensions["x-go-name"].(string)
	if op.ExternalDocs != nil {
		o.Docs = op.ExternalDocs.URL
	}
	for _, ref := range slices.Concat(item.Parameters, op.Parameters) {
		p := ref.Value
		in := readInput(p.Name, p.In, p.Required, p.Description, p.Schema.Value)
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
	for _, media := range []string{"application/json", "application/x-www-form-urlencoded"} {
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
	if schema.Type != nil && len(schema.Type.Slice()) > 0 {
		in.Type = schema.Type.Slice()[0]
	}
	if schema.Example != nil {
		in.Example = asText(schema.Example)
	}
	for _, value := range schema.Enum {
		in.Values = append(in.Values, asText(value))
	}
	return in
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
