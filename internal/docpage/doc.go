// Package docpage reads a page of the API documentation into facts.
//
// The pages are rendered by docusaurus-openapi-docs from an OpenAPI document. Two kinds of source contain the complete
// operation, and are read here:
//
//	payload.go     the operation in the page's script
//	site.go        the way from a page of a site to that script
//
// The others are the output of the renderer, as HTML or as the Markdown of a scraper; package rendered reconstructs the
// operation from them. Package page contains the result of both.
package docpage
