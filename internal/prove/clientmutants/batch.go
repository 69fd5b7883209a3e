package clientmutants

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"time"
)

// Batch is many mutants in one test binary, which is built with go's -overlay: the checkout stays as it is.
//
// Most mutants of a file are combined with it into one source (see [combine]), and chosen when the binary starts. What changes a type or a constant
// cannot be: such a mutant of generated code is a package of its own beside the client, which the conformance suite then
// runs against.
type Batch struct {
	root, dir string
	suite     suite
	client    *generatedClient // what the mutants are of; nil for the engine
	mutants   []Mutant
	separate  []int             // numbers of the mutants that are packages of their own
	overlay   map[string]string // from a file of the checkout to what is compiled in its place
	limit     time.Duration     // for one run, known after Unchanged
	slow      []string          // tests that take long, known after Unchanged
}

// suite is what must notice a mutant.
type suite struct {
	name     string
	module   string // where its package is built, below the root
	packaged string // its package
	run      string // pattern of the tests; %s is the client's package
}

var (
	// conformanceSuite runs against the client, and against each mutant that is a package of its own.
	conformanceSuite = suite{name: "conformance", module: ".", packaged: mutantTests, run: "^TestMutants$/^%s$"}
	// engineSuite are all tests of the engine.
	engineSuite = suite{name: "api/rest", module: "api", packaged: "rest", run: ""}
)

// ErrNoMutant is returned if an operator's change does not compile, so that it proves nothing.
var ErrNoMutant = errors.New("a mutant does not compile")

const (
	module = "github.com/highlevel-go/snapshots"
	// chooserPackage is where the chooser is put, below the root.
	chooserPackage = "api/internal/mutant"
	// separatePackages is where mutants are put that are packages of their own.
	separatePackages = "api/mutants"
	// mutantTests is where the test is put that runs the conformance suite.
	mutantTests = "internal/prove/clientmutants/mutanttests"
	// asItIs is the client at its own place.
	asItIs = "m0"
)

// number returns the number by which mutant i is chosen; 0 chooses none.
func number(i int) int { return i + 1 }

// engine reports whether a mutant changes the engine rather than generated code.
func (m Mutant) engine() bool { return m.File == engine }

// Split divides mutants by what they change: a client, or the engine.
func Split(mutants []Mutant) [][]Mutant {
	of := map[*generatedClient][]Mutant{}
	for _, m := range mutants {
		of[clientOf(m)] = append(of[clientOf(m)], m)
	}
	var out [][]Mutant
	for i := range generatedClients {
		out = append(out, of[&generatedClients[i]])
	}
	return slices.DeleteFunc(append(out, of[nil]), func(m []Mutant) bool { return len(m) == 0 })
}

// NewBatch compiles mutants of one client, or of the engine; what is compiled is written below dir.
func NewBatch(ctx context.Context, root, dir string, mutants []Mutant) (*Batch, error) {
	b := &Batch{root: root, dir: dir, mutants: mutants, suite: conformanceSuite, client: clientOf(mutants[0]), overlay: map[string]string{}}
	if b.client == nil {
		b.suite = engineSuite
	}
	combined, separate, err := combineAll(mutants)
	if err != nil {
		return nil, err
	}
	b.separate = separate
	if err := b.put(path.Join(chooserPackage, "mutant.go"), chooser); err != nil {
		return nil, err
	}
	for file, text := range combined {
		rel, err := filepath.Rel(root, file)
		if err != nil {
			return nil, err
		}
		if err := b.put(filepath.ToSlash(rel), text); err != nil {
			return nil, err
		}
	}
	if err := b.putSeparate(); err != nil {
		return nil, err
	}
	return b, b.compile(ctx)
}

// combineAll combines the mutants of each file. separate are the numbers of those that cannot be combined.
func combineAll(mutants []Mutant) (combined map[string]string, separate []int, err error) {
	byFile := map[string][]int{}
	for i, m := range mutants {
		byFile[m.Abs] = append(byFile[m.Abs], i)
	}
	combined = map[string]string{}
	for file, which := range byFile {
		var some []Mutant
		var numbers []int
		for _, i := range which {
			some, numbers = append(some, mutants[i]), append(numbers, number(i))
		}
		text, left, err := combine(some[0].source, some, numbers)
		if err != nil {
			return nil, nil, fmt.Errorf("%s: %w", file, err)
		}
		combined[file], separate = text, append(separate, left...)
	}
	slices.Sort(separate)
	return combined, separate, nil
}

