package docpage_test

import (
	"strings"
	"testing"

	"github.com/highlevel-go/snapshots/internal/docpage"
	"github.com/highlevel-go/snapshots/internal/facts"
)

// What describes an API and is not a page of its documentation is refused by its name.
func TestOtherFormsAreRefusedByName(t *testing.T) {
	for _, c := range []struct{ file, text, want string }{
		{"a.json", `{"info": {"name": "kettles"}, "item": [{"name": "list", "request": {"method": "GET"}}]}`, "a.json:1: this is a Postman collection"},
		{"a.json", `{"tools": [{"name": "boil", "inputSchema": {"type": "object"}}]}`, "the schema of tools for an AI assistant"},
		{"a.json", `[{"type": "function", "function": {"name": "boil", "parameters": {}}}]`, "the schema of tools for an AI assistant"},
		{"a.json", `{"swagger": "2.0", "paths": {}}`, "an OpenAPI 2.0 document"},
		{"a.json", `{"$schema": "https://json-schema.org/draft/2020-12/schema", "type": "object"}`, "a JSON Schema"},
		{"a.json", `{"log": {"entries": []}}`, "a HAR file"},
		{"a.json", `{"kettles": 1`, "JSON that is cut"},
		{"a.ts", "// Kettles.\nimport { a } from \"b\";\n\nexport interface Kettle { degrees: number }\n", "TypeScript"},
		{"a.md", "# Types of kettles\n\n```ts\nexport interface Kettle { degrees: number }\n```\n", "a.md:3: this is TypeScript"},
		{"a.yaml", "# Kettles\nswagger: '2.0'\npaths: {}\n", "a.yaml:2: this is an OpenAPI 2.0 document"},
		{"a.json", `{"info": {"name": "a", "schema": "https://schema.getpostman.com/v2.1.0"}, "item": [{"openapi": "3.0"}]}`, "a Postman collection"},
		{"a.md", "# Kettles\n\nGET `/kettles`\n\n**Parameters:**\n\n| Name | In | Type |\n|---|---|---|\n| `id` | path | string |\n", "a.md:7: this is a page whose parameters stand in a table"},
		{"a.md", "# Kettles\n\n```\nGET https://api.example.com/kettles\n```\n\n## Request\n\n## Responses\n\n- 200\n\n- application/json\n\n**Schema**\n\n| Field | Type |\n|---|---|\n| id | string |\n", "a.md:17: this is a page whose fields stand in a table"},
		{"a.md", "# Get kettle \\`\\`\\` GET https://api.example.com/kettles \\`\\`\\` ## Request ## Responses - 200", "a page whose Markdown was escaped"},
	} {
		page, err := docpage.Parse(c.file, []byte(c.text))
		if err == nil || page != nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%.40q: error %v, want %q", c.text, err, c.want)
		}
	}
}

// A table in a description makes no other form of a page.
func TestTableInADescriptionIsText(t *testing.T) {
	text := strings.Replace(markdown(kettlePage), "### Requirements", "| Name | Type |\n|---|---|\n| a | b |\n\n### Requirements", 1)
	page, err := docpage.Parse("page.md", []byte(text))
	if err != nil || len(page.Issues) > 0 {
		t.Fatal(err, page)
	}
}

func TestGluedValuesAreSeveral(t *testing.T) {
	text := strings.Replace(markdown(kettlePage), "### Requirements\n", "### Requirements\n\n#### Auth Method(s)\n\n`OAuth Access Token``Private Integration Token`\n", 1)
	page, err := docpage.Parse("page.md", []byte(text))
	if err != nil || len(page.Issues) > 0 {
		t.Fatal(err, page.Issues)
	}
	if got := page.Value(facts.AuthPlace, facts.AuthMethods); got != `["OAuth Access Token","Private Integration Token"]` {
		t.Errorf("the methods are %s", got)
	}
}

// A call that accepts anything, or any of a kind, contradicts no media type.
func TestStarsAcceptWhatThePageNames(t *testing.T) {
	for accept, want := range map[string]int{"application/json": 0, "*/*": 0, "application/*": 0, "text/plain, application/json": 0, "text/*": 1, "text/plain": 1} {
		text := strings.Replace(markdown(kettlePage), "-H 'Accept: application/json'", "-H 'Accept: "+accept+"'", 1)
		page, err := docpage.Parse("page.md", []byte(text))
		if err != nil || len(page.Issues) != want {
			t.Errorf("Accept: %s: %v %v, want %d issues", accept, err, page.Issues, want)
		}
	}
}

// What typesetting makes of quotes, and where lines end, changes no text.
func TestQuotesAndLineEndsChangeNoText(t *testing.T) {
	hash := func(about string) string {
		page, err := docpage.Parse("page.md", []byte(strings.Replace(markdown(kettlePage), "**degrees** numberrequired\n", "**degrees** numberrequired\n\n"+about+"\n", 1)))
		if err != nil || len(page.Issues) > 0 {
			t.Fatal(err, page.Issues)
		}
		return page.Value("body.degrees", facts.Text)
	}
	want := hash(`How hot "the water" gets - it's the kettle's choice`)
	for _, about := range []string{"How hot “the water” gets – it’s the kettle’s choice", "How hot \"the\nwater\" gets - it's\nthe kettle's choice"} {
		if got := hash(about); got != want || want == "" {
			t.Errorf("%q: %s, want %s", about, got, want)
		}
	}
	if hash("How hot \"the water\" gets - it's the cook's choice") == want {
		t.Error("another text has the same hash")
	}
}
