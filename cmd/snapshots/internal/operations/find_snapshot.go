// Package operations implements the commands without their flags and output: functions of a client and options.
package operations

import (
	"context"
	"fmt"
	"strings"

	"github.com/highlevel-go/snapshots/api"
)

// Finder finds snapshots by id or name. It requests the list once, for the first lookup. It is not safe for concurrent use.
type Finder struct {
	Client *api.Client
	list   []api.Snapshot
	asked  bool
}

// FindSnapshot finds one snapshot like [Finder.Snapshot].
func FindSnapshot(ctx context.Context, client *api.Client, idOrName string) (api.Snapshot, error) {
	return (&Finder{Client: client}).Snapshot(ctx, idOrName)
}

// FindPair finds a snapshot like [Finder.Snapshot], and the id of a sub-account like [LocationID].
func FindPair(ctx context.Context, client *api.Client, snapshot, location string) (api.Snapshot, string, error) {
	found, err := FindSnapshot(ctx, client, snapshot)
	if err != nil {
		return api.Snapshot{}, "", err
	}
	id, err := LocationID(ctx, client, location)
	return found, id, err
}

// Snapshot returns the agency's snapshot with an id or a name. An id after "id:" is not looked up. A name matches in any
// case if only one snapshot has it.
func (f *Finder) Snapshot(ctx context.Context, idOrName string) (api.Snapshot, error) {
	text := strings.TrimSpace(idOrName)
	id, given := strings.CutPrefix(text, idPrefix)
	if err := required("snapshot", id); err != nil {
		return api.Snapshot{}, err
	}
	if given {
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
		func(s api.Snapshot) bool { return sameName(s.Name, text) },
	}
	for _, test := range tests {
		var found []api.Snapshot
		for _, s := range f.list {
			if test(s) {
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
		if len(names) < maxNear && containsName(s.Name, text) {
			names = append(names, s.Name)
		}
	}
	return names
}
