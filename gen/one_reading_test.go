package main

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"github.com/highlevel-go/snapshots/conformance/judge"
	"github.com/highlevel-go/snapshots/internal/check"
	"github.com/highlevel-go/snapshots/internal/facts"
)

// readers are those of the project that an OpenAPI document is given to: the generator, the check of a spec, the judge.
var readers = []struct {
	name string
	read func(t *testing.T, file string) error
}{
	{"gen", func(t *testing.T, file string) error {
		var stderr bytes.Buffer
		if run([]string{"-spec", file, "-out", filepath.Join(t.TempDir(), "client"), "-package", "client"}, &bytes.Buffer{}, &stderr) != exitOK {
			return errorText(stderr.String())
		}
		return nil
	}},
	{"specdrift", func(t *testing.T, file string) error {
		record := filepath.Join(t.TempDir(), "1.yaml")
		node, err := facts.Write(nil, facts.WriteOptions{Title: "none", Version: "1"})
		if err != nil {
			t.Fatal(err)
		}
		data, err := facts.EncodeYAML(node)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(record, data, 0o600); err != nil {
			t.Fatal(err)
		}
		_, err = check.Read(file, record, filepath.Join(t.TempDir(), "none.yaml"))
		return err
	}},
	{"judge", func(t *testing.T, file string) error {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		doc, err := judge.Load(file, data)
		if err != nil {
			return err
		}
		_, err = judge.New(doc)
		return err
	}},
}

type errorText string

func (e errorText) Error() string { return string(e) }

// A document is valid for all of them or for none, and those that refuse it name what is wrong.
func TestAllReadersAgreeOnWhatIsValid(t *testing.T) {
	if testing.Short() {
		t.Skip("reads each document with every reader: left out with -short")
	}
	for name, c := range documents {
		t.Run(name, func(t *testing.T) {
			file := filepath.Join(t.TempDir(), "spec.yaml")
			if err := os.WriteFile(file, []byte(c.text()), 0o600); err != nil {
				t.Fatal(err)
			}
			for _, reader := range readers {
				err := reader.read(t, file)
				switch {
				case c.made && reader.name == "gen":
					if err != nil {
						t.Errorf("gen refuses it: %v", err)
					}
				case c.refused == "" && err != nil:
					t.Errorf("%s refuses it: %v", reader.name, err)
				case c.refused != "" && err == nil:
					t.Errorf("%s accepts it; want an error about %q", reader.name, c.refused)
				case c.refused != "" && !regexp.MustCompile(c.refused).MatchString(err.Error()):
					t.Errorf("%s says %v; want %q", reader.name, err, c.refused)
				}
			}
		})
	}
}

type validity struct {
	version, parameters, schema, item, refused string
	path                                       string
	// made: the generator makes a client of it, as published documents have it and no message depends on it.
	made bool
}

func (c validity) text() string {
	or := func(text, other string) string {
		if text == "" {
			return other
		}
		return text
	}
	return "openapi: " + or(c.version, "3.0.3") + "\ninfo: {title: t, version: '1'}\nservers: [{url: https://api.example.com}]\npaths:\n  " + or(c.path, "/things") + ":\n" + c.item +
		"    post:\n      operationId: make\n" + c.parameters +
		"      requestBody: {required: true, content: {application/json: {schema: {type: object, properties: {a: " + or(c.schema, "{type: string}") + "}}}}}\n" +
		"      responses: {'200': {description: ok, content: {application/json: {schema: {type: object, properties: {a: " + or(c.schema, "{type: string}") + "}}}}}}\n"
}

