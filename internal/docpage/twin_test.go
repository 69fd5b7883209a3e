package docpage_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/highlevel-go/snapshots/internal/docpage"
	"github.com/highlevel-go/snapshots/internal/facts"
)

const kettleTwin = `# Boil kettle

PUT https://api.example.com/kettles/{kettleId}

Boils it.

## Authentication

Send §Authorization: Bearer <token>§ using:

- **Agency token: OAuth access token or Private Integration Token.** Scopes: §kettles.write§, §kettles.readonly§.

## Parameters

### Path Parameters

| Name | Type | Required | Description |
|------|------|----------|-------------|
| §kettleId§ | string | Yes | Which \| one |

### Query Parameters

| Name | Type | Required | Description |
|------|------|----------|-------------|
| §loud§ | boolean | No |  |

## OpenAPI Specification

§§§json
{
  "openapi": "3.0.0",
  "info": {"title": "Kettles", "version": "v3"},
  "servers": [{"url": "https://api.example.com"}],
  "paths": {
    "/kettles/{kettleId}": {
      "put": {
        "operationId": "boilKettle",
        "summary": "Boil kettle",
        "description": "Boils it.",
        "parameters": [
          {"name": "kettleId", "in": "path", "required": true, "description": "Which | one", "schema": {"type": "string"}},
          {"name": "loud", "in": "query", "required": false, "schema": {"type": "boolean"}}
        ],
        "requestBody": {"required": true, "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Boil"}}}},
        "responses": {"200": {"description": "Boiling"}},
        "security": [{"Agency-Access": ["kettles.write", "kettles.readonly"]}]
      }
    }
  },
  "components": {
    "schemas": {"Boil": {"type": "object", "required": ["degrees"], "properties": {"degrees": {"type": "number"}}}},
    "securitySchemes": {"Agency-Access": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT", "in": "header", "name": "Authorization"}}
  }
}
§§§
`

func twin(pairs ...string) []byte {
	return []byte(strings.NewReplacer("§", "`").Replace(strings.NewReplacer(pairs...).Replace(kettleTwin)))
}

// contradictions returns the issues of a page beside the known faults of its document.
func contradictions(page *docpage.Page) []docpage.Issue {
	return slices.DeleteFunc(slices.Clone(page.Issues), func(i docpage.Issue) bool { return i.Kind == docpage.Fault })
}

func TestTwinGivesTheFactsOfItsDocument(t *testing.T) {
	page, err := docpage.Parse("boil-kettle.md", twin())
	if err != nil || len(contradictions(page)) > 0 {
		t.Fatal(err, page)
	}
	for _, want := range []struct {
		place  facts.Place
		aspect facts.Aspect
		value  string
		line   int
	}{
		{facts.OperationPlace, facts.Method, "PUT", 36},
		{facts.OperationPlace, facts.Path, "/kettles/{kettleId}", 35},
		{facts.OperationPlace, facts.Server, "https://api.example.com", 33},
		{facts.AuthPlace, facts.Scheme, "http bearer JWT", 52},
		{facts.AuthPlace, facts.Scopes, `["kettles.write","kettles.readonly"]`, 11},
		{facts.AuthPlace, facts.TokenTypes, `["Agency Token"]`, 11},
		{facts.AuthPlace, facts.AuthMethods, `["OAuth Access Token","Private Integration Token"]`, 11},
		{"path.kettleId", facts.Required, "true", 41},
		{"body.degrees", facts.Type, "number", 51},
		{"response.200", facts.Present, "true", 45},
	} {
		f, ok := page.Get(want.place, want.aspect)
		if !ok || f.Value != want.value || f.Pos.Line != want.line {
			t.Errorf("%s %s is %q on line %d, want %q on line %d", want.place, want.aspect, f.Value, f.Pos.Line, want.value, want.line)
		}
	}
	if page.Source != "twin" || !page.Guessed || !hides(page, "response.200", facts.Sample) {
		t.Errorf("source %s, guessed %v", page.Source, page.Guessed)
	}
}

// Without a list of tokens, they are read from the names of the security schemes.
func TestTokensOfATwinComeFromItsDocumentToo(t *testing.T) {
	text := string(twin("Agency-Access", "Location-Access-Only"))
	from, to := strings.Index(text, "## Authentication"), strings.Index(text, "## Parameters")
	page, err := docpage.Parse("a.md", []byte(text[:from]+text[to:]))
	if err != nil || len(contradictions(page)) > 0 {
		t.Fatal(err, page)
	}
	for aspect, want := range map[facts.Aspect]string{facts.TokenTypes: `["Sub-Account Token"]`, facts.AuthMethods: `["OAuth Access Token"]`, facts.Scopes: `["kettles.write","kettles.readonly"]`} {
		if got := page.Value(facts.AuthPlace, aspect); got != want {
			t.Errorf("%s are %s, want %s", aspect, got, want)
		}
	}
}

// Scopes come from the list of tokens where it speaks of them, in whatever words, and else from the document.
func TestScopesOfATwin(t *testing.T) {
	for _, c := range []struct{ words, scopes string }{
		{"Scopes: kettles.write, kettles.readonly.", `["kettles.write","kettles.readonly"]`},
		{"Requires all of\n  - §kettles.readonly§\n  - §kettles.write§", `["kettles.readonly","kettles.write"]`},
		{"", `["kettles.write","kettles.readonly"]`},
		{"Ask us.", `["kettles.write","kettles.readonly"]`},
	} {
		page, err := docpage.Parse("a.md", twin("Scopes: §kettles.write§, §kettles.readonly§.", c.words))
		if err != nil || len(contradictions(page)) > 0 || page.Value(facts.AuthPlace, facts.Scopes) != c.scopes {
			t.Errorf("%q: %v %v, scopes %s", c.words, err, contradictions(page), page.Value(facts.AuthPlace, facts.Scopes))
		}
	}
}

// What a twin says above its document is compared with it: each contradiction is one issue with its line and place.
func TestTwinThatContradictsItself(t *testing.T) {
	for _, c := range []struct {
		name, old, new string
		place          facts.Place
		aspect         facts.Aspect
		line           int
	}{
		{"the heading", "# Boil kettle", "# Boil a kettle", facts.OperationPlace, facts.Summary, 1},
		{"the name of a parameter", "| §loud§", "| §quiet§", "query.quiet", facts.Present, 25},
		{"the type", "| boolean |", "| string |", "query.loud", facts.Type, 25},
		{"a type that is misspelt", "| boolean |", "| bolean |", "query.loud", facts.Type, 25},
		{"required", "| string | Yes", "| string | No", "path.kettleId", facts.Required, 19},
		{"optional", "| boolean | No", "| boolean | Yes", "query.loud", facts.Required, 25},
		{"the description", "Which \\| one |", "Which \\| other |", "path.kettleId", facts.Text, 19},
		{"a description more", "| No |  |", "| No | or not |", "query.loud", facts.Text, 25},
		{"a row less", "| §loud§ | boolean | No |  |\n", "", "query.loud", facts.Present, 41},
		{"a row in the wrong table", "### Query", "### Header", "header.loud", facts.Present, 25},
		{"no line with the method", "PUT https://api.example.com/kettles/{kettleId}\n\nBoils", "\n\nBoils", facts.OperationPlace, facts.Method, 1},
		{"a method that does not exist", "PUT https", "PUTT https", facts.OperationPlace, facts.Method, 1},
		{"a row twice", "| §loud§ | boolean | No |  |\n", "| §loud§ | boolean | No |  |\n| §loud§ | boolean | No |  |\n", "query.loud", facts.Present, 26},
		{"a scope", "§kettles.readonly§.", "§kettles.read§.", facts.AuthPlace, facts.Scopes, 11},
		{"no scopes", "Scopes: §kettles.write§, §kettles.readonly§.", "No scopes required.", facts.AuthPlace, facts.Scopes, 11},
		{"the kind of token", "**Agency token", "**Sub-Account token", facts.AuthPlace, facts.TokenTypes, 11},
	} {
		t.Run(c.name, func(t *testing.T) {
			page, err := docpage.Parse("a.md", twin(c.old, c.new))
			if err != nil {
				t.Fatal(err)
			}
			met := slices.ContainsFunc(page.Issues, func(i docpage.Issue) bool {
				return i.Kind == docpage.Contradiction && i.Place == c.place && i.Aspect == c.aspect && i.Pos.Line == c.line
			})
			if !met || len(contradictions(page)) != 1 {
				t.Errorf("%v; want a contradiction of %s %s on line %d", page.Issues, c.place, c.aspect, c.line)
			}
		})
	}
}

