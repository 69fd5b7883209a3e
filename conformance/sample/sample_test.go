package sample_test

import (
	"context"
	"encoding/json"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/highlevel-go/snapshots/conformance/sample"
	"github.com/highlevel-go/snapshots/spec"
	"pgregory.net/rapid"
)

const shapes = `
openapi: 3.0.3
info: { title: t, version: "1" }
paths: {}
components:
  schemas:
    All: { allOf: [ { $ref: "#/components/schemas/Object" }, { type: object, required: [n], properties: { n: { type: number, minimum: 2, maximum: 3, multipleOf: 0.5 } } } ] }
    Object:
      type: object
      required: [a]
      properties:
        a: { type: string, minLength: 2, maxLength: 5 }
        day: { type: string, format: date }
        at: { type: string, format: date-time }
        id: { type: string, format: uuid }
        code: { type: string, pattern: "^[A-Z]{3}$", example: ABC }
        list: { type: array, minItems: 1, maxItems: 2, items: { type: integer, enum: [1, 2] } }
        unique: { type: array, uniqueItems: true, items: { type: boolean } }
        either: { anyOf: [ { type: string }, { type: integer } ] }
        self: { $ref: "#/components/schemas/Object" }
        kin: { type: array, items: { $ref: "#/components/schemas/Object" } }
        pet: { $ref: "#/components/schemas/Pet" }
        more: { type: object, additionalProperties: { type: integer } }
    Pet:
      oneOf: [ { $ref: "#/components/schemas/Cat" }, { $ref: "#/components/schemas/Dog" } ]
      discriminator: { propertyName: kind, mapping: { kitty: "#/components/schemas/Cat", Dog: "#/components/schemas/Dog" } }
    Cat: { type: object, required: [kind], properties: { kind: { type: string }, lives: { type: integer } } }
    Dog: { type: object, required: [kind], properties: { kind: { type: string }, bark: { type: boolean } } }
    Choice: { type: object, required: [kind], properties: { kind: { type: string } }, oneOf: [ { required: [n], properties: { n: { type: integer } } }, { required: [t], properties: { t: { type: string } } } ] }
    Beside: { allOf: [ { $ref: "#/components/schemas/Dog" } ], type: object, required: [name], properties: { name: { type: string } } }
`

func schemas(t *testing.T) map[string]*openapi3.Schema {
	t.Helper()
	out := map[string]*openapi3.Schema{}
	for _, data := range [][]byte{spec.Snapshots, []byte(shapes)} {
		doc, err := openapi3.NewLoader().LoadFromData(data)
		if err != nil {
			t.Fatal(err)
		}
		if err := doc.Validate(context.Background()); err != nil {
			t.Fatal(err)
		}
		for name, ref := range doc.Components.Schemas {
			out[name] = ref.Value
		}
	}
	return out
}

func TestFullValueFollowsItsSchema(t *testing.T) {
	for name, s := range schemas(t) {
		if err := s.VisitJSON(sample.Full(s)); err != nil {
			t.Errorf("%s: %v: %v", name, sample.Full(s), err)
		}
	}
}

func TestRandomValuesFollowTheirSchema(t *testing.T) {
	for name, s := range schemas(t) {
		if name == "All" {
			continue // multipleOf is not drawn at random
		}
		t.Run(name, rapid.MakeCheck(func(t *rapid.T) {
			value := sample.Valid(s).Draw(t, "value")
			if err := s.VisitJSON(value); err != nil {
				t.Fatalf("%v: %v", value, err)
			}
		}))
	}
}

func TestWhatDoesNotTravelIsLeftOutUnderEveryKey(t *testing.T) {
	s := parse(t, `{"type":"object","additionalProperties":{"type":"object","required":["name"],"properties":{"id":{"type":"string","readOnly":true},"name":{"type":"string"}}}}`)
	if got := jsonOf(t, sample.Filled(s, map[string]any{"a": map[string]any{"name": ""}})); got != `{"a":{"name":"text"}}` {
		t.Errorf("with what is required it is %s", got)
	}
	got := jsonOf(t, sample.Sent(s, sample.Full(s)))
	if want := `{"more":{"name":"text"}}`; got != want {
		t.Errorf("%s is sent, want %s", got, want)
	}
}

func jsonOf(t *testing.T, value any) string {
	t.Helper()
	text, err := json.Marshal(value)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestEachWrongValueBreaksItsKeyword(t *testing.T) {
	seen := map[string]bool{}
	for name, s := range schemas(t) {
		for _, w := range sample.Wrongs(s) {
			seen[w.Keyword] = true
			err := s.VisitJSON(w.Value)
			if err == nil {
				t.Errorf("%s: %s at %s is accepted", name, w.Keyword, w.Path)
			} else if text := err.Error(); !strings.Contains(text, w.Path) && w.Path != "" {
				t.Errorf("%s: %s at %s is refused elsewhere: %s", name, w.Keyword, w.Path, text)
			}
		}
	}
	for _, keyword := range strings.Fields("type enum required oneOf anyOf format minimum maximum multipleOf minLength maxLength pattern minItems maxItems uniqueItems") {
		if !seen[keyword] {
			t.Errorf("%s was never broken", keyword)
		}
	}
}
