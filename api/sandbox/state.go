package sandbox

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/highlevel-go/snapshots/api"
)

// State is the state of a sandbox, without tokens.
type State struct {
	Snapshots    []Snapshot `json:"snapshots,omitempty"`    // of all agencies
	Links        []Link     `json:"links,omitempty"`        // in order of creation, like all that follow
	Pushes       []Push     `json:"pushes,omitempty"`       // into sub-accounts
	Locations    []Location `json:"locations,omitempty"`    // the sub-accounts
	Tags         []Item     `json:"tags,omitempty"`         // of sub-accounts
	CustomFields []Item     `json:"customFields,omitempty"` // of sub-accounts
	CustomValues []Item     `json:"customValues,omitempty"` // of sub-accounts
	Paused       []string   `json:"paused,omitempty"`       // ids of agencies and sub-accounts that are not active
}

// Snapshot is a snapshot of an agency.
type Snapshot struct {
	CompanyID string `json:"companyId"` // the agency that has it
	ID        string `json:"id"`        // as in the response
	Name      string `json:"name"`      // as in the response
	Type      string `json:"type"`      // own or imported
}

// tables hold the state. Keys are ids, unless two agencies can have the same.
type tables struct {
	snapshots    table[Snapshot]
	links        table[Link]
	pushes       table[Push]
	locations    table[Location]
	tags         table[Item]
	customFields table[Item]
	customValues table[Item]
	paused       table[string]
	grants       table[grant]
	counter      int
	mostGrants   int // number of grants at which those that can no longer be used are removed

	newest map[string]string // id of the link that is not superseded, by series
}

func newTables() tables {
	return tables{
		snapshots:    newTable(func(r *Snapshot) string { return r.CompanyID + "/" + r.ID }),
		links:        newTable(func(r *Link) string { return r.ID }),
		pushes:       newTable(func(r *Push) string { return r.ID }),
		locations:    newTable(func(r *Location) string { return r.ID }),
		tags:         newTable(func(r *Item) string { return r.ID }),
		customFields: newTable(func(r *Item) string { return r.ID }),
		customValues: newTable(func(r *Item) string { return r.ID }),
		paused:       newTable(func(r *string) string { return *r }),
		grants:       newTable(func(r *grant) string { return r.ID }),
		newest:       map[string]string{},
	}
}

// State returns a copy of the state.
func (s *Sandbox) State() State {
	s.mu.Lock()
	rows := s.everything().Rows
	s.mu.Unlock()
	delete(rows, "grants")
	return deepCopy[State](rows)
}

// deepCopy copies rows with the lists and objects in them. Lists and objects are never changed, only replaced, so this needs no lock.
func deepCopy[T any](v any) (out T) {
	text, err := json.Marshal(v)
	if err == nil {
		err = json.Unmarshal(text, &out)
	}
	if err != nil {
		panic(err) // the state file holds the same JSON
	}
	return out
}

// AddSnapshot adds a snapshot to an agency, and returns it. One without an id gets one.
func (s *Sandbox) AddSnapshot(companyID string, snapshot api.Snapshot) api.Snapshot {
	s.change(func() {
		if snapshot.ID == "" {
			snapshot.ID = s.newID("snapshot")
		}
		s.snapshots.put(Snapshot{companyID, snapshot.ID, snapshot.Name, snapshot.Type})
	})
	return snapshot
}

// owns reports whether the agency has the snapshot.
func (s *Sandbox) owns(companyID, snapshotID string) bool {
	return s.snapshots.get(companyID+"/"+snapshotID) != nil
}

// WithSeed sets the initial state, one of [Seeds]. A state file with a state is not changed.
func WithSeed(name string) Option {
	return func(s *Sandbox) {
		if !slices.Contains(Seeds(), name) {
			s.fail("WithSeed: %q is not one of %s", name, strings.Join(Seeds(), ", "))
			return
		}
		s.seed = name
	}
}
