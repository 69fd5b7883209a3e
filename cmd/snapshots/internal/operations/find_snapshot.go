// Package operations does what the commands do, without their flags and output: functions that are given a client and options.
package operations

import (
	"context"
	"fmt"
	"strings"

	"github.com/highlevel-go/snapshots/api"
)

// Finder finds snapshots by id or name. It asks for the list once, when the first is looked for. It is not safe for concurrent
// use.
type Finder struct {
	Client *api.Client
	list   []api.Snapshot
	asked  bool
}

// idPrefix marks what is an id and needs no looking up.
const idPrefix = "id:"

// Snapshot returns the snapshot of the agency that has an id or a name. After "id:", the text is an id that is taken as it is,
// without asking the service. A name is found in any case of its letters where only one snapshot has it.
func (f *Finder) Snapshot(ctx context.Context, idOrName string) (api.Snapshot, error) {
	text := strings.TrimSpace(idOrName)
	if id, given := strings.CutPrefix(text, idPrefix); given {
		return api.Snapshot{ID: id}, nil
	}
	if !f.asked {
		list, err := f.Client.Snapshots(ctx, api.SnapshotsRequest{})
		if err != nil {
			return api.Snapshot{}, fmt.Errorf("look up %q: %w", text, err)
		}
		f.list, f.asked = list.Snapshots, true
	}
	tests := []func(api.Snapshot) bool{
		func(s api.Snapshot) bool { return s.ID == text },
		func(s api.Snapshot) bool { return s.Name == text },
		func(s api.Snapshot) bool { return strings.EqualFold(strings.TrimSpace(s.Name), text) },
	}
	for _, test := range tests {
		var found []api.Snapshot
		for _, s := range f.list {
			if text != "" && test(s) {
				found = append(found, s)
			}
		}
		switch len(found) {
		case 0:
		case 1:
			return found[0], nil
		default:
			ids := make([]string, len(found))
			for i, s := range found {
				ids[i] = s.ID
			}
			return api.Snapshot{}, &NameError{Kind: "snapshot", Name: text, IDs: ids, List: "snapshots list"}
		}
	}
	return api.Snapshot{}, &NameError{Kind: "snapshot", Name: text, Near: f.near(text), List: "snapshots list"}
}

// near lists some snapshots whose names contain the text.
func (f *Finder) near(text string) []string {
	var names []string
	for _, s := range f.list {
		if text != "" && len(names) < maxNear && strings.Contains(strings.ToLower(s.Name), strings.ToLower(text)) {
			names = append(names, s.Name)
		}
	}
	return names
}

// maxNear bounds how many names an error tells that contain the one that was looked for.
const maxNear = 5

// NameError is the error of a name that nothing of a kind has, or several have.
type NameError struct {
	Kind string // "snapshot"
	Name string
	IDs  []string // of those that have the name; none when nothing has it
	Near []string // names that contain it
	List string   // the command that shows all
}

// Error says what to do.
func (e *NameError) Error() string {
	if len(e.IDs) > 0 {
		return fmt.Sprintf("%d %ss are called %q; give the id of one: %s", len(e.IDs), e.Kind, e.Name, strings.Join(e.IDs, ", "))
	}
	text := fmt.Sprintf("the agency has no %s with the id or name %q", e.Kind, e.Name)
	if len(e.Near) > 0 {
		text += fmt.Sprintf("; there is %q", e.Near)
	}
	return text + "; " + e.List + " shows all"
}