// put has a text compiled instead of a file of the checkout, which need not exist.
func (b *Batch) put(file, text string) error {
	real := filepath.Join(b.dir, fmt.Sprintf("%d.go", len(b.overlay)))
	b.overlay[filepath.Join(b.root, filepath.FromSlash(file))] = real
	return os.WriteFile(real, []byte(text), 0o600)
}

// putSeparate makes the packages of those mutants that cannot be combined, and the test that runs the suite against each.
func (b *Batch) putSeparate() error {
	if b.suite != conformanceSuite {
		if len(b.separate) > 0 {
			m := b.mutants[b.separate[0]-1]
			return fmt.Errorf("%w: operator %s changes a type or a constant of the engine", ErrNoMutant, m.Name)
		}
		return nil
	}
	var imports, tests strings.Builder
	add := func(client, from string) {
		fmt.Fprintf(&imports, "\t%s %q\n", client, module+"/"+from)
		fmt.Fprintf(&tests, "\tt.Run(%q, func(t *testing.T) { conformance.Run(t, doc, %s.Operations(), %s.New, conformance.WithFixtures(fixtures), conformance.WithTracker(coverage.New(doc))) })\n",
			client, client, client)
	}
	add(asItIs, b.client.dir)
	for _, n := range b.separate {
		client := fmt.Sprintf("m%d", n)
		if err := b.putClient(path.Join(separatePackages, client), b.mutants[n-1]); err != nil {
			return err
		}
		add(client, path.Join(separatePackages, client))
	}
	return b.put(path.Join(mutantTests, "mutants_test.go"), fmt.Sprintf(mutantTest, module, imports.String(), tests.String(),
		b.client.spec, b.client.embedded, filepath.Join(b.root, filepath.FromSlash(b.client.fixtures))))
}

// putClient copies the client with one mutant.
func (b *Batch) putClient(to string, m Mutant) error {
	files, err := filepath.Glob(filepath.Join(b.root, filepath.FromSlash(b.client.dir), "*.go"))
	if err != nil {
		return err
	}
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		text := m.Source()
		if file != m.Abs {
			if text, err = os.ReadFile(file); err != nil {
				return err
			}
		}
		if err := b.put(path.Join(to, filepath.Base(file)), string(text)); err != nil {
			return err
		}
	}
	return nil
}

const mutantTest = `package mutanttests

import (
	"os"
	"testing"

	"%[1]s/conformance"
	"%[1]s/conformance/coverage"
	"%[1]s/conformance/judge"
	"%[1]s/spec"

%[2]s)

func TestMutants(t *testing.T) {
	doc, err := judge.Load(%[4]q, spec.%[5]s)
	if err != nil {
		t.Fatal(err)
	}
	fixtures := os.DirFS(%[6]q)
%[3]s}
`

// compile builds the test binary.
func (b *Batch) compile(ctx context.Context) error {
	overlay, err := json.Marshal(map[string]any{"Replace": b.overlay})
	if err != nil {
		return err
	}
	file := filepath.Join(b.dir, "overlay.json")
	if err := os.WriteFile(file, overlay, 0o600); err != nil {
		return err
	}
	// Mutants are compiled without optimizing, which costs more than they run.
	build := exec.CommandContext(ctx, "go", "test", "-c", "-vet=off", "-overlay", file, "-ldflags=-s -w",
		"-gcflags="+module+"/api/...=-N -l", "-o", b.binary(), "./"+b.suite.packaged)
	build.Dir = filepath.Join(b.root, filepath.FromSlash(b.suite.module))
	if out, err := build.CombinedOutput(); err != nil {
		return fmt.Errorf("%w:\n%s", ErrNoMutant, b.explain(string(out)))
	}
	return nil
}

func (b *Batch) binary() string { return filepath.Join(b.dir, "mutants.test") }

// explain adds the operator's name to the compiler's message about a mutant.
func (b *Batch) explain(out string) string {
	for i, m := range slices.Backward(b.mutants) {
		for _, mark := range []string{fmt.Sprintf("%s/m%d/", separatePackages, number(i)), fmt.Sprintf("m%d_", number(i))} {
			out = strings.ReplaceAll(out, mark, "["+m.Name+"] "+mark)
		}
	}
	return out
}

// Workers returns how many mutants are best run at a time. The engine's tests wait more than they compute.
func (b *Batch) Workers() int {
	if b.suite == engineSuite {
		return 2 * runtime.GOMAXPROCS(0)
	}
	return runtime.GOMAXPROCS(0)
}
