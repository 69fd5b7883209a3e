package model

import (
	"strings"
	"sync"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/oapi-codegen/oapi-codegen/v2/pkg/codegen"

	"github.com/highlevel-go/snapshots/gen/internal/prose"
	"github.com/highlevel-go/snapshots/internal/oas"
)

// asIs is a name normalizer of oapi-codegen that leaves names alone: the lowering has chosen them all.
const asIs codegen.NameNormalizerFunction = "as-is"

// configure sets the options of oapi-codegen, which it keeps in package variables and accepts only with a document.
var configure = sync.OnceValue(func() error {
	codegen.NameNormalizers[asIs] = func(s string) string { return s }
	numbers := codegen.TypeMapping{Number: codegen.FormatMapping{Default: codegen.SimpleTypeSpec{Type: "float64"}}}
	_, err := codegen.Generate(&openapi3.T{OpenAPI: "3.0.3", Paths: openapi3.NewPaths()}, codegen.Configuration{
		PackageName:   "p",
		OutputOptions: codegen.OutputOptions{SkipFmt: true, NameNormalizer: string(asIs), TypeMapping: &numbers},
	})
	return err
})

// goType returns the Go type of a lowered schema; "" for no schema.
func (b *builder) goType(ref *openapi3.SchemaRef) string {
	if ref == nil {
		return ""
	}
	schema, err := codegen.GenerateGoSchema(ref, nil)
	if err != nil {
		b.low.Add(oas.Place{File: b.low.File()}, "oapi-codegen cannot type this: %s", prose.OneLine(err.Error()))
	}
	return strings.ReplaceAll(schema.TypeDecl(), "interface{}", "any")
}
