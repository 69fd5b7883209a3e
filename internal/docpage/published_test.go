package docpage_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/highlevel-go/snapshots/internal/docpage"
	"github.com/highlevel-go/snapshots/internal/facts"
)

// published is a document with each fault that those of the publisher are known to have.
const published = `{
  "openapi": "3.0.0",
  "info": {"title": "Kettles", "version": "v3"},
  "paths": {
    "/kettles": {
      "get": {
        "operationId": "kettle",
        "parameters": [{"name": "loud", "in": "query", "schema": {"type": "any"}}],
        "responses": {
          "200": {"description": "ok", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Kettle"}}}},
          "400": {"description": "no", "content": {"application/json": {"schema": {"$ref": "../common/shared.json#/components/schemas/Bad"}}}},
          "422": {"description": "no", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Nowhere"}}}}
        },
        "security": [{"bearer": []}]
      },
      "post": {
        "operationId": "kettle",
        "responses": {
          "201": {"description": "ok", "content": {"application/json": {
            "schema": {"$ref": "#/components/schemas/Kettle"},
            "example": {"parts": [{"litres": "two"}, {"litres": "three"}]}}}},
          "400": {"description": "no", "content": {"application/json": {"schema": {"$ref": "../common/shared.json#/components/schemas/Bad"}}}},
          "422": {"description": "no", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Nowhere"}}}}
        },
        "security": [{"bearer": []}]
      }
    }
  },
  "components": {
    "schemas": {"Kettle": {"type": "object", "properties": {
      "litres": {"type": "number", "example": 1},
      "level": {"type": "integer", "example": 1.0},
      "lids": {"type": "array", "items": {"type": "string"}, "example": "['a', 'b']"},
      "parts": {"type": "array", "items": {"$ref": "#/components/schemas/Kettle"}}}}},
    "securitySchemes": {"bearer": {"type": "http", "scheme": "bearer", "in": "header", "name": "Authorization"}}
  }
}
`

const shared = `{"components": {"schemas": {"Bad": {"type": "object", "properties": {"message": {"type": "string"}}}}}}`

// faultsOf lists the remarks about pages as line and text.
func faultsOf(t *testing.T, pages []*docpage.Page) (list []string) {
	t.Helper()
	for _, page := range pages {
		for _, issue := range page.Issues {
			if issue.Kind != docpage.Fault {
				t.Errorf("%v", issue)
			}
			list = append(list, fmt.Sprintf("%d: %s", issue.Pos.Line, issue.Message))
		}
	}
	slices.Sort(list)
	return list
}

// Each known fault is reported once, with its line, and everything else is read.
func TestFaultsOfPublishersAreToldOnceAndReadPast(t *testing.T) {
	dir := t.TempDir()
	file := write(t, filepath.Join(dir, "apps", "kettles.json"), published)
	write(t, filepath.Join(dir, "common", "shared.json"), shared)
	pages, err := docpage.ReadFile(file)
	if err != nil || len(pages) != 2 {
		t.Fatal(pages, err)
	}
	want := []string{
		`12: $ref "#/components/schemas/Nowhere" points at nothing`,
		`17: the operationId kettle is that of line 7 as well`,
		`21: the example of the answer 201 at parts[0].litres is of type string, and its schema of type number`,
		`33: the example of lids is of type string, and its schema of type array`,
		`35: the security scheme bearer is http, and has the keys in and name of an apiKey`,
		`8: the type "any" of loud is not one of OpenAPI`,
	}
	if got := faultsOf(t, pages); !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	for _, page := range pages {
		if page.Value("response.400.message", facts.Type) != "string" {
			t.Errorf("%s: what stands in the other file is not read", page.ID)
		}
	}
	if pages[0].ID != "kettle" || pages[1].ID != "post /kettles" {
		t.Errorf("the operations are called %s and %s", pages[0].ID, pages[1].ID)
	}
}

