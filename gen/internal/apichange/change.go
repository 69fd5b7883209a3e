// Package apichange reports what a change of a client means for the programs that import it: identifiers that are new,
// removed or changed, and what the compiler cannot see: names on the wire, what is sent, and what is rejected before it is
// sent.
package apichange

import (
	"cmp"
	"slices"
	"strings"
)

// Kind is what happened to an identifier, named like the sections of a changelog.
type Kind string

const (
	Added   Kind = "Added"
	Changed Kind = "Changed"
	Removed Kind = "Removed"
)

// Change is one difference between two versions of a package.
type Change struct {
	// Package is the import path.
	Package string
	// Identifier is the exported name, such as Client.Snapshots or Push.Status; "" for the package itself.
	Identifier string
	// Text describes the difference.
	Text string
	Kind Kind
	// Breaking reports whether a program that was correct before may no longer compile, or may behave differently.
	Breaking bool
}

func (c Change) String() string {
	return strings.TrimSuffix(c.Package+": "+c.Identifier, ": ") + ": " + c.Text
}

// Compare lists the differences between the packages of two versions, breaking ones first. Packages are matched by their paths.
func Compare(old, new []*Package) []Change {
	var changes []Change
	before := map[string]*Package{}
	for _, p := range old {
		before[p.Path] = p
	}
	for _, p := range new {
		was := before[p.Path]
		delete(before, p.Path)
		if was == nil {
			changes = append(changes, Change{Package: p.Path, Text: "a new package", Kind: Added})
			continue
		}
		changes = append(changes, compareIdentifiers(was, p)...)
		changes = append(changes, compareWire(was, p)...)
	}
	for path := range before {
		changes = append(changes, Change{Package: path, Text: "the package is removed", Kind: Removed, Breaking: true})
	}
	slices.SortFunc(changes, func(a, b Change) int {
		if a.Breaking != b.Breaking {
			if a.Breaking {
				return -1
			}
			return 1
		}
		return cmp.Or(cmp.Compare(a.Package, b.Package), cmp.Compare(a.Identifier, b.Identifier), cmp.Compare(a.Text, b.Text))
	})
	return slices.Compact(changes)
}
