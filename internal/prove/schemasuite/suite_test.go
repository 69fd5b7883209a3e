// Package schemasuite compares the judge with the JSON-Schema-Test-Suite, which is what implementers of JSON Schema agree on.
// Each of its schemas becomes the body of a response, and each of its values a message: 2020-12 for OpenAPI 3.1, and draft 4
// for what OpenAPI 3.0 has of it.
package schemasuite_test

import (
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/highlevel-go/snapshots/conformance/judge"
	"github.com/highlevel-go/snapshots/internal/prove"
)

// group is a schema with its values, as the suite writes them.
type group struct {
	Description string
	Schema      any
	Tests       []struct {
		Description string
		Data        json.RawMessage
		Valid       bool
	}
}

// score counts how the judge and the suite agree. disagree maps "file: schema: value" to what the judge says.
type score struct {
	total    int
	disagree map[string]string
}

func suiteFiles(t *testing.T, pattern string) []string {
	t.Helper()
	return prove.Shared(t, "suites/json-schema/"+pattern)
}

// agreement runs the groups of files as documents of a version. change may alter a schema, and false leaves it out; counts
// leaves values out.
func agreement(t *testing.T, files []string, version string, change func(any) (any, bool), counts func(group, json.RawMessage) bool) *score {
	t.Helper()
	out := &score{disagree: map[string]string{}}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var groups []group
		if err := json.Unmarshal(data, &groups); err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		for _, g := range groups {
			schema, ok := change(g.Schema)
			if !ok {
				continue
			}
			j, loadErr := suiteJudge(version, schema)
			if leadsOut(loadErr) {
				continue
			}
			for _, test := range g.Tests {
				if !counts(g, test.Data) {
					continue
				}
				out.total++
				name := strings.Join([]string{strings.TrimSuffix(filepath.Base(file), ".json"), g.Description, test.Description}, ": ")
				if loadErr != nil {
					out.disagree[name] = "the document is refused: " + loadErr.Error()
					continue
				}
				if err := judged(t, j, test.Data); (err == nil) != test.Valid {
					out.disagree[name] = fmt.Sprintf("valid %v: %v", test.Valid, err)
				}
			}
		}
	}
	return out
}

// suiteJudge makes a judge of a document whose only response has the schema. What the suite does not speak about is off:
// keys that no schema names, and the form of integers in OpenAPI 3.0.
func suiteJudge(version string, schema any) (*judge.Judge, error) {
	doc, err := json.Marshal(map[string]any{
		"openapi": version, "info": map[string]any{"title": "suite", "version": "1"},
		"paths": map[string]any{"/x": map[string]any{"get": map[string]any{"operationId": "x", "responses": map[string]any{"200": map[string]any{
			"description": "d", "content": map[string]any{"application/json": map[string]any{"schema": map[string]any{"$ref": root}}}}}}}},
		"components": map[string]any{"schemas": map[string]any{"S": rebased(schema)}},
	})
	if err != nil {
		return nil, err
	}
	loaded, err := judge.Load("suite.json", doc)
	if err != nil {
		return nil, err
	}
	return judge.New(loaded, judge.Without(judge.ExtraKey, judge.NumberForm, judge.Unicode))
}

const root = "#/components/schemas/S"

// rebased is a schema whose references start at the document instead of at the schema.
func rebased(node any) any {
	switch n := node.(type) {
	case []any:
		out := make([]any, len(n))
		for i := range n {
			out[i] = rebased(n[i])
		}
		return out
	case map[string]any:
		if _, own := n["$id"].(string); own {
			return n // references start at the schema that has an address
		}
		out := map[string]any{}
		for key, value := range n {
			out[key] = value
			text, isText := value.(string)
			switch {
			case (key == "$ref" || key == "$dynamicRef") && isText && (text == "#" || strings.HasPrefix(text, "#/")):
				out[key] = root + text[1:]
			case key != "enum" && key != "const":
				out[key] = rebased(value)
			}
		}
		return out
	}
	return node
}

// anywhere reports whether a node of a schema has one of the keys with a value of that kind.
func anywhere(node any, is func(key string, value any) bool) bool {
	switch n := node.(type) {
	case []any:
		return slices.ContainsFunc(n, func(one any) bool { return anywhere(one, is) })
	case map[string]any:
		for key, value := range n {
			if is(key, value) || anywhere(value, is) {
				return true
			}
		}
	}
	return false
}

