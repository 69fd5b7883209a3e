package page

import "github.com/highlevel-go/snapshots/internal/facts"

// Page is the result of reading one page.
type Page struct {
	*facts.Operation
	File    string
	Section string // of the site: "snapshots"
	// Source is twin, openapi, payload, html or markdown.
	Source string
	// Hidden are aspects that this kind of source never shows; see Hides.
	Hidden []facts.Aspect
	Issues []Issue

	// Unlisted are the fields in printed JSON that the schema above it does not list.
	Unlisted []facts.Place
	// Guessed reports whether no link of the page itself names it.
	Guessed bool
	// NoParamExamples reports whether the page has no example of a parameter. Before theme 5, HTML does not show an example
	// in the parameter's schema, so that there may be one.
	NoParamExamples bool
}

// Param is a parameter of a page.
type Param struct {
	In, Name   string
	facts.Fact // its presence
}

// Params returns the parameters of a page, in its order.
func (p *Page) Params() (params []Param) {
	for _, f := range p.Facts {
		if steps, err := f.Place.Steps(); err == nil && f.Aspect == facts.Present && f.Place.IsParam() && len(steps) == 2 {
			params = append(params, Param{steps[0].Name, steps[1].Name, f})
		}
	}
	return params
}
