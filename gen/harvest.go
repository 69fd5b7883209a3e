package main

import (
	"regexp"
	"strings"
	"sync"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/oapi-codegen/oapi-codegen/v2/pkg/codegen"
)

// harvest is what oapi-codegen makes of a lowered document: Go type definitions, by name, and the Go types of the answers.
type harvest struct {
	types   map[string]codegen.TypeDefinition
	results map[*operation]string
}

// asIs is a name normalizer of oapi-codegen that leaves names alone: the lowering has chosen them all.
const asIs codegen.NameNormalizerFunction = "as-is"

// oapi-codegen keeps its state in package variables.
var oapiCodegen sync.Mutex

// typemap: the types of Go that are not oapi-codegen's defaults. Texts stay texts whatever their format, because a service
// that sends a bad UUID or date must not spoil a page.
var typemap = codegen.TypeMapping{
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

// generate runs oapi-codegen on the lowered document. Its templates are replaced by two that hand over the definitions
// instead of writing them; ours then shape the files.
func (l *lowering) generate() (*harvest, error) {
	doc, results := l.document()
	if err := join(l.faults); err != nil {
		return nil, err
	}
	h := &harvest{types: map[string]codegen.TypeDefinition{}, results: map[*operation]string{}}

	oapiCodegen.Lock()
	defer oapiCodegen.Unlock()
	codegen.NameNormalizers[asIs] = func(s string) string { return s }
	codegen.TemplateFunctions["takeTypes"] = func(types []codegen.TypeDefinition) string {
		for _, t := range types {
			h.types[t.TypeName] = t
		}
		return ""
	}
	codegen.TemplateFunctions["takeOperations"] = func(ops []codegen.OperationDefinition) string {
		for _, op := range ops {
			for _, r := range op.Responses {
				for _, c := range r.Contents {
					h.results[results[op.Path]] = tidyType(c.Schema.TypeDecl())
				}
			}
		}
		return ""
	}
	_, err := codegen.Generate(doc, codegen.Configuration{
		PackageName: "p",
		Generate:    codegen.GenerateOptions{Models: true, Client: true},
		OutputOptions: codegen.OutputOptions{
			SkipFmt: true, SkipPrune: true,
			NameNormalizer: string(asIs),
			TypeMapping:    &typemap,
			UserTemplates:  handOver(),
		},
	})
	if err != nil {
		return nil, l.explain(err)
	}
	return h, nil
}

// handOver are the templates in place of oapi-codegen's own. A line end tells it that they are not file names.
func handOver() map[string]string {
	all := map[string]string{"typedef.tmpl": "{{takeTypes .Types}}\n", "client.tmpl": "{{takeOperations .}}\n"}
	for _, name := range []string{
		"imports", "constants", "union", "additional-properties", "union-and-additional-properties", "param-types", "request-bodies",
		"client-with-responses",
	} {
		all[name+".tmpl"] = "\n"
	}
	return all
}

// document is the lowered document. Its paths are numbers: oapi-codegen need not see the real ones.
func (l *lowering) document() (*openapi3.T, map[string]*operation) {
	paths := openapi3.NewPaths()
	byPath := map[string]*operation{}
	for i, op := range l.ops {
		schema := l.lowerResult(op)
		if schema == nil {
			continue
		}
		path := "/" + itoa(i)
		byPath[path] = op
		response := openapi3.NewResponse().WithDescription("").WithContent(openapi3.Content{"application/json": {Schema: schema}})
		paths.Set(path, &openapi3.PathItem{Get: &openapi3.Operation{
			OperationID: "Op" + itoa(i),
			Responses:   openapi3.NewResponses(openapi3.WithStatus(200, &openapi3.ResponseRef{Value: response})),
		}})
	}
	return &openapi3.T{
		OpenAPI: "3.0.3", Info: &openapi3.Info{Title: "lowered", Version: "0"}, Paths: paths,
		Components: &openapi3.Components{Schemas: l.schemas},
	}, byPath
}

var mentioned = regexp.MustCompile(`Schema (\w+) to Go type`)

// explain gives an error of oapi-codegen the place of the schema that it names.
func (l *lowering) explain(err error) error {
	at := place{l.file, ""}
	if m := mentioned.FindStringSubmatch(err.Error()); m != nil && l.types[m[1]] != nil {
		at = l.types[m[1]].at
	}
	return l.ss.faultf(at, "oapi-codegen cannot type this: %s", oneLine(err.Error()))
}

// tidyType writes a type of oapi-codegen as Go is written today.
func tidyType(t string) string { return strings.ReplaceAll(t, "interface{}", "any") }

// decl is the declared type of a field or element.
func decl(s codegen.Schema) string { return tidyType(s.TypeDecl()) }

// choices are the Go types that a union may hold, each once.
func (h *harvest) choices(t codegen.TypeDefinition) []string {
	var out []string
	seen := map[string]bool{}
	for _, e := range t.Schema.UnionElements {
		name := e.String()
		if helper, ok := h.types[name]; ok && strings.HasPrefix(name, t.TypeName+"_") {
			name = decl(helper.Schema)
		}
		if !seen[name] {
			seen[name] = true
			out = append(out, tidyType(name))
		}
	}
	return out
}
