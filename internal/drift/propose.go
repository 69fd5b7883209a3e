package drift

import (
	"fmt"
	"slices"
	"strings"

	"github.com/highlevel-go/snapshots/internal/facts"
)

// proposeForSpec proposes how to resolve a difference between docs and spec: change the spec, or add a reason to the ledger.
// If the ledger already has one, the spec is to return to what was intended.
func proposeForSpec(f *Finding, ch change) {
	e := ch.edit(ch.to, ch.from, ch.toPos)
	if ch.isWholeOperation() && ch.from == "" { // an operation is not removed because its page was not accepted yet
		f.Fix = fmt.Sprintf("accept the page of %s: specdrift accept PAGE; or remove the operation from %s", ch.operation, ch.toPos)
		if ch.toOp != nil { // another version has it
			f.Fix = fmt.Sprintf("accept the page of %s of the API version %s: specdrift accept PAGE; or, if that version has no such operation, give the operation a Version header without %[2]s (now at %s)",
				ch.operation, ch.edition.docs.Version, indexOf(ch.toOp).near(facts.VersionHeader, facts.Enum))
		}
		return
	}
	if ch.aspect == facts.OperationID { // the spec chooses its names, and the docs of other versions use this one
		f.Fix = fmt.Sprintf("write an entry in %s with version: %s, and name it at the operation (%s) with x-deviation", ch.edition.ledger.File, ch.edition.docs.Version, ch.toPos)
		return
	}
	if ch.renamed != "" && ch.thing == "operation" {
		e.Rename = ch.from
	} else if ch.renamed != "" {
		e.give(ch.newPlace, ch.place)
	}
	instead := "or, if the spec is right, write an entry in " + ch.edition.ledger.File + " and name it there with x-deviation"
	if entry := ch.edition.ledger.entryFor(ch); entry != nil && entry.Docs[ch.aspect] == ch.from && ch.aspect != facts.Present {
		e.To = entry.Spec[ch.aspect]
		instead = fmt.Sprintf("as the deviation %s has it; or, if the spec is right, correct the entry (%s)", entry.ID, entry.Pos)
	}
	f.Edits = append(f.Edits, e)
	if f.Fix == "" {
		f.Fix = fmt.Sprintf("%s: %s; %s", ch.toPos, e.instruction()+ch.partsInstruction(true), instead)
	}
}

// edit returns the edit that changes the value of a change's place in the spec.
func (c change) edit(from, to string, pos facts.Pos) Edit {
	return Edit{Version: c.edition.docs.Version, Operation: c.edition.idInSpec(c.operation), Place: c.place, Aspect: c.aspect, From: from, To: to, Pos: pos, Bare: c.bare}
}

// give makes an edit rename or move a place.
func (e *Edit) give(place, other facts.Place) {
	e.Place = place
	if place.Last().Name == other.Last().Name {
		e.MoveTo = other
	} else {
		e.Rename = other.Last().Name
	}
}

// instruction returns an edit as a sentence.
func (e Edit) instruction() string {
	switch {
	case e.MoveTo != "":
		return fmt.Sprintf("move %s to %s", e.Place, e.MoveTo)
	case e.Rename != "":
		return fmt.Sprintf("rename %s to %s", e.Place, e.Rename)
	case e.Place == facts.OperationPlace && e.Aspect == facts.Present && e.To == "":
		return "remove the operation " + e.Operation
	case e.Place == facts.OperationPlace && e.Aspect == facts.Present:
		return "add the operation " + e.Operation
	case e.Aspect == facts.Present && e.To == "":
		return fmt.Sprintf("remove %s", e.Place)
	case e.Aspect == facts.Present:
		return fmt.Sprintf("add %s", e.Place)
	case e.To == "":
		return fmt.Sprintf("remove %s of %s", e.Aspect, e.Place)
	}
	return fmt.Sprintf("set %s of %s to %s", e.Aspect, e.Place, shown(e.To))
}

// partsInstruction continues the instruction for an object that was flattened or wrapped, with its fields. back means that
// the first side of the change is restored.
func (c change) partsInstruction(back bool) string {
	switch {
	case len(c.parts) == 0:
		return ""
	case (c.from == "") == back:
		return ", and move its fields one level up: " + c.partNames()
	}
	return ", and move into it: " + c.partNames()
}

// proposeForPage proposes how to resolve a change of a page: change the spec, unless it already agrees or differs on
// purpose, and accept the page.
func proposeForPage(f *Finding, ch change) {
	if file := ch.toPos.File; file != "" && !slices.Contains(f.accept, file) {
		f.accept = append(f.accept, file)
	}
	fix := func(format string, args ...any) {
		if f.Fix == "" {
			f.Fix = fmt.Sprintf(format, args...)
		}
	}
	spec := ch.edition.spec.Operation(ch.operation)
	switch {
	case ch.isWholeOperation() && (spec == nil) == (ch.to == ""):
		fix("the spec says so already; ")
		return
	case ch.isWholeOperation():
		e := ch.edit(ch.from, ch.to, ch.edition.spec.Pos)
		if spec != nil {
			e.Pos = spec.Pos
		}
		fix("%s: %s, ", e.Pos, e.instruction())
		f.Edits = append(f.Edits, e)
		return
	case spec == nil:
		fix("add the operation to %s first, ", ch.edition.spec.File)
		return
	}
	in := indexOf(spec)
	place := in.placeOf(ch)
	has := in.value(place, ch.aspect)
	e := ch.edit(has, ch.to, in.near(place, ch.aspect))
	if ch.renamed != "" {
		e.give(ch.place, ch.newPlace)
		e.To = ""
		if in.says(ch.newPlace, facts.Present) {
			fix("the spec has the new name already; ")
			return
		}
	}
	known := ch
	known.place = place
	entry := ch.edition.ledger.entryFor(known)
	switch {
	case ch.aspect.IsText() || ch.aspect == facts.Sample || ch.aspect == facts.Title || ch.aspect.IsExtension():
		fix("read what changed, put into the spec what matters, ")
	case has == ch.to && ch.renamed == "":
		fix("the spec says so already; ")
	case entry != nil && ch.aspect != facts.Present:
		fix("%s: the spec differs here on purpose (%s): see whether the reason still holds, and correct docs_says, ", entry.Pos, entry.ID)
	default:
		if len(f.Edits) == 0 { // an earlier operation may have needed none
			f.Fix = fmt.Sprintf("%s: %s, ", e.Pos, e.instruction()+ch.partsInstruction(false))
		}
		f.Edits = append(f.Edits, e)
	}
}

// acceptance returns which pages to accept once a finding is resolved: all pages that it occurs in.
func (f *Finding) acceptance() string {
	switch len(f.accept) {
	case 0:
		return "then accept the pages that are left: specdrift accept --prune PAGES"
	case 1:
		return "then accept the page: specdrift accept " + f.accept[0]
	}
	return "then accept the pages: specdrift accept " + strings.Join(f.accept, " ")
}

// placeOf returns the place of a page's change in the spec: until the spec follows a rename, that is the old name.
func (x *index) placeOf(ch change) facts.Place {
	if ch.alias != "" && !x.has(ch.place) {
		return ch.alias
	}
	return ch.place
}
