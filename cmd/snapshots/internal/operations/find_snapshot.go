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
			return api.Snapshot{}, &NameError{Name: text, IDs: ids}
		}
	}
	return api.Snapshot{}, &NameError{Name: text, Near: f.near(text)}
}

// near lists some snapshots whose names contain the text.
func (f *Finder) near(text string) []string {
	var names []string
	for _, s := range f.list {
		if text != "" && len(names) < 5 && strings.Contains(strings.ToLower(s.Name), strings.ToLower(text)) {
			names = append(names, s.Name)
		}
	}
	return names
}

// NameError is the error of a name that no snapshot has, or several.
type NameError struct {
	Name string
	IDs  []string // of those that have the name; none when no snapshot has it
	Near []string // names that contain it
}

// Error says what to do.
func (e *NameError) Error() string {
	if len(e.IDs) > 0 {
		return fmt.Sprintf("%d snapshots are called %q; give the id of one: %s", len(e.IDs), e.Name, strings.Join(e.IDs, ", "))
	}
	text := fmt.Sprintf("the agency has no snapshot with the id or name %q", e.Name)
	if len(e.Near) > 0 {
		text += fmt.Sprintf("; there is %q", e.Near)
	}
	return text + "; snapshots list shows all"
}
