package sample_test

import (
	"encoding/json"
	"slices"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/highlevel-go/snapshots/conformance/sample"
)

func parse(t *testing.T, text string) *openapi3.Schema {
	t.Helper()
	var s openapi3.Schema
	if err := json.Unmarshal([]byte(text), &s); err != nil {
		t.Fatal(err)
	}
	return &s
}

func TestVariantsHaveEveryEnumValueAndBranchAtAnyDepth(t *testing.T) {
	s := parse(t, `{"type":"object","properties":{
		"list":{"type":"array","items":{"type":"object","properties":{"color":{"type":"string","enum":["red","blue"]}}}},
		"choice":{"oneOf":[{"type":"string"},{"type":"integer"}]},
		"map":{"type":"object","additionalProperties":{"type":"boolean"}}}}`)
	var got []string
	for _, v := range sample.Variants(s) {
		if err := s.VisitJSON(v); err != nil {
			t.Errorf("%v is not valid: %v", v, err)
		}
		text, _ := json.Marshal(v)
		got = append(got, string(text))
	}
	for _, want := range []string{
		`{"choice":"text","list":[{"color":"red"}],"map":{"more":true}}`,
		`{"choice":"text","list":[{"color":"blue"}],"map":{"more":true}}`,
		`{"choice":1,"list":[{"color":"red"}],"map":{"more":true}}`,
		`{"choice":"text","list":[{"color":"red"}],"map":{"more":false}}`,
	} {
		if !slices.Contains(got, want) {
			t.Errorf("%s is not among %s", want, got)
		}
	}
}

func TestFullTakesTheBranchOfAChoiceThatIsTheOnlyOneToFit(t *testing.T) {
	s := parse(t, `{"oneOf":[
		{"type":"object","required":["a"],"properties":{"a":{"type":"string"},"b":{"type":"string"}}},
		{"type":"object","required":["b"],"properties":{"b":{"type":"string"}}}]}`)
	if v := sample.Full(s); s.VisitJSON(v) != nil {
		t.Errorf("%v fits both branches", v)
	}
}

func TestAConstantIsTheOnlyValue(t *testing.T) {
	s := parse(t, `{"type":"string","const":"c"}`)
	if full, drawn := sample.Full(s), sample.Valid(s).Example(1); full != "c" || drawn != "c" {
		t.Errorf("got %v and %v", full, drawn)
	}
}

func TestFullGoesDownAsFarAsRequiredKeysDo(t *testing.T) {
	text := `{"type":"string"}`
	for range 12 {
		text = `{"type":"object","required":["x"],"properties":{"x":` + text + `}}`
	}
	s := parse(t, text)
	if v := sample.Full(s); s.VisitJSON(v) != nil {
		t.Errorf("%v is not valid", v)
	}
}

func TestFullEndsWhereASchemaHoldsItself(t *testing.T) {
	s := parse(t, `{"type":"object","properties":{"name":{"type":"string"}}}`)
	s.Properties["self"] = openapi3.NewSchemaRef("", s)
	if v, ok := sample.Full(s).(map[string]any); !ok || v["name"] != "text" {
		t.Errorf("got %v", v)
	}
}
