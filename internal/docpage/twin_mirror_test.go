package docpage_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/highlevel-go/snapshots/internal/docpage"
	"github.com/highlevel-go/snapshots/internal/facts"
)

var specification = regexp.MustCompile("(?s)\n## OpenAPI Specification\n+```json\n(.*?)\n```\\s*$")

// Every twin of the mirror gives what an independent reader finds in its document, and nothing is wrong with it.
func TestTwinsOfTheMirrorGiveTheirDocuments(t *testing.T) {
	files, _ := filepath.Glob(filepath.Join(mirror(), "twins", "*__*.md"))
	if len(files) == 0 {
		t.Skip("the mirror of twins is not here; set SNAPSHOTS_SHARED to its directory")
	}
	for i, file := range files {
		if testing.Short() && i%4 > 0 {
			continue
		}
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		page, err := docpage.Parse(file, data)
		if err != nil || len(contradictions(page)) > 0 {
			t.Errorf("%s: %v %v", file, err, page)
			continue
		}
		document, err := openapi3.NewLoader().LoadFromData(specification.FindSubmatch(data)[1])
		if err != nil {
			t.Fatal(err)
		}
		want := map[string]bool{}
		for path, item := range document.Paths.Map() {
			for method, op := range item.Operations() {
				want["operation path "+path], want["operation method "+method] = true, true
				listOperation(op, want)
			}
		}
		got := map[string]bool{}
		for _, f := range page.Facts {
			switch f.Aspect {
			case facts.Path, facts.Method, facts.Required, facts.Type, facts.Format, facts.Deprecated:
				got[fmt.Sprintf("%s %s %s", f.Place, f.Aspect, f.Value)] = true
			}
		}
		for fact := range want {
			if !got[fact] {
				t.Errorf("%s: %s is missing", filepath.Base(file), fact)
			}
		}
		for fact := range got {
			if !want[fact] {
				t.Errorf("%s: %s is not in the document", filepath.Base(file), fact)
			}
		}
	}
}

// listOperation lists the structure of an operation as kin-openapi reads it.
func listOperation(op *openapi3.Operation, into map[string]bool) {
	if op.Deprecated {
		into["operation deprecated true"] = true
	}
	for _, ref := range op.Parameters {
		place := string(facts.Param(ref.Value.In, ref.Value.Name))
		if ref.Value.Required {
			into[place+" required true"] = true
		}
		listSchema(context.Background(), place, ref.Value.Schema, into)
	}
	if op.RequestBody != nil {
		if op.RequestBody.Value.Required {
			into["body required true"] = true
		}
		listContent("body", op.RequestBody.Value.Content, into)
	}
	for status, response := range op.Responses.Map() {
		listContent("response."+status, response.Value.Content, into)
	}
}

func listContent(place string, content openapi3.Content, into map[string]bool) {
	for name, media := range content {
		at := place
		if len(content) > 1 && name != "application/json" {
			at = string(facts.Place(place).Media(name))
		}
		listSchema(context.Background(), at, media.Schema, into)
	}
}

type above struct{}

func listSchema(ctx context.Context, place string, ref *openapi3.SchemaRef, into map[string]bool) {
	open, _ := ctx.Value(above{}).([]*openapi3.Schema)
	if ref == nil || slices.Contains(open, ref.Value) {
		return
	}
	schema := ref.Value
	ctx = context.WithValue(ctx, above{}, append(slices.Clone(open), schema))
	for _, kind := range schema.Type.Slice() {
		into[place+" type "+kind] = true
	}
	if schema.Format != "" {
		into[place+" format "+schema.Format] = true
	}
	if schema.Deprecated {
		into[place+" deprecated true"] = true
	}
	for _, part := range schema.AllOf {
		listSchema(ctx, place, part, into)
	}
	for _, union := range []openapi3.SchemaRefs{schema.OneOf, schema.AnyOf} {
		for i, variant := range union {
			listSchema(ctx, string(facts.Place(place).Variant(i)), variant, into)
		}
	}
	for name, property := range schema.Properties {
		at := string(facts.Place(place).Property(name))
		if slices.Contains(schema.Required, name) {
			into[at+" required true"] = true
		}
		listSchema(ctx, at, property, into)
	}
	listSchema(ctx, string(facts.Place(place).Items()), schema.Items, into)
	listSchema(ctx, string(facts.Place(place).Values()), schema.AdditionalProperties.Schema, into)
}

func hides(p *docpage.Page, place facts.Place, aspect facts.Aspect) bool {
	_, hidden := p.Hides(p.Operation, facts.Fact{Place: place, Aspect: aspect, Value: "x"}, "")
	return hidden
}
