package drift

import (
	"slices"
	"strings"

	"github.com/highlevel-go/snapshots/internal/facts"
)

// findWrapped merges the removal or addition of an object and of its fields, which are one level up on the other side: the
// object was flattened, or fields were wrapped in it.
func findWrapped(changes []change, from, to *index, as comparison) []change {
	used := map[int]bool{}
	for i := range changes {
		c := &changes[i]
		if used[i] || c.aspect != facts.Present || c.thing != "property" || c.verb != as.removed && c.verb != as.added {
			continue
		}
		own := from
		if c.verb == as.added {
			own = to
		}
		fields := own.fieldsOf(c.place)
		var parts []int
		for _, field := range fields {
			j := slices.IndexFunc(changes, func(d change) bool {
				return d.aspect == facts.Present && d.verb != c.verb && d.place == c.place.Parent().Property(field.Last().Name)
			})
			if j < 0 || used[j] {
				continue
			}
			old, now := field, changes[j].place
			if own == to {
				old, now = now, old
			}
			if likeness(old, now, from, to, as) >= alike {
				parts = append(parts, j)
			}
		}
		if len(parts) == 0 || len(parts)*4 < len(fields)*3 {
			continue
		}
		for _, j := range parts {
			used[j] = true
			c.parts = append(c.parts, changes[j])
		}
	}
	var out []change
	for i, c := range changes {
		if !used[i] {
			out = append(out, c)
		}
	}
	return out
}

// fieldsOf lists the properties of an object.
func (x *index) fieldsOf(place facts.Place) (fields []facts.Place) {
	for _, f := range x.op.Facts {
		if f.Aspect == facts.Present && f.Place.Parent() == place && strings.HasPrefix(string(f.Place[len(place):]), ".") {
			fields = append(fields, f.Place)
		}
	}
	return fields
}

// steps returns the changes that turn one side into the other. For an object that was flattened or wrapped, these are the
// change of the object, those of its shared fields, which move, and those of its other fields.
func (c change) steps(back bool) []change {
	if len(c.parts) == 0 {
		return []change{c}
	}
	moved := c.moves()
	for i := range moved {
		moved[i].renamed = moved[i].newPlace.Last().Name
	}
	if c.goesInSteps(back) {
		return append([]change{c}, moved...)
	}
	whole := c.toOp
	if back {
		whole = c.fromOp
	}
	own := c
	own.bare = true
	steps := append([]change{own}, moved...)
	for _, field := range indexOf(whole).fieldsOf(c.place) {
		if !slices.ContainsFunc(moved, func(m change) bool { return m.place == field || m.newPlace == field }) {
			other := c
			other.place, other.parts = field, nil
			steps = append(steps, other)
		}
	}
	return steps
}

// goesInSteps reports whether an object is removed and its fields remain.
func (c change) goesInSteps(back bool) bool { return len(c.parts) > 0 && (c.from == "") == back }

// moves returns the fields of an object that was flattened or wrapped, as changes of their places.
func (c change) moves() (moves []change) {
	for _, part := range c.parts {
		inObject := c.place.Property(part.place.Last().Name)
		if part.from == "" {
			part.place, part.newPlace = inObject, part.place
		} else {
			part.newPlace = inObject
		}
		moves = append(moves, part)
	}
	return moves
}
