package console

import (
	"maps"
	"slices"
	"strings"
)

// curl writes a request as a command of a shell. The token comes from the environment.
func curl(base string, r request) string {
	var b strings.Builder
	b.WriteString("curl -X " + r.method + " " + shellQuote(base+r.target()) + " \\\n  -H \"Authorization: Bearer $HIGHLEVEL_TOKEN\"")
	for _, name := range slices.Sorted(maps.Keys(r.header)) {
		b.WriteString(" \\\n  -H " + shellQuote(name+": "+r.header[name]))
	}
	if r.body != "" {
		b.WriteString(" \\\n  --data-raw " + shellQuote(r.body))
	}
	return b.String()
}
