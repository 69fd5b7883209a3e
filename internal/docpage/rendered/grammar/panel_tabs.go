package grammar

import (
	"strings"

	"github.com/highlevel-go/snapshots/internal/docpage/rendered/token"
)

// IsTab reports whether text is one of the tabs above a schema and its samples.
func IsTab(w string) bool {
	return w == "schema" || w == "body" || w == "example" || strings.HasPrefix(w, "example (") || w == "example(auto)"
}

// IsAutoTab reports whether a tab is that of a sample generated from the schema.
func IsAutoTab(w string) bool { return w == "example (auto)" || w == "example(auto)" }

// IsPlainTab reports whether a line consists of tabs: a scraper can print tabs as paragraphs, or all of them in one
// paragraph.
func IsPlainTab(tok token.Token) bool {
	w := strings.ToLower(token.Unescape(tok.Text))
	return !strings.HasPrefix(w, "**") && (IsTab(w) || w == "schemaexample (auto)" || w == "schema example (auto)")
}
