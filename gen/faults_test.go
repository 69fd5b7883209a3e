package main

import (
	"fmt"
	"strings"
	"testing"

	"github.com/highlevel-go/snapshots/gen/client"
)

// head begins a document; the first line after it is line 4.
const head = "openapi: 3.0.3\ninfo: {title: T, version: '1'}\npaths:\n"

// op is one operation, in which %s stands for a line of its own at line 6.
const op = "  /a:\n    get:\n      operationId: getA\n"

const ok = "      responses: {'200': {description: ok}}\n"

func TestFaultsNameTheirLine(t *testing.T) {
	for _, c := range []struct {
		name, spec string
		want       []string
	}{
		{"empty file", "", []string{"spec.yaml", "empty"}},
		{"not YAML", "openapi: 3.0.0\ninfo: [", []string{"spec.yaml:", "not YAML or JSON"}},
		{"tabs", "openapi: 3.0.0\n\tinfo: x\n", []string{"spec.yaml:2: not YAML or JSON"}},
		{"HTML page", "<html><body>502 Bad Gateway</body></html>", []string{"spec.yaml:1: not an OpenAPI document"}},
		{"a list", "- a\n- b\n", []string{"spec.yaml:1: not an OpenAPI document"}},
		{"no version", "info: {}\n", []string{"no openapi version"}},
		{"Swagger 2", "swagger: '2.0'\n", []string{"spec.yaml:1: this is Swagger 2.0"}},
		{"OpenAPI 4", "openapi: 4.0.0\n", []string{`spec.yaml:1: openapi: "4.0.0" is not a version of OpenAPI 3`}},
		{"cut in the middle", head + op + "      responses: {'200': {descr", []string{"spec.yaml:", "not YAML or JSON"}},
		{"doubled key", head + op + ok + ok, []string{"spec.yaml:8:", `the key "responses" is there twice; first at line 7`}},
		{"no paths", "openapi: 3.0.3\ninfo: {title: T, version: '1'}\n", []string{"no paths"}},
		{"ref to nothing", head + op + "      parameters: [{$ref: '#/components/parameters/Nope'}]\n" + ok, []string{"spec.yaml:7:", `"#/components/parameters/Nope" points at nothing`, "/parameters/0/$ref"}},
		{"ref to the network", head + op + "      parameters: [{$ref: 'https://a.test/x.yaml#/a'}]\n" + ok, []string{"spec.yaml:7:", "only local files are read"}},
		{"ref to a system file", head + op + "      parameters: [{$ref: '/etc/passwd'}]\n" + ok, []string{"spec.yaml:7:", "absolute path"}},
		{"ref to a missing file", head + op + "      parameters: [{$ref: 'gone.yaml#/a'}]\n" + ok, []string{"spec.yaml:7:", "cannot be read", "no such file"}},
		{"misspelled x-go-name", head + op + "      x-go-nmae: A\n" + ok, []string{"spec.yaml:7:", "did you mean x-go-name?", "/paths/~1a/get/x-go-nmae"}},
		{"misspelled x-scopes", head + op + "      x-scope: [a]\n" + ok, []string{"spec.yaml:7:", "did you mean x-scopes?"}},
		{"bad Go name", head + op + "      x-go-name: 'a; os.Exit(1)'\n" + ok, []string{"spec.yaml:7:", "not an exported Go name"}},
		{"small Go name", head + op + "      x-go-name: get\n" + ok, []string{"spec.yaml:7:", "not an exported Go name"}},
		{"extension elsewhere", head + op + "      x-from-client: always\n" + ok, []string{"spec.yaml:7:", "does not belong on an operation, but on a parameter"}},
		{"bad x-from-client", head + op + "      parameters:\n        - {name: a, in: query, x-from-client: sometimes, schema: {type: string}}\n" + ok, []string{"spec.yaml:8:", `"sometimes" is not always or fallback`}},
		{"property always from the client", head + strings.Replace(op, "get:", "post:", 1) + "      requestBody: {content: {application/json: {schema: {type: object, properties: {a: {type: string, x-from-client: always}}}}}}\n" + ok, []string{"spec.yaml:7:", `"always" is not fallback`}},
		{"x-from-client in an object of the body", head + strings.Replace(op, "get:", "post:", 1) + "      requestBody: {content: {application/json: {schema: {type: object, properties: {a: {type: object, properties: {b: {type: string, x-from-client: fallback}}}}}}}}\n" + ok, []string{"spec.yaml:7:", "b is one of an object"}},
		{"x-from-client in an answer", head + op + "      responses: {'200': {description: ok, content: {application/json: {schema: {type: object, properties: {a: {type: string, x-from-client: fallback}}}}}}}\n", []string{"spec.yaml:7:", "a is one of an object"}},
		{"x-go-answer of an operation", head + op + "      x-go-answer: A\n" + ok, []string{"spec.yaml:7:", "does not belong on an operation, but on a response"}},
		{"x-go-answer that is no name", head + op + "      responses: {'200': {description: ok, x-go-answer: a, content: {application/json: {schema: {type: object}}}}}\n", []string{"spec.yaml:7:", "not an exported Go name"}},
		{"x-not-after nothing", head + op + "      parameters:\n        - {name: a, in: query, x-not-after: b, schema: {type: string, format: date-time}}\n" + ok, []string{"spec.yaml:8:", `x-not-after names "b"`}},
		{"x-not-after a text", head + op + "      parameters:\n        - {name: b, in: query, schema: {type: string}}\n        - {name: a, in: query, x-not-after: b, schema: {type: string, format: date-time}}\n" + ok, []string{"spec.yaml:9:", "two times"}},
		{"x-required-when nothing", head + op + "      parameters:\n        - {name: a, in: query, x-required-when: {b: [x]}, schema: {type: string}}\n" + ok, []string{"spec.yaml:8:", `names "b"`}},
		{"x-required-when an unknown value", head + op + "      parameters:\n        - {name: b, in: query, schema: {type: string, enum: [y]}}\n        - {name: a, in: query, x-required-when: {b: [x]}, schema: {type: string}}\n" + ok, []string{"spec.yaml:9:", `"x" is not a value of b (y)`}},
		{"fallback of a number", head + op + "      parameters:\n        - {name: a, in: query, x-from-client: fallback, schema: {type: integer, minimum: 1}}\n" + ok, []string{"spec.yaml:8:", "for strings"}},
		{"x-only-when-required alone", head + op + "      parameters:\n        - {name: a, in: query, x-only-when-required: true, schema: {type: string}}\n" + ok, []string{"spec.yaml:8:", "not stand beside x-required-when"}},
		{"x-required-in-success of nothing", head + op + "      x-required-in-success: [a]\n" + ok, []string{"spec.yaml:7:", `the response has no "a"`}},
		{"pagination without cursor", head + op + "      x-pagination: {items: a, item-cursor: b}\n" + ok, []string{"spec.yaml:7:", "needs cursor"}},
		{"pagination of nothing", head + op + "      x-pagination: {cursor: c, items: a, item-cursor: b}\n" + ok, []string{"spec.yaml:7:", `no query parameter "c"`}},
		{"two names", head + op + "      x-go-name: A\n" + ok + "    post:\n      x-go-name: A\n" + ok, []string{"spec.yaml:10:", "already the name of another operation"}},
		{"two fields of one name", head + op + "      parameters:\n        - {name: a, in: query, x-go-name: X, schema: {type: string}}\n        - {name: b, in: query, x-go-name: X, schema: {type: string}}\n" + ok, []string{"spec.yaml:9:", "already that of another field"}},
		{"enum names too few", head + op + "      parameters:\n        - {name: a, in: query, schema: {type: string, enum: [x, y], x-enum-varnames: [X]}}\n" + ok, []string{"spec.yaml:8:", "1 items for 2 values"}},
		{"required of a property", head + op + "      responses: {'200': {description: ok, content: {application/json: {schema: {type: object, properties: {a: {type: string, required: true}}}}}}}\n", []string{"spec.yaml:7:", "list of property names"}},
		{"unknown type", head + op + "      responses: {'200': {description: ok, content: {application/json: {schema: {type: strnig}}}}}\n", []string{"spec.yaml:7:", `unknown type "strnig"`}},
		{"property that no tag can hold", head + op + "      responses: {'200': {description: ok, content: {application/json: {schema: {type: object, properties: {'a\"b': {type: string}}}}}}}\n", []string{"spec.yaml:7:", "cannot be a Go field"}},
		{"allOf of itself", head + op + "      responses: {'200': {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/A'}}}}}\ncomponents:\n  schemas:\n    A: {allOf: [{$ref: '#/components/schemas/A'}, {type: object, properties: {a: {type: string}}}]}\n", []string{"spec.yaml:10:", "contains itself"}},
		{"list of itself", head + op + "      responses: {'200': {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/A'}}}}}\ncomponents:\n  schemas:\n    A: {type: array, items: {$ref: '#/components/schemas/A'}}\n", []string{"spec.yaml:10:", "contains only itself"}},
		{"allOf of a text and an object", head + op + "      responses: {'200': {description: ok, content: {application/json: {schema: {allOf: [{type: string}, {type: object, properties: {a: {type: string}}}]}}}}}\n", []string{"spec.yaml:7:", "only objects can be merged"}},
		{"parameter nowhere", head + op + "      parameters:\n        - {name: a, in: body, schema: {type: string}}\n" + ok, []string{"spec.yaml:8:", "not path, query, header or cookie"}},
		{"path parameter that is not in the path", head + op + "      parameters:\n        - {name: a, in: path, required: true, schema: {type: string}}\n" + ok, []string{"spec.yaml:8:", "is not in the path"}},
		{"path twice", "openapi: 3.0.3\ninfo: {title: T, version: '1'}\npaths:\n  /a: {get: {responses: {'200': {description: ok}}}}\n  /a: {put: {responses: {'200': {description: ok}}}}\n", []string{"spec.yaml:5:", `the key "/a" is there twice`}},
		{"ref to itself", head + op + "      responses: {'200': {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/A'}}}}}\ncomponents:\n  schemas:\n    A: {$ref: '#/components/schemas/B'}\n    B: {$ref: '#/components/schemas/A'}\n", []string{"spec.yaml:7:", "leads back to itself"}},
		{"allOf of texts that contradict each other", head + op + "      parameters:\n        - {name: a, in: query, schema: {allOf: [{type: string, enum: [a]}, {type: string, enum: [b]}]}}\n" + ok, []string{"spec.yaml:8:", "contradict each other in enum"}},
		{"unknown style", head + op + "      parameters:\n        - {name: a, in: query, style: 'x\"; os.Exit(1)', schema: {type: string}}\n" + ok, []string{"spec.yaml:8:", "cannot have the style"}},
		{"style of another place", head + op + "      parameters:\n        - {name: a, in: header, style: form, schema: {type: string}}\n" + ok, []string{"spec.yaml:8:", `a header parameter cannot have the style "form", but simple`}},
		{"header that HTTP does not allow", head + op + "      parameters:\n        - {name: \"X: a\\nY\", in: header, schema: {type: string}}\n" + ok, []string{"spec.yaml:8:", `header "X: a\nY" cannot be sent`}},
		{"cookie that HTTP does not allow", head + op + "      parameters:\n        - {name: a=b, in: cookie, schema: {type: string}}\n" + ok, []string{"spec.yaml:8:", `cookie "a=b" cannot be sent`}},
		{"media type of two lines", head + op + "      requestBody: {content: {\"text/a\\nb\": {schema: {type: string}}}}\n" + ok, []string{"spec.yaml:7:", `"text/a\nb" is not a media type`}},
		{"object in a part that is not JSON", head + op + "      requestBody: {content: {multipart/form-data: {schema: {type: object, properties: {a: {type: object, properties: {b: {type: string}}}}}, encoding: {a: {contentType: application/xml}}}}}\n" + ok, []string{"spec.yaml:7:", "a cannot be written as application/xml; an object is written as JSON"}},
		{"media type of a part", head + op + "      requestBody: {content: {multipart/form-data: {schema: {type: object, properties: {a: {type: string}}}, encoding: {a: {contentType: a b}}}}}\n" + ok, []string{"spec.yaml:7:", `"a b" is not a media type`}},
		{"page method with the name of another", head + "  /b: {get: {x-go-name: ListPage, responses: {'200': {description: ok}}}}\n" + op + "      x-go-name: List\n      x-pagination: {cursor: c, items: a, item-cursor: b}\n" + ok, []string{"spec.yaml:9:", "ListPage"}},
		{"parameter with schema and content", head + op + "      parameters:\n        - {name: a, in: query, schema: {type: string}, content: {application/json: {}}}\n" + ok, []string{"spec.yaml:8:", "has a schema as well as content"}},
		{"length that is not a number", head + op + "      parameters:\n        - {name: a, in: query, schema: {type: string, minLength: -1}}\n" + ok, []string{"spec.yaml:8: the value must be a whole number that is not negative (at #/paths/~1a/get/parameters/0/schema/minLength)"}},
		{"text that is not one", head + op + "      summary: [a]\n" + ok, []string{"spec.yaml:7: the value must be a text (at #/paths/~1a/get/summary)"}},
		{"servers that are not a list", head + op + "      servers: {url: a}\n" + ok, []string{"spec.yaml:7: the value must be an object or a list"}},
		{"key in a header that HTTP does not allow", head + op + "      security: [{k: []}]\n" + ok + "components: {securitySchemes: {k: {type: apiKey, in: header, name: A B}}}\n", []string{"spec.yaml:7:", `header "A B" of a security scheme cannot be sent`}},
		{"parameter that is no mapping", head + op + "      parameters: [a]\n" + ok, []string{"spec.yaml:7:", "not a mapping"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, _, err := generate(write(t, "spec.yaml", c.spec), "p", client.Extras{})
			if err == nil {
				t.Fatal("no error")
			}
			for _, want := range c.want {
				if !strings.Contains(err.Error(), want) {
					t.Errorf("%q does not say %q", err, want)
				}
			}
		})
	}
}

