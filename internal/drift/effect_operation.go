package drift

import (
	"strings"

	"github.com/highlevel-go/snapshots/internal/facts"
)

// operationEffect returns the effect of changes of an operation: its presence, id, route and host.
func operationEffect(c change) effect {
	switch c.aspect {
	case facts.Present:
		switch {
		case c.renamed != "":
			return effect{Warning, "none", "the id in errors and reports changes; the method too, where it has no name of its own"}
		case c.from == "":
			return effect{Error, "none for calls that are made already", "a method is added"}
		}
		return effect{Error, "calls of it may not be answered any longer", "the method goes: programs that call it do not compile"}
	case facts.Method, facts.Path:
		return effect{Error, "calls go to where nothing answers: 404 or 405", "none in the signature; every call fails"}
	case facts.Server:
		return effect{Error, "calls go to another address", "the default base URL changes"}
	}
	switch strings.TrimPrefix(string(c.aspect), "key ") {
	case string(facts.Servers):
		return effect{Error, "calls may have to go to another address, or may go to further ones", "none in the signature; the default base URL can change"}
	case "callbacks":
		return effect{Error, "none for the call itself; what the service sends to the address of the caller differs", "none: the client does not receive callbacks"}
	}
	return effect{Error, "unknown: read what changed", "unknown: read what changed"}
}
