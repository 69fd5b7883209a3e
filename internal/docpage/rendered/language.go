package rendered

import (
	"regexp"

	"github.com/highlevel-go/snapshots/internal/docpage/page"
	"github.com/highlevel-go/snapshots/internal/docpage/rendered/grammar"
	"github.com/highlevel-go/snapshots/internal/docpage/rendered/sections"
	"github.com/highlevel-go/snapshots/internal/docpage/rendered/token"
	"github.com/highlevel-go/snapshots/internal/facts"
)

// A page that a browser or scraper translated keeps its fields, and loses what is said of them.

// labelled is a line of a field in any language: a label, and values in code.
var labelled = regexp.MustCompile("^(?:\\*\\*)?(\\p{L}[\\p{L}\\p{M}'’ -]{2,30})(?:\\*\\*)? ?:(?:\\*\\*)?\\s*(?:\\\\?\\[ ?`[^\\[\\]]*\\]|`[^`]*`)$")

// checkLanguage reports a page on which no line says what lines below a field say in English, and several say something alike.
func checkLanguage(p *page.Page, s *sections.Sections) {
	var other []token.Token
	for _, tokens := range [][]token.Token{s.Request, s.Response} {
		for _, tok := range tokens {
			switch {
			case tok.Kind != token.ParagraphLine || len(tok.Text) > token.LongestName:
			case grammar.Attribute.MatchString(tok.Text):
				return
			case labelled.MatchString(tok.Text):
				other = append(other, tok)
			}
		}
	}
	if len(other) > 1 {
		p.Report(page.Unread, other[0].Line, "lines below fields that the renderer does not write, such as %s: the page may be in another language; fetch the English one", page.Quote(other[0].Text))
	}
}

// checkTypes reports a page on which most labels are no types.
func checkTypes(p *page.Page) {
	titles, types, first := 0, 0, facts.Fact{}
	for _, f := range p.Facts {
		switch f.Aspect {
		case facts.Title:
			if _, doubted := p.Get(f.Place, facts.Uncertain); doubted {
				if titles++; titles == 1 {
					first = f
				}
			}
		case facts.Type:
			types++
		}
	}
	if titles > 2 && titles*2 > types { // of a title the type is guessed
		p.Report(page.Unread, first.Pos.Line, "most fields have no type, but labels such as %s: the page may be in another language; fetch the English one", page.Quote(first.Value))
	}
}
