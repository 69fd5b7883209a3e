package apichange

import (
	"bytes"
	"encoding/json"
	"fmt"
	"go/parser"
	"go/token"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// CompileOldTests compiles the external tests and examples of the old packages against the new packages, and returns a
// breaking change for each package whose tests do not compile.
func CompileOldTests(old, new []*Package, scratch string) ([]Change, error) {
	tests := map[string][]string{}
	for _, p := range old {
		tests[p.Path] = externalTests(p.Dir)
	}
	var changes []Change
	for _, p := range new {
		if len(tests[p.Path]) == 0 {
			continue
		}
		replace := map[string]string{}
		present, err := filepath.Glob(filepath.Join(p.Dir, "*_test.go"))
		if err != nil {
			return nil, err
		}
		for _, file := range present {
			replace[file] = "" // no such file
		}
		for _, file := range tests[p.Path] {
			replace[filepath.Join(p.Dir, filepath.Base(file))] = file
		}
		problem, err := vet(p.Dir, replace, scratch)
		if err != nil {
			return nil, err
		}
		if problem != "" {
			changes = append(changes, Change{Package: p.Path, Kind: Changed, Breaking: true, Text: "tests of the old package do not compile with the new one: " + problem})
		}
	}
	return changes, nil
}

// externalTests returns the test files of a package that import it as other packages do.
func externalTests(dir string) []string {
	files, _ := filepath.Glob(filepath.Join(dir, "*_test.go"))
	var external []string
	for _, file := range files {
		if f, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.PackageClauseOnly); err == nil && strings.HasSuffix(f.Name.Name, "_test") {
			external = append(external, file)
		}
	}
	return external
}

// vet type-checks a package and its tests, with some files replaced, and returns the first compiler error.
func vet(dir string, replace map[string]string, scratch string) (string, error) {
	data, err := json.Marshal(map[string]any{"Replace": replace})
	if err != nil {
		return "", err
	}
	overlay, err := os.CreateTemp(scratch, "overlay*.json")
	if err != nil {
		return "", err
	}
	if _, err := overlay.Write(data); err != nil {
		return "", err
	}
	if err := overlay.Close(); err != nil {
		return "", err
	}
	// One of vet's checks is enough: only the type check matters.
	cmd := exec.Command("go", "vet", "-overlay", overlay.Name(), "-buildtag", ".")
	cmd.Dir = dir
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	if err := cmd.Run(); err == nil {
		return "", nil
	}
	for line := range strings.Lines(stderr.String()) {
		if text, ok := strings.CutPrefix(line, "vet: "); ok {
			file, problem, _ := strings.Cut(strings.TrimSpace(text), ":")
			return filepath.Base(file) + ":" + problem, nil // the folder is temporary
		}
	}
	return "", fmt.Errorf("the tests of %s cannot be compiled: %s", dir, bytes.TrimSpace(stderr.Bytes()))
}
