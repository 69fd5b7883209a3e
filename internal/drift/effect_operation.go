package drift

import (
	"strings"

	"github.com/highlevel-go/snapshots/internal/facts"
)

// operationEffect is about an operation as such: that it is there, its id, its route, its host.
func operationEffect(c change) effect {
	switch c.aspect {
	case facts.Present:
		switch {
		case c.renamed != "":
			return effect{severity: Warning, wire: "none", program: "the id in errors and reports changes; the method too, where it has no name of its own"}
		case c.from == "":
			return effect{severity: Error, wire: "none for calls that are made already", program: "a method is added"}
		}
		return effect{severity: Error, wire: "calls of it may not be answered any longer", program: "the method goes: programs that call it do not compile"}
	case facts.Method, facts.Path:
		return effect{severity: Error, wire: "calls go to where nothing answers: 404 or 405", program: "none in the signature; every call fails"}
	case facts.Server:
		return effect{severity: Error, wire: "calls go to another address", program: "the default base URL changes"}
	}
	switch strings.TrimPrefix(string(c.aspect), "key ") {
	case string(facts.Servers):
		return effect{severity: Error, wire: "calls may have to go to another address, or may go to further ones", program: "none in the signature; the default base URL can change"}
	case "callbacks":
		return effect{severity: Error, wire: "none for the call itself; what the service sends to the address of the caller differs", program: "none: the client does not receive callbacks"}
	}
	return effect{severity: Error, wire: "unknown: read what changed", program: "unknown: read what changed"}
}
