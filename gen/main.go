// Command gen generates a Go client from an OpenAPI document: models.gen.go, operations.gen.go and client.gen.go. Its stages
// are the packages in internal: document, lower, model, text. README.md has the rules.
package main

import (
	"flag"
	"fmt"
	"go/token"
	"io"
	"os"
	"runtime/debug"

	"github.com/highlevel-go/snapshots/gen/client"
	"github.com/highlevel-go/snapshots/gen/internal/text"
	"github.com/highlevel-go/snapshots/internal/oas"
)

// Exit codes.
const (
	exitOK     = 0
	exitDiffer = 1 // -check found a difference
	exitSpec   = 2 // the spec cannot be read or generated from
	exitUsage  = 3
)

func main() {
	limit()
	os.Exit(run(os.Args[1:], os.Stdout, os.Stderr))
}

// limit makes garbage collections rare until the process approaches its memory limit, since it runs only briefly.
func limit() {
	debug.SetGCPercent(300)
	debug.SetMemoryLimit(400 << 20)
}

func run(args []string, stdout, stderr io.Writer) int {
	if len(args) > 0 && args[0] == "diff" {
		return diffVersions(args[1:], stdout, stderr)
	}
	flags := flag.NewFlagSet("gen", flag.ContinueOnError)
	flags.SetOutput(stderr)
	flags.Usage = func() {
		fmt.Fprintln(stderr, "usage: gen -spec FILE -out DIR -package NAME [-examples=false] [-reference FILE] [-check]")
		flags.PrintDefaults()
	}
	specFile := flags.String("spec", "", "OpenAPI 3 `file`, YAML or JSON")
	out := flags.String("out", "", "`directory` of the package")
	pkg := flags.String("package", "", "`name` of the package")
	examples := flags.Bool("examples", true, "generate examples of calls, as far as the document has values: "+client.ExamplesFile)
	referenceFile := flags.String("reference", "", "Markdown `file` for a reference of the package; none is written without a name")
	check := flags.Bool("check", false, "compare with the existing files and write nothing; if they differ, show the difference and exit with 1")
	switch err := flags.Parse(args); {
	case err == flag.ErrHelp:
		return exitOK
	case err != nil:
		return exitUsage
	case flags.NArg() > 0:
		return usage(stderr, flags, fmt.Sprintf("unexpected argument %q", flags.Arg(0)))
	case *specFile == "" || *out == "" || *pkg == "":
		return usage(stderr, flags, "-spec, -out and -package are needed")
	case !token.IsIdentifier(*pkg) || *pkg == "_" || text.Imports[*pkg] != "" || *pkg == "main" || *pkg == "documentation": // the go command ignores the last one
		return usage(stderr, flags, fmt.Sprintf("%q cannot be the name of a client's package", *pkg))
	}
	with, inModule := client.Extras{ByHand: examplesByHand(*out)}, true
	var err error
	if *examples {
		_, with.ImportPath, inModule = moduleOf(*out)
	}
	with.Reference, err = inDir(*out, *referenceFile)
	if err != nil {
		return usage(stderr, flags, err.Error())
	}
	made, notes, err := generate(*specFile, *pkg, with)
	if !inModule {
		notes = append(notes, fmt.Sprintf("note: examples import the package, but %s is not in a module: none are generated", *out))
	}
	if err == nil {
		err = made.clash(*out, *pkg)
	}
	if need := made.requirement(*out); need != "" {
		notes = append(notes, need)
	}
	for _, note := range notes {
		fmt.Fprintln(stderr, note)
	}
	difference := ""
	switch {
	case err != nil:
	case *check:
		difference, err = made.difference(*out)
	default:
		err = made.write(*out)
	}
	switch {
	case err != nil:
		fmt.Fprintln(stderr, err)
		return exitSpec
	case difference != "":
		fmt.Fprint(stdout, difference)
		fmt.Fprintf(stderr, "%s differs from what the spec generates; run go generate\n", *out)
		return exitDiffer
	}
	return exitOK
}

// generate returns the files of a client for a document, and notes for the maintainer of the document. It writes nothing.
func generate(file, pkg string, with client.Extras) (made files, notes []string, err error) {
	docs, err := oas.Open(file)
	if err != nil {
		return nil, nil, err
	}
	return client.Make(docs, pkg, with)
}

func usage(stderr io.Writer, flags *flag.FlagSet, text string) int {
	fmt.Fprintln(stderr, "gen:", text)
	flags.Usage()
	return exitUsage
}
