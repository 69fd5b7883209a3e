package console

import (
	"bytes"
	"fmt"
	"go/format"
	"maps"
	"slices"
	"strings"
)

// program is a Go program that makes a client and calls one of its methods.
type program struct {
	client    *goClient
	base      string // the address of the sandbox
	method    string
	request   string   // as Go
	packages  literals // that the request needs
	notes     []string // comments on the call
	hasResult bool     // the method returns more than an error
}

// write writes the whole program, so that it can be run as it is.
func (p program) write() (string, error) {
	const module = "github.com/highlevel-go/snapshots/api"
	packages := map[string]bool{"context": true, "log": true, "os": true}
	maps.Copy(packages, p.packages)
	options, _, _ := strings.Cut(p.client.constructor, ".")
	if options == "api" {
		packages[module] = true
	} else { // a package whose clients take the options of package rest
		packages[module+"/"+options], packages[module+"/rest"] = true, true
		options = "rest"
	}
	results, end := "err = ", ""
	if p.hasResult {
		packages["fmt"] = true
		results, end = "result, err := ", "fmt.Printf(\"%+v\\n\", result)\n"
	}
	const fail = "if err != nil {\nlog.Fatal(err)\n}\n"
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
	fmt.Fprintf(&b, ")\n\nfunc main() {\nclient, err := %s(\n%s.WithBaseURL(%q),\n%s.WithToken(os.Getenv(\"HIGHLEVEL_TOKEN\")),\n", p.client.constructor, options, p.base, options)
	if p.client.version != "" {
		fmt.Fprintf(&b, "%s.WithDefault(\"Version\", %q),\n", options, p.client.version)
	}
	b.WriteString(")\n" + fail)
	for _, note := range p.notes {
		b.WriteString("// " + note + "\n")
	}
	fmt.Fprintf(&b, "%s%s.%s(context.Background(), %s)\n%s%s}\n", results, p.client.receiver, p.method, p.request, fail, end)
	text, err := format.Source(b.Bytes())
	return string(text), err
}
