package main

import (
	"fmt"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/highlevel-go/snapshots/gen/client"
	"github.com/highlevel-go/snapshots/gen/internal/text"
	"github.com/highlevel-go/snapshots/internal/prove"
)

// TestGeneratedClientsCompile type-checks clients whose names and texts try what Go allows, and large ones.
func TestGeneratedClientsCompile(t *testing.T) {
	if testing.Short() {
		t.Skip("makes many clients")
	}
	clients := hostileClients(t)
	clients["many fields"] = made(t, write(t, "many.yaml", manyFields()), "p")
	clients["many choices"] = made(t, write(t, "choices.yaml", manyChoices()), "p")
	clients["structs in structs"] = made(t, write(t, "spec.yaml", structsInStructs()), "p")
	importer := compiledImports(t)
	for name, made := range clients {
		set := token.NewFileSet()
		var parsed []*ast.File
		for file, data := range made {
			if !strings.HasSuffix(file, ".go") || file == client.ExamplesFile {
				continue
			}
			f, err := parser.ParseFile(set, file, data, parser.SkipObjectResolution)
			if err != nil {
				t.Fatal(err)
			}
			parsed = append(parsed, f)
		}
		config := types.Config{Importer: importer, Error: func(err error) { t.Errorf("%s: %v", name, err) }}
		_, _ = config.Check("p", set, parsed, nil)
	}
}

// compiledImports imports the packages that generated code uses.
func compiledImports(t *testing.T) types.Importer {
	t.Helper()
	out, err := exec.Command("go", append([]string{"list", "-export", "-deps", "-f", "{{.ImportPath}}={{.Export}}"}, slices.Collect(maps.Values(text.Imports))...)...).Output()
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]string{}
	for line := range strings.Lines(string(out)) {
		path, file, _ := strings.Cut(strings.TrimSpace(line), "=")
		files[path] = file
	}
	return importer.ForCompiler(token.NewFileSet(), "gc", func(path string) (io.ReadCloser, error) { return os.Open(files[path]) })
}

// TestGeneratedClientsAreSound vets and lints what the other tests generate, as one module, and runs its examples. The tests under
// testdata/behaviour are in the generated packages that they test, and one test binary runs them, against a server.
func TestGeneratedClientsAreSound(t *testing.T) {
	if testing.Short() {
		t.Skip("compiles generated code")
	}
	packages := map[string]files{}
	for _, name := range specs {
		packages[name] = made(t, "testdata/specs/"+name+".yaml", name)
	}
	packages["behaviour"] = behaviourTests(t, packages)
	linted, tested := slices.Clone(specs), []string{"behaviour", "examples"}
	for _, document := range officialSample(t) {
		name := "official_" + strings.TrimSuffix(filepath.Base(document), ".json")
		packages[name] = made(t, document, "p")
		linted, tested = append(linted, name), append(tested, name)
	}
	for _, name := range []string{"client", "init", "new"} { // names that mean something else in an example
		packages[name] = made(t, "testdata/specs/examples.yaml", name)
		if prove.InFull() { // they differ from those of examples in that name alone
			tested = append(tested, name)
		}
	}
	dir := module(t, packages)
	inModule(t, dir, []string{"vet", "-tags=behaviour"}, "...")
	inModule(t, dir, []string{"test", "-tags=behaviour", "-vet=off", "-ldflags=-s -w"}, tested...)
	inModule(t, dir, []string{"tool", "-modfile=" + absolute(t, "../internal/tools/go.mod"), "staticcheck", "-tests=false"}, linted...) // without the tag
}

var testFunction = regexp.MustCompile(`(?m)^func (Test\w+)\(t `)

// behaviourTests adds the tests under testdata/behaviour to the packages of their names, and returns a package that runs them all.
func behaviourTests(t *testing.T, packages map[string]files) files {
	t.Helper()
	tests, err := filepath.Glob("testdata/behaviour/*.txt")
	if err != nil || len(tests) == 0 {
		t.Fatal("no behaviour tests", err)
	}
	imports, calls := "", ""
	for _, file := range tests {
		name := strings.TrimSuffix(filepath.Base(file), ".txt")
		test, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		packages[name]["behaviour.go"] = append([]byte("//go:build behaviour\n\n"), test...)
		imports += fmt.Sprintf("\t%q\n", "generated/"+name)
		for _, function := range testFunction.FindAllSubmatch(test, -1) {
			calls += fmt.Sprintf("\tt.Run(\"%s/%s\", %[1]s.%[2]s)\n", name, function[1])
		}
	}
	return files{"behaviour_test.go": []byte("//go:build behaviour\n\npackage behaviour\n\nimport (\n\t\"testing\"\n\n" + imports + ")\n\nfunc TestBehaviour(t *testing.T) {\n" + calls + "}\n")}
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

// goMod returns the go.mod of that module. The versions are those of this repository.
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

// inModule runs the go command on packages of such a module.
func inModule(t *testing.T, dir string, args []string, packages ...string) {
	t.Helper()
	for _, pkg := range packages {
		args = append(args, "./"+pkg)
	}
	cmd := exec.Command("go", args...)
	cmd.Dir = dir
	// With -trimpath, the build cache also holds for the next run, whose module is in another directory.
	cmd.Env = append(os.Environ(), "GOWORK=off", "GOFLAGS=-mod=mod -trimpath "+os.Getenv("GOFLAGS"), "STYLES="+absolute(t, "testdata/specs/styles.yaml"))
	begin := time.Now()
	out, err := cmd.CombinedOutput()
	t.Logf("go %s: %v, %v of the processor", args[0], time.Since(begin), cmd.ProcessState.UserTime()+cmd.ProcessState.SystemTime())
	if err != nil {
		t.Errorf("go %s: %v\n%s", strings.Join(args, " "), err, out)
	}
}
