package drift

import "github.com/highlevel-go/snapshots/internal/facts"

// effectOf returns the effect of a change from the older or documented side to the newer one or the spec.
//
// The rules before the last two are final: they are about what no schema shows, or what a comparison of schemas is known to
// rate wrongly. The changed description of a parameter has broken callers without any change of a schema, and an optional
// property that is removed from a response is silently empty in every program.
func effectOf(c change) effect {
	if e, ok := documentationEffect(c); ok {
		return final(e)
	}
	inResponse := c.place.Root() == "response"
	switch {
	case c.inPath():
		return final(effect{severity: Warning, wire: "none: the name of a parameter in the path is not sent",
			program: "the field is renamed, unless the spec names it itself: programs that set it do not compile then"})
	case c.thing == "operation":
		return final(operationEffect(c))
	case c.thing == "auth":
		return final(effect{severity: Error, wire: "calls with other credentials than these are refused with 401", program: "what callers must set up changes"})
	case len(c.parts) > 0 && !inResponse:
		return final(requestEffect(c))
	case inResponse && (c.renamed != "" || len(c.parts) > 0 || c.to == "" && c.aspect == facts.Present && c.thing != "response"):
		return final(responseEffect(c))
	case inResponse:
		return responseEffect(c)
	}
	return requestEffect(c)
}

func final(e effect) effect {
	e.final = true
	return e
}
