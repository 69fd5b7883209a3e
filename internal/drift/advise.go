package drift

import (
	"fmt"

	"github.com/highlevel-go/snapshots/internal/facts"
)

// adviseSpec: docs and spec differ, so the spec follows, or the ledger gets a reason.
func (c *checker) adviseSpec(f *Finding, first change) {
	e := Edit{Operation: first.operation, Place: first.place, Aspect: first.aspect, From: first.to, To: first.from, Pos: first.toPos}
	if first.renamed != "" {
		e.Place, e.Rename = first.newPlace, lastName(first.place)
	}
	f.Edits = []Edit{e}
	f.Fix = fmt.Sprintf("%s: %s; or, if the spec is right, write an entry in %s and name it there with x-deviation", first.toPos, e.words(), orDefault(c.Ledger.File, "deviations.yaml"))
}

func orDefault(text, fallback string) string {
	if text == "" {
		return fallback
	}
	return text
}

// words says an edit as an instruction.
func (e Edit) words() string {
	switch {
	case e.Rename != "":
		return fmt.Sprintf("rename %s to %s", e.Place, e.Rename)
	case e.Aspect == facts.Present && e.To == "":
		return fmt.Sprintf("remove %s", e.Place)
	case e.Aspect == facts.Present:
		return fmt.Sprintf("add %s", e.Place)
	case e.To == "":
		return fmt.Sprintf("remove %s of %s", e.Aspect, e.Place)
	}
	return fmt.Sprintf("set %s of %s to %s", e.Aspect, e.Place, show(e.To))
}

// advisePage: the page changed, so the spec follows unless it is there already, and the page is accepted.
func (c *checker) advisePage(f *Finding, first change) {
	accept := "then accept the page: specdrift accept " + first.toPos.File
	spec := c.Spec.Operation(first.operation)
	if spec == nil {
		f.Fix = "write the operation in " + c.Spec.File + ", " + accept
		return
	}
	in := indexOf(spec)
	has := in.facts[key{first.place, first.aspect}]
	e := Edit{Operation: first.operation, Place: first.place, Aspect: first.aspect, From: has.Value, To: first.to, Pos: in.near(first.place, first.aspect)}
	if first.renamed != "" {
		e.Rename, e.To = first.renamed, ""
		if _, done := in.facts[key{first.newPlace, facts.Present}]; done {
			f.Fix = "the spec has the new name already; " + accept
			return
		}
	}
	switch {
	case first.aspect.IsText() || first.aspect == facts.Sample || first.aspect == facts.Title:
		f.Fix = "read what changed, put into the spec what matters, " + accept
	case has.Value == first.to && first.renamed == "":
		f.Fix = "the spec says so already; " + accept
	default:
		f.Edits = []Edit{e}
		f.Fix = fmt.Sprintf("%s: %s, %s", e.Pos, e.words(), accept)
	}
}
