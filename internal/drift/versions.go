package drift

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/highlevel-go/snapshots/internal/facts"
)

// CompareVersions returns the differences between the docs of each API version and the next, as the records would be if the
// pages were accepted. Printed JSON, which only some sources show, is left out.
func CompareVersions(in Input) []*Finding {
	in.Docs = Accepted(in)
	editions, _ := editionsOf(&in)
	if len(editions) > 1 {
		editions = slices.DeleteFunc(editions, func(e *edition) bool { return e.docs.Version == "" })
	}
	var out []*Finding
	for i := 1; i < len(editions); i++ {
		before, after := editions[i-1], editions[i]
		maker := findingMaker{before: before.docs.Version, after: after.docs.Version, effect: effectFor(secondIsReal), propose: func(*Finding, change) {},
			site: func(ch change) Site {
				return Site{Operation: ch.operation, Place: ch.place, Aspect: ch.aspect, Docs: &Side{ch.fromText, ch.fromPos}, Page: &Side{ch.toText, ch.toPos}}
			}}
		found := maker.findings(versionChanges(before, after))
		for _, f := range found {
			if site := f.Sites[0]; site.Place == facts.VersionHeader && site.Aspect == facts.Enum { // each version has its own value
				f.Message = fmt.Sprintf("header.Version is %s in the one, %s in the other", site.Docs.Says, site.Page.Says)
				f.Wire = "the value of the header says which version answers"
			}
		}
		out = append(out, found...)
	}
	return out
}

func versionChanges(before, after *edition) (changes []change) {
	as := comparison{added: "added", removed: "removed", changed: "changed", skip: func(place facts.Place, a facts.Aspect) bool {
		return !a.IsCompared() || a == facts.Sample || facts.OnlyInDocuments(place, a)
	}}
	for _, was := range before.docs.Operations {
		is := after.docs.Operation(was.ID)
		if is == nil {
			changes = append(changes, operationChange("removed", was.ID, "", was.Pos, after.docs.Pos))
			continue
		}
		if own, other := ownID(was), ownID(is); own != other {
			renamed := operationChange("renamed", own, other, was.Pos, is.Pos)
			renamed.operation = was.ID
			changes = append(changes, renamed)
		}
		changes = append(changes, slices.DeleteFunc(differences(indexOf(was), indexOf(is), as), func(c change) bool { return c.aspect == facts.OperationID })...)
	}
	for _, is := range after.docs.Operations {
		if before.docs.Operation(is.ID) == nil {
			changes = append(changes, operationChange("added", "", is.ID, before.docs.Pos, is.Pos))
		}
	}
	return changes
}

// ownID returns the id of an operation in its record.
func ownID(op *facts.Operation) string {
	return cmp.Or(op.Value(facts.OperationPlace, facts.OperationID), op.ID)
}
