package main

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/highlevel-go/snapshots/gen/client"
)

// constructs are those of OpenAPI 3.0 and 3.1 by the names that docs/openapi-support.md has for them. Each is a piece of a
// document: what stands in braces goes to the place, which is a key of places.
var constructs = []struct{ place, name, text string }{
	{"document", "servers, with variables", "servers: [{url: 'https://{a}.test', variables: {a: {default: b}}}]"},
	{"document", "a server with a query, another scheme, or a variable without a default", "servers: [{url: 'https://a.test?b=c'}]"},
	{"document", "security", "security: [{k: []}]\ncomponents: {securitySchemes: {k: {type: apiKey, in: header, name: K}}}"},
	{"document", "tags, externalDocs", "tags: [{name: a}]\nexternalDocs: {url: 'https://a.test'}"},
	{"document", "webhooks", "webhooks: {a: {post: {responses: {'200': {description: ok}}}}}"},
	{"document", "jsonSchemaDialect", "jsonSchemaDialect: 'https://json-schema.org/draft/2020-12/schema'"},
	{"document", "components.pathItems", "components: {pathItems: {a: {get: {responses: {'200': {description: ok}}}}}}"},
	{"path", "summary, description", "summary: a\n    description: b"},
	{"path", "servers", "servers: [{url: 'https://b.test'}]"},
	{"path", "parameters", "parameters: [{name: a, in: query, schema: {type: string}}]"},
	{"path", "get, put, post, delete, options, head, patch, trace", "trace: {responses: {'200': {description: ok}}}\n    head: {responses: {'200': {description: ok}}}"},
	{"operation", "servers", "servers: [{url: 'https://b.test'}]"},
	{"operation", "security", "security: [{}]"},
	{"operation", "deprecated", "deprecated: true"},
	{"operation", "callbacks", "callbacks: {a: {'{$request.body#/a}': {post: {responses: {'200': {description: ok}}}}}}"},
	{"parameter", "in: path, without a parameter object", ""},
	{"parameter", "in: query", "{name: a, in: query, schema: {type: string}}"},
	{"parameter", "in: header", "{name: a, in: header, schema: {type: string}}"},
	{"parameter", "in: header, with a name of the engine's", "{name: Authorization, in: header, schema: {type: string}}"},
	{"parameter", "in: cookie", "{name: a, in: cookie, schema: {type: string}}"},
	{"parameter", "content", "{name: a, in: query, content: {application/json: {schema: {type: object, properties: {b: {type: string}}}}}}"},
	{"parameter", "allowReserved", "{name: a, in: query, allowReserved: true, schema: {type: string}}"},
	{"parameter", "allowEmptyValue", "{name: a, in: query, allowEmptyValue: true, schema: {type: string}}"},
	{"parameter", "allowEmptyValue of anything but a text", "{name: a, in: query, allowEmptyValue: true, schema: {type: boolean}}"},
	{"parameter", "style and explode that apply", "{name: a, in: query, style: pipeDelimited, schema: {type: array, items: {type: string}}}"},
	{"parameter", "style and explode that do not apply", "{name: a, in: query, style: deepObject, explode: true, schema: {type: string}}"},
	{"parameter", "a value that may be a list or an object, by no type or several", "{name: a, in: query, schema: {}}"},
	{"parameter", "a list or an object inside another, in a style", "{name: a, in: query, schema: {type: array, items: {type: object, properties: {b: {type: string}}}}}"},
	{"parameter", "a list or an object in a deepObject", "{name: a, in: query, style: deepObject, schema: {type: object, properties: {b: {type: array, items: {type: string}}}}}"},
	{"body", "application/json, and names that end in +json", "application/vnd.a+json: {schema: {type: object, properties: {a: {type: string}}}}"},
	{"body", "application/x-www-form-urlencoded", "application/x-www-form-urlencoded: {schema: {type: object, properties: {a: {type: string}}}}"},
	{"body", "multipart/form-data", "multipart/form-data: {schema: {type: object, properties: {a: {type: string, format: binary}}}}"},
	{"body", "text/plain and other texts", "text/csv: {schema: {type: string}}"},
	{"body", "any other media type", "application/pdf: {}"},
	{"body", "a range of media types, as image/*", "image/*: {schema: {type: string, format: binary}}"},
	{"body", "multipart/mixed and other multipart types", "multipart/mixed: {schema: {type: object, properties: {a: {type: string}}}}, multipart/related: {schema: {type: string}}"},
	{"body", "several media types", "application/json: {schema: {type: object, properties: {a: {type: string}}}}, application/xml: {}"},
	{"body", "null, where a JSON body of fields, or one that may be left out, allows it", "application/json: {schema: {type: [object, 'null'], properties: {a: {type: string}}}}"},
	{"body", "a form that is not an object", "multipart/form-data: {schema: {type: array, items: {type: string}}}"},
	{"body", "encoding: style, explode", "application/x-www-form-urlencoded: {encoding: {a: {style: form, explode: false}}, schema: {type: object, properties: {a: {type: array, items: {type: string}}}}}"},
	{"body", "encoding: contentType", "multipart/form-data: {encoding: {a: {contentType: image/png}}, schema: {type: object, properties: {a: {type: string, format: binary}}}}"},
	{"body", "encoding: contentType of an object that is not JSON", "multipart/form-data: {encoding: {a: {contentType: text/csv}}, schema: {type: object, properties: {a: {type: object, properties: {b: {type: string}}}}}}"},
	{"body", "encoding: allowReserved without a style", "application/x-www-form-urlencoded: {encoding: {a: {allowReserved: true}}, schema: {type: object, properties: {a: {type: string}}}}"},
	{"body", "encoding: headers", "multipart/form-data: {encoding: {a: {headers: {X-A: {schema: {type: string}}}}}, schema: {type: object, properties: {a: {type: string, format: binary}}}}"},
	{"answer", "application/json", "'200': {description: ok, content: {application/json: {schema: {type: string}}}}"},
	{"answer", "any other media type", "'200': {description: ok, content: {application/pdf: {}}}"},
	{"answer", "JSON beside another media type", "'200': {description: ok, content: {application/json: {schema: {type: string}}, application/pdf: {}}}"},
	{"answer", "a success of another media type beside one of JSON", "'200': {description: ok, content: {application/json: {schema: {type: string}}}}, '203': {description: ok, content: {application/pdf: {}}}"},
	{"answer", "successes with different schemas", "'200': {description: ok, content: {application/json: {schema: {type: string}}}}, '201': {description: ok, content: {application/json: {schema: {type: integer}}}}"},
	{"answer", "a success without content beside one with content", "'200': {description: ok, content: {application/json: {schema: {type: string}}}}, '204': {description: ok}"},
	{"answer", "2XX, default", "2XX: {description: ok}, default: {description: no, content: {application/json: {schema: {type: object}}}}"},
	{"answer", "any content of HEAD", "'204': {description: ok}}\n    head:\n      operationId: headA\n      responses: {'200': {description: ok, content: {application/json: {schema: {type: string}}}}"},
	{"answer", "headers", "'200': {description: ok, headers: {X-A: {schema: {type: string}}}}"},
	{"answer", "links", "'200': {description: ok, links: {a: {operationId: getA}}}"},
	{"schema", "type: string, integer, number, boolean, array, object", "{type: object, properties: {b: {type: array, items: {type: integer}}}}"},
	{"schema", "a list of types", "{type: [string, integer]}"},
	{"schema", "nullable, type: null", "{type: [string, 'null']}"},
	{"schema", "true, false", "true"},
	{"schema", "enum", "{type: string, enum: [a, b]}"},
	{"schema", "enum of more than one type", "{enum: [a, 1]}"},
	{"schema", "const", "{const: a}"},
	{"schema", "default", "{type: integer, default: 5}"},
	{"schema", "format", "{type: string, format: date-time}"},
	{"schema", "minimum, maximum, exclusiveMinimum, exclusiveMaximum", "{type: integer, minimum: 1, exclusiveMaximum: 5}"},
	{"schema", "multipleOf of a whole number", "{type: integer, multipleOf: 5}"},
	{"schema", "multipleOf of any other", "{type: number, multipleOf: 0.5}"},
	{"schema", "minLength, maxLength", "{type: string, minLength: 1, maxLength: 5}"},
	{"schema", "pattern", "{type: string, pattern: '^a'}"},
	{"schema", "pattern that RE2 does not know", "{type: string, pattern: '(?=a)b'}"},
	{"schema", "minItems, maxItems, uniqueItems", "{type: array, minItems: 1, maxItems: 5, uniqueItems: true, items: {type: string}}"},
	{"schema", "required, properties", "{type: object, required: [b], properties: {b: {type: string}}}"},
	{"schema", "a property that no struct tag can hold", "{type: object, properties: {'b\"c': {type: string}}}"},
	{"schema", "additionalProperties", "{type: object, additionalProperties: {type: string}}"},
	{"schema", "minProperties, maxProperties", "{type: object, minProperties: 1}"},
	{"schema", "readOnly, writeOnly", "{type: string, readOnly: true}"},
	{"schema", "allOf", "{allOf: [{type: object, properties: {b: {type: string}}}, {type: object, properties: {c: {type: string}}}]}"},
	{"schema", "allOf of texts, numbers or lists", "{allOf: [{type: string, x-other: b}, {type: string, minLength: 1}]}"},
	{"schema", "allOf whose members contradict each other", "{allOf: [{type: string}, {type: integer}]}"},
	{"schema", "oneOf, anyOf", "{oneOf: [{type: string}, {type: object, properties: {b: {type: string}}}]}"},
	{"schema", "oneOf, anyOf of constants or enums", "{oneOf: [{const: a, title: A}, {enum: [b, c]}, {type: 'null'}]}"},
	{"schema", "oneOf, anyOf that only demand something, as required", "{type: object, properties: {b: {type: string}, c: {type: string}}, anyOf: [{required: [b]}, {required: [c]}]}"},
	{"schema", "oneOf beside properties", "{type: object, properties: {d: {type: string}}, oneOf: [{type: object, properties: {b: {type: string}}}, {type: object, properties: {c: {type: string}}}]}"},
	{"schema", "not", "{type: string, not: {enum: [a]}}"},
	{"schema", "if, then, else", "{type: string, if: {minLength: 1}, then: {maxLength: 5}}"},
	{"schema", "dependentRequired, dependentSchemas", "{type: object, properties: {b: {type: string}}, dependentRequired: {b: [c]}}"},
	{"schema", "patternProperties, propertyNames", "{type: object, properties: {b: {type: string}}, patternProperties: {'^x': {type: string}}}"},
	{"schema", "contains", "{type: array, items: {type: string}, contains: {const: a}}"},
	{"schema", "contentMediaType, contentEncoding", "{type: string, contentMediaType: image/png}"},
	{"schema", "$ref to a component", "{$ref: '#/components/schemas/S'}"},
	{"schema", "keywords beside a $ref", "{$ref: '#/components/schemas/S', description: b}"},
	{"schema", "$ref to an $anchor", "{$ref: '#anchor'}"},
	{"schema", "$ref to an $id", "{$ref: 'https://a.test/id'}"},
	{"schema", "$dynamicRef", "{$dynamicRef: '#anchor'}"},
	{"schema", "prefixItems", "{type: array, prefixItems: [{type: string}], items: {type: integer}}"},
	{"schema", "unevaluatedProperties, unevaluatedItems", "{type: object, properties: {b: {type: string}}, unevaluatedProperties: false}"},
	{"schema", "$ref to the network", "{$ref: 'https://a.test/a.yaml'}"},
	{"schema", "discriminator of oneOf", "{oneOf: [{$ref: '#/components/schemas/S'}, {$ref: '#/components/schemas/T'}], discriminator: {propertyName: k}}"},
	{"schema", "discriminator of inheritance", "{$ref: '#/components/schemas/Parent'}"},
	{"schema", "xml", "{type: string, xml: {name: b}}"},
	{"schema", "example, examples, title, description, deprecated, externalDocs", "{type: string, example: b, title: c, deprecated: true}"},
	{"schema", "extensions of other tools", "{type: string, x-other: b}"},
	{"security", "http: bearer; oauth2; openIdConnect", "{type: http, scheme: bearer}"},
	{"security", "apiKey in header, query or cookie", "{type: apiKey, in: query, name: K}"},
	{"security", "http: basic", "{type: http, scheme: basic}"},
	{"security", "http: any other scheme", "{type: http, scheme: digest}"},
	{"security", "two schemes that both are the header Authorization", "{type: http, scheme: basic}, l: {type: http, scheme: bearer}"},
	{"security", "mutualTLS", "{type: mutualTLS}"},
}

