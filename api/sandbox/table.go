package sandbox

import (
	"encoding/json"
	"errors"
	"iter"
	"slices"
)

// table contains rows in order of creation, an index by key, and what has changed since the last change was saved.
type table[T any] struct {
	key     func(*T) string
	rows    []*T
	byKey   map[string]*T
	changed []*T
	removed []string // keys
}

func newTable[T any](key func(*T) string) table[T] {
	return table[T]{key: key, byKey: map[string]*T{}}
}

func (t *table[T]) get(key string) *T { return t.byKey[key] }

// put adds a row, or replaces the one with its key.
func (t *table[T]) put(row T) *T {
	key := t.key(&row)
	have := t.byKey[key]
	if have == nil {
		have = &row
		t.rows = append(t.rows, have)
		t.byKey[key] = have
	}
	*have = row
	t.touch(have)
	return have
}

// touch marks a row as changed.
func (t *table[T]) touch(row *T) { t.changed = append(t.changed, row) }

func (t *table[T]) remove(key string) bool {
	row := t.byKey[key]
	if row != nil {
		t.removeAll(func(have *T) bool { return have == row })
	}
	return row != nil
}

// removeAll removes the rows for which of returns true.
func (t *table[T]) removeAll(of func(*T) bool) {
	t.rows = slices.DeleteFunc(t.rows, func(row *T) bool {
		if !of(row) {
			return false
		}
		delete(t.byKey, t.key(row))
		t.removed = append(t.removed, t.key(row))
		return true
	})
}

func (t *table[T]) all() iter.Seq[*T] { return slices.Values(t.rows) }

func (t *table[T]) len() int { return len(t.rows) }

// everything returns a copy of each row.
func (t *table[T]) everything() any {
	out := make([]T, 0, len(t.rows))
	for _, row := range t.rows {
		out = append(out, *row)
	}
	return out
}

// changes returns the rows that have changed since the last call, nil for none, and the keys of those that were removed. A row is not put
// again in the change that removes it.
func (t *table[T]) changes() (rows any, removed []string) {
	var changed []T
	for _, row := range t.changed {
		changed = append(changed, *row)
	}
	if changed != nil {
		rows = changed
	}
	removed = t.removed
	t.forgetChanges()
	return rows, removed
}

// load adds and removes rows that were read from the state file. They do not count as changed.
func (t *table[T]) load(text json.RawMessage, removed []string) error {
	var rows []T
	if text != nil {
		if err := strictly(text, &rows); err != nil {
			return err
		}
	}
	for _, row := range rows {
		if t.key(&row) == "" {
			return errors.New("a row has no id")
		}
		t.put(row)
	}
	for _, key := range removed {
		t.remove(key)
	}
	t.forgetChanges()
	return nil
}

func (t *table[T]) forgetChanges() { t.changed, t.removed = nil, nil }
