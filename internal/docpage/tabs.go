package docpage

import "strings"

// isTab: the tabs above a schema and its samples.
func isTab(w string) bool {
	return w == "schema" || w == "body" || w == "example" || strings.HasPrefix(w, "example (") || w == "example(auto)"
}

func isAutoTab(w string) bool { return w == "example (auto)" || w == "example(auto)" }

// isPlainTab: a scraper can print tabs as paragraphs, or all of them in one.
func isPlainTab(tok token) bool {
	w := strings.ToLower(unescape(tok.text))
	return !strings.HasPrefix(w, "**") && (isTab(w) || w == "schemaexample (auto)" || w == "schema example (auto)")
}
