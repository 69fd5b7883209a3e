package clientmutants_test

import (
	"flag"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"sync"
	"testing"
	"time"

	_ "github.com/highlevel-go/snapshots/conformance" // what runs against the mutants: when it changes, an earlier result is void
	"github.com/highlevel-go/snapshots/internal/prove"
	"github.com/highlevel-go/snapshots/internal/prove/clientmutants"
)

var (
	update = flag.Bool("update", false, "write docs/client-mutants.md")
	places = flag.Int("places", 2, "every night: how many places of each operator to try; 0 for all")
	only   = flag.String("operator", "", "run only operators whose file and name, with a space between, match this")
)

const root = "../../.."

func operators() []clientmutants.Operator {
	return slices.Concat(clientmutants.Generated(), clientmutants.Engine())
}

func TestOperatorsHaveTheirPlacesAndNames(t *testing.T) {
	all := operators()
	if len(all) < 200 {
		t.Errorf("only %d operators", len(all))
	}
	seen := map[string]bool{}
	for _, o := range all {
		name := filepath.Dir(o.File) + " " + o.Name
		if seen[name] || o.Breaks == "" {
			t.Errorf("operator %q comes twice, or does not say what it breaks", name)
		}
		seen[name] = true
		if _, err := o.Mutants(root); err != nil {
			t.Error(err)
		}
	}
}

// Every night all operators are tried. With PROVE=full each is tried at one place; most operators on the client of sub-accounts are those on
// the client of snapshots again, so that every eighth of them will do. Otherwise every sixty-fourth stands for the others, and the client of
// snapshots for both.
func TestEveryMutantIsCaught(t *testing.T) {
	if testing.Short() {
		t.Skip("the suites run against each mutant, which takes half a minute")
	}
	abs, err := filepath.Abs(root)
	if err != nil {
		t.Fatal(err)
	}
	wanted, err := regexp.Compile(*only)
	if err != nil {
		t.Fatal(err)
	}
	var mutants []clientmutants.Mutant
	for i, o := range operators() {
		ofLocations := path.Dir(o.File) == "api/locations"
		found, err := o.Mutants(abs)
		if err != nil {
			t.Error(err)
			continue
		}
		switch {
		case !wanted.MatchString(o.File + " " + o.Name):
		case prove.Nightly() || *only != "":
			mutants = append(mutants, clientmutants.Some(found, *places)...)
		case prove.InFull() && (i%8 == 0 || !ofLocations), i%64 == 0 && !ofLocations:
			mutants = append(mutants, clientmutants.Some(found, 1)...)
		}
	}
	var results []clientmutants.Result
	for _, some := range clientmutants.Split(mutants) {
		results = append(results, runAll(t, abs, some)...)
	}
	missed := 0
	for _, r := range results {
		where := r.Name + ", " + r.Abs + ":" + strconv.Itoa(r.Line)
		switch {
		case !r.Caught && r.Equivalent == "":
			missed++
			t.Errorf("missed: %s: %s: %s", where, r.Breaks, r.From)
		case r.Caught && r.Equivalent != "":
			t.Errorf("caught by %s, and declared equivalent: %s", r.By, where)
		}
		t.Logf("%s: %s", r.Name, r.By)
	}
	t.Logf("%d operators, %d mutants, %d missed", len(operators()), len(results), missed)
	if prove.Nightly() && *only == "" && *places == 2 && !t.Failed() {
		compare(t, filepath.Join(root, "docs", "client-mutants.md"), clientmutants.Table(operators(), results))
	}
}

// runAll compiles the mutants of a suite, and runs some at a time.
func runAll(t *testing.T, root string, mutants []clientmutants.Mutant) []clientmutants.Result {
	t.Helper()
	begin := time.Now()
	batch, err := clientmutants.NewBatch(t.Context(), root, t.TempDir(), mutants)
	if err != nil {
		t.Fatal(err)
	}
	compiled := time.Since(begin)
	if err := batch.Unchanged(t.Context()); err != nil {
		t.Fatal(err)
	}
	defer func() {
		t.Logf("%d mutants: compiled in %v, done in %v", len(mutants), compiled.Round(time.Second), time.Since(begin).Round(time.Second))
	}()
	results := make([]clientmutants.Result, len(mutants))
	errs := make([]error, len(mutants))
	next := make(chan int)
	var workers sync.WaitGroup
	for range batch.Workers() {
		workers.Go(func() {
			for i := range next {
				results[i], errs[i] = batch.Run(t.Context(), i)
			}
		})
	}
	for i := range mutants {
		next <- i
	}
	close(next)
	workers.Wait()
	for _, err := range errs {
		if err != nil {
			t.Error(err)
		}
	}
	return slices.DeleteFunc(results, func(r clientmutants.Result) bool { return r.Name == "" })
}

func compare(t *testing.T, file, want string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(file, []byte(want), 0o600); err != nil {
			t.Fatal(err)
		}
		return
	}
	have, err := os.ReadFile(file)
	if err != nil || string(have) != want {
		t.Errorf("%s is not what the mutants came to; write it with -update (%v)", file, err)
	}
}
