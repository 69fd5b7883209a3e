package docpage

import (
	"regexp"
	"strings"
)

var (
	skipLink  = regexp.MustCompile(`(?i)\[\s*skip to main content\s*\]\(([^()\s]+)`)
	slugChars = regexp.MustCompile(`[^a-z0-9]+`)
)

// identify finds out which page this is. The page's own links say so; what a scraper put in front of it can be that of
// another page and is believed last.
func identify(p *Page, meta map[string]string, tokens []token, s *sections) {
	var own, links []string
	line := s.title.line
	for _, tok := range tokens {
		if m := skipLink.FindStringSubmatch(tok.text); m != nil {
			own, line = append(own, m[1]), tok.line
		}
		if tok.kind == heading {
			if m := sectionLink.FindStringSubmatch(tok.text); m != nil {
				links = append(links, m[1])
			}
		}
	}
	first := ""
	for _, address := range append(own, links...) {
		section, slug, clean := splitPage(address)
		switch {
		case slug == "":
		case first == "":
			first, p.Section, p.ID, p.Page = slug, section, slug, clean
		case slug != first:
			p.Report(Contradiction, line, "the page's own links name two pages: %s and %s", first, slug)
		}
	}
	if first != "" {
		return
	}
	for _, key := range []string{"canonical", "canonical_url", "source_url", "url", "sourceurl", "source"} {
		if section, slug, clean := splitPage(meta[key]); slug != "" {
			p.Section, p.ID, p.Page = section, slug, clean
			p.Guessed = true
			return
		}
	}
	p.ID = strings.Trim(slugChars.ReplaceAllString(strings.ToLower(words(s.title.text)), "-"), "-")
	if p.ID == "" {
		_, path := splitAddress(s.address)
		p.ID = strings.Trim(slugChars.ReplaceAllString(strings.ToLower(s.verb+" "+path), "-"), "-")
	}
	p.Guessed = true
}