// foreign reports whether a schema needs an address of its own, other documents, or another dialect, which schemas inside an
// OpenAPI document that is one file do without.
func foreign(schema any) bool {
	return anywhere(schema, func(key string, value any) bool {
		text, isText := value.(string)
		switch key {
		case "$id", "id":
			return isText
		case "$ref", "$dynamicRef":
			return isText && !strings.HasPrefix(text, "#")
		case "$vocabulary":
			return true
		}
		return false
	})
}

// foreign31 reports whether a schema needs other documents, another dialect, or dynamic references between several resources,
// which are refused.
func foreign31(schema any) bool {
	resources, dynamic := 0, false
	return anywhere(schema, func(key string, value any) bool {
		text, isText := value.(string)
		switch key {
		case "$id":
			if isText {
				resources++
			}
		case "$dynamicRef":
			dynamic = true
		case "$schema":
			return isText && strings.HasPrefix(text, "http://localhost")
		case "$vocabulary":
			return true
		}
		return false
	}) || dynamic && resources > 0
}

// leadsOut reports whether a document was refused since it refers to others.
func leadsOut(err error) bool {
	return err != nil && slices.ContainsFunc([]string{"only local files are read", "only relative paths to .json and .yaml files", "no such file or directory"},
		func(words string) bool { return strings.Contains(err.Error(), words) })
}

// beyond30 reports whether a schema has what OpenAPI 3.0 took out of draft 4.
func beyond30(schema any) bool {
	_, isObject := schema.(map[string]any)
	return !isObject || anywhere(schema, func(key string, value any) bool {
		_, isList := value.([]any)
		_, isMap := value.(map[string]any)
		switch key {
		case "patternProperties", "dependencies", "additionalItems", "definitions":
			return true
		case "type":
			return isList || value == "null"
		case "items":
			return isList || !isMap
		}
		return false
	})
}

func judged(t *testing.T, j *judge.Judge, body []byte) error {
	t.Helper()
	r, err := http.NewRequest("GET", "http://localhost/x", nil)
	if err != nil {
		t.Fatal(err)
	}
	resp := &http.Response{StatusCode: 200, Header: http.Header{"Content-Type": {"application/json"}},
		Body: io.NopCloser(strings.NewReader(string(body))), ContentLength: -1}
	return j.Response(r, resp).Err()
}

func every(group, json.RawMessage) bool { return true }

// compare fails where the judge and the suite disagree and no reason is known, and where a reason is not needed any more.
func compare(t *testing.T, s *score, least int, reasons map[string]string) {
	t.Helper()
	t.Logf("%d of %d agree", s.total-len(s.disagree), s.total)
	if s.total < least {
		t.Errorf("only %d values were judged, want %d or more", s.total, least)
	}
	for _, name := range slices.Sorted(maps.Keys(s.disagree)) {
		if reasons[name] == "" {
			t.Errorf("%s: %.300s", name, s.disagree[name])
		}
	}
	for _, name := range slices.Sorted(maps.Keys(reasons)) {
		if s.disagree[name] == "" {
			t.Errorf("%s: the judge agrees; take it off the list of exceptions", name)
		}
	}
}

func TestOpenAPI31AgreesWithDraft202012(t *testing.T) {
	compare(t, agreement(t, suiteFiles(t, "draft2020-12/*.json"), "3.1.0",
		func(s any) (any, bool) { return s, !foreign31(s) }, every), 1210, nil)
}

func TestOpenAPI30AgreesWithDraft4(t *testing.T) {
	compare(t, agreement(t, suiteFiles(t, "draft4/*.json"), "3.0.3",
		func(s any) (any, bool) { return s, !foreign(s) && !beyond30(s) }, every), 390, nil)
}

// In OpenAPI a format stands beside the type string, so that the suite's values of other types are left out.
func TestFormatsAgreeWithTheSuite(t *testing.T) {
	withType := func(s any) (any, bool) {
		object := maps.Clone(s.(map[string]any))
		object["type"] = "string"
		return object, true
	}
	texts := func(_ group, value json.RawMessage) bool { return strings.HasPrefix(string(value), `"`) }
	compare(t, agreement(t, suiteFiles(t, "draft2020-12/optional/format/*.json"), "3.1.0", withType, texts), 640, map[string]string{
		"idn-email: validation of an internationalized e-mail addresses: a domain label that is not in Unicode NFC is valid":   "package idna takes names in NFC only, as registries do",
		"idn-hostname: validation of internationalized host names: A-label that decodes to a disallowed code point is invalid": "package idna has the tables of UTS 46, which allow the code point",
	})
	compare(t, agreement(t, suiteFiles(t, "draft4/optional/format/*.json"), "3.0.3", withType, texts), 160, nil)
}
