package main

import (
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/highlevel-go/snapshots/gen/client"
)

// TestGeneratedClientsAreSound compiles, vets and tests everything that the other tests generate, as one module. The tests
// under testdata/behaviour run inside the generated packages, against a server, and so do the examples.
func TestGeneratedClientsAreSound(t *testing.T) {
	if testing.Short() {
		t.Skip("compiles generated code")
	}
	packages := map[string]files{}
	for _, name := range specs {
		packages[name] = made(t, "testdata/specs/"+name+".yaml", name)
	}
	tests, err := filepath.Glob("testdata/behaviour/*.txt")
	if err != nil || len(tests) == 0 {
		t.Fatal("no behaviour tests", err)
	}
	var tested []string
	for _, file := range tests {
		name := strings.TrimSuffix(filepath.Base(file), ".txt")
		test, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		packages[name]["behaviour_test.go"] = test
		tested = append(tested, "./"+name)
	}
	tested = append(tested, "./examples")
	for _, document := range officialDocuments(t) {
		name := "official_" + strings.TrimSuffix(filepath.Base(document), ".json")
		packages[name] = made(t, document, "p")
		if slices.Contains([]string{"official_contacts", "official_locations", "official_products"}, name) || os.Getenv("PROVE") != "" { // each takes a second to link
			tested = append(tested, "./"+name)
		}
	}
	for _, name := range []string{"client", "init", "new"} { // names that mean something else in an example
		packages[name] = made(t, "testdata/specs/examples.yaml", name)
		tested = append(tested, "./"+name)
	}
	linted := []string{} // the others differ from these in words alone
	for _, name := range slices.Sorted(maps.Keys(packages)) {
		linted = append(linted, "./"+name)
	}
	maps.Copy(packages, hostileClients(t))
	packages["many"] = made(t, write(t, "many.yaml", manyFields()), "p")
	packages["choices"] = made(t, write(t, "choices.yaml", manyChoices()), "p")
	packages["nested"] = made(t, write(t, "spec.yaml", structsInStructs()), "p")

	dir := module(t, packages)
	inModule(t, dir, "vet", "./...")
	inModule(t, dir, append([]string{"test", "-vet=off", "-ldflags=-s -w"}, tested...)...)
	inModule(t, dir, append([]string{"tool", "-modfile=" + absolute(t, "../internal/tools/go.mod"), "staticcheck", "-tests=false"}, linted...)...)
}

// module writes a module of generated packages, which requires the engine of this repository.
func module(t *testing.T, packages map[string]files) (dir string) {
	t.Helper()
	dir = t.TempDir()
	put := func(name string, data []byte) {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	sums, err := os.ReadFile("../go.sum")
	if err != nil {
		t.Fatal(err)
	}
	put("go.sum", sums)
	put("go.mod", goMod(t))
	for pkg, fs := range packages {
		for name, data := range fs {
			if name == client.ExamplesFile {
				data = ownImport.ReplaceAll(data, []byte(`"generated/`+pkg+`"`))
			}
			put(filepath.Join(pkg, name), data)
		}
	}
	return dir
}

// ownImport is the import of the client in its examples; the directory may have another name than the package.
var ownImport = regexp.MustCompile(`"generated/\w+"`)

// goMod is the go.mod of that module. The versions are those of this repository.
func goMod(t *testing.T) []byte {
	t.Helper()
	ours, err := os.ReadFile("../go.mod")
	if err != nil {
		t.Fatal(err)
	}
	goVersion := regexp.MustCompile(`(?m)^go .*$`).Find(ours)
	runtime := regexp.MustCompile(`github\.com/oapi-codegen/runtime v\S+`).Find(ours)
	judge := regexp.MustCompile(`github\.com/getkin/kin-openapi v\S+`).Find(ours)
	if goVersion == nil || runtime == nil || judge == nil {
		t.Fatal("../go.mod has no go version, or does not require the libraries that generated clients or their tests need")
	}
	return fmt.Appendf(nil, "module generated\n\n%s\n\nrequire github.com/highlevel-go/snapshots/api v0.0.0\nrequire %s\nrequire %s\n\nreplace github.com/highlevel-go/snapshots/api => %s\n",
		goVersion, runtime, judge, absolute(t, "../api"))
}

// inModule runs the go command in such a module.
func inModule(t *testing.T, dir string, args ...string) {
	t.Helper()
	cmd := exec.Command("go", args...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "GOWORK=off", "GOFLAGS=-mod=mod "+os.Getenv("GOFLAGS"), "STYLES="+absolute(t, "testdata/specs/styles.yaml"))
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("go %s: %v\n%s", strings.Join(args, " "), err, out)
	}
}