// A new word, another layout or another style of a table changes nothing.
func TestNewWordsInATwinAreNoContradiction(t *testing.T) {
	for name, pairs := range map[string][]string{
		"a section":                  {"## Parameters", "## Rate limits\n\nNone.\n\n## Parameters"},
		"a column":                   {"| Yes | Which \\| one |", "| Yes | Which \\| one | new |"},
		"a type in full":             {"| boolean |", "| boolean (true or false) |"},
		"another word":               {"| No |  |", "| Sometimes |  |"},
		"words on it":                {"Scopes: ", "The scopes are "},
		"spaces":                     {"| §loud§ | boolean | No |  |", "|§loud§|boolean|No||"},
		"a fence":                    {"§§§json", "§§§§json", "\n§§§\n", "\n§§§§\n"},
		"windows":                    {"\n", "\r\n"},
		"a table in the description": {"Boils it.\n\n##", "Boils it.\n\n## Parameters\n\n### Path Parameters\n\n| Name | Type | Required |\n|---|---|---|\n| §other§ | string | Yes |\n\n§§§json\n{\"openapi\": \"none\"\n§§§\n\n##"},
	} {
		page, err := docpage.Parse("a.md", twin(pairs...))
		if err != nil || len(contradictions(page)) > 0 || page.Value("body.degrees", facts.Type) != "number" {
			t.Errorf("%s: %v %v", name, err, page)
		}
	}
}

// A twin that cannot be believed is one error with its line.
func TestTwinThatCannotBeReadIsRefused(t *testing.T) {
	whole := string(twin())
	for _, c := range []struct{ name, text, want string }{
		{"cut in the document", whole[:strings.Index(whole, `"requestBody"`)], "a.md:44: the OpenAPI document of the page is cut"},
		{"cut before the document", whole[:strings.Index(whole, "## OpenAPI")], "a.md:13: this is a Markdown twin that ends before its OpenAPI document"},
		{"the same key twice", string(twin(`"operationId"`, `"summary"`)), "a.md:38: "},
		{"another heading", string(twin("# Boil kettle", "# List all pots")), "a.md:1: the heading is"},
		{"another operation", string(twin("PUT https", "GET https")), "a.md:3: the page is about GET"},
		{"another path", string(twin("kettles/{kettleId}\n", "kettles/{id}\n")), "a.md:3: the page is about PUT https://api.example.com/kettles/{id}"},
		{"another host", string(twin(`"url": "https://api.example.com"`, `"url": "https://api.example.org"`)), "a.md:3: the page is about"},
		{"a reference to a file", string(twin("#/components/schemas/Boil", "other.json#/Boil")), "a.md:44: "},
		{"a reference to an address", string(twin("#/components/schemas/Boil", "https://api.example.com/boil.json")), "a.md:44: "},
		{"10,000 levels", string(twin(`{"type": "number"}`, strings.Repeat(`{"items": `, 10_000)+"{}"+strings.Repeat("}", 10_000))), "a.md:51: "},
		{"a key twice deep inside", string(twin(`{"type": "number"}`, `{"type": "number", "type": "string"}`)), "a.md:51: "},
		{"300 levels", string(twin(`{"type": "number"}`, strings.Repeat(`{"items": `, 300)+"{}"+strings.Repeat("}", 300))), "a.md:51: "},
		{"no responses", string(twin(`"responses": {"200": {"description": "Boiling"}}`, `"responses": null`)), "a.md:36: truncated: the operation has no responses"},
		{"a reference to nothing", string(twin("#/components/schemas/Boil", "#/components/schemas/Gone")), "a.md:44: "},
		{"a byte that is no text", string(twin("Boils it.", "Boils\x00it.")), "a.md:5: the page is not text"},
		{"bytes that are not UTF-8", string(twin(`"Boils it."`, "\"Boils\xff\"")), "a.md:39: "},
		{"a document without operations", string(twin(`"put": {`, `"x-put": {`)), "a.md:34: the OpenAPI document has no operation"},
		{"a line above that is not UTF-8", string(twin("Which \\| one |", "Which \xff one |")), "a.md:19: the text is not UTF-8"},
		{"OpenAPI 4", string(twin(`"3.0.0"`, `"4.0.0"`)), `a.md:31: openapi: "4.0.0" is not a version of OpenAPI 3`},
		{"OpenAPI 2", string(twin(`"openapi": "3.0.0"`, `"swagger": "2.0"`)), "a.md:30: this is a Markdown twin with an OpenAPI 2.0 document in it"},
		{"a schema that is a text", string(twin(`"schema": {"type": "boolean"}`, `"schema": "boolean"`)), "a.md:42: truncated: the schema of loud must be an object, and is of type string"},
		{"a property that is a list", string(twin(`{"type": "number"}`, `[{"type": "number"}]`)), "a.md:51: truncated: the schema of degrees must be an object, and is of type array"},
		{"parameters that are no list", string(twin(`"parameters": [`, `"parameters": {"a": [`, "}}\n        ],", "}}\n        ]},")), "a.md:40: truncated: the parameters of the operation must be a list, and are of type object"},
		{"two operations", string(twin(`"put": {`, `"get": {"responses": {"200": {"description": "It"}}}, "put": {`)), "has 2; fetch it again"},
	} {
		page, err := docpage.Parse("a.md", []byte(c.text))
		if err == nil && len(page.Issues) > 0 && !page.Judgeable() {
			err = page.Issues[len(page.Issues)-1]
			if n := len(contradictions(page)); n != 1 {
				t.Errorf("%s: %d findings, want 1: %v", c.name, n, page.Issues)
			}
		}
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %q (%v)", c.name, err, c.want, page != nil)
		}
	}
}

