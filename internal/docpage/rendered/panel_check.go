package rendered

import (
	"slices"

	"github.com/highlevel-go/snapshots/internal/docpage/page"
	"github.com/highlevel-go/snapshots/internal/docpage/rendered/sections"
	"github.com/highlevel-go/snapshots/internal/docpage/rendered/sidepanel"
	"github.com/highlevel-go/snapshots/internal/facts"
)

// The panel is generated from the same document as the page. If the two differ, one of them was changed.

// checkPanel compares what the panel repeats. It reports nothing for a page that was not understood.
func checkPanel(p *page.Page, s *sections.Sections, panel sidepanel.Panel) {
	for _, line := range panel.Misplaced {
		p.Report(page.Unread, line.Line, "a line of the documentation that is in the panel next to it: %q", page.FirstWords(line.Text))
	}
	if !p.Judgeable() {
		return
	}
	w := panelCheck{Page: p, known: make(map[claim]facts.Fact, len(p.Facts))}
	for _, f := range p.Facts {
		if _, again := w.known[claim{f.Place, f.Aspect}]; !again {
			w.known[claim{f.Place, f.Aspect}] = f
		}
	}
	w.compareScopes(panel)
	w.compareCall(s, panel)
	w.compareForm(s, panel)
}

// panelCheck compares the panel with what the page was found to say.
type panelCheck struct {
	*page.Page
	known map[claim]facts.Fact
}

type claim struct {
	place  facts.Place
	aspect facts.Aspect
}

func (w panelCheck) says(place facts.Place, aspect facts.Aspect) string {
	return w.known[claim{place, aspect}].Value
}

func (w panelCheck) compareScopes(panel sidepanel.Panel) {
	listed := facts.Texts(w.says(facts.AuthPlace, facts.Scopes))
	asked := slices.Clone(panel.Scopes)
	slices.Sort(listed)
	slices.Sort(asked)
	if panel.SchemeAt > 0 && !slices.Equal(listed, asked) {
		w.Contradict(panel.SchemeAt, facts.AuthPlace, facts.Scopes, "the panel names the scopes %q, Requirements %q", panel.Scopes, listed)
	}
}
