package conformance_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/highlevel-go/snapshots/api/rest"
)

// The publisher's documents show an answer property by property, with examples that contradict their own types now and then.
// Each such answer must be read: what fits its type is in the result, and what does not is reported as a mismatch.
func TestEveryDocumentedSuccessIsReadWhateverItsExamples(t *testing.T) {
	shared := os.Getenv("SNAPSHOTS_SHARED")
	if shared == "" {
		shared = filepath.Join("..", "..", "shared")
	}
	files, err := filepath.Glob(filepath.Join(shared, "official", "apps", "*.json"))
	if err != nil || len(files) == 0 {
		t.Skip("the publisher's documents are not at hand; SNAPSHOTS_SHARED names the directory that they lie in")
	}
	answers, examples, contradictions := 0, 0, 0
	for _, file := range files {
		d := publisherDocument{t: t, file: file}
		for name, schema := range d.successes() {
			a := &documentedAnswer{doc: &d}
			body, err := json.Marshal(a.example(schema, "", 0))
			if err != nil {
				t.Fatal(err)
			}
			got := reflect.New(d.goType(schema, 0))
			err = rest.Unmarshal(body, got.Interface())
			var wrong *rest.MismatchError
			var paths []string
			if errors.As(err, &wrong) {
				for _, m := range wrong.Mismatches {
					paths = append(paths, m.Path)
				}
			} else if err != nil {
				t.Errorf("%s: %s: %v\n%s", filepath.Base(file), name, err, body)
				continue
			}
			slices.Sort(paths)
			slices.Sort(a.contradictions)
			if !slices.Equal(paths, a.contradictions) {
				t.Errorf("%s: %s: does not fit: %q; the examples contradict their types at %q\n%s", filepath.Base(file), name, paths, a.contradictions, body)
			}
			answers, examples, contradictions = answers+1, examples+a.examples, contradictions+len(paths)
		}
	}
	t.Logf("%d answers with %d examples; %d examples contradict their types", answers, examples, contradictions)
	if answers < 100 || contradictions == 0 {
		t.Errorf("only %d answers and %d contradictions were found", answers, contradictions)
	}
}

// publisherDocument is one OpenAPI document of the publisher, as plain JSON.
type publisherDocument struct {
	t    *testing.T
	file string
	root map[string]any
}

func object(v any, path ...string) map[string]any {
	for _, name := range path {
		m, _ := v.(map[string]any)
		v = m[name]
	}
	m, _ := v.(map[string]any)
	return m
}

// successes are the schemas of the answers, by "GET /path 200".
func (d *publisherDocument) successes() map[string]map[string]any {
	data, err := os.ReadFile(d.file)
	if err == nil {
		err = json.Unmarshal(data, &d.root)
	}
	if err != nil {
		d.t.Fatal(err)
	}
	out := map[string]map[string]any{}
	for path, item := range object(d.root, "paths") {
		for method, op := range object(item) {
			for status, response := range object(op, "responses") {
				if schema := object(response, "content", "application/json", "schema"); status[0] == '2' && schema != nil {
					out[fmt.Sprint(method, " ", path, " ", status)] = schema
				}
			}
		}
	}
	return out
}

// resolve follows references and merges allOf. What it cannot find is open.
func (d *publisherDocument) resolve(schema map[string]any) map[string]any {
	for range 20 {
		ref, ok := schema["$ref"].(string)
		if !ok {
			break
		}
		schema = object(d.root, "components", "schemas", ref[strings.LastIndexByte(ref, '/')+1:])
	}
	parts, _ := schema["allOf"].([]any)
	if len(parts) == 0 {
		return schema
	}
	merged := maps.Clone(schema)
	delete(merged, "allOf")
	for _, part := range parts {
		for key, value := range d.resolve(object(part)) {
			if both := object(merged, key); key == "properties" && both != nil {
				both = maps.Clone(both)
				maps.Copy(both, object(value))
				value = both
			}
			merged[key] = value
		}
	}
	return merged
}

