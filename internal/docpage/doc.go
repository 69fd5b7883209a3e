// Package docpage reads a page of the API documentation into facts.
//
// The pages are rendered by docusaurus-openapi-docs from an OpenAPI document that is not published beside them. Three
// sources of the same page are understood: Markdown as scrapers write it, HTML as a browser shows it, and the payload
// that the page's script carries. The first two run through the same steps:
//
//	source -> tokens (markdown.go, html.go)     headings, paragraphs, list items, code
//	       -> sections (sections.go)            title, method, requirements, request, responses, panel
//	       -> entries (fields.go, label.go)     one a field, brackets and unions as they are printed
//	       -> a tree (nest.go, search.go)       what is inside what, which Markdown does not print
//	       -> facts (emit.go)
//	       -> doubts (witness.go, whole.go)     held against the sample call and the form (panel.go); is it all there?
//
// A line that none of these understands is an [Issue], never silence.
package docpage
