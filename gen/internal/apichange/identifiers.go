package apichange

import (
	"strings"

	"golang.org/x/exp/apidiff"
)

// compareIdentifiers lists the changes that the compiler sees.
func compareIdentifiers(old, new *Package) []Change {
	var changes []Change
	for _, c := range apidiff.Changes(old.Types, new.Types).Changes {
		name, text, _ := strings.Cut(c.Message, ": ")
		kind := Changed
		switch text {
		case "added":
			if kind = Added; !c.Compatible {
				kind, text = Changed, "added, which other implementations of the interface lack"
			}
		case "removed":
			kind = Removed
		}
		changes = append(changes, Change{Package: new.Path, Identifier: plainName(name), Text: text, Kind: kind, Breaking: !c.Compatible})
	}
	return changes
}

// plainName returns (*Client).Snapshots as Client.Snapshots.
func plainName(name string) string {
	return strings.NewReplacer("(*", "", "(", "", ")", "").Replace(name)
}
