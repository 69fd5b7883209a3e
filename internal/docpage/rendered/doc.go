// Package rendered reconstructs the facts of an operation from the text of its page: HTML as a browser shows it, or Markdown
// as scrapers write it. docusaurus-openapi-docs rendered the page from an OpenAPI document, and the text does not show
// everything in it. Above all, Markdown does not show where an object ends.
//
// The stages are packages; each imports only those before it:
//
//	frommarkdown, fromhtml   text to tokens (package token): headings, lines of paragraphs, list items, code
//	grammar                  the single lines that the renderer prints: labels of types, headings, statuses, buttons
//	sections                 tokens to the parts of a page
//	sidepanel                the panel beside the documentation: authorization, sample call, form
//	fields                   the tokens of a list of fields to entries, one a field
//	message                  the parameters, headers and bodies of the request and of each response
//	nesting                  entries to a tree: what is inside what
//	emit                     the trees to facts
//
// The files of this package run the stages, and then check that the page is complete (truncation.go), that it is in English
// (language.go), and that the panel agrees with it (panel_check.go).
//
// A line that no stage recognizes becomes an issue of the page.
package rendered
