package drift

import "github.com/highlevel-go/snapshots/internal/facts"

// responseEffect returns the effect of changes of responses: statuses, headers, bodies.
func responseEffect(c change) effect {
	came, went := c.from == "", c.to == ""
	switch {
	case c.renamed != "" && c.thing == "response":
		return effect{Error, "the answer comes with another status", "any 2xx with a body that fits is accepted; another class is an error"}
	case len(c.parts) > 0:
		return effect{Error, "the values come one level up or down", "the fields move; until then they are silently empty"}
	case c.isMoved():
		return effect{Error, "the value comes in another place", "the field moves; until then it is silently empty"}
	case c.renamed != "":
		return effect{Error, "the value comes under another name", "the field is renamed; until then it is silently empty"}
	case c.aspect == facts.Present && c.thing == "response" && went:
		return effect{Error, "this status is no longer announced", "it is handled by its class only"}
	case c.aspect == facts.Present && c.thing == "response":
		return effect{Error, "a status comes that was not announced", "it is handled by its class until the spec has it"}
	case c.aspect == facts.Present && went:
		return effect{Error, "the value no longer comes", "the field is silently empty, and goes when the client is made again"}
	case c.aspect == facts.Present:
		return effect{Error, "a value comes that the client drops", "a field is added"}
	case c.aspect == facts.Required && came:
		return effect{Warning, "the value always comes", "none"}
	case c.aspect == facts.Required:
		return effect{Error, "the value may be missing", "programs that rely on it find the zero value"}
	case c.replaced:
		return effect{Error, "other values come", "enums are open: they are accepted without constants of their own"}
	case c.aspect == facts.Enum && c.value != "":
		return effect{Error, "the value " + c.value + " comes or stops coming", "enums are open: it is accepted without a constant of its own"}
	case c.aspect == facts.Type, c.aspect == facts.Format, c.aspect == facts.Union:
		return effect{Error, "the value comes in another form", "decoding can fail, or the type of the field changes"}
	case c.aspect == facts.Nullable:
		return effect{Warning, "null may come", "null is decoded as the zero value"}
	case c.aspect == facts.Default, c.aspect.IsConstraint():
		return effect{Warning, "none for the client", "none"}
	case c.aspect.IsKeyword():
		return effect{Error, "other values than before can come", "the type of the field can change; a check of answers against the spec can fail"}
	case c.aspect == facts.MediaType:
		return effect{Error, "the body comes in another form", "it cannot be decoded"}
	}
	return effect{Error, "unclear: read both sides", "unclear: read both sides"}
}