// An OpenAPI document is a page for each operation, as JSON, as YAML, and among words.
func TestDocumentIsAPageForEachOperation(t *testing.T) {
	const yaml = "openapi: 3.0.3\ninfo: {title: Kettles, version: v3}\npaths:\n  /kettles:\n    get: {summary: List, responses: {'200': {description: All}}}\n    post: {summary: Make, responses: {'201': {description: Made}}}\n"
	const json = `{"info": {"title": "Kettles", "version": "v3"}, "openapi": "3.0.3", "paths": {"/kettles": {"get": {"responses": {"200": {"description": "All"}}}, "post": {"responses": {"201": {"description": "Made"}}}}}}`
	dir := t.TempDir()
	for name, text := range map[string]string{"a.yaml": yaml, "b.json": json, "c.md": "# Kettles\n\nAll of them.\n\n```yaml\n" + yaml + "```\n"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	last := "info: {title: Kettles, version: v3}\n" + yaml[strings.Index(yaml, "paths:"):] + "openapi: 3.0.3\n"
	long := `"components": {"schemas": {"A": {"description": "` + strings.Repeat("long ", 1000) + `"}}}, `
	write(t, filepath.Join(dir, "d.yaml"), last)
	write(t, filepath.Join(dir, "e.yaml"), "# Kettles\n---\n"+last)
	write(t, filepath.Join(dir, "f.json"), strings.Replace(json, "{", "{"+long, 1))
	write(t, filepath.Join(dir, "g.md"), "Source: https://example.com/kettles\n\n# Kettles\n\n~~~yaml\n"+last+"~~~\n")
	write(t, filepath.Join(dir, "h.md"), "# Kettles\n\n~~~\n"+strings.Replace(json, "{", "{"+long, 1)+"\n~~~\n")
	write(t, filepath.Join(dir, "other.json"), `{"a": 1}`)
	write(t, filepath.Join(dir, "common.json"), `{"openapi": "3.0.3", "info": {"title": "Schemas", "version": "v3"}, "components": {"schemas": {}}}`)
	files, err := docpage.Files([]string{dir})
	if err != nil || len(files) != 8 {
		t.Fatal(files, err)
	}
	for _, file := range files {
		pages, err := docpage.ReadFile(file.Path)
		if err != nil || len(pages) != 2 || pages[0].Value(facts.OperationPlace, facts.Method) != "GET" || pages[1].Value("response.201", facts.Present) == "" {
			t.Errorf("%s: %d pages, %v", file.Path, len(pages), err)
		}
	}
}
