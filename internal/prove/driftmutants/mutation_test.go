package driftmutants_test

import (
	"flag"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/highlevel-go/snapshots/internal/drift"
	"github.com/highlevel-go/snapshots/internal/prove"
	"github.com/highlevel-go/snapshots/internal/prove/driftmutants"
)

var update = flag.Bool("update", false, "write docs/drift-mutants.md again")

const (
	recordFile = "../../../spec/docs/2021-07-28.yaml"
	otherFile  = "../../../spec/docs/v3.yaml"
	specFile   = "../../../spec/snapshots.yaml"
	ledgerFile = "../../../spec/deviations.yaml"
	tableFile  = "../../../docs/drift-mutants.md"
)

// ownBaseline is made of pages in our own words, realBaseline of the pages of the site, where they are at hand.
func ownBaseline(t testing.TB) *driftmutants.Baseline {
	t.Helper()
	pages, err := driftmutants.OwnPages(recordFile)
	if err != nil {
		t.Fatal(err)
	}
	return baselineOf(t, pages)
}

func realBaseline(t testing.TB) *driftmutants.Baseline {
	t.Helper()
	files := prove.Shared(t, "corpus/pages/snapshots__*.md")
	pages, err := driftmutants.ReadPages(files)
	if err != nil {
		t.Fatal(err)
	}
	return baselineOf(t, pages)
}

func baselineOf(t testing.TB, pages []*driftmutants.SourcePage) *driftmutants.Baseline {
	t.Helper()
	dir := t.TempDir()
	other, err := os.ReadFile(otherFile)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "v3.yaml"), other, 0o600); err != nil {
		t.Fatal(err)
	}
	baseline, err := driftmutants.NewBaseline(pages, dir, specFile, ledgerFile)
	if err != nil {
		t.Fatal(err)
	}
	if !prove.InFull() {
		baseline.Sites = 1
	}
	for _, p := range pages {
		if report := baseline.CheckPageAndSpec(p.ID+".md", p.Text); report.Verdict() != drift.Clean {
			f := report.Findings[0]
			t.Fatalf("spec and record differ already, so that no change can be tried: %s; resolve it first: %s", f.Message, f.Fix)
		}
	}
	return baseline
}

// reportMisses reports mutants that were not caught, or under another name, or elsewhere; two for each operator.
func reportMisses(t *testing.T, outcomes []driftmutants.Outcome) {
	t.Helper()
	shown := map[string]int{}
	for _, o := range outcomes {
		if o.Invisible || o.Caught && o.RightKind && o.RightLine {
			continue
		}
		m := o.Mutant
		if shown[m.Operator.Name]++; shown[m.Operator.Name] <= 2 {
			t.Errorf("%s at %s: caught %v, right kind %v, right line %v; want one of %v at %q line %d %q; found %v",
				m.Operator.Name, m.Site, o.Caught, o.RightKind, o.RightLine, m.Operator.Kinds, m.Place, m.Line, m.Gone, o.Findings)
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

// reportFindings reports findings about changes that mean nothing. Of real pages some look as if changed already.
func reportFindings(t *testing.T, results []driftmutants.CosmeticResult, real bool) {
	t.Helper()
	for _, s := range results {
		if s.Sites == 0 && !real {
			t.Errorf("%s changed nothing", s.Name)
		}
		if len(s.Findings) > 0 {
			t.Errorf("%s: %d findings, such as %s", s.Name, len(s.Findings), s.Findings[0])
		}
	}
}

// Every change of every operator is caught, named rightly and at its line, and what means nothing is no finding. In full,
// the table in the documentation is what came out.
func TestEveryChangeIsFound(t *testing.T) {
	t.Parallel()
	baseline := ownBaseline(t)
	var facts, text, spec, ledger []driftmutants.Outcome
	var cosmetic []driftmutants.CosmeticResult
	read := func(file string) []byte {
		t.Helper()
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		return data
	}
	mutants := func(outcomes []driftmutants.Outcome, err error) []driftmutants.Outcome {
		if err != nil {
			t.Error(err)
		}
		return outcomes
	}
	var both sync.WaitGroup // a core for the spec, one for the pages
	both.Go(func() {
		if !testing.Short() {
			spec = mutants(baseline.SpecMutants(read(specFile)))
		}
		ledger = mutants(baseline.LedgerMutants(read(ledgerFile)))
	})
	facts = mutants(baseline.PageFactMutants())
	if !testing.Short() {
		text, cosmetic = baseline.PageTextMutants(), baseline.Cosmetics()
	}
	both.Wait()
	for _, outcomes := range [][]driftmutants.Outcome{facts, text, spec, ledger} {
		reportMisses(t, outcomes)
	}
	reportFindings(t, cosmetic, false)
	if testing.Short() {
		return // facts of pages and entries of the ledger only
	}
	if pages, specs, ledgers := operators(facts)+operators(text), operators(spec), operators(ledger); pages < 150 || specs < 90 || ledgers < 15 || len(cosmetic) < 35 {
		t.Errorf("%d operators for pages, %d for the spec, %d for the ledger, %d that mean nothing", pages, specs, ledgers, len(cosmetic))
	}
	for _, name := range driftmutants.Unexplained(facts) {
		t.Errorf("%s leaves a page as it was at some site, and no reason for that is on record", name)
	}
	t.Logf("%d mutants of facts on pages, %d of pages' lines, %d of the spec, %d of the ledger", len(facts), len(text), len(spec), len(ledger))
	if prove.InFull() {
		compareTable(t, tableFile, driftmutants.Table(facts, text, spec, ledger, cosmetic))
	}
}

func compareTable(t *testing.T, tableFile, table string) {
	t.Helper()
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
	if testing.Short() {
		t.Skip("the same as TestEveryChangeIsFound with the pages of the reference data")
	}
	t.Parallel()
	baseline := realBaseline(t)
	reportMisses(t, baseline.PageTextMutants())
	reportFindings(t, baseline.Cosmetics(), true)
	facts, err := baseline.PageFactMutants()
	if err != nil {
		t.Fatal(err)
	}
	reportMisses(t, facts)
}
