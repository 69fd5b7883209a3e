package pagewriter_test

import (
	"testing"

	"pgregory.net/rapid"

	"github.com/highlevel-go/snapshots/internal/docpage/page"
	"github.com/highlevel-go/snapshots/internal/facts"
	"github.com/highlevel-go/snapshots/internal/prove"
	"github.com/highlevel-go/snapshots/internal/prove/pagewriter"
	"github.com/highlevel-go/snapshots/internal/prove/randomop"
)

// What the writer leaves out is what the renderer leaves out: every fact is on the page, or there is a reason on record why
// not.
func TestWriterShowsEverythingButForAReason(t *testing.T) {
	prove.SameEveryRun(t)
	needed := map[string]int{}
	for _, dialect := range pagewriter.Dialects[:3] {
		t.Run(dialect.Name, func(t *testing.T) {
			rapid.Check(t, func(t *rapid.T) {
				op := randomop.Draw(t, randomop.Page)
				written, err := pagewriter.Write(op, dialect)
				if err != nil {
					t.Fatal(err)
				}
				shown := &facts.Operation{Facts: written.Facts}
				for _, f := range op.Facts {
					is := shown.Value(f.Place, f.Aspect)
					if is == f.Value {
						continue
					}
					reason := page.HiddenBy(page.Difference{Operation: op, Page: shown, Fact: f, Is: is}, dialect.Theme)
					if reason == "" {
						t.Fatalf("%s %s = %s is not on the page, for no known reason; there is %q\n%s", f.Place, f.Aspect, f.Value, is, written.Text)
					}
					needed[reason]++
				}
			})
		})
	}
	for reason, times := range needed {
		t.Logf("%d facts were left out: %s", times, reason)
	}
}