func TestKeysOfDataAreNotReadAsExtensions(t *testing.T) {
	spec := head + op + `      responses:
        '200':
          description: ok
          headers: {x-go-away: {schema: {type: string}}}
          content:
            application/json:
              schema: {type: object, properties: {x-go-nmae: {type: string}}, example: {x-go-nmae: a}, default: {x-go-tpye: b}}
`
	made(t, write(t, "spec.yaml", spec), "p")
}

func TestNotesNameTheirLine(t *testing.T) {
	for _, c := range []struct{ name, spec, want string }{
		{"enum that contradicts its type", "{type: string, enum: [1, 2]}", "spec.yaml:8: the client does not check this enum: it holds an integer (1), but the type is string (at #/paths/~1a/get/parameters/0/schema/enum)"},
		{"enum of texts for a number", "{type: integer, enum: ['1']}", "it holds a string (1), but the type is integer"},
		{"enum of a list", "{type: number, enum: [[1]]}", "it holds a list, but the type is number"},
		{"enum of moments and numbers", "{type: string, format: date-time, enum: ['', 1]}", "it holds an integer (1), but the type is string"},
		{"enum of two types", "{enum: [1, a]}", "it holds more than texts or more than whole numbers"},
		{"enum of an item", "{type: array, items: {type: string, enum: [1]}}", "spec.yaml:8: the client does not check this enum"},
		{"pattern that Go cannot read", "{type: string, pattern: '(?=a)b'}", "spec.yaml:8: the client does not check pattern"},
		{"not", "{type: string, not: {enum: [a]}}", "the client does not check not; the service does"},
		{"two patterns", "{allOf: [{type: string, pattern: '^a'}, {type: string, pattern: 'b$'}]}", `the client checks the pattern "^a" only; the service checks "b$" too`},
		{"unique items that Go cannot compare", "{type: array, uniqueItems: true, items: {}}", "the client does not check uniqueItems; the service does"},
		{"object in an object of a style", "{type: object, properties: {c: {type: array, items: {type: string}}}}", `parameter "a": OpenAPI has no way to write a list or an object inside another`},
		{"object in a deepObject", "{type: object, additionalProperties: {type: array}}, style: deepObject", "OpenAPI does not tell how a list or an object in a is written in the style deepObject; it becomes a[a][0] or a[a][b]"},
		{"empty value of a number", "{type: integer}, allowEmptyValue: true", `parameter "a" is an integer; it is left out or has a value`},
		{"foreign x-go-type", "{type: string, x-go-type: time.Time}", `spec.yaml:8: x-go-type "time.Time" is left alone, because it is not Time`},
		{"extension of another tool", "{type: string, enum: [a], x-enumDescriptions: {a: b}}", "spec.yaml:8: x-enumDescriptions is left alone; ours is x-enum-descriptions"},
		{"parameter twice", "{type: string}}\n        - {name: a, in: query, schema: {type: integer}", `spec.yaml:9: query parameter "a" is described twice`},
		{"header twice", "{type: string}}\n        - {name: X-Kind, in: header, schema: {type: string}}\n        - {name: x-kind, in: header, schema: {type: integer}", `spec.yaml:10: header parameter "x-kind" is described twice`},
		{"unknown x-go-", "{type: string, x-go-banana: A}", "spec.yaml:8: x-go-banana is left alone; ours for Go are x-go-name and x-go-type"},
	} {
		t.Run(c.name, func(t *testing.T) {
			spec := head + op + "      parameters:\n        - {name: a, in: query, schema: " + c.spec + "}\n" + ok
			out, notes, err := generate(write(t, "spec.yaml", spec), "p", client.Extras{})
			if err != nil {
				t.Fatal(err)
			}
			harmless(t, out)
			if all := strings.Join(notes, "\n"); !strings.Contains(all, c.want) || len(notes) != 1 {
				t.Errorf("notes\n%s\ndo not have just %q", all, c.want)
			}
		})
	}
}

