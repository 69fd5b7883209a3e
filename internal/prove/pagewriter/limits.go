package pagewriter

import (
	"strings"

	"github.com/highlevel-go/snapshots/internal/facts"
)

// Limit is something that an operation says and its page does not show.
type Limit struct {
	Reason string
	// hides reports whether this is why a fact is not on the page.
	hides func(op *facts.Operation, f facts.Fact, theme Theme) bool
}

// Limits are the limits of the renderer.
var Limits = []Limit{
	{"an object or list with fields inside it shows neither default nor example", func(op *facts.Operation, f facts.Fact, _ Theme) bool {
		return (f.Aspect == facts.Example || f.Aspect == facts.Default) && hasInside(op, f.Place)
	}},
	{"a label names the items of a list, not what is inside a list of lists", func(_ *facts.Operation, f facts.Fact, theme Theme) bool {
		return theme < Theme52 && strings.Contains(string(f.Place), "[][]")
	}},
	{"before theme 5 the example of a parameter that is a list is printed as text, without its quotes", func(op *facts.Operation, f facts.Fact, theme Theme) bool {
		return f.Place.IsParam() && f.Aspect == facts.Example && theme < Theme52 && op.Value(f.Place, facts.Type) == "array"
	}},
	{"the default of a parameter that is a list is not shown; that of its items is", func(_ *facts.Operation, f facts.Fact, _ Theme) bool {
		return f.Place.IsParam() && f.Aspect == facts.Default
	}},
	{"parameters are not marked as nullable", func(_ *facts.Operation, f facts.Fact, _ Theme) bool {
		return f.Place.IsParam() && f.Aspect == facts.Nullable
	}},
	{"where a list has bounds, those of its items other than an enum are not shown", func(op *facts.Operation, f facts.Fact, _ Theme) bool {
		list, ok := strings.CutSuffix(string(f.Place), "[]")
		at := facts.Place(list)
		return ok && f.Aspect.IsConstraint() && (op.Value(at, "minItems") != "" || op.Value(at, "maxItems") != "")
	}},
	{"newer themes print a response header without its type, older ones without its format", func(_ *facts.Operation, f facts.Fact, theme Theme) bool {
		return strings.Contains(string(f.Place), "#") && (f.Aspect == facts.Type && theme >= Theme52 || f.Aspect == facts.Format)
	}},
	{"newer themes render a union's variant when it is chosen; before, only the first is there", func(_ *facts.Operation, f facts.Fact, theme Theme) bool {
		place := string(f.Place)
		i := strings.IndexByte(place, '|')
		for ; i >= 0; i = strings.IndexByte(place, '|') {
			if place = place[i+1:]; theme >= Theme52 && !strings.HasPrefix(place, "0") {
				return true
			}
		}
		return false
	}},
	{"the root of a body has no line for words of its own", func(_ *facts.Operation, f facts.Fact, _ Theme) bool {
		return f.Aspect == facts.Text && !strings.ContainsAny(string(f.Place), ".[{|") && f.Place != facts.BodyPlace
	}},
	{"before theme 4.5 a format stands in the place of its type", func(op *facts.Operation, f facts.Fact, theme Theme) bool {
		return theme < Theme45 && f.Aspect == facts.Type && op.Value(f.Place, facts.Format) != ""
	}},
}

func hasInside(op *facts.Operation, place facts.Place) bool {
	for _, f := range op.Facts {
		if rest, ok := strings.CutPrefix(string(f.Place), string(place)); ok && rest != "" && strings.ContainsAny(rest, ".{|") {
			return true
		}
	}
	return false
}

// Hidden tells why a fact of an operation is not on its page; "" if there is no reason.
func Hidden(op *facts.Operation, f facts.Fact, dialect Dialect) string {
	for _, limit := range Limits {
		if limit.hides(op, f, dialect.Theme) {
			return limit.Reason
		}
	}
	return ""
}