// supportDocument returns a document with a construct in its place.
func supportDocument(place, text string) string {
	parts := map[string]string{place: text}
	part := func(place, usual string) string {
		if text, ok := parts[place]; ok {
			return text
		}
		return usual
	}
	path, parameters := "/a", "["+part("parameter", "")+"]"
	if place == "parameter" && text == "" {
		path, parameters = "/a/{b}", "[]"
	}
	spec := "openapi: 3.1.0\ninfo: {title: T, version: '1'}\n" + part("document", "servers: [{url: 'https://a.test'}]") + "\npaths:\n  " + path + ":\n    " + part("path", "summary: a") +
		"\n    post:\n      operationId: postA\n      " + part("operation", "summary: a") + "\n      parameters: " + parameters +
		"\n      requestBody: {required: true, content: {" + part("body", "application/json: {schema: {type: object, properties: {a: "+part("schema", "{type: string}")+"}}}") + "}}" +
		"\n      responses: {" + part("answer", "'204': {description: ok}") + "}\n"
	switch place {
	case "document":
	case "security":
		both := ""
		if strings.Contains(text, "l: {") {
			both = ", l: []"
		}
		spec += "security: [{k: []" + both + "}]\ncomponents: {securitySchemes: {k: " + text + "}}\n"
	default:
		spec += `components:
  schemas:
    S: {$anchor: anchor, type: object, properties: {k: {type: string}}}
    T: {type: object, properties: {k: {type: string}}}
    Parent: {type: object, properties: {k: {type: string}}, discriminator: {propertyName: k}}
    Child: {allOf: [{$ref: '#/components/schemas/Parent'}, {type: object, properties: {c: {type: string}}}]}
`
	}
	return spec
}

