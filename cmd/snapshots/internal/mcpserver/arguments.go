package mcpserver

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/google/jsonschema-go/jsonschema"
)

// argument is an argument of a tool, and the field of the request struct that it sets.
type argument struct {
	name   string // as in the document
	field  string // of the Go struct
	schema *jsonschema.Schema
	needed bool
}

// fromSettings describes what the client sends if an argument is omitted.
const fromSettings = " When it is left out, that of the settings is sent."

// argumentsOf lists the arguments of an operation: its parameters, then the fields of its body.
func argumentsOf(op *openapi3.Operation, shared openapi3.Parameters, request reflect.Type) ([]argument, error) {
	var all []argument
	for _, ref := range append(shared[:len(shared):len(shared)], op.Parameters...) {
		p := ref.Value
		supplied, _ := p.Extensions["x-from-client"].(string)
		if supplied == "always" {
			continue
		}
		field, ok := request.FieldByNameFunc(func(name string) bool {
			if goName, given := p.Extensions["x-go-name"].(string); given {
				return name == goName
			}
			return strings.EqualFold(name, strings.NewReplacer("-", "", "_", "", ".", "").Replace(p.Name))
		})
		if !ok {
			return nil, fmt.Errorf("%s has no field for the parameter %s", request, p.Name)
		}
		schema := inputSchema(p.Schema)
		if p.Description != "" {
			schema.Description = strings.TrimSpace(p.Description)
		}
		if supplied == "fallback" {
			schema.Description += fromSettings
		}
		if p.Example != nil {
			schema.Examples = []any{p.Example}
		}
		all = append(all, argument{p.Name, field.Name, schema, p.Required && supplied == ""})
	}
	if op.RequestBody != nil {
		media := op.RequestBody.Value.Content["application/json"]
		if media == nil {
			return nil, fmt.Errorf("its body is not JSON")
		}
		body := inputSchema(media.Schema)
		for i := range request.NumField() {
			name, _, _ := strings.Cut(request.Field(i).Tag.Get("json"), ",")
			if schema := body.Properties[name]; schema != nil {
				supplied := media.Schema.Value.Properties[name].Value.Extensions["x-from-client"] == "fallback"
				if supplied {
					schema.Description += fromSettings
				}
				all = append(all, argument{name, request.Field(i).Name, schema, slices.Contains(body.Required, name) && !supplied})
				delete(body.Properties, name)
			}
		}
		for name := range body.Properties {
			return nil, fmt.Errorf("%s has no field for %s of the body", request, name)
		}
	}
	return all, nil
}

// objectOf returns the schema of an object with the arguments.
func objectOf(arguments []argument) (*jsonschema.Schema, error) {
	out := &jsonschema.Schema{Type: "object", Properties: map[string]*jsonschema.Schema{}, AdditionalProperties: nothing()}
	for _, a := range arguments {
		if out.Properties[a.name] != nil {
			return nil, fmt.Errorf("two of its arguments are called %s", a.name)
		}
		out.Properties[a.name] = a.schema
		if a.needed {
			out.Required = append(out.Required, a.name)
		}
	}
	return out, nil
}

// arguments are the arguments of one call, by name.
type arguments map[string]json.RawMessage

// readArguments validates the arguments of a call. The error is for the caller.
func readArguments(schema *jsonschema.Resolved, raw json.RawMessage) (arguments, error) {
	raw = bytes.TrimSpace(raw)
	if len(raw) == 0 || string(raw) == "null" {
		raw = json.RawMessage("{}")
	}
	var given any
	if err := json.Unmarshal(raw, &given); err != nil {
		return nil, fmt.Errorf("the arguments are not JSON: %w", err)
	}
	if err := schema.Validate(given); err != nil {
		return nil, fmt.Errorf("the arguments do not fit the tool: %w", err)
	}
	out := arguments{}
	err := json.Unmarshal(raw, &out)
	for name, value := range out {
		out[name] = wholeNumber(value)
	}
	return out, err
}

// wholeNumber rewrites a number without a fraction so that Go decodes it as an integer: in JSON Schema, 3.0 and 3e0 are
// integers too.
func wholeNumber(raw json.RawMessage) json.RawMessage {
	const most = 1 << 53 // the largest exact integer
	var number float64
	if !bytes.ContainsAny(raw, ".eE") || json.Unmarshal(raw, &number) != nil || number != math.Trunc(number) || math.Abs(number) > most {
		return raw
	}
	return strconv.AppendInt(nil, int64(number), 10)
}

// valueOf returns an argument, or otherwise if it was omitted. The schema has been checked.
func valueOf[T any](a arguments, name string, otherwise T) T {
	_ = json.Unmarshal(a[name], &otherwise)
	return otherwise
}

// text returns a string argument, or "".
func (a arguments) text(name string) string { return valueOf(a, name, "") }

// fill sets the fields of the request struct from the arguments.
func (a arguments) fill(request reflect.Value, list []argument) error {
	for _, arg := range list {
		raw, given := a[arg.name]
		if !given || arg.field == "" {
			continue
		}
		to := request.FieldByName(arg.field).Addr().Interface()
		if moment, ok := to.(*time.Time); ok {
			if day, err := time.Parse(`"2006-01-02"`, string(raw)); err == nil {
				*moment = day
				continue
			}
		}
		if err := json.Unmarshal(raw, to); err != nil {
			return fmt.Errorf("%s: %s cannot be used: %w", arg.name, raw, err)
		}
	}
	return nil
}
