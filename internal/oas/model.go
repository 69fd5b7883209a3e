package oas

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"net/url"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/dlclark/regexp2/v2"
	"github.com/getkin/kin-openapi/openapi3"
	"go.yaml.in/yaml/v3"
)

// IsLater reports whether the document is OpenAPI 3.1 or later.
func (d *Documents) IsLater() bool { return Text(Child(d.Root(), "openapi")) >= "3.1" }

// Model returns the kin-openapi model of the document with everything it refers to. The model is not validated.
func (d *Documents) Model() (*openapi3.T, error) {
	return d.model(openapi3.NewLoader(), func(file string) ([]byte, error) {
		if !d.pointTo(file) {
			return bytes.TrimPrefix(d.data[file], byteOrderMark), nil
		}
		return JSON(d.roots[file]), nil
	})
}

// ChangedModel is like [Documents.Model] for a document whose files were changed by a function. The nodes of the model know
// their lines.
func (d *Documents) ChangedModel(change func(file string, root *yaml.Node) error) (*openapi3.T, error) {
	loader := openapi3.NewLoader()
	loader.IncludeOrigin = true
	return d.model(loader, func(file string) ([]byte, error) {
		if err := change(file, d.roots[file]); err != nil {
			return nil, err
		}
		d.pointTo(file)
		return JSON(d.roots[file]), nil
	})
}

// model loads the document; text returns what the loader reads instead of a file.
func (d *Documents) model(loader *openapi3.Loader, text func(file string) ([]byte, error)) (model *openapi3.T, err error) {
	if err := d.CheckVersion(); err != nil {
		return nil, err
	}
	defer func() {
		if cause := recover(); cause != nil { // the library panics on some documents, such as one with an empty schema that is referred to
			model, err = nil, errorAt(d.file, 0, "this is not a valid OpenAPI document; the reader failed: %v", cause)
		}
	}()
	loader.ReadFromURIFunc = func(_ *openapi3.Loader, at *url.URL) ([]byte, error) {
		file, err := d.referred(at)
		if err != nil {
			return nil, err
		}
		return text(file)
	}
	data, err := text(d.file)
	if err != nil {
		return nil, err
	}
	model, err = loader.LoadFromDataWithPath(data, &url.URL{Path: filepath.ToSlash(d.file)})
	if err != nil {
		return nil, d.locate(oneLine(err.Error()))
	}
	return model, nil
}

// misread matches the error of kin-openapi about a value of the wrong kind.
var misread = regexp.MustCompile(`cannot (?:construct|unmarshal) (.+?) into (\S+)(?: field "([^"]+)")? in (/\S*)`)

// goKinds describes the types that kin-openapi decodes values into, in terms of documents. All others are objects or lists.
var goKinds = map[string]string{"string": "a text", "bool": "true or false", "uint64": "a whole number that is not negative", "float64": "a number", "[]string": "a list of texts"}

// locate returns an error of kin-openapi with the place that it names.
func (d *Documents) locate(text string) error {
	m := misread.FindStringSubmatch(text)
	if m == nil {
		return errorAt(d.file, 0, "%s", text)
	}
	at := Place{File: d.file, Pointer: m[4]}
	if m[3] != "" {
		at = at.At(m[3])
	}
	kind := cmp.Or(goKinds[m[2]], "an object or a list, as OpenAPI requires")
	if at.File = d.fileOf(at); at.File == "" { // the library does not name the file
		return errorAt(d.file, 0, "%s: the value must be %s", m[4], kind)
	}
	return d.Errorf(at, "the value must be %s", kind)
}

// fileOf returns the only file that has a place; "" if several or none have it.
func (d *Documents) fileOf(at Place) string {
	found := ""
	for file := range d.roots {
		if d.Find(Place{File: file, Pointer: at.Pointer}) == nil {
			continue
		}
		if found != "" {
			return ""
		}
		found = file
	}
	return found
}

// referred returns the file that kin-openapi requests, if the rules for references allow it.
func (d *Documents) referred(at *url.URL) (string, error) {
	if at.Scheme != "" || at.Host != "" {
		return "", fmt.Errorf("%s is an address; only local files are read", at)
	}
	file := filepath.Clean(filepath.FromSlash(at.Path))
	for from, root := range d.roots {
		if d.refersTo(root, from, file) {
			_, err := d.read(file)
			return file, err
		}
	}
	return "", fmt.Errorf("%s is read by no reference; only relative paths to .json and .yaml files are followed", file)
}

// refersTo reports whether a reference in a node leads to a file.
func (d *Documents) refersTo(node *yaml.Node, from, file string) bool {
	if ref := Ref(node); ref != nil {
		path, _ := SplitRef(ref.Value)
		if target, err := d.relative(from, path); path != "" && err == nil && target == file {
			return true
		}
	}
	return slices.ContainsFunc(node.Content, func(inner *yaml.Node) bool { return d.refersTo(inner, from, file) })
}

// Validate is like [Documents.Model], but the document must be valid OpenAPI. Faults of published documents with one obvious
// meaning are accepted: examples and defaults may contradict their schemas, a path parameter without a description is a
// string, a list without items can contain anything, "in" of an http scheme is ignored, null is a type in OpenAPI 3.0 too,
// and a path parameter is required.
func (d *Documents) Validate() (*openapi3.T, error) {
	return d.validate(openapi3.DisableExamplesValidation(), openapi3.DisableSchemaDefaultsValidation())
}

// ValidateExamples is like [Documents.Validate], and validates every example and default against its schema.
func (d *Documents) ValidateExamples() (*openapi3.T, error) {
	return d.validate(openapi3.EnableExamplesValidation())
}

func (d *Documents) validate(options ...openapi3.ValidationOption) (model *openapi3.T, err error) {
	if err := d.Check(); err != nil {
		return nil, err
	}
	if model, err = d.Model(); err != nil {
		return nil, err
	}
	defer func() {
		if cause := recover(); cause != nil {
			model, err = nil, errorAt(d.file, 0, "this is not a valid OpenAPI document; the validator failed: %v", cause)
		}
	}()
	if err := ValidateModel(model, options...); err != nil {
		return nil, fmt.Errorf("%s: %w", Printable(d.file), err)
	}
	return model, nil
}

// ValidateModel is like [Documents.Validate] for an existing model. An option changes what is valid.
func ValidateModel(model *openapi3.T, options ...openapi3.ValidationOption) error {
	tolerate(model)
	options = append([]openapi3.ValidationOption{
		openapi3.SetRegexCompiler(compilePattern), openapi3.AllowExtraSiblingFields("description", "summary", "title", "example", "deprecated"),
	}, options...)
	for _, layer := range layers(model) {
		if err := layer.Validate(context.Background(), options...); err != nil {
			return err
		}
	}
	return nil
}

// ecmaPattern is a regular expression of ECMA 262, as OpenAPI requires. Package regexp lacks lookahead.
type ecmaPattern struct{ *regexp2.Regexp }

func (p ecmaPattern) MatchString(text string) bool {
	ok, err := p.Regexp.MatchString(text)
	return ok && err == nil
}

// CheckPattern returns an error if a regular expression of a schema is invalid.
func CheckPattern(pattern string) error {
	_, err := compilePattern(pattern)
	return err
}

func compilePattern(pattern string) (openapi3.RegexMatcher, error) {
	compiled, err := regexp2.Compile(pattern, regexp2.ECMAScript)
	if err != nil {
		return nil, err
	}
	compiled.MatchTimeout = 250 * time.Millisecond
	return ecmaPattern{compiled}, nil
}

func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }
