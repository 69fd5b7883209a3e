package console

import (
	"maps"
	"net/http"
	"slices"
	"strings"
)

// curl returns a request as a curl command. The token comes from the environment, unless the operation is open.
func curl(r *http.Request, open bool) string {
	text := "curl -X " + r.Method + " " + shellQuote(r.URL.String())
	if !open {
		text += " \\\n  -H \"Authorization: Bearer $HIGHLEVEL_TOKEN\""
	}
	for _, name := range slices.Sorted(maps.Keys(r.Header)) {
		text += " \\\n  -H " + shellQuote(name+": "+strings.Join(r.Header[name], ", "))
	}
	if body := bodyOf(r); body != "" {
		text += " \\\n  --data-raw " + shellQuote(body)
	}
	return text
}
