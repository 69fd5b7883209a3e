package oas

import (
	"context"
	"fmt"
	"net/url"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
	"go.yaml.in/yaml/v3"
)

var openAPI3 = regexp.MustCompile(`^3\.[0-2]\.\d+$`)

// CheckVersion checks that the document is one of OpenAPI 3.
func (d *Documents) CheckVersion() error {
	root := d.Root()
	key, version := Entry(root, "openapi")
	switch {
	case root.Kind != yaml.MappingNode:
		return d.ErrorAt(root, "not an OpenAPI document: the top is not a mapping")
	case version == nil && Child(root, "swagger") != nil:
		return d.ErrorAt(Child(root, "swagger"), "this is Swagger %s; an OpenAPI 3 document is needed", Text(Child(root, "swagger")))
	case version == nil:
		return d.ErrorAt(root, "not an OpenAPI document: it has no openapi version")
	case !openAPI3.MatchString(Text(version)):
		return d.ErrorAt(key, "openapi: %q is not a version of OpenAPI 3, such as 3.0.3", Text(version))
	}
	return nil
}

// Model reads the document as kin-openapi models it, with all that it refers to. The model is not validated; an option
// changes how it is loaded.
func (d *Documents) Model(options ...func(*openapi3.Loader)) (model *openapi3.T, err error) {
	if err := d.CheckVersion(); err != nil {
		return nil, err
	}
	defer func() {
		if cause := recover(); cause != nil { // the library fails so on some documents, such as one with an empty schema that is referred to
			model, err = nil, errorAt(d.file, 0, "this is not a valid OpenAPI document; the reader failed: %v", cause)
		}
	}()
	loader := openapi3.NewLoader()
	loader.ReadFromURIFunc = d.readURI
	for _, option := range options {
		option(loader)
	}
	model, err = loader.LoadFromDataWithPath(d.Data(), &url.URL{Path: filepath.ToSlash(d.file)})
	if err != nil {
		return nil, errorAt(d.file, 0, "%s", oneLine(err.Error()))
	}
	return model, nil
}

// readURI reads what kin-openapi asks for by the rules for references.
func (d *Documents) readURI(_ *openapi3.Loader, at *url.URL) ([]byte, error) {
	if at.Scheme != "" || at.Host != "" {
		return nil, fmt.Errorf("%s is an address; only local files are read", at)
	}
	file := filepath.Clean(filepath.FromSlash(at.Path))
	if d.alone {
		return nil, fmt.Errorf("%s is another file; bundle the document into one", file)
	}
	if _, err := d.read(file); err != nil {
		return nil, err
	}
	return d.data[file], nil
}

// Validate is [Documents.Model] for a document that must be valid, with every example against its schema.
func (d *Documents) Validate() (model *openapi3.T, err error) {
	if model, err = d.Model(); err != nil {
		return nil, err
	}
	defer func() {
		if cause := recover(); cause != nil {
			model, err = nil, errorAt(d.file, 0, "this is not a valid OpenAPI document; the validator failed: %v", cause)
		}
	}()
	if err := model.Validate(context.Background(), openapi3.EnableExamplesValidation()); err != nil {
		return nil, fmt.Errorf("%s: %w", Printable(d.file), err)
	}
	return model, nil
}

func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }
