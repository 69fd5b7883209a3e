package fetch

// Kind is what a page was fetched as.
type Kind string

// The kinds of pages: the Markdown twin, the script that carries the whole operation, or HTML.
const (
	Twin    Kind = "twin"
	Payload Kind = "payload"
	HTML    Kind = "html"
)

// suffixes of the files that pages are saved in; docpage recognises them.
var suffixes = map[Kind]string{Twin: ".md", Payload: ".payload.js", HTML: ".html"}
