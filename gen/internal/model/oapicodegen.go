package model

import (
	"regexp"
	"strings"
	"sync"

	"github.com/oapi-codegen/oapi-codegen/v2/pkg/codegen"

	"github.com/highlevel-go/snapshots/gen/internal/lower"
	"github.com/highlevel-go/snapshots/gen/internal/prose"
	"github.com/highlevel-go/snapshots/internal/oas"
)

// goTypes are what oapi-codegen makes of a lowered document: definitions of Go types by name, and the types of the answers.
type goTypes struct {
	schemas map[string]codegen.TypeDefinition
	results map[*lower.Operation]string
}

// asIs is a name normalizer of oapi-codegen that leaves names alone: the lowering has chosen them all.
const asIs codegen.NameNormalizerFunction = "as-is"

// oapiCodegen protects the package variables that oapi-codegen keeps its state in.
var oapiCodegen sync.Mutex

// typeMapping are the types of Go that are not oapi-codegen's defaults. Texts stay texts whatever their format, because a
// service that sends a bad UUID or date must not spoil a page.
var typeMapping = codegen.TypeMapping{
	Number: codegen.FormatMapping{
		Default: codegen.SimpleTypeSpec{Type: "float64"},
		Formats: map[string]codegen.SimpleTypeSpec{"float": {Type: "float64"}},
	},
	String: codegen.FormatMapping{
		Formats: map[string]codegen.SimpleTypeSpec{
			"email": {Type: "string"}, "date": {Type: "string"}, "duration": {Type: "string"}, "json": {Type: "string"},
			"uuid": {Type: "string"}, "binary": {Type: "string"}, "date-time": {Type: "time.Time"},
		},
	},
}

// typeSchemas runs oapi-codegen on the lowered document. Two templates in place of its own keep the definitions instead of
// writing them.
func typeSchemas(low *lower.Lowered) (*goTypes, error) {
	t := &goTypes{schemas: map[string]codegen.TypeDefinition{}, results: map[*lower.Operation]string{}}

	oapiCodegen.Lock()
	defer oapiCodegen.Unlock()
	codegen.NameNormalizers[asIs] = func(s string) string { return s }
	codegen.TemplateFunctions["keepTypes"] = func(types []codegen.TypeDefinition) string {
		for _, def := range types {
			t.schemas[def.TypeName] = def
		}
		return ""
	}
	codegen.TemplateFunctions["keepResults"] = func(ops []codegen.OperationDefinition) string {
		for _, op := range ops {
			for _, r := range op.Responses {
				for _, c := range r.Contents {
					t.results[low.ByPath[op.Path]] = goText(c.Schema.TypeDecl())
				}
			}
		}
		return ""
	}
	_, err := codegen.Generate(low.Schemas, codegen.Configuration{
		PackageName: "p",
		Generate:    codegen.GenerateOptions{Models: true, Client: true},
		OutputOptions: codegen.OutputOptions{
			SkipFmt: true, SkipPrune: true,
			NameNormalizer: string(asIs),
			TypeMapping:    &typeMapping,
			UserTemplates:  keepingTemplates(),
		},
	})
	if err != nil {
		return nil, explain(low, err)
	}
	return t, nil
}

// keepingTemplates are the templates in place of oapi-codegen's own. A line end tells it that they are not file names.
func keepingTemplates() map[string]string {
	all := map[string]string{"typedef.tmpl": "{{keepTypes .Types}}\n", "client.tmpl": "{{keepResults .}}\n"}
	for _, name := range []string{
		"imports", "constants", "union", "additional-properties", "union-and-additional-properties", "param-types", "request-bodies",
		"client-with-responses",
	} {
		all[name+".tmpl"] = "\n"
	}
	return all
}

var mentionedSchema = regexp.MustCompile(`Schema (\w+) to Go type`)

// explain gives an error of oapi-codegen the place of the schema that it names.
func explain(low *lower.Lowered, err error) error {
	at := oas.Place{File: low.File()}
	if m := mentionedSchema.FindStringSubmatch(err.Error()); m != nil && low.Types[m[1]] != nil {
		at = low.Types[m[1]].At
	}
	return low.Errorf(at, "oapi-codegen cannot type this: %s", prose.OneLine(err.Error()))
}

// goText writes a type of oapi-codegen as Go is written today.
func goText(t string) string { return strings.ReplaceAll(t, "interface{}", "any") }

// declared is the declared type of a field or element.
func declared(s codegen.Schema) string { return goText(s.TypeDecl()) }

// choices are the Go types that a union may hold, each once.
func (t *goTypes) choices(union codegen.TypeDefinition) (all []string) {
	for _, e := range union.Schema.UnionElements {
		name := e.String()
		if helper, ok := t.schemas[name]; ok && strings.HasPrefix(name, union.TypeName+"_") {
			name = declared(helper.Schema)
		}
		all = append(all, goText(name))
	}
	return all
}
