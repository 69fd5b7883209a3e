package drift

import (
	"fmt"

	"github.com/highlevel-go/snapshots/internal/facts"
)

// newVersion is a page of an API version without a record.
type newVersion struct {
	version string
	page    *Page
}

// newVersions creates one finding for all pages of a version without a record.
func (c *checker) newVersions(pages []newVersion) {
	byVersion := map[string]*Finding{}
	for _, p := range pages {
		f := byVersion[p.version]
		if f == nil {
			f = &Finding{ID: "version-added||" + p.version, Kind: "version-added", Severity: Warning, Wire: "none: the client sends the versions that " + c.Spec.File + " lists",
				Message: fmt.Sprintf("the documentation has the API version %s; there are records of %s", p.version, versionNames(c.records())),
				Go:      "none until the version is wanted"}
			byVersion[p.version] = f
			c.add(f)
		}
		at, _ := p.page.Get(facts.VersionHeader, facts.Enum)
		if at.Pos.Line == 0 {
			at.Pos = p.page.Pos
		}
		f.Sites = append(f.Sites, Site{Operation: c.idOf(p.page), Version: p.version, Place: facts.VersionHeader, Aspect: facts.Enum, Page: &Side{p.version, at.Pos}})
		f.accept = append(f.accept, p.page.File)
	}
	for version, f := range byVersion {
		f.Fix = fmt.Sprintf("look at what differs (specdrift versions PAGES), %s; what specdrift check finds then goes into %s or the ledger, with version: %s", f.acceptance(), c.Spec.File, version)
	}
}

// missingPages returns the operations of the records that have no page, when all pages were given. An API version without
// any page is one finding.
func (c *checker) missingPages(at map[*facts.Operation]*pageGroup, given map[*edition]bool) (removed []change) {
	for _, e := range c.editions {
		if !given[e] && len(given) > 0 && e.docs.Version != "" {
			c.add(&Finding{ID: "version-removed||" + e.docs.Version, Kind: "version-removed", Severity: Error,
				Message: fmt.Sprintf("none of the pages is of the API version %s, of which there is a record", e.docs.Version),
				Wire:    "calls of that version may be refused", Go: "clients must send another version",
				Fix:   fmt.Sprintf("fetch its pages too (specdrift fetch --version %s); if the documentation has dropped it, take it out of %s and remove %s", e.docs.Version, c.Spec.File, e.docs.File),
				Sites: []Site{{Version: e.docs.Version, Place: facts.VersionHeader, Aspect: facts.Enum, Docs: &Side{e.docs.Version, facts.Pos{File: e.docs.File}}}}})
			continue
		}
		for _, docs := range e.docs.Operations {
			if at[docs] == nil {
				removed = append(removed, e.own(operationChange("removed", docs.ID, "", docs.Pos, facts.Pos{}))...)
			}
		}
	}
	return removed
}
