package facts

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// documentWith is a document of one operation, with a part of it written out.
func documentWith(security, parameter, schema, media, header string) string {
	return fmt.Sprintf(`{"openapi": "3.1.0", "info": {"title": "t", "version": "1"}, "paths": {"/x": {"post": {"operationId": "op", %s
	"parameters": [{"name": "q", "in": "query" %s}],
	"requestBody": {"content": {"application/json": {"schema": {%s} %s}}},
	"responses": {"200": {"description": "", "headers": {"X-A": {"schema": {"type": "string"} %s}}}}}}},
	"components": {"securitySchemes": {"A": {"type": "http", "scheme": "bearer"}, "B": {"type": "apiKey", "in": "header", "name": "X-Key"}}}}`,
		security, parameter, schema, media, header)
}

// What only documents say is a fact each, and a record keeps it.
func TestKeywordsAreFactsThatARecordKeeps(t *testing.T) {
	for name, c := range map[string]struct {
		document string
		place    Place
		aspect   Aspect
		want     string
	}{
		"not":                  {documentWith("", "", `"not": {"type": "null"}`, "", ""), "body", "not", `{"type":"null"}`},
		"const":                {documentWith("", "", `"const": 1.0`, "", ""), "body", "const", `1`},
		"closed":               {documentWith("", "", `"type": "object", "additionalProperties": false`, "", ""), "body", "additionalProperties", `false`},
		"discriminator":        {documentWith("", "", `"oneOf": [{"type": "string"}], "discriminator": {"propertyName": "k"}`, "", ""), "body", "discriminator", `{"propertyName":"k"}`},
		"both unions":          {documentWith("", "", `"oneOf": [{"type": "string"}], "anyOf": [{"maxLength": 3}]`, "", ""), "body", "anyOf", `[{"maxLength":3}]`},
		"type of a union":      {documentWith("", "", `"oneOf": [{"maxLength": 3}], "type": "string"`, "", ""), "body", "key type", `"string"`},
		"second part":          {documentWith("", "", `"allOf": [{"minLength": 1}, {"minLength": 5}]`, "", ""), "body", AllOf, `[{"minLength":5}]`},
		"second property":      {documentWith("", "", `"allOf": [{"properties": {"a": {"type": "string"}}}, {"properties": {"a": {"minLength": 5}}}]`, "", ""), "body.a", "minLength", `5`},
		"required alone":       {documentWith("", "", `"anyOf": [{"required": ["b", "a"]}]`, "", ""), "body|0", "key required", `["a","b"]`},
		"false":                {documentWith("", "", `"type": "object", "properties": {"a": false}`, "", ""), "body.a", "not", `{}`},
		"unknown":              {documentWith("", "", `"later": {"description": "words", "type": "string"}`, "", ""), "body", "later", `{"type":"string"}`},
		"property description": {documentWith("", "", `"if": {"properties": {"description": {"const": "a"}}}`, "", ""), "body", "if", `{"properties":{"description":{"const":"a"}}}`},
		"style":                {documentWith("", `, "style": "pipeDelimited", "explode": false, "schema": {"type": "array", "items": {}}`, "", "", ""), "query.q", "style", `"pipeDelimited"`},
		"usual style":          {documentWith("", `, "style": "form", "explode": true, "schema": {"type": "string"}`, "", "", ""), "query.q", "style", ``},
		"explode":              {documentWith("", `, "explode": false, "schema": {"type": "array", "items": {}}`, "", "", ""), "query.q", "explode", `false`},
		"content":              {documentWith("", `, "content": {"application/json": {"schema": {"type": "object"}}}`, "", "", ""), "query.q", MediaType, `application/json`},
		"encoding":             {documentWith("", "", `"type": "object"`, `, "encoding": {"a": {"contentType": "text/csv"}}`, ""), "body", "encoding", `{"a":{"contentType":"text/csv"}}`},
		"required header":      {documentWith("", "", "", "", `, "required": true`), "response.200#X-A", Required, `true`},
		"extension":            {documentWith("", "", `"x-extensible-enum": ["a", "b"]`, "", ""), "body", "x-extensible-enum", `["a","b"]`},
		"one http scheme":      {documentWith(`"security": [{"A": []}],`, "", "", "", ""), "auth", Security, ``},
		"the same twice":       {documentWith(`"security": [{"A": []}, {"A": []}],`, "", "", "", ""), "auth", Security, ``},
		"one or nothing":       {documentWith(`"security": [{"A": []}, {}],`, "", "", "", ""), "auth", Security, `[[{"scheme":"bearer","type":"http"}],[]]`},
		"both":                 {documentWith(`"security": [{"B": [], "A": []}],`, "", "", "", ""), "auth", Security, `[[{"in":"header","name":"X-Key","type":"apiKey"},{"scheme":"bearer","type":"http"}]]`},
		"one or the other":     {documentWith(`"security": [{"A": []}, {"B": ["r"]}],`, "", "", "", ""), "auth", Security, `[[{"scheme":"bearer","type":"http"}],[{"in":"header","name":"X-Key","requires":["r"],"type":"apiKey"}]]`},
	} {
		t.Run(name, func(t *testing.T) {
			document, err := Read("a.json", []byte(c.document))
			if err != nil {
				t.Fatal(err)
			}
			if got := document.Operations[0].Value(c.place, c.aspect); got != c.want {
				t.Errorf("%s of %s is %s, want %s", c.aspect, c.place, got, c.want)
			}
			written, err := Write(document.Operations, WriteOptions{})
			if err != nil {
				t.Fatal(err)
			}
			data, err := EncodeYAML(written)
			if err != nil {
				t.Fatal(err)
			}
			record, err := Read("docs.yaml", data)
			if err != nil {
				t.Fatal(err)
			}
			if was, is := listed(document.Operations[0]), listed(record.Operations[0]); was != is {
				t.Errorf("read:\n%s\nafter the record:\n%s\n%s", was, is, data)
			}
		})
	}
}

// listed are the facts of an operation, of which the first about a place and aspect counts.
func listed(op *Operation) string {
	var lines []string
	for _, f := range op.Facts {
		line := fmt.Sprintf("%s %s %s", f.Place, f.Aspect, op.Value(f.Place, f.Aspect))
		if !slices.Contains(lines, line) {
			lines = append(lines, line)
		}
	}
	slices.Sort(lines)
	return strings.Join(lines, "\n")
}

func TestTheOrderOfAlternativesMeansNothing(t *testing.T) {
	one, other := `[[{"type":"http"}],[]]`, `[[],[{"type":"http"}]]`
	if !Security.Same(one, other) || Security.Same(one, `[[]]`) || Enum.Same(one, other) {
		t.Error("only the order of alternatives of security means nothing")
	}
	if got := SecurityWords(one); got != "http, or nothing" {
		t.Error(got)
	}
}
