package drift

import "github.com/highlevel-go/snapshots/internal/facts"

// effect is the effect of a change: on calls, and on programs that use the client.
type effect struct {
	severity      Severity
	wire, program string
}

// effectOf returns the effect of a change from the older or documented side to the newer one or the spec.
//
// The severity is final if the change is about what no schema shows, or if a comparison of schemas is known to rate it
// wrongly; otherwise oasdiff may rate it better. A changed description of a parameter has broken callers without any change
// of a schema, and an optional property that is removed from a response is silently empty in every program.
func effectOf(c change) (e effect, final bool) {
	if e, ok := documentationEffect(c); ok {
		return e, true
	}
	inResponse := c.place.Root() == "response"
	switch {
	case c.inPath():
		return effect{Warning, "none: the name of a parameter in the path is not sent",
			"the field is renamed, unless the spec names it itself: programs that set it do not compile then"}, true
	case c.thing == "operation":
		return operationEffect(c), true
	case c.thing == "auth":
		return effect{Error, "calls with other credentials than these are refused with 401", "what callers must set up changes"}, true
	case inResponse:
		return responseEffect(c), c.renamed != "" || len(c.parts) > 0 || c.to == "" && c.aspect == facts.Present && c.thing != "response"
	}
	return requestEffect(c), len(c.parts) > 0
}
