package mutation

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// Batch is many mutants in two test binaries. A mutant is a copy of the client under an import path of its own; one of
// the engine brings its own copy of the suite as well, whose types are the engine's. Compiling them together costs a
// tenth of linking a binary for each.
type Batch struct {
	root, dir string
	mutants   []Mutant
}

// ErrNoMutant says that an operator's change does not compile, so that it proves nothing.
var ErrNoMutant = errors.New("a mutant does not compile")

const (
	module     = "github.com/highlevel-go/snapshots"
	mutantsMod = "mutants.test"
)

func name(i int) string { return fmt.Sprintf("m%03d", i) }

// kind says whether a mutant is of the engine or of generated code.
func (m Mutant) kind() string {
	if strings.HasPrefix(m.File, "api/rest/") {
		return "engine"
	}
	return "generated"
}

// NewBatch writes mutants below dir, as a module in a workspace with the repository, and compiles them.
func NewBatch(ctx context.Context, root, dir string, mutants []Mutant) (*Batch, error) {
	b := &Batch{root: root, dir: dir, mutants: mutants}
	if err := b.workspace(); err != nil {
		return nil, err
	}
	tests := map[string]*strings.Builder{}
	imports := map[string]*strings.Builder{}
	for i, m := range mutants {
		kind := m.kind()
		if tests[kind] == nil {
			tests[kind], imports[kind] = &strings.Builder{}, &strings.Builder{}
		}
		n := name(i)
		suite := "conformance"
		if err := b.copyClient(n, m); err != nil {
			return nil, err
		}
		fmt.Fprintf(imports[kind], "\t%s %q\n", n, mutantsMod+"/"+n+"/api")
		if kind == "engine" {
			suite = "suite" + n
			fmt.Fprintf(imports[kind], "\t%s %q\n", suite, mutantsMod+"/"+n+"/conformance")
		}
		fmt.Fprintf(tests[kind], "\tt.Run(%q, func(t *testing.T) { %s.Run(t, doc, %s.Operations(), %s.New, %s.WithFixtures(conformance.Fixtures())) })\n",
			n, suite, n, n, suite)
	}
	for kind := range tests {
		if err := b.compile(ctx, kind, imports[kind].String(), tests[kind].String()); err != nil {
			return nil, err
		}
	}
	return b, nil
}

func (b *Batch) workspace() error {
	work := fmt.Sprintf("go 1.26\n\nuse (\n\t%s\n\t%s\n\t./m\n)\n", b.root, filepath.Join(b.root, "api"))
	if err := b.write("go.work", work); err != nil {
		return err
	}
	if sums, err := os.ReadFile(filepath.Join(b.root, "go.work.sum")); err == nil {
		if err := b.write("go.work.sum", string(sums)); err != nil {
			return err
		}
	}
	return b.write("m/go.mod", "module "+mutantsMod+"\n\ngo 1.26\n")
}

func (b *Batch) write(file, text string) error {
	file = filepath.Join(b.dir, filepath.FromSlash(file))
	if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
		return err
	}
	return os.WriteFile(file, []byte(text), 0o600)
}

// copyClient copies what a mutant consists of, with the changed file in its place.
func (b *Batch) copyClient(n string, m Mutant) error {
	parts := []string{"api"}
	if m.kind() == "engine" {
		parts = []string{"api", "api/rest", "conformance"}
	}
	for _, part := range parts {
		files, err := filepath.Glob(filepath.Join(b.root, filepath.FromSlash(part), "*.go"))
		if err != nil {
			return err
		}
		for _, file := range files {
			if strings.HasSuffix(file, "_test.go") {
				continue
			}
			source, err := os.ReadFile(file)
			if err != nil {
				return err
			}
			if file == m.Abs {
				source = m.Source
			}
			text := string(source)
			if m.kind() == "engine" {
				text = strings.ReplaceAll(text, `"`+module+`/api/rest"`, `"`+mutantsMod+"/"+n+`/api/rest"`)
			}
			if err := b.write("m/"+n+"/"+part+"/"+filepath.Base(file), text); err != nil {
				return err
			}
		}
	}
	if m.kind() != "engine" {
		return nil
	}
	return b.copyFixtures(n)
}

func (b *Batch) copyFixtures(n string) error {
	from := os.DirFS(filepath.Join(b.root, "conformance"))
	return fs.WalkDir(from, "fixtures", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := fs.ReadFile(from, path)
		if err != nil {
			return err
		}
		return b.write("m/"+n+"/conformance/"+path, string(text))
	})
}

// compile makes one test binary of all mutants of a kind.
func (b *Batch) compile(ctx context.Context, kind, imports, tests string) error {
	text := fmt.Sprintf(`package %s

import (
	"testing"

	"%s/conformance"
	"%s/conformance/judge"
	"%s/spec"

%s)

func TestMutants(t *testing.T) {
	doc, err := judge.Load("spec/snapshots.yaml", spec.Snapshots)
	if err != nil {
		t.Fatal(err)
	}
%s}
`, kind, module, module, module, imports, tests)
	if err := b.write("m/"+kind+"/mutants_test.go", text); err != nil {
		return err
	}
	// Mutants are compiled without optimizing, which costs more than they run. -trimpath, so that what was compiled yesterday in another directory is still in the cache.
	build := exec.CommandContext(ctx, "go", "test", "-c", "-trimpath", "-vet=off", "-ldflags=-s -w",
		"-gcflags="+mutantsMod+"/...=-N -l", "-o", filepath.Join(b.dir, kind+".test"), "./"+kind)
	build.Dir = filepath.Join(b.dir, "m")
	build.Env = append(os.Environ(), "GOWORK="+filepath.Join(b.dir, "go.work"), "GOFLAGS=-mod=readonly")
	if out, err := build.CombinedOutput(); err != nil {
		return fmt.Errorf("%w:\n%s", ErrNoMutant, b.explain(string(out)))
	}
	return nil
}

// explain puts the operator's name behind the package of a compiler's message.
func (b *Batch) explain(out string) string {
	for i, m := range b.mutants {
		out = strings.ReplaceAll(out, "# "+mutantsMod+"/"+name(i)+"/", "# "+m.Name+": ")
	}
	return out
}
