package rendered

import (
	"cmp"
	"regexp"
	"strings"

	"github.com/highlevel-go/snapshots/internal/docpage/page"
	"github.com/highlevel-go/snapshots/internal/docpage/rendered/grammar"
	"github.com/highlevel-go/snapshots/internal/docpage/rendered/sections"
	"github.com/highlevel-go/snapshots/internal/docpage/rendered/token"
)

var (
	skipLink  = regexp.MustCompile(`(?i)\[\s*skip to main content\s*\]\(([^()\s]+)`)
	slugChars = regexp.MustCompile(`[^a-z0-9]+`)
)

// identify determines which page this is. The links in the page take precedence: the address that a scraper puts in front
// may be that of another page.
func identify(p *page.Page, meta map[string]string, tokens []token.Token, s *sections.Sections) {
	var own, links []string
	line := s.Title.Line
	for _, tok := range tokens {
		if m := skipLink.FindStringSubmatch(tok.Text); m != nil {
			own, line = append(own, m[1]), tok.Line
		}
		if tok.Kind == token.Heading {
			if m := grammar.SectionLink.FindStringSubmatch(tok.Text); m != nil {
				links = append(links, m[1])
			}
		}
	}
	first := ""
	for _, address := range append(own, links...) {
		section, slug, clean := page.SplitAddress(address)
		switch {
		case slug == "":
		case first == "":
			first, p.Section, p.ID, p.Page = slug, section, slug, clean
		case slug != first:
			p.Report(page.Contradiction, line, "the page's own links name two pages: %s and %s", first, slug)
		}
	}
	if first != "" {
		return
	}
	for _, key := range []string{"canonical", "canonical_url", "source_url", "url", "sourceurl", "source"} {
		if section, slug, clean := page.SplitAddress(meta[key]); slug != "" {
			p.Section, p.ID, p.Page = section, slug, clean
			p.Guessed = true
			return
		}
	}
	_, path := grammar.SplitAddress(s.Address)
	p.ID = cmp.Or(slugOf(token.Plain(s.Title.Text)), slugOf(s.Verb+" "+path))
	p.Guessed = true
}

// slugOf returns words as they are written in an address.
func slugOf(words string) string {
	return strings.Trim(slugChars.ReplaceAllString(strings.ToLower(words), "-"), "-")
}
