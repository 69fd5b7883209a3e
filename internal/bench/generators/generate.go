package main

import (
	"os"
	"path/filepath"
	"time"
)

// generator is a program that makes a client.
type generator struct {
	name, pkg string
	module    string // of which go.mod has the version; empty for this project's
	from      string // the directory that it is built in
	path      string // of its package
	args      func(document, out string) []string
}

var generators = []generator{
	{name: "this project", pkg: "ours", from: root, path: "./gen", args: func(document, out string) []string {
		return []string{"-spec", document, "-out", out, "-package", "ours"}
	}},
	{name: "oapi-codegen", pkg: "oapi", module: "github.com/oapi-codegen/oapi-codegen/v2", from: ".", path: "github.com/oapi-codegen/oapi-codegen/v2/cmd/oapi-codegen", args: func(document, out string) []string {
		return []string{"-generate", "types,client", "-package", "oapi", "-o", filepath.Join(out, "oapi.gen.go"), document}
	}},
	{name: "ogen", pkg: "ogen", module: "github.com/ogen-go/ogen", from: ".", path: "github.com/ogen-go/ogen/cmd/ogen", args: func(document, out string) []string {
		return []string{"-config", "testdata/ogen.yaml", "-package", "ogen", "-target", out, document}
	}},
}

// client is what a generator has made.
type client struct {
	took            time.Duration // the shortest of three runs
	lines, exported int
}

// generate builds each generator, and lets it make a package in a directory below dir.
func generate(dir string) ([]client, error) {
	document, err := filepath.Abs("testdata/orders.yaml")
	if err != nil {
		return nil, err
	}
	var made []client
	for _, g := range generators {
		program, out := filepath.Join(dir, "bin", g.pkg), filepath.Join(dir, g.pkg)
		if _, err := output(g.from, "go", "build", "-o", program, g.path); err != nil {
			return nil, err
		}
		if err := os.MkdirAll(out, 0o700); err != nil {
			return nil, err
		}
		var c client
		for range 3 {
			begin := time.Now()
			if _, err := output(".", program, g.args(document, out)...); err != nil {
				return nil, err
			}
			if took := time.Since(begin); c.took == 0 || took < c.took {
				c.took = took
			}
		}
		if c.lines, c.exported, err = size(out); err != nil {
			return nil, err
		}
		made = append(made, c)
	}
	return made, nil
}
