package clientmutants

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// Batch is many mutants in one test binary. Most are woven into one copy of client, engine and suite (see [weave]); what
// changes a type or a constant is a copy of its own, which costs more to compile than to run.
type Batch struct {
	root, dir string
	mutants   []Mutant
	imports   strings.Builder
	tests     strings.Builder
	limit     time.Duration // for one run, known after Unchanged
}

// ErrNoMutant says that an operator's change does not compile, so that it proves nothing.
var ErrNoMutant = errors.New("a mutant does not compile")

const (
	module     = "github.com/highlevel-go/snapshots"
	mutantsMod = "mutants.test"
	// all is the copy that mutants are woven into.
	all = "m0"
)

// number is what mutant i is chosen by; 0 is none.
func number(i int) int { return i + 1 }

func name(i int) string { return fmt.Sprintf("m%d", number(i)) }

// engine says whether a mutant is of the engine, rather than of generated code.
func (m Mutant) engine() bool { return strings.HasPrefix(m.File, "api/rest/") }

// NewBatch writes mutants below dir, as a module in a workspace with the repository, and compiles them.
func NewBatch(ctx context.Context, root, dir string, mutants []Mutant) (*Batch, error) {
	b := &Batch{root: root, dir: dir, mutants: mutants}
	if err := b.workspace(); err != nil {
		return nil, err
	}
	alone, err := b.together()
	if err != nil {
		return nil, err
	}
	for i, m := range mutants {
		client, suite := all, "suite"+all
		if slices.Contains(alone, number(i)) {
			client, suite = name(i), "conformance"
			if m.engine() {
				suite = "suite" + client
			}
			if err := b.apart(client, suite, m); err != nil {
				return nil, err
			}
		}
		b.tested(name(i), client, suite)
	}
	return b, b.compile(ctx)
}

// together writes the copy that is all mutants; alone are the numbers of those that cannot be in it.
func (b *Batch) together() (alone []int, err error) {
	of := map[string][]int{}
	for i, m := range b.mutants {
		of[m.Abs] = append(of[m.Abs], i)
	}
	err = b.copy(all, true, func(file string, source []byte) (string, error) {
		var mutants []Mutant
		var numbers []int
		for _, i := range of[file] {
			mutants, numbers = append(mutants, b.mutants[i]), append(numbers, number(i))
		}
		text, left, err := weave(source, mutants, numbers)
		alone = append(alone, left...)
		return text, err
	})
	b.imported(all, true)
	b.tested(all, all, "suite"+all)
	return alone, errors.Join(err, b.write("m/mutant/mutant.go", chooser))
}

// apart writes a copy that is one mutant.
func (b *Batch) apart(client, suite string, m Mutant) error {
	whole := suite != "conformance"
	b.imported(client, whole)
	return b.copy(client, whole, func(file string, source []byte) (string, error) {
		if file == m.Abs {
			source = m.Source()
		}
		return string(source), nil
	})
}

// tested adds a test to the binary: a suite against a client.
func (b *Batch) tested(name, client, suite string) {
	fmt.Fprintf(&b.tests, "\tt.Run(%q, func(t *testing.T) { %s.Run(t, doc, %s.Operations(), %s.New, %s.WithFixtures(conformance.Fixtures())) })\n",
		name, suite, client, client, suite)
}

// imported has a copy's client, and its suite where it has one, imported by the test.
func (b *Batch) imported(client string, whole bool) {
	fmt.Fprintf(&b.imports, "\t%s %q\n", client, mutantsMod+"/"+client+"/api")
	if whole {
		fmt.Fprintf(&b.imports, "\tsuite%s %q\n", client, mutantsMod+"/"+client+"/conformance")
	}
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

// copy copies the client under an import path of its own, each file through edit; when whole, the engine as well, and with
// it the suite, whose types are the engine's.
func (b *Batch) copy(to string, whole bool, edit func(file string, source []byte) (string, error)) error {
	parts := []string{"api"}
	if whole {
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
			text, err := edit(file, source)
			if err != nil {
				return err
			}
			if whole {
				text = strings.ReplaceAll(text, `"`+module+`/api/rest"`, `"`+mutantsMod+"/"+to+`/api/rest"`)
			}
			if err := b.write("m/"+to+"/"+part+"/"+filepath.Base(file), text); err != nil {
				return err
			}
		}
	}
	if !whole {
		return nil
	}
	return b.copyFixtures(to)
}

func (b *Batch) copyFixtures(to string) error {
	from := os.DirFS(filepath.Join(b.root, "conformance"))
	return fs.WalkDir(from, "fixtures", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := fs.ReadFile(from, path)
		if err != nil {
			return err
		}
		return b.write("m/"+to+"/conformance/"+path, string(text))
	})
}

// compile makes the test binary.
func (b *Batch) compile(ctx context.Context) error {
	text := fmt.Sprintf(`package tests

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
`, module, module, module, b.imports.String(), b.tests.String())
	if err := b.write("m/tests/mutants_test.go", text); err != nil {
		return err
	}
	// -trimpath, so that what was compiled yesterday in another directory is still in the cache. Mutants are compiled
	// without optimizing, which costs more than they run.
	build := exec.CommandContext(ctx, "go", "test", "-c", "-trimpath", "-vet=off", "-ldflags=-s -w",
		"-gcflags="+mutantsMod+"/...=-N -l", "-o", filepath.Join(b.dir, "mutants.test"), "./tests")
	build.Dir = filepath.Join(b.dir, "m")
	build.Env = append(os.Environ(), "GOWORK="+filepath.Join(b.dir, "go.work"), "GOFLAGS=-mod=readonly")
	if out, err := build.CombinedOutput(); err != nil {
		return fmt.Errorf("%w:\n%s", ErrNoMutant, b.explain(string(out)))
	}
	return nil
}

// explain puts the operator's name behind what the compiler says of a mutant.
func (b *Batch) explain(out string) string {
	for i, m := range slices.Backward(b.mutants) {
		for _, mark := range []string{mutantsMod + "/" + name(i) + "/", name(i) + "_"} {
			out = strings.ReplaceAll(out, mark, "["+m.Name+"] "+mark)
		}
	}
	return out
}
