package specedit

import (
	"fmt"
	"maps"
	"slices"

	"go.yaml.in/yaml/v3"

	"github.com/highlevel-go/snapshots/internal/drift"
	"github.com/highlevel-go/snapshots/internal/facts"
	"github.com/highlevel-go/snapshots/internal/oas"
	"github.com/highlevel-go/snapshots/internal/specedit/yamltext"
)

// MovedEntries returns, by id, the new places of the ledger entries whose places the edits rename or move. An entry about
// several operations moves if it does so in all of them, and an entry whose place contains * never moves.
func MovedEntries(ledger *drift.Ledger, edits []drift.Edit) map[string]facts.Place {
	out := map[string]facts.Place{}
	for _, entry := range ledger.Entries {
		moved := map[facts.Place]bool{}
		for _, page := range entry.Pages {
			to := entry.Place
			for _, e := range edits {
				target := e.MoveTo
				if e.Rename != "" && e.Place != facts.OperationPlace {
					target = e.Place.Renamed(e.Rename)
				}
				if target != "" && e.Operation == page && entry.Place.Under(e.Place) {
					to = target + entry.Place[len(e.Place):]
				}
			}
			moved[to] = true
		}
		if to := slices.Collect(maps.Keys(moved)); len(to) == 1 && to[0] != entry.Place {
			out[entry.ID] = to[0]
		}
	}
	return out
}

// Ledger writes the new places of entries to a ledger, and removes the settled entries.
func Ledger(file string, data []byte, moved map[string]facts.Place, settled []string) ([]byte, error) {
	if len(moved)+len(settled) == 0 {
		return data, nil
	}
	d, err := yamltext.Open(file, data)
	if err != nil {
		return nil, err
	}
	entries := d.Root().Content
	left := len(entries)
	for _, entry := range slices.Backward(entries) { // backwards, since an edit moves only the lines below it
		id := oas.Text(oas.Child(entry, "id"))
		switch place, isMoved := moved[id]; {
		case slices.Contains(settled, id):
			if yamltext.IsFlow(d.Root()) {
				return nil, fmt.Errorf("%s:%d: the ledger is written on one line; remove the entry %s by hand", file, entry.Line, id)
			}
			d.DeleteLines(entry.Line, d.BlockEnd(entry.Line, d.Root().Column-1, false))
			if left--; left == 0 {
				d.InsertLines(entry.Line-1, []string{"[]"})
			}
		case isMoved:
			if err := d.Set(entry, "place", yamltext.Quote(string(place))); err != nil {
				return nil, err
			}
		}
	}
	_, err = drift.ReadLedger(file, d.Bytes())
	return d.Bytes(), err
}

// WithoutMarks removes the ids from the x-deviation extensions of a spec.
func WithoutMarks(file string, data []byte, ids []string) ([]byte, error) {
	if len(ids) == 0 {
		return data, nil
	}
	d, err := yamltext.Open(file, data)
	if err != nil {
		return nil, err
	}
	for {
		holder, kept := marked(d.Root(), ids)
		switch {
		case holder == nil:
			return d.Bytes(), nil
		case len(kept) > 0:
			err = d.SetTexts(holder, "x-deviation", kept)
		default:
			err = d.Remove(holder, "x-deviation")
		}
		if err == nil {
			err = d.Reload()
		}
		if err != nil {
			return nil, err
		}
	}
}

// marked returns a mapping whose x-deviation has one of the ids, with the other ids there.
func marked(node *yaml.Node, ids []string) (holder *yaml.Node, kept []string) {
	if e, ok := yamltext.Find(node, "x-deviation"); ok && node.Kind == yaml.MappingNode {
		all := oas.Texts(e.Value)
		kept := slices.DeleteFunc(slices.Clone(all), func(id string) bool { return slices.Contains(ids, id) })
		if len(kept) < len(all) {
			return node, kept
		}
	}
	for _, inner := range node.Content {
		if holder, kept := marked(inner, ids); holder != nil {
			return holder, kept
		}
	}
	return nil, nil
}
