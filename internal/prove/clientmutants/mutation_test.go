package clientmutants_test

import (
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	_ "github.com/highlevel-go/snapshots/conformance" // what runs against the mutants: when it changes, a result of before is none
	"github.com/highlevel-go/snapshots/internal/prove/clientmutants"
)

var (
	update = flag.Bool("update", false, "write docs/client-mutants.md")
	places = flag.Int("places", 2, "how many places of each operator to try; 0 for all")
	only   = flag.String("operator", "", "try only operators whose name contains this")
)

const root = "../../.."

func operators() []clientmutants.Operator {
	return slices.Concat(clientmutants.Generated(), clientmutants.Engine(), clientmutants.Subtle())
}

func TestOperatorsHaveTheirPlacesAndNames(t *testing.T) {
	all := operators()
	if len(all) < 40 {
		t.Errorf("only %d operators", len(all))
	}
	seen := map[string]bool{}
	for _, o := range all {
		if seen[o.Name] || o.Breaks == "" {
			t.Errorf("operator %q comes twice, or says nothing", o.Name)
		}
		seen[o.Name] = true
		if _, err := o.Mutants(root); err != nil {
			t.Error(err)
		}
	}
}

func TestEveryMutantIsCaught(t *testing.T) {
	if testing.Short() {
		t.Skip("the suite runs against each mutant, which takes half a minute")
	}
	abs, err := filepath.Abs(root)
	if err != nil {
		t.Fatal(err)
	}
	var mutants []clientmutants.Mutant
	for _, o := range operators() {
		found, err := o.Mutants(abs)
		if err != nil {
			t.Error(err)
			continue
		}
		if strings.Contains(o.Name, *only) {
			mutants = append(mutants, clientmutants.Some(found, *places)...)
		}
	}
	results := runAll(t, abs, mutants)
	missed := 0
	for _, r := range results {
		where := r.Name + ", " + r.File + ":" + strconv.Itoa(r.Line)
		switch {
		case !r.Killed && r.Equivalent == "":
			missed++
			t.Errorf("missed: %s: %s: %s", where, r.Breaks, r.From)
		case r.Killed && r.Equivalent != "":
			t.Errorf("caught by %s, and said to be equivalent: %s", r.By, where)
		}
	}
	t.Logf("%d operators, %d mutants, %d missed", len(operators()), len(results), missed)
	if *only == "" && *places == 2 && !t.Failed() {
		compare(t, filepath.Join(root, "docs", "mutation.md"), clientmutants.Table(operators(), results))
	}
}

// runAll compiles all mutants, and runs two at a time.
func runAll(t *testing.T, root string, mutants []clientmutants.Mutant) []clientmutants.Result {
	t.Helper()
	begin := time.Now()
	batch, err := clientmutants.NewBatch(t.Context(), root, t.TempDir(), mutants)
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("compiled in %v", time.Since(begin).Round(time.Second))
	if err := batch.Unchanged(t.Context()); err != nil {
		t.Fatal(err)
	}
	defer func() { t.Logf("done in %v", time.Since(begin).Round(time.Second)) }()
	results := make([]clientmutants.Result, len(mutants))
	errs := make([]error, len(mutants))
	next := make(chan int)
	var workers sync.WaitGroup
	for range 2 {
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
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
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
