package report

import (
	"testing"

	"github.com/highlevel-go/snapshots/internal/drift"
)

func TestAFindingIsShownAtThePageElseTheRecordElseTheSpec(t *testing.T) {
	page, docs, spec := side("", "page", 1), side("", "docs", 2), side("", "spec", 3)
	lineless, nameless := side("", "page", 0), side("", "", 0)
	for _, c := range []struct {
		name  string
		sites []drift.Site
		want  *drift.Side
	}{
		{"page first", []drift.Site{{Page: page, Docs: docs, Spec: spec}}, page},
		{"then the record", []drift.Site{{Docs: docs, Spec: spec}}, docs},
		{"then the spec", []drift.Site{{Spec: spec}}, spec},
		{"a page of a later site", []drift.Site{{Docs: docs}, {Page: page}}, page},
		{"a line before none", []drift.Site{{Page: lineless, Spec: spec}}, spec},
		{"a file before nothing", []drift.Site{{Page: lineless, Docs: nameless}}, lineless},
		{"nothing", []drift.Site{{Docs: nameless}}, nil},
		{"no site", nil, nil},
	} {
		if got := where(&drift.Finding{Sites: c.sites}).Side; got != c.want {
			t.Errorf("%s: got %v, want %v", c.name, got, c.want)
		}
	}
}
