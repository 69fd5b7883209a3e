// Command generators makes a client of the same document with this project's generator, with oapi-codegen and with ogen, measures
// the three in one run, and writes docs/generators.md. It is run in its own directory:
//
//	GOWORK=off go run .
//
// The other generators are the versions in go.mod. What they make is kept in a temporary directory.
package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

const (
	root  = "../../.."
	table = root + "/docs/generators.md"
)

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "generators:", err)
		os.Exit(1)
	}
}

func run() error {
	dir, err := os.MkdirTemp("", "generators-")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	made, err := generate(dir)
	if err != nil {
		return err
	}
	if err := writeModule(dir); err != nil {
		return err
	}
	out, err := output(dir, "go", "run", ".")
	if err != nil {
		return err
	}
	var measured results
	if err := json.Unmarshal(out, &measured); err != nil {
		return fmt.Errorf("the results of the measurement: %w", err)
	}
	text, err := page(made, measured)
	if err != nil {
		return err
	}
	return os.WriteFile(table, text, 0o644)
}

// results are what testdata/measure prints. A list has an entry for each generator, in the order of generators.
type results struct {
	Calls   []call
	Hostile []hostile
}

type call struct {
	Name        string
	Nanoseconds []float64
	Allocations []float64
}

type hostile struct {
	Name     string
	Outcomes []string
}

// writeModule writes a module of the program that measures, beside the packages that were generated.
func writeModule(dir string) error {
	mod, err := os.ReadFile("go.mod")
	if err != nil {
		return err
	}
	api, err := filepath.Abs(root + "/api")
	if err != nil {
		return err
	}
	_, rest, _ := strings.Cut(string(mod), "\n") // without its name
	text := "module example.com/measured\n" + strings.Replace(rest, "=> "+root+"/api", "=> "+api, 1)
	if err := os.WriteFile(filepath.Join(dir, "go.mod"), []byte(text), 0o600); err != nil {
		return err
	}
	if err := os.CopyFS(dir, os.DirFS("testdata/measure")); err != nil {
		return err
	}
	sum, err := os.ReadFile("go.sum")
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dir, "go.sum"), sum, 0o600)
}

// output runs a command and returns what it prints. Its error has what it complains of.
func output(dir, name string, args ...string) ([]byte, error) {
	cmd := exec.Command(name, args...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "GOWORK=off")
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("%s %s: %w\n%s", name, strings.Join(args, " "), err, stderr.Bytes())
	}
	return out, nil
}
