package docpage

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// exampleForm is how the line of an example is written. The renderer does it in one way all over the page, in parameters
// and in schemas each, so that a line of another form is an author's. Values in ticks are the renderer's in any case.
type exampleForm struct{ params, bold, ticked bool }

var paramsHeading = regexp.MustCompile(`(?i) parameters$`)

func formOf(m []string, params bool) exampleForm {
	return exampleForm{params, m[1] != "", strings.HasPrefix(m[4], "`")}
}

// foreign reports whether an example of such a form is not the renderer's.
func (r *fieldReader) foreign(form exampleForm) bool {
	if form.ticked {
		return false
	}
	if r.forms == nil {
		r.forms = countForms(r.tokens)
	}
	for other, count := range r.forms {
		if other.params == form.params && count > r.forms[form] {
			return true
		}
	}
	return false
}

func countForms(tokens []token) map[exampleForm]int {
	forms := map[exampleForm]int{}
	params := false
	named := 0 // named examples that are due
	for _, tok := range tokens {
		if tok.kind == heading && sectionHeading(tok.text) {
			params = paramsHeading.MatchString(words(tok.text))
		}
		if named > 0 && tok.kind == item {
			named++
		}
		if tok.kind != paragraphLine || tok.role == prose {
			continue
		}
		m := attribute.FindStringSubmatch(tok.text)
		switch {
		case m == nil && examplesBehind.MatchString(tok.text), m != nil && m[2] == "Examples":
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

// freeName is a name that none of the examples has yet.
func freeName(examples [][2]string, name string) string {
	free := name
	for n := 2; slices.ContainsFunc(examples, func(e [2]string) bool { return e[0] == free }); n++ {
		free = fmt.Sprintf("%s %d", name, n)
	}
	return free
}
