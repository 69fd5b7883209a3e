package console

import (
	"bytes"
	"fmt"
	"go/format"
	"maps"
	"slices"
	"strings"
)

// module is the path that the packages of clients are below.
const module = "github.com/highlevel-go/snapshots/api"

const stopOnError = "if err != nil {\nlog.Fatal(err)\n}\n"

// program is a Go program that creates a client and calls one of its methods.
type program struct {
	packages literals // without context and log
	client   string   // the lines that create the client
	notes    []string // comments on the call
	call     string
	result   bool // the call returns more than an error
}

// write returns the whole program, ready to run.
func (p program) write() (string, error) {
	packages := literals{"context": true, "log": true}
	maps.Copy(packages, p.packages)
	results, end := "err = ", ""
	if p.result {
		packages["fmt"] = true
		results, end = "result, err := ", "fmt.Printf(\"%+v\\n\", result)\n"
	}
	var b bytes.Buffer
	b.WriteString("package main\n\nimport (\n")
	for _, isModule := range []bool{false, true} {
		for _, name := range slices.Sorted(maps.Keys(packages)) {
			if strings.HasPrefix(name, module) == isModule {
				fmt.Fprintf(&b, "%q\n", name)
			}
		}
		b.WriteString("\n")
	}
	b.WriteString(")\n\nfunc main() {\n" + p.client)
	for _, note := range p.notes {
		b.WriteString("// " + note + "\n")
	}
	b.WriteString(results + p.call + "\n" + stopOnError + end + "}\n")
	text, err := format.Source(b.Bytes())
	return string(text), err
}