var documents = map[string]validity{
	"plain":                              {},
	"lookahead":                          {schema: `{type: string, pattern: '^(?=.*[0-9])(?!x).+$'}`},
	"lookbehind":                         {schema: `{type: string, pattern: '(?<=a)b'}`},
	"named group":                        {schema: `{type: string, pattern: '^(?<y>[0-9]{4})$'}`},
	"unicode class":                      {schema: `{type: string, pattern: '^\p{L}+$'}`},
	"unicode escape":                     {schema: `{type: string, pattern: '^\u00e9+$'}`},
	"back reference":                     {schema: `{type: string, pattern: '^(a|b)\1$'}`},
	"pattern that is broken":             {schema: `{type: string, pattern: '('}`, refused: "pattern"},
	"pattern that is broken in items":    {schema: `{type: array, items: {type: string, pattern: '[z-a]'}}`, refused: "pattern"},
	"null as a type in 3.0":              {schema: `{type: 'null'}`},
	"types with null in 3.0":             {schema: `{type: [string, 'null']}`},
	"two types in 3.0":                   {schema: `{type: [string, integer, array]}`, refused: "array of types", made: true},
	"two types and null in 3.0":          {schema: `{type: [string, integer, 'null'], example: 3}`, refused: "array of types", made: true},
	"default of another type":            {schema: `{type: integer, default: three}`},
	"null as a type in 3.1":              {version: "3.1.0", schema: `{type: 'null'}`},
	"types with null in 3.1":             {version: "3.1.0", schema: `{type: [string, 'null']}`},
	"numeric bound in 3.1":               {version: "3.1.0", schema: `{type: integer, exclusiveMinimum: 3}`},
	"numeric bound in 3.0":               {schema: `{type: integer, exclusiveMinimum: 3}`, refused: "exclusiveMinimum"},
	"boolean bound in 3.1":               {version: "3.1.0", schema: `{type: integer, minimum: 3, exclusiveMinimum: true}`, refused: "exclusiveMinimum"},
	"anchor":                             {version: "3.1.0", schema: `{$ref: '#b'}`, item: "    parameters: [{name: q, in: query, schema: {$anchor: b, type: string}}]\n"},
	"anchor that is not there":           {version: "3.1.0", schema: `{$ref: '#b'}`, refused: "#b|anchor b"},
	"anchor twice":                       {version: "3.1.0", schema: `{type: object, properties: {b: {$anchor: b}, c: {$ref: '#b'}}}`, refused: "anchor"},
	"const":                              {version: "3.1.0", schema: `{const: 3}`},
	"example that does not fit":          {schema: `{type: integer, example: three}`},
	"examples of 3.1 that do not fit":    {version: "3.1.0", schema: `{type: integer, examples: [three]}`},
	"list without items":                 {schema: `{type: array}`},
	"unknown type":                       {schema: `{type: text}`, refused: "type"},
	"unknown format":                     {schema: `{type: string, format: shade}`},
	"null for an operation":              {item: "    get: null\n", refused: `the operation.* is not a mapping`},
	"nothing for an operation":           {item: "    delete:\n", refused: `the operation.* is not a mapping`},
	"text for an operation":              {item: "    put: later\n", refused: `the operation.* is not a mapping`},
	"operation without responses":        {item: "    get: {operationId: get}\n", refused: "responses", made: true},
	"path parameter described":           {path: "/things/{id}", parameters: "      parameters: [{name: id, in: path, required: true, schema: {type: string}}]\n"},
	"path parameter not described":       {path: "/things/{id}"},
	"path parameter not in the path":     {parameters: "      parameters: [{name: id, in: path, required: true, schema: {type: string}}]\n", refused: `/things does not name {id}|"id" is not in the path /things`},
	"path parameter with a typo":         {path: "/things/{id}", parameters: "      parameters: [{name: ID, in: path, required: true, schema: {type: string}}]\n", refused: `/things/{id} does not name {ID}|"ID" is not in the path /things/{id}`},
	"shared one not in the path":         {item: "    parameters: [{name: id, in: path, required: true, schema: {type: string}}]\n", refused: `/things does not name {id}|"id" is not in the path /things`},
	"optional path parameter":            {path: "/things/{id}", parameters: "      parameters: [{name: id, in: path, schema: {type: string}}]\n"},
	"parameter twice":                    {parameters: "      parameters: [{name: q, in: query, schema: {type: string}}, {name: q, in: query, schema: {type: integer}}]\n", refused: "q", made: true},
	"parameter without a name":           {parameters: "      parameters: [{in: query, schema: {type: string}}]\n", refused: "name"},
	"parameter that is nowhere":          {parameters: "      parameters: [{name: q, in: body, schema: {type: string}}]\n", refused: "body"},
	"reference that leads nowhere":       {schema: `{$ref: '#/components/schemas/None'}`, refused: "#/components/schemas/None"},
	"reference with words beside it":     {schema: `{$ref: '#/info/x', description: d}`, refused: "#/info/x"},
	"operationId twice":                  {item: "    get: {operationId: make, responses: {'200': {description: ok}}}\n", refused: "operationId", made: true},
	"two paths that differ in the names": {path: "/things/{id}", item: "    get: {operationId: get, responses: {'200': {description: ok}}}\n  /things/{other}:\n"},
	"enum of another type":               {schema: `{type: string, enum: [1, a]}`},
	"required without property":          {schema: `{type: object, required: [zz]}`},
	"security that is not defined":       {item: "    get: {operationId: get, security: [{none: []}], responses: {'200': {description: ok}}}\n", refused: "none", made: true},
	"empty enum":                         {schema: `{type: string, enum: []}`},
	"negative length":                    {schema: `{type: string, minLength: -1}`, refused: "minLength"},
	"key twice":                          {schema: `{type: string, type: integer}`, refused: "type"},
	"version 2":                          {version: "'2.0'", refused: "2.0"},
}
