package sectioninit

import (
	"bytes"
	"fmt"
	"path"
	"path/filepath"
	"strconv"
	"strings"
)

// generate returns the file with the go:generate line for the client: generate.go of the module, if it has one, otherwise a
// new file in the client's folder.
func (s *Section) generate(in Input) File {
	gen := Project + "/gen"
	if in.Module.Path == Project {
		gen = "./gen"
	}
	if in.Module.Generate == "" {
		s.GenerateLine = fmt.Sprintf("//go:generate go run %s -spec ../../spec/%s.yaml -out . -package %s", gen, in.Section, s.Package)
		return File{Path: filepath.Join(s.Client, "generate.go"), Data: []byte("package " + s.Package + "\n\n" + s.GenerateLine + "\n")}
	}
	s.GenerateLine = fmt.Sprintf("//go:generate go run %s -spec spec/%s.yaml -out api/%s -package %s", gen, in.Section, s.Package, s.Package)
	return File{Path: in.Module.Generate, Data: withLine(in.Module.GenerateText, s.GenerateLine), Added: true}
}

// withLine adds a go:generate line after the last one.
func withLine(file []byte, line string) []byte {
	lines := strings.Split(strings.TrimRight(string(file), "\n"), "\n")
	last := len(lines)
	for i, known := range lines {
		if known == line {
			return file
		}
		if strings.HasPrefix(known, "//go:generate ") {
			last = i + 1
		}
	}
	lines = append(lines[:last:last], append([]string{line}, lines[last:]...)...)
	return []byte(strings.Join(lines, "\n") + "\n")
}

const testText = `package %[2]s_test

import (
	"os"
	"testing"

	"%[3]s/%[2]s"
	"github.com/highlevel-go/snapshots/conformance"
	"github.com/highlevel-go/snapshots/conformance/judge"
)

// The fixtures are the responses in the documentation; for a status without one, the response is generated from its schema.
func TestClientConformsToItsSpec(t *testing.T) {
	data, err := os.ReadFile("../%[1]s.yaml")
	if err != nil {
		t.Fatal(err)
	}
	doc, err := judge.Load("spec/%[1]s.yaml", data)
	if err != nil {
		t.Fatal(err)
	}
	conformance.Run(t, doc, %[2]s.Operations(), %[2]s.New, conformance.WithExamples(os.DirFS("fixtures"))%[4]s)
}
`

// conformanceTest returns the test of the client, without the operations that the suite cannot test.
func (s *Section) conformanceTest(in Input, untested []string) File {
	api := in.Module.API
	if api == "" {
		api = path.Join(newModule(in.Section), "api")
		s.addReview("Module", in.Folder, "no go.mod is here or above; with another path than go mod init %s the import of %s in the test is to be corrected", newModule(in.Section), api)
	}
	data := []byte(fmt.Sprintf(testText, in.Section, s.Package, api, withoutOption(untested)))
	if api+"/" > Project { // imports are sorted by path
		own := fmt.Sprintf("\t\"%s/%s\"\n", api, s.Package)
		data = bytes.Replace(data, []byte(own), nil, 1)
		data = bytes.Replace(data, []byte("/conformance/judge\"\n"), []byte("/conformance/judge\"\n"+own), 1)
	}
	return File{Path: filepath.Join(filepath.Dir(s.Where.Docs), "conformance_test.go"), Data: data}
}

// withoutOption writes the option that excludes operations from the suite.
func withoutOption(ids []string) string {
	if len(ids) == 0 {
		return ""
	}
	var quoted []string
	for _, id := range ids {
		quoted = append(quoted, strconv.Quote(id))
	}
	return ", conformance.Without(" + strings.Join(quoted, ", ") + ")"
}
