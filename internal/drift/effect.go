package drift

import (
	"slices"
	"strings"

	"github.com/highlevel-go/snapshots/internal/facts"
)

// kindOf names a change: parameter-removed, required-added, enum-value-missing, property-renamed.
func kindOf(c change) string {
	switch {
	case c.renamed != "" && parent(c.newPlace) == parent(c.place) && rootOf(c.newPlace) == rootOf(c.place):
		return c.thing + "-renamed"
	case c.renamed != "":
		return c.thing + "-moved"
	case c.aspect == facts.Present:
		return c.thing + "-" + c.verb
	case c.aspect == facts.Enum && c.value != "":
		return "enum-value-" + c.verb
	case c.aspect == facts.Enum && c.from != "" && c.to != "":
		return "enum-order-" + c.verb
	}
	return strings.ToLower(camelToKebab(string(c.aspect))) + "-" + c.verb
}

func camelToKebab(name string) string {
	var out strings.Builder
	for _, r := range name {
		if r >= 'A' && r <= 'Z' {
			out.WriteByte('-')
		}
		out.WriteRune(r)
	}
	return out.String()
}

// effect is what a change does.
type effect struct {
	severity      Severity
	wire, program string
}

// effectOf judges a change. from is the older or documented side, to the newer one or the spec.
func effectOf(c change) effect {
	steps, _ := c.place.Steps()
	inResponse := len(steps) > 0 && steps[0].Name == "response"
	came, went := c.from == "", c.to == ""
	switch {
	case c.aspect.IsText():
		return effect{Warning, "none that a schema shows; the words may carry a rule, such as a format that alone is accepted: read them", "none"}
	case c.aspect == facts.Sample:
		return effect{Warning, "none; the printed sample differs", "none"}
	case c.aspect == facts.Example || c.aspect == facts.Examples:
		return effect{Warning, "none that a schema shows; an example may be the only word on the format: compare", "none; documentation and fixtures show it"}
	case c.aspect == facts.Title:
		return effect{Warning, "none", "none"}
	case c.aspect == facts.Deprecated && came:
		return effect{Warning, "still served, for now", "gets a deprecation comment"}
	case c.aspect == facts.Deprecated:
		return effect{Warning, "none", "loses its deprecation comment"}
	case c.aspect == facts.Enum && c.value == "" && !came && !went:
		return effect{Warning, "none; the same values in another order", "the constants are listed in another order"}
	}
	switch c.thing {
	case "operation":
		return operationEffect(c)
	case "auth":
		return effect{Error, "calls with other credentials than these are refused with 401", "what callers must set up changes"}
	}
	if inResponse {
		return responseEffect(c, came, went)
	}
	return requestEffect(c, came, went)
}

func operationEffect(c change) effect {
	switch c.aspect {
	case facts.Method, facts.Path:
		return effect{Error, "calls go to where nothing answers: 404 or 405", "none in the signature; every call fails"}
	case facts.Server:
		return effect{Error, "calls go to another host", "the default base URL changes"}
	}
	return effect{Error, "the operation itself differs", "the method comes or goes"}
}

func requestEffect(c change, came, went bool) effect {
	switch {
	case c.renamed != "":
		return effect{Error, "what is sent under the old name or place is ignored or refused", "the field is renamed: programs that set it do not compile"}
	case c.aspect == facts.Present && went:
		return effect{Error, "what is sent there is ignored or refused", "the field goes: programs that set it do not compile"}
	case c.aspect == facts.Present:
		return effect{Error, "a call cannot use it yet; if it is required, calls without it are refused", "a field is added"}
	case c.aspect == facts.Required && came:
		return effect{Error, "calls that leave it out are refused", "programs compile; Validate refuses what it took before"}
	case c.aspect == facts.Required:
		return effect{Error, "it may be left out", "programs compile; Validate takes more than before"}
	case c.aspect == facts.Enum && c.value != "" && slices.Contains(facts.Texts(c.from), c.value):
		return effect{Error, "the value " + c.value + " is refused", "its constant goes: programs that name it do not compile"}
	case c.aspect == facts.Enum && c.value != "":
		return effect{Error, "the value " + c.value + " is taken", "a constant is added; before, Validate refuses the value"}
	case c.aspect == facts.Enum:
		return effect{Error, "the set of values that are taken changes", "the type of the field changes"}
	case c.aspect == facts.Type, c.aspect == facts.Format, c.aspect == facts.Union:
		return effect{Error, "what is sent has another form, and can be refused or misread", "the type of the field can change: programs may not compile"}
	case c.aspect == facts.Default:
		return effect{Warning, "calls that leave it out get something else", "only the comment changes"}
	case c.aspect == facts.Nullable:
		return effect{Warning, "whether null can be sent changes", "the type of the field can change"}
	case c.aspect == facts.MediaType:
		return effect{Error, "the body is sent in another form, and can be refused with 415", "the body is encoded differently"}
	case c.aspect.IsConstraint():
		return effect{Error, "other values than before are refused", "Validate checks another bound"}
	}
	return effect{Error, "unclear: read both sides", "unclear: read both sides"}
}

func responseEffect(c change, came, went bool) effect {
	switch {
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
	case c.aspect == facts.Enum && c.value != "":
		return effect{Error, "the value " + c.value + " comes or stops coming", "enums are open: it is taken without a constant of its own"}
	case c.aspect == facts.Type, c.aspect == facts.Format, c.aspect == facts.Union:
		return effect{Error, "the value comes in another form", "decoding can fail, or the type of the field changes"}
	case c.aspect == facts.Nullable:
		return effect{Warning, "null may come", "null is decoded as the zero value"}
	case c.aspect == facts.Default, c.aspect.IsConstraint():
		return effect{Warning, "none for the client", "none"}
	case c.aspect == facts.MediaType:
		return effect{Error, "the body comes in another form", "it cannot be decoded"}
	}
	return effect{Error, "unclear: read both sides", "unclear: read both sides"}
}
