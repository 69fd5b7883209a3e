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
	// own: the severity is this project's rule; otherwise the library for comparing API descriptions may judge better.
	own bool
}

// effectOf judges a change. from is the older or documented side, to the newer one or the spec.
func effectOf(c change) effect {
	e, own := ownRule(c)
	if own {
		e.own = true
		return e
	}
	steps, _ := c.place.Steps()
	if len(steps) > 0 && steps[0].Name == "response" {
		return responseEffect(c, c.from == "", c.to == "")
	}
	return requestEffect(c, c.from == "", c.to == "")
}

// ownRule judges what no schema shows, or what a comparison of schemas is known to judge wrongly: the changed words of a
// parameter have broken callers without any change of a schema, and an optional property that is removed from a response
// is silently empty in every program.
func ownRule(c change) (effect, bool) {
	steps, _ := c.place.Steps()
	inResponse := len(steps) > 0 && steps[0].Name == "response"
	came, went := c.from == "", c.to == ""
	switch {
	case c.aspect.IsText():
		return own(Warning, "none that a schema shows; the words may carry a rule, such as a format that alone is accepted: read them", "none")
	case c.aspect == facts.Sample:
		return own(Warning, "none; the printed sample differs", "none")
	case c.aspect == facts.Example || c.aspect == facts.Examples:
		return own(Warning, "none that a schema shows; an example may be the only word on the format: compare", "none; documentation and fixtures show it")
	case c.aspect == facts.Title:
		return own(Warning, "none", "none")
	case c.aspect == facts.Deprecated && came:
		return own(Warning, "still served, for now", "gets a deprecation comment")
	case c.aspect == facts.Deprecated:
		return own(Warning, "none", "loses its deprecation comment")
	case c.aspect == facts.Enum && c.value == "" && !came && !went:
		return own(Warning, "none; the same values in another order", "the constants are listed in another order")
	}
	if c.inPath() {
		return own(Warning, "none: the name of a parameter in the path is not sent", "the field is renamed, unless the spec names it itself: programs that set it do not compile then")
	}
	switch c.thing {
	case "operation":
		return operationEffect(c), true
	case "auth":
		return own(Error, "calls with other credentials than these are refused with 401", "what callers must set up changes")
	}
	if inResponse && went && c.aspect == facts.Present && c.thing != "response" || inResponse && c.renamed != "" {
		return responseEffect(c, came, went), true
	}
	return effect{}, false
}

func own(severity Severity, wire, program string) (effect, bool) {
	return effect{severity: severity, wire: wire, program: program}, true
}

func operationEffect(c change) effect {
	switch c.aspect {
	case facts.Present:
		if c.renamed != "" {
			return effect{severity: Warning, wire: "none", program: "the id in errors and reports changes; the method too, where it has no name of its own"}
		}
	case facts.Method, facts.Path:
		return effect{severity: Error, wire: "calls go to where nothing answers: 404 or 405", program: "none in the signature; every call fails"}
	case facts.Server:
		return effect{severity: Error, wire: "calls go to another host", program: "the default base URL changes"}
	}
	return effect{severity: Error, wire: "the operation itself differs", program: "the method comes or goes"}
}

func requestEffect(c change, came, went bool) effect {
	switch {
	case c.renamed != "":
		return effect{severity: Error, wire: "what is sent under the old name or place is ignored or refused", program: "the field is renamed: programs that set it do not compile"}
	case c.aspect == facts.Present && went:
		return effect{severity: Error, wire: "what is sent there is ignored or refused", program: "the field goes: programs that set it do not compile"}
	case c.aspect == facts.Present:
		return effect{severity: Error, wire: "a call cannot use it yet; if it is required, calls without it are refused", program: "a field is added"}
	case c.aspect == facts.Required && came:
		return effect{severity: Error, wire: "calls that leave it out are refused", program: "programs compile; Validate refuses what it took before"}
	case c.aspect == facts.Required:
		return effect{severity: Error, wire: "it may be left out", program: "programs compile; Validate takes more than before"}
	case c.aspect == facts.Enum && c.value != "" && slices.Contains(facts.Texts(c.from), c.value):
		return effect{severity: Error, wire: "the value " + c.value + " is refused", program: "its constant goes: programs that name it do not compile"}
	case c.aspect == facts.Enum && c.value != "":
		return effect{severity: Error, wire: "the value " + c.value + " is taken", program: "a constant is added; before, Validate refuses the value"}
	case c.aspect == facts.Enum:
		return effect{severity: Error, wire: "the set of values that are taken changes", program: "the type of the field changes"}
	case c.aspect == facts.Type, c.aspect == facts.Format, c.aspect == facts.Union:
		return effect{severity: Error, wire: "what is sent has another form, and can be refused or misread", program: "the type of the field can change: programs may not compile"}
	case c.aspect == facts.Default:
		return effect{severity: Warning, wire: "calls that leave it out get something else", program: "only the comment changes"}
	case c.aspect == facts.Nullable:
		return effect{severity: Warning, wire: "whether null can be sent changes", program: "the type of the field can change"}
	case c.aspect == facts.MediaType:
		return effect{severity: Error, wire: "the body is sent in another form, and can be refused with 415", program: "the body is encoded differently"}
	case c.aspect.IsConstraint():
		return effect{severity: Error, wire: "other values than before are refused", program: "Validate checks another bound"}
	}
	return effect{severity: Error, wire: "unclear: read both sides", program: "unclear: read both sides"}
}

func responseEffect(c change, came, went bool) effect {
	switch {
	case c.renamed != "" && c.thing == "response":
		return effect{severity: Error, wire: "the answer comes with another status", program: "any 2xx with a body that fits is taken; another class is an error"}
	case c.renamed != "":
		return effect{severity: Error, wire: "the value comes under another name", program: "the field is renamed; until then it is silently empty"}
	case c.aspect == facts.Present && c.thing == "response" && went:
		return effect{severity: Error, wire: "this status is no longer announced", program: "it is handled by its class only"}
	case c.aspect == facts.Present && c.thing == "response":
		return effect{severity: Error, wire: "a status comes that was not announced", program: "it is handled by its class until the spec has it"}
	case c.aspect == facts.Present && went:
		return effect{severity: Error, wire: "the value no longer comes", program: "the field is silently empty, and goes when the client is made again"}
	case c.aspect == facts.Present:
		return effect{severity: Error, wire: "a value comes that the client drops", program: "a field is added"}
	case c.aspect == facts.Required && came:
		return effect{severity: Warning, wire: "the value always comes", program: "none"}
	case c.aspect == facts.Required:
		return effect{severity: Error, wire: "the value may be missing", program: "programs that rely on it find the zero value"}
	case c.aspect == facts.Enum && c.value != "":
		return effect{severity: Error, wire: "the value " + c.value + " comes or stops coming", program: "enums are open: it is taken without a constant of its own"}
	case c.aspect == facts.Type, c.aspect == facts.Format, c.aspect == facts.Union:
		return effect{severity: Error, wire: "the value comes in another form", program: "decoding can fail, or the type of the field changes"}
	case c.aspect == facts.Nullable:
		return effect{severity: Warning, wire: "null may come", program: "null is decoded as the zero value"}
	case c.aspect == facts.Default, c.aspect.IsConstraint():
		return effect{severity: Warning, wire: "none for the client", program: "none"}
	case c.aspect == facts.MediaType:
		return effect{severity: Error, wire: "the body comes in another form", program: "it cannot be decoded"}
	}
	return effect{severity: Error, wire: "unclear: read both sides", program: "unclear: read both sides"}
}