// TestSupportIsAsDocumented generates from each construct, and compares what came of it with the table in the docs: it is
// supported, generates with a note, or is refused.
func TestSupportIsAsDocumented(t *testing.T) {
	const docs = "../docs/openapi-support.md"
	text, err := os.ReadFile(docs)
	if err != nil {
		t.Fatal(err)
	}
	documented := map[string]string{}
	place := ""
	for line := range strings.Lines(string(text)) {
		if heading, ok := strings.CutPrefix(line, "## "); ok {
			place = strings.ToLower(strings.TrimSpace(heading))
		}
		if cells := strings.Split(line, "|"); len(cells) == 5 && !strings.Contains(line, "---") && strings.TrimSpace(cells[1]) != "construct" {
			documented[place+": "+strings.ReplaceAll(strings.TrimSpace(cells[1]), "`", "")] = strings.TrimSpace(cells[2])
		}
	}
	for _, c := range constructs {
		got := "supported"
		switch _, notes, err := generate(write(t, "spec.yaml", supportDocument(c.place, c.text)), "p", client.Extras{}); {
		case err != nil:
			got = "refused"
			if !strings.Contains(err.Error(), "spec.yaml:") {
				t.Errorf("%s: the refusal names no line: %v", c.name, err)
			}
		case len(notes) > 0:
			got = "noted"
		}
		name := c.place + ": " + c.name
		if documented[name] != got {
			t.Errorf("%s is %s, and %q in %s", name, got, documented[name], docs)
		}
		delete(documented, name)
	}
	for name := range documented {
		t.Errorf("%s has %s, which no test tries", docs, name)
	}
	if testing.Verbose() {
		fmt.Println(len(constructs), "constructs")
	}
}