// A file that is not where a reference points is found beside the document or one folder elsewhere, and reported once.
func TestCommonFileThatLiesElsewhereIsFound(t *testing.T) {
	for _, at := range []string{"apps/v3/shared.json", "apps/v3/common/shared.json", "apps/shared.json", "common/shared.json", "apps/common-v3/shared.json", "apps/v3/dtos/shared.json"} {
		dir := t.TempDir()
		file := write(t, filepath.Join(dir, "apps", "v3", "kettles.json"), published)
		found := write(t, filepath.Join(dir, filepath.FromSlash(at)), shared)
		pages, err := docpage.ReadFile(file)
		if err != nil || pages[1].Value("response.400.message", facts.Type) != "string" {
			t.Errorf("%s: %v", at, err)
			continue
		}
		want := "11: ../common/shared.json does not lie where the $ref says; " + found + " is read in its place"
		if got := faultsOf(t, pages); !slices.Contains(got, want) || len(got) != 7 {
			t.Errorf("%s: got\n%s\nwant among them\n%s", at, strings.Join(got, "\n"), want)
		}
	}
	pages, err := docpage.ReadFile(write(t, filepath.Join(t.TempDir(), "kettles.json"), published))
	if err != nil || !slices.Contains(faultsOf(t, pages), `11: ../common/shared.json, which a $ref names, is not there`) || len(faultsOf(t, pages)) != 7 {
		t.Error(err, pages)
	}
}

// A section in Markdown is read like the document alone, with the lines of the Markdown and the files beside it.
func TestSectionInMarkdownIsReadWithTheFilesBesideIt(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(dir, "common", "shared.json"), shared)
	pages, err := docpage.ReadFile(write(t, filepath.Join(dir, "apps", "kettles.md"), "# Kettles\n\nAll of them.\n\n```json\n"+published+"```\n"))
	if err != nil || len(pages) != 2 || pages[0].Value("response.400.message", facts.Type) != "string" {
		t.Fatal(err, pages)
	}
	if got := faultsOf(t, pages); len(got) != 6 || !slices.Contains(got, `17: $ref "#/components/schemas/Nowhere" points at nothing`) {
		t.Error(strings.Join(got, "\n"))
	}
}

// A reference in a request or a success that leads nowhere hides what is asked for or sent, so that the operation cannot be judged;
// the others can.
func TestReferenceToNothingOutsideOfErrorsCannotBeJudged(t *testing.T) {
	text := strings.Replace(published, `"parameters": [`, `"requestBody": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Gone"}}}}, "parameters": [`, 1)
	pages, err := docpage.ReadFile(write(t, filepath.Join(t.TempDir(), "kettles.json"), text))
	if err != nil || len(pages) != 2 || pages[0].Judgeable() || !pages[1].Judgeable() {
		t.Fatal(err, pages)
	}
	if !slices.ContainsFunc(pages[0].Issues, func(i docpage.Issue) bool { return i.Kind == docpage.Truncated && i.Pos.Line == 8 }) {
		t.Error(pages[0].Issues)
	}
}

// A parameter that is there twice is a fault, and is read once. An empty value where an object must stand hides nothing.
func TestParameterThatIsThereTwiceIsReadOnce(t *testing.T) {
	text := strings.Replace(published, `"parameters": [`, `"parameters": [{"name": "loud", "in": "query", "schema": {"type": "boolean", "properties": []}}, `, 1)
	pages, err := docpage.ReadFile(write(t, filepath.Join(t.TempDir(), "kettles.json"), text))
	if err != nil {
		t.Fatal(err)
	}
	got := faultsOf(t, pages)
	for _, want := range []string{
		"8: the parameter query.loud is there twice; the first one is read",
		"8: the properties of loud must be an object, and are of type array",
	} {
		if !slices.Contains(got, want) {
			t.Errorf("got\n%s\nwant among them\n%s", strings.Join(got, "\n"), want)
		}
	}
	if kind := pages[0].Value("query.loud", facts.Type); kind != "boolean" || !pages[0].Judgeable() {
		t.Errorf("the type is %s; %v", kind, pages[0].Issues)
	}
}

// The publisher's own documents are read to the last operation, and only known faults are reported.
func TestDocumentsOfThePublisherAreRead(t *testing.T) {
	files, _ := filepath.Glob(filepath.Join(mirror(), "official", "apps", "*.json"))
	if len(files) == 0 {
		t.Skip("the publisher's documents are not here; set SNAPSHOTS_SHARED to the directory of the reference data")
	}
	operations := 0
	for _, file := range files {
		pages, err := docpage.ReadFile(file)
		if err != nil {
			t.Error(err)
		}
		operations += len(pages)
		if got := faultsOf(t, pages); len(slices.Compact(slices.Clone(got))) != len(got) {
			t.Errorf("%s: a fault is reported twice: %q", file, got)
		}
	}
	if operations != 177 {
		t.Errorf("%d operations, want 177", operations)
	}
}

func mirror() string {
	if shared := os.Getenv("SNAPSHOTS_SHARED"); shared != "" {
		return shared
	}
	return "../../../shared"
}

func write(t *testing.T, file, text string) string {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}
