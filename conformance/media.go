package conformance

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
)

// sentAs returns the media type of a request body that a generated client sends if the document has several: JSON, then
// forms, text and bytes; the first of each.
func sentAs(content openapi3.Content) string {
	names := slices.SortedFunc(maps.Keys(content), func(a, b string) int {
		return cmp.Or(cmp.Compare(rank(a), rank(b)), lineNumber(content[a].Origin)-lineNumber(content[b].Origin), strings.Compare(a, b))
	})
	if len(names) == 0 {
		return ""
	}
	return names[0]
}

func rank(media string) int {
	media, _, _ = strings.Cut(strings.ToLower(media), ";")
	switch {
	case isJSON(media):
		return 0
	case media == "application/x-www-form-urlencoded":
		return 1
	case media == "multipart/form-data":
		return 2
	case strings.HasPrefix(media, "text/"):
		return 3
	}
	return 4
}

func isForm(media string) bool { return rank(media) == 1 || rank(media) == 2 }

func isJSON(media string) bool {
	media, _, _ = strings.Cut(strings.ToLower(media), ";")
	media = strings.TrimSpace(media)
	return slices.Contains([]string{"application/json", "text/json", "application/*", "*/*"}, media) || strings.HasSuffix(media, "+json")
}