// kind is what a schema becomes in Go; "" for what is kept as it comes.
func (d *publisherDocument) kind(schema map[string]any, depth int) string {
	kind, _ := schema["type"].(string)
	switch {
	case depth > 8, schema["oneOf"] != nil, schema["anyOf"] != nil:
		return ""
	case kind == "string" && schema["format"] == "date-time":
		return "time"
	case kind == "array" && d.resolve(object(schema, "items"))["type"] == "string":
		return "texts"
	case kind == "object" && len(object(schema, "properties")) == 0:
		return ""
	}
	return kind
}

// goType is the type that a client has for a schema.
func (d *publisherDocument) goType(schema map[string]any, depth int) reflect.Type {
	schema = d.resolve(schema)
	switch d.kind(schema, depth) {
	case "string":
		return reflect.TypeFor[string]()
	case "integer":
		return reflect.TypeFor[int]()
	case "number":
		return reflect.TypeFor[float64]()
	case "boolean":
		return reflect.TypeFor[bool]()
	case "time":
		return reflect.TypeFor[rest.Time]()
	case "texts":
		return reflect.TypeFor[rest.Strings]()
	case "array":
		return reflect.SliceOf(d.goType(object(schema, "items"), depth+1))
	case "object":
		var fields []reflect.StructField
		for i, name := range slices.Sorted(maps.Keys(object(schema, "properties"))) {
			fields = append(fields, reflect.StructField{Name: fmt.Sprint("F", i), Tag: reflect.StructTag(fmt.Sprintf("json:%q", name)),
				Type: d.goType(object(schema, "properties", name), depth+1)})
		}
		return reflect.StructOf(fields)
	}
	return reflect.TypeFor[json.RawMessage]()
}

// documentedAnswer makes the answer that the examples of a schema come to, and notes where they contradict their types.
type documentedAnswer struct {
	doc            *publisherDocument
	examples       int
	contradictions []string
}

func (a *documentedAnswer) example(schema map[string]any, at string, depth int) any {
	schema = a.doc.resolve(schema)
	if value, ok := schema["example"]; ok {
		a.examples++
		a.check(schema, value, at, depth)
		return value
	}
	switch a.doc.kind(schema, depth) {
	case "string", "time":
		return "text"
	case "integer", "number":
		return 1
	case "boolean":
		return true
	case "texts":
		return []any{"text"}
	case "array":
		return []any{a.example(object(schema, "items"), at+"/0", depth+1)}
	case "object":
		out := map[string]any{}
		for name := range object(schema, "properties") {
			out[name] = a.example(object(schema, "properties", name), at+"/"+name, depth+1)
		}
		return out
	}
	return map[string]any{}
}

// check notes what of an example does not fit its type.
func (a *documentedAnswer) check(schema map[string]any, value any, at string, depth int) {
	schema = a.doc.resolve(schema)
	fits := true
	number, isNumber := value.(float64)
	_, isText := value.(string)
	switch a.doc.kind(schema, depth) {
	case "string":
		fits = isText || isNumber || value == nil
	case "time":
		fits = isText || isNumber || value == nil
	case "texts": // a list of texts and numbers, or one text
		list, isList := value.([]any)
		fits = isList || isText || value == nil
		for _, item := range list {
			switch item.(type) {
			case string, float64, nil:
			default:
				fits = false
			}
		}
	case "integer":
		fits = value == nil || isNumber && number == float64(int(number))
	case "number":
		fits = value == nil || isNumber
	case "boolean":
		_, fits = value.(bool)
		fits = fits || value == nil
	case "array":
		list, isList := value.([]any)
		fits = isList || value == nil
		items := a.doc.resolve(object(schema, "items"))
		for i, item := range list {
			if item == nil && a.doc.kind(items, depth+1) == "object" {
				a.contradictions = append(a.contradictions, fmt.Sprint(at, "/", i))
				continue
			}
			a.check(items, item, fmt.Sprint(at, "/", i), depth+1)
		}
	case "object":
		members, isObject := value.(map[string]any)
		fits = isObject || value == nil
		for name, member := range members {
			if property := object(schema, "properties", name); property != nil {
				a.check(property, member, at+"/"+name, depth+1)
			}
		}
	}
	if !fits {
		a.contradictions = append(a.contradictions, at)
	}
}
