package driftmutants_test

import (
	"flag"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/highlevel-go/snapshots/internal/drift"
	"github.com/highlevel-go/snapshots/internal/prove/driftmutants"
)

var update = flag.Bool("update", false, "write docs/drift-mutants.md again")

const (
	recordFile = "../../../spec/docs.yaml"
	specFile   = "../../../spec/snapshots.yaml"
	ledgerFile = "../../../spec/deviations.yaml"
	tableFile  = "../../../docs/drift-mutants.md"
)

// ownWorld is made of pages in our own words, realWorld of the pages of the site, where they are at hand.
func ownWorld(t testing.TB) *driftmutants.World {
	t.Helper()
	pages, err := driftmutants.OwnPages(recordFile)
	if err != nil {
		t.Fatal(err)
	}
	return worldOf(t, pages)
}

func realWorld(t testing.TB) *driftmutants.World {
	t.Helper()
	files := sharedFiles(t, "corpus/pages/snapshots__*.md")
	pages, err := driftmutants.ReadPages(files)
	if err != nil {
		t.Fatal(err)
	}
	return worldOf(t, pages)
}

func sharedFiles(t testing.TB, pattern string) []string {
	t.Helper()
	dir := os.Getenv("SNAPSHOTS_SHARED")
	if dir == "" {
		dir = "../../../../shared"
	}
	files, err := filepath.Glob(filepath.Join(dir, pattern))
	if err != nil {
		t.Fatal(err)
	}
	if len(files) == 0 {
		t.Skip("the mirror of real pages is not here; set SNAPSHOTS_SHARED to its directory")
	}
	return files
}

func worldOf(t testing.TB, pages []*driftmutants.SourcePage) *driftmutants.World {
	t.Helper()
	world, err := driftmutants.NewWorld(pages, specFile, ledgerFile)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range pages {
		if report := world.CheckWhole(p.ID+".md", p.Text); report.Verdict() != drift.Clean {
			t.Fatalf("%s is not clean as it is: %v", p.ID, report.Findings[0].Message)
		}
	}
	return world
}

func specMutants(world *driftmutants.World) ([]driftmutants.Outcome, error) {
	source, err := os.ReadFile(specFile)
	if err != nil {
		return nil, err
	}
	return world.SpecMutants(source)
}

func ledgerMutants(t *testing.T, world *driftmutants.World) []driftmutants.Outcome {
	t.Helper()
	source, err := os.ReadFile(ledgerFile)
	if err != nil {
		t.Fatal(err)
	}
	outcomes, err := world.LedgerMutants(source)
	if err != nil {
		t.Fatal(err)
	}
	return outcomes
}

func factMutants(t testing.TB, world *driftmutants.World) []driftmutants.Outcome {
	t.Helper()
	outcomes, err := world.PageFactMutants()
	if err != nil {
		t.Fatal(err)
	}
	return outcomes
}

// complain reports mutants that were not caught, or under another name, or elsewhere; two for each operator.
func complain(t *testing.T, outcomes []driftmutants.Outcome) {
	t.Helper()
	shown := map[string]int{}
	for _, o := range outcomes {
		if o.Invisible || o.Caught && o.Kind && o.Right {
			continue
		}
		m := o.Mutant
		if shown[m.Operator.Name]++; shown[m.Operator.Name] <= 2 {
			t.Errorf("%s at %s: caught %v, right kind %v, right line %v; want one of %v at %q line %d %q; said %v",
				m.Operator.Name, m.Site, o.Caught, o.Kind, o.Right, m.Operator.Kinds, m.Place, m.Line, m.Gone, o.Said)
		}
	}
}

func operators(outcomes []driftmutants.Outcome) int {
	names := map[string]bool{}
	for _, o := range outcomes {
		names[o.Mutant.Operator.Name] = true
	}
	return len(names)
}

// silence reports changes that mean nothing and did not stay silent. Of real pages some look as if changed already.
func silence(t *testing.T, silences []driftmutants.Silence, real bool) {
	t.Helper()
	for _, s := range silences {
		if s.Sites == 0 && !real {
			t.Errorf("%s changed nothing", s.Name)
		}
		if len(s.Broken) > 0 {
			t.Errorf("%s: %d findings, such as %s", s.Name, len(s.Broken), s.Broken[0])
		}
	}
}

// Every change of every operator is caught, named rightly and at its line, what means nothing stays silent, and the table in
// the documentation is what came out.
func TestEveryChangeIsFoundAndTheTableSaysSo(t *testing.T) {
	t.Parallel()
	world := ownWorld(t)
	var said, damage, spec, ledger []driftmutants.Outcome
	var silent []driftmutants.Silence
	done := make(chan error, 1)
	go func() { // a core for the spec, one for the pages
		var err error
		spec, err = specMutants(world)
		done <- err
	}()
	said, damage, silent = factMutants(t, world), world.PageTextMutants(), world.Cosmetics()
	if err := <-done; err != nil {
		t.Fatal(err)
	}
	complain(t, said)
	complain(t, damage)
	ledger = ledgerMutants(t, world)
	complain(t, spec)
	complain(t, ledger)
	silence(t, silent, false)
	if n := operators(said) + operators(damage); n < 60 {
		t.Errorf("%d operators for pages", n)
	}
	if n := operators(spec); n < 60 {
		t.Errorf("%d operators for the spec", n)
	}
	if len(silent) < 12 {
		t.Errorf("%d operators that mean nothing", len(silent))
	}
	for _, name := range driftmutants.Unexplained(said) {
		t.Errorf("%s leaves a page as it was at some site, and no reason for that is on record", name)
	}
	table := driftmutants.Table(said, damage, spec, ledger, silent)
	if *update {
		if err := os.WriteFile(tableFile, []byte(table), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	data, err := os.ReadFile(tableFile)
	if err != nil {
		t.Fatalf("%v; write it with -update", err)
	}
	if diff := cmp.Diff(string(data), table); diff != "" {
		t.Errorf("%s is not what came out; write it again with -update (-file +now):\n%s", tableFile, diff)
	}
}

// The same on the pages of the real site, as a scraper wrote them.
func TestEveryChangeOfTheRealPagesIsFound(t *testing.T) {
	t.Parallel()
	world := realWorld(t)
	complain(t, world.PageTextMutants())
	silence(t, world.Cosmetics(), true)
	if !testing.Short() {
		complain(t, factMutants(t, world))
	}
}
