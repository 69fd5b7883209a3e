package drift

import (
	"slices"

	"github.com/highlevel-go/snapshots/internal/facts"
)

// requestEffect returns the effect of changes of what callers send: parameters and the body.
func requestEffect(c change) effect {
	came, went := c.from == "", c.to == ""
	switch {
	case len(c.parts) > 0:
		return effect{Error, "what is sent one level up or down is ignored or refused", "the fields move: programs that set them do not compile"}
	case c.isMoved() && isTop(c.place) && isTop(c.newPlace):
		return effect{Error, "what is sent in the old place is ignored or refused", "the field of the request keeps its name: programs compile, and send it in the new place once the client is made again"}
	case c.isMoved():
		return effect{Error, "what is sent in the old place is ignored or refused", "the field moves: programs that set it do not compile"}
	case c.renamed != "":
		return effect{Error, "what is sent under the old name is ignored or refused", "the field is renamed: programs that set it do not compile"}
	case c.aspect == facts.Present && went:
		return effect{Error, "what is sent there is ignored or refused", "the field goes: programs that set it do not compile"}
	case c.aspect == facts.Present:
		return effect{Error, "a call cannot use it yet; if it is required, calls without it are refused", "a field is added"}
	case c.aspect == facts.Required && came:
		return effect{Error, "calls that leave it out are refused", "programs compile; Validate refuses what it accepted before"}
	case c.aspect == facts.Required:
		return effect{Error, "it may be left out", "programs compile; Validate accepts more than before"}
	case c.replaced:
		return effect{Error, "the values that were accepted are refused, and others are accepted", "the constants change: programs that name them do not compile"}
	case c.aspect == facts.Enum && c.value != "" && slices.Contains(facts.Texts(c.from), c.value):
		return effect{Error, "the value " + c.value + " is refused", "its constant goes: programs that name it do not compile"}
	case c.aspect == facts.Enum && c.value != "":
		return effect{Error, "the value " + c.value + " is accepted", "a constant is added; before, Validate refuses the value"}
	case c.aspect == facts.Enum:
		return effect{Error, "the set of values that are accepted changes", "the type of the field changes"}
	case c.aspect == facts.Type, c.aspect == facts.Format, c.aspect == facts.Union:
		return effect{Error, "what is sent has another form, and can be refused or misread", "the type of the field can change: programs may not compile"}
	case c.aspect == facts.Default:
		return effect{Warning, "calls that leave it out get something else", "only the comment changes"}
	case c.aspect == facts.Nullable:
		return effect{Warning, "whether null can be sent changes", "the type of the field can change"}
	case c.aspect == facts.MediaType && c.thing == "parameter", facts.HolderOf(c.aspect) == facts.InParameter, facts.HolderOf(c.aspect) == facts.InMediaType:
		return effect{Error, "the value is written in another way, and can be misread or refused", "what the client sends changes once it is made again"}
	case c.aspect.IsKeyword():
		return effect{Error, "other values than before can be refused or accepted", "the type of the field or what Validate checks can change"}
	case c.aspect == facts.MediaType:
		return effect{Error, "the body is sent in another form, and can be refused with 415", "the body is encoded differently"}
	case c.aspect.IsConstraint():
		return effect{Error, "other values than before are refused", "Validate checks another bound"}
	}
	return effect{Error, "unclear: read both sides", "unclear: read both sides"}
}

// isTop reports whether a place is a parameter or a top-level property of the body. All of these are fields of one struct.
func isTop(place facts.Place) bool {
	steps, err := place.Steps()
	return err == nil && len(steps) == 2 && steps[1].Kind == facts.StepProperty
}
