package driftmutants_test

import (
	"testing"

	"github.com/highlevel-go/snapshots/internal/drift"
	"github.com/highlevel-go/snapshots/internal/prove"
	"github.com/highlevel-go/snapshots/internal/prove/driftmutants"
)

const twinTableFile = "../../../docs/twin-mutants.md"

func twinBaseline(t testing.TB) *driftmutants.Baseline {
	t.Helper()
	pages, err := driftmutants.OwnPages(recordFile)
	if err != nil {
		t.Fatal(err)
	}
	twins, err := driftmutants.Twins(pages)
	if err != nil {
		t.Fatal(err)
	}
	baseline, err := driftmutants.NewBaseline(twins, t.TempDir(), specFile, ledgerFile)
	if err != nil {
		t.Fatal(err)
	}
	baseline.Twins = true
	if !prove.InFull() {
		baseline.Sites = 1
	}
	for _, p := range twins {
		if report := baseline.CheckPage(p.ID+".md", p.Text); report.Verdict() != drift.Clean {
			t.Fatalf("%s: %s", p.ID, report.Findings[0].Message)
		}
	}
	return baseline
}

// Every change of what a Markdown twin's document says, of each cell of its tables, of its heading, its method and its tokens is
// caught, named rightly and at its line, and what means nothing is no finding.
func TestEveryChangeOfATwinIsFound(t *testing.T) {
	if testing.Short() {
		t.Skip("it takes seconds")
	}
	t.Parallel()
	baseline := twinBaseline(t)
	facts, err := baseline.PageFactMutants()
	if err != nil {
		t.Fatal(err)
	}
	text, cosmetic := baseline.TwinTextMutants(), baseline.TwinCosmetics()
	reportMisses(t, facts)
	reportMisses(t, text)
	reportFindings(t, cosmetic, false)
	for _, o := range facts {
		if o.Invisible && !driftmutants.TwinHides(o.Mutant.Operator.Name) {
			t.Errorf("%s at %s leaves the twin as it was", o.Mutant.Operator.Name, o.Mutant.Site)
		}
	}
	if n, m := operators(facts), operators(text); n < 95 || m < 25 || len(cosmetic) < 20 {
		t.Errorf("%d operators for facts, %d for lines, %d that mean nothing", n, m, len(cosmetic))
	}
	if prove.InFull() {
		compareTable(t, twinTableFile, driftmutants.TwinTable(facts, text, cosmetic))
	}
}
