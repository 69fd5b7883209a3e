package sandbox

import (
	"encoding/json"
	"errors"
	"iter"
	"slices"
)

// table keeps rows in the order in which they were made, finds them by key, and remembers which have changed since the
// state file was last written.
type table[T any] struct {
	key     func(*T) string
	rows    []*T
	byKey   map[string]*T
	changed map[string]bool
	order   []string // keys of changed, in the order of the changes
	removed []string
}

func newTable[T any](key func(*T) string) table[T] {
	return table[T]{key: key, byKey: map[string]*T{}, changed: map[string]bool{}}
}

func (t *table[T]) get(key string) *T { return t.byKey[key] }

// put adds a row, or takes its place where there is one with its key.
func (t *table[T]) put(row T) *T {
	key := t.key(&row)
	t.note(key)
	if len(t.removed) > 0 { // it is there again
		t.removed = slices.DeleteFunc(t.removed, func(gone string) bool { return gone == key })
	}
	if have := t.byKey[key]; have != nil {
		*have = row
		return have
	}
	t.rows = append(t.rows, &row)
	t.byKey[key] = &row
	return &row
}

// touch notes that a row was changed in place.
func (t *table[T]) touch(row *T) { t.note(t.key(row)) }

func (t *table[T]) note(key string) {
	if !t.changed[key] {
		t.changed[key] = true
		t.order = append(t.order, key)
	}
}

func (t *table[T]) remove(key string) bool {
	row := t.byKey[key]
	if row != nil {
		t.removeAll(func(have *T) bool { return have == row })
	}
	return row != nil
}

// removeAll removes all rows of which something is true.
func (t *table[T]) removeAll(of func(*T) bool) {
	t.rows = slices.DeleteFunc(t.rows, func(row *T) bool {
		if !of(row) {
			return false
		}
		key := t.key(row)
		delete(t.byKey, key)
		delete(t.changed, key)
		t.removed = append(t.removed, key)
		return true
	})
}

func (t *table[T]) all() iter.Seq[*T] { return slices.Values(t.rows) }

func (t *table[T]) len() int { return len(t.rows) }

// everything lists the rows with a copy of each.
func (t *table[T]) everything() any {
	out := make([]T, 0, len(t.rows))
	for _, row := range t.rows {
		out = append(out, *row)
	}
	return out
}

// changes lists the rows that have changed, nil for none, and the keys of those that were removed, and forgets that they have.
func (t *table[T]) changes() (rows any, removed []string) {
	var changed []T
	for _, key := range t.order {
		if t.changed[key] { // else it was removed since
			changed = append(changed, *t.byKey[key])
		}
	}
	if changed != nil {
		rows = changed
	}
	removed = t.removed
	t.settle()
	return rows, removed
}

// load puts rows in place that were read, which is no change.
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
	t.settle()
	return nil
}

func (t *table[T]) settle() {
	clear(t.changed)
	t.order, t.removed = t.order[:0], nil
}
