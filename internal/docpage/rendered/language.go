package rendered

import (
	"regexp"
	"strings"
	"unicode"

	"github.com/highlevel-go/snapshots/internal/docpage/page"
	"github.com/highlevel-go/snapshots/internal/docpage/rendered/grammar"
	"github.com/highlevel-go/snapshots/internal/docpage/rendered/sections"
	"github.com/highlevel-go/snapshots/internal/docpage/rendered/token"
	"github.com/highlevel-go/snapshots/internal/facts"
)

// A page that a browser or scraper translated still has its fields, but not what is said about them.

// labelled matches a line of a field in any language: a label, and values in code.
var labelled = regexp.MustCompile("^(\\*\\*)?(\\p{L}[\\p{L}\\p{M}'’ -]{0,30})(?:\\*\\*)? ?[:：](?:\\*\\*)?(\\s*)(?:(\\\\?\\[) ?`[^\\[\\]]*\\]|`[^`]*`)$")

// checkLanguage reports a page on which lines below fields are not in the renderer's English: one line in a form that only
// the renderer writes, the same label twice in the renderer's form, or several on a page that has none in English.
func checkLanguage(p *page.Page, s *sections.Sections) {
	var other []token.Token
	labels := map[string]bool{}
	isEnglish, isCertain := false, false
	for _, tokens := range [][]token.Token{s.Request, s.Response} {
		for _, tok := range tokens {
			if tok.Kind != token.ParagraphLine || len(tok.Text) > token.LongestName || tok.Role == token.Prose {
				continue
			}
			if grammar.Attribute.MatchString(tok.Text) {
				isEnglish = true
			} else if m := labelled.FindStringSubmatch(tok.Text); m != nil {
				other = append(other, tok)
				isBold, label, space, bracket := m[1] != "", m[2], m[3], m[4]
				if isBold || space == "" { // authors write a space before a value
					isCertain = isCertain || isBold && bracket != "" || !isASCII(label) || labels[label]
					labels[label] = true
				}
			}
		}
	}
	if isCertain || len(other) > 1 && !isEnglish {
		p.Report(page.Unread, other[0].Line, "lines below fields that the renderer does not write, such as %s: the page may be in another language; fetch the English one", page.Quote(other[0].Text))
	}
}

func isASCII(text string) bool {
	return !strings.ContainsFunc(text, func(r rune) bool { return r > unicode.MaxASCII })
}

// checkTypes reports a page whose labels are names of types in another language, which look like titles: most fields have a
// title and no type, or fields with different names have the same title, or there are only titles where other pages have
// text.
func checkTypes(p *page.Page) {
	types, texts := 0, 0
	var titles []facts.Fact
	names := map[string]map[string]bool{} // the fields of each title
	doubted := map[facts.Place]bool{}
	for _, f := range p.Facts {
		doubted[f.Place] = doubted[f.Place] || f.Aspect == facts.Uncertain
	}
	for _, f := range p.Facts {
		switch f.Aspect {
		case facts.Title:
			if doubted[f.Place] { // if there is a title, the type is a guess
				titles = append(titles, f)
				if names[f.Value] == nil {
					names[f.Value] = map[string]bool{}
				}
				if steps, err := f.Place.Steps(); err == nil {
					names[f.Value][steps[len(steps)-1].Name] = true
				}
			}
		case facts.Type:
			types++
			if f.Value == "string" {
				texts++
			}
		}
	}
	for _, f := range titles {
		fields := len(names[f.Value])
		if len(titles) > 2 && len(titles)*2 > types || fields > 2 || fields > 1 && texts == 0 {
			p.Report(page.Unread, f.Pos.Line, "fields have no type, but labels such as %s: the page may be in another language; fetch the English one", page.Quote(f.Value))
			return
		}
	}
}
