package docpage_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/highlevel-go/snapshots/internal/docpage"
	"github.com/highlevel-go/snapshots/internal/facts"
	"github.com/highlevel-go/snapshots/internal/prove"
	"github.com/highlevel-go/snapshots/internal/prove/pagewriter"
	"github.com/highlevel-go/snapshots/internal/prove/randomop"
)

type placeAspect struct {
	place  facts.Place
	aspect facts.Aspect
}

func byPlace(all []facts.Fact) map[placeAspect]facts.Fact {
	out := map[placeAspect]facts.Fact{}
	for _, f := range all {
		if _, again := out[placeAspect{f.Place, f.Aspect}]; !again && f.Aspect != facts.Uncertain {
			out[placeAspect{f.Place, f.Aspect}] = f
		}
	}
	return out
}

// differences lists what was read otherwise than it is shown, with the line for what differs in the line only.
func differences(shown, read []facts.Fact) (wrong []facts.Fact, lines []string) {
	want, got := byPlace(shown), byPlace(read)
	for k, f := range want {
		g, ok := got[k]
		switch {
		case !ok || g.Value != f.Value:
			wrong = append(wrong, f)
		case g.Pos.Line != f.Pos.Line && f.Pos.Line > 0 && !loosePosition(f):
			lines = append(lines, fmt.Sprintf("%s %s is on line %d, read from line %d", f.Place, f.Aspect, f.Pos.Line, g.Pos.Line))
		}
	}
	for k, g := range got {
		if _, ok := want[k]; !ok {
			wrong = append(wrong, g)
		}
	}
	return wrong, lines
}

// loosePosition: what stands on several lines, or on none of its own, is reported at the line that introduces it.
func loosePosition(f facts.Fact) bool {
	return f.Aspect == facts.Type && !strings.Contains(string(f.Place), ".") || f.Aspect == facts.Examples
}

// flagged reports whether the page warns of a fact: at its place, at what holds it, or at a place beside it.
func flagged(page *docpage.Page, f facts.Fact) bool {
	return slices.ContainsFunc(page.Facts, func(u facts.Fact) bool {
		return u.Aspect == facts.Uncertain && (f.Place.Under(u.Place) || f.Place.Under(holder(u.Place)))
	}) || slices.ContainsFunc(page.Issues, func(i docpage.Issue) bool {
		return i.Kind != docpage.Contradiction && i.Place != "" && f.Place.Under(holder(i.Place))
	})
}

func holder(place facts.Place) facts.Place {
	text := string(place)
	for i := len(text) - 1; i > 0; i-- { // the last step begins where both parts can be read
		if !strings.ContainsRune(".[{|", rune(text[i])) || text == "response"+text[i:] {
			continue
		}
		if _, err := facts.Place(text[:i]).Steps(); err == nil {
			return facts.Place(text[:i])
		}
	}
	return place
}

func fatal(page *docpage.Page) bool {
	return slices.ContainsFunc(page.Issues, func(i docpage.Issue) bool { return i.Kind.Fatal() })
}

// What a page shows is read from it: exactly, or with a warning at the place. In every dialect.
func TestPageReadsBackAsItWasWritten(t *testing.T) {
	prove.SameEveryRun(t)
	for _, dialect := range pagewriter.Dialects {
		t.Run(dialect.Name, func(t *testing.T) {
			exact, all := 0, 0
			rapid.Check(t, func(t *rapid.T) {
				op := randomop.Draw(t, randomop.Page)
				written, err := pagewriter.Write(op, dialect)
				if err != nil {
					t.Fatal(err)
				}
				page, err := docpage.Parse("page.md", written.Text)
				if err != nil {
					t.Fatalf("%v\n%s", err, written.Text)
				}
				if !dialect.NoLinks && page.ID != op.ID {
					t.Errorf("the page is that of %s, read as %s", op.ID, page.ID)
				}
				if fatal(page) {
					t.Errorf("the page was not understood: %v\n%s", page.Issues, numbered(written.Text))
				}
				for _, issue := range page.Issues {
					if issue.Kind == docpage.Contradiction {
						t.Errorf("the page is said to contradict itself: %v\n%s", issue, numbered(written.Text))
					}
				}
				wrong, lines := differences(written.Facts, page.Facts)
				all++
				if len(wrong) == 0 {
					exact++
				}
				for _, f := range wrong {
					if !flagged(page, f) {
						got, _ := page.Get(f.Place, f.Aspect)
						t.Fatalf("%s %s: want %q of line %d, got %q of line %d, and no warning\n%v\n%s", f.Place, f.Aspect, byPlace(written.Facts)[placeAspect{f.Place, f.Aspect}].Value, f.Pos.Line,
							got.Value, got.Pos.Line, page.Issues, numbered(written.Text))
					}
				}
				if len(wrong) == 0 && len(lines) > 0 {
					t.Fatalf("%v\n%s", lines, numbered(written.Text))
				}
			})
			if exact*100 < all*75 {
				t.Errorf("only %d of %d random pages were read exactly; a warning must be the exception", exact, all)
			}
			t.Logf("%d of %d random pages were read exactly; the others warned", exact, all)
		})
	}
}

func numbered(text []byte) string {
	var out strings.Builder
	for i, line := range strings.Split(string(text), "\n") {
		fmt.Fprintf(&out, "%4d  %s\n", i+1, line)
	}
	return out.String()
}
