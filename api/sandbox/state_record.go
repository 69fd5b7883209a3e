package sandbox

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
)

const stateHeader = `{"sandbox":"state","version":1}` + "\n"

// record is one line of the state file: rows and keys, by the name of their table.
type record[Rows any] struct {
	Rows    map[string]Rows     `json:"rows,omitempty"`
	Removed map[string][]string `json:"removed,omitempty"`
	Counter int                 `json:"counter"`
}

// stored is a table of any type of row.
type stored interface {
	everything() any
	changes() (rows any, removed []string)
	load(rows json.RawMessage, removed []string) error
}

// stored lists the tables by name.
func (t *tables) stored() map[string]stored {
	return map[string]stored{
		"snapshots": &t.snapshots, "links": &t.links, "pushes": &t.pushes, "locations": &t.locations, "tags": &t.tags,
		"customFields": &t.customFields, "customValues": &t.customValues, "paused": &t.paused, "grants": &t.grants,
	}
}

// load applies a line of the state file.
func (t *tables) load(line []byte) error {
	var r record[json.RawMessage]
	if err := strictly(line, &r); err != nil {
		return err
	}
	if r.Rows == nil && r.Removed == nil {
		return errors.New("it holds no change")
	}
	known := t.stored()
	for _, name := range slices.AppendSeq(slices.Collect(maps.Keys(r.Rows)), maps.Keys(r.Removed)) {
		if known[name] == nil {
			return fmt.Errorf("unknown rows %q", name)
		}
	}
	for name, table := range known {
		if err := table.load(r.Rows[name], r.Removed[name]); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	t.counter = max(t.counter, r.Counter)
	return nil
}

// strictly decodes one JSON value. An unknown field is an error.
func strictly(text []byte, to any) error {
	d := json.NewDecoder(bytes.NewReader(text))
	d.DisallowUnknownFields()
	if err := d.Decode(to); err != nil {
		return fmt.Errorf("it cannot be read: %w", err)
	}
	if _, err := d.Token(); err != io.EOF {
		return errors.New("something follows the JSON value")
	}
	return nil
}

// changes returns the record of what has changed since the last one; ok is false if nothing has.
func (t *tables) changes() (r record[any], ok bool) {
	r = record[any]{Rows: map[string]any{}, Removed: map[string][]string{}, Counter: t.counter}
	for name, table := range t.stored() {
		rows, removed := table.changes()
		if rows != nil {
			r.Rows[name] = rows
		}
		if len(removed) > 0 {
			r.Removed[name] = removed
		}
	}
	return r, len(r.Rows)+len(r.Removed) > 0
}

// everything returns the record of the complete state.
func (t *tables) everything() record[any] {
	r := record[any]{Rows: map[string]any{}, Counter: t.counter}
	for name, table := range t.stored() {
		r.Rows[name] = table.everything()
	}
	return r
}
