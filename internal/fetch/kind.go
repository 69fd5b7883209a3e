package fetch

// Kind is the form in which a page was fetched.
type Kind string

// The kinds of pages: the Markdown twin, the script that contains the whole operation, or HTML.
const (
	Twin    Kind = "twin"
	Payload Kind = "payload"
	HTML    Kind = "html"
)

// suffixes are the file name suffixes of saved pages; docpage recognizes them.
var suffixes = map[Kind]string{Twin: ".md", Payload: ".payload.js", HTML: ".html"}
