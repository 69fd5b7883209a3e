package report

import (
	"io"

	"github.com/highlevel-go/snapshots/internal/drift"
)

// Versions writes the differences between the API versions of the documentation, as sentences with both places.
func Versions(w io.Writer, differences []*drift.Finding, colour bool) error {
	p := &printer{w: w, colour: colour}
	for _, f := range differences {
		p.line("%s", p.paint(bold, visible(f.Message, "")))
		for _, site := range f.Sites {
			for _, side := range []*drift.Side{site.Docs, site.Page} {
				p.line("    %s  %s", visible(side.Pos.String(), ""), p.says(side.Says))
			}
		}
		p.line("    %s  %s", p.paint(dim, "on the wire"), visible(f.Wire, ""))
		p.line("")
	}
	p.line("%s", p.paint(bold, counted(len(differences), "difference")+" between the API versions"))
	return p.err
}