// TestStylesThatDoNotApplyAreRefused tries the 13 combinations that OpenAPI's table of styles calls not applicable.
func TestStylesThatDoNotApplyAreRefused(t *testing.T) {
	schemas := map[string]string{"text": "{type: string}", "list": "{type: array, items: {type: string}}", "object": "{type: object, properties: {b: {type: string}}}"}
	refused := 0
	for _, style := range []string{"form", "spaceDelimited", "pipeDelimited", "deepObject"} {
		for _, explode := range []bool{false, true} {
			for kind, schema := range schemas {
				applies := style == "form" || style == "deepObject" && explode && kind == "object" || strings.HasSuffix(style, "Delimited") && !explode && kind != "text"
				spec := fmt.Sprintf("%s%s      parameters:\n        - {name: a, in: query, style: %s, explode: %t, schema: %s}\n%s", head, op, style, explode, schema, ok)
				_, _, err := generate(write(t, "spec.yaml", spec), "p", client.Extras{})
				switch {
				case applies && err != nil:
					t.Error(err)
				case !applies && (err == nil || !strings.Contains(err.Error(), "spec.yaml:8: parameter \"a\": the style "+style+" is for")):
					t.Errorf("%s, explode %t, %s: %v", style, explode, kind, err)
				case !applies:
					refused++
				}
			}
		}
	}
	if refused != 13 {
		t.Errorf("%d were refused", refused)
	}
}
