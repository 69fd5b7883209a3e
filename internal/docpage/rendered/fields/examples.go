package fields

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/highlevel-go/snapshots/internal/docpage/rendered/grammar"
	"github.com/highlevel-go/snapshots/internal/docpage/rendered/token"
)

// exampleForm is how the line of an example is written. The renderer uses one form for all parameters and one for all
// schemas of a page, so that a line in another form is an author's. Values in backticks are always the renderer's.
type exampleForm struct{ params, bold, ticked bool }

var paramsHeading = regexp.MustCompile(`(?i) parameters$`)

func formOf(m []string, params bool) exampleForm {
	return exampleForm{params, m[1] != "", strings.HasPrefix(m[4], "`")}
}

// foreign reports whether an example in this form is not the renderer's.
func (r *Reader) foreign(form exampleForm) bool {
	if form.ticked {
		return false
	}
	if r.forms == nil {
		r.forms = countForms(r.Tokens)
	}
	for other, count := range r.forms {
		if other.params == form.params && count > r.forms[form] {
			return true
		}
	}
	return false
}

func countForms(tokens []token.Token) map[exampleForm]int {
	forms := map[exampleForm]int{}
	params := false
	named := 0 // one more than the named examples that follow
	for _, tok := range tokens {
		if tok.Kind == token.Heading && grammar.SectionHeading(tok.Text) {
			params = paramsHeading.MatchString(token.Plain(tok.Text))
		}
		if named > 0 && tok.Kind == token.Item {
			named++
		}
		if tok.Kind != token.ParagraphLine || tok.Role == token.Prose {
			continue
		}
		m := grammar.Attribute.FindStringSubmatch(tok.Text)
		switch {
		case m == nil && examplesAfter.MatchString(tok.Text), m != nil && m[2] == "Examples":
			named = 1
		case m == nil || m[2] != "Example":
		case named > 1:
			named--
		default:
			forms[formOf(m, params)]++
		}
	}
	return forms
}

// FreeName returns a name that no example has yet.
func FreeName(examples [][2]string, name string) string {
	free := name
	for n := 2; slices.ContainsFunc(examples, func(e [2]string) bool { return e[0] == free }); n++ {
		free = fmt.Sprintf("%s %d", name, n)
	}
	return free
}
