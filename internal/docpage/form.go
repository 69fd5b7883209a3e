package docpage

import (
	"regexp"
	"slices"
	"strings"
)

// form is the form to try an operation.
type form struct {
	started   bool
	part      formPart
	baseURL   string
	baseAt    int
	params    map[string]formParam // by "in.name"
	last      string               // the parameter that was read last
	body      []token              // lines under its heading for the body
	bodyAt    int                  // the line of that heading, 0 for none
	required  bool                 // the body is
	sample    any
	hasSample bool
	printed   token
	odd       []token // lines that no form is known to have
}

type formParam struct {
	required bool
	line     int
	options  string // the values to choose from, glued together; "" where none are shown
	several  bool   // more than one can be chosen, or these are no values
	shown    token  // where they stand
}

// formPart is the part of the form that is being read.
type formPart byte

const (
	formNone formPart = iota
	formBase
	formAuth
	formParams
	formBody
)

var formLine = regexp.MustCompile(`^(.+?)\s+[—–-]\s+(header|query|path|cookie)\s*(required)?(.*)$`)

// mediaChoice is what to choose a media type from, glued to its title.
var mediaChoice = regexp.MustCompile(`^(?:accept|content[- ]type|(?:accept|content[- ]type)?(?:\s*[a-z]+/[\w.+*-]+)+)$`)

func endsForm(text string) bool {
	w := strings.ToLower(words(text))
	return w == "send api request" || strings.Contains(w, "see the response here")
}

// read takes one line of the form.
func (f *form) read(tok token) {
	w := strings.ToLower(words(tok.text))
	switch {
	case tok.kind != paragraphLine && !f.started: // what stands between the documentation and its form
	case w == "base url":
		f.part, f.started = formBase, true
	case w == "parameters":
		f.part, f.started = formParams, true
	case w == "auth":
		f.part, f.started = formAuth, true
	case w == "body", w == "body required":
		f.part, f.started, f.bodyAt, f.required = formBody, true, tok.line, w == "body required"
	case f.part == formBase && strings.HasPrefix(withoutLink(unescape(tok.text)), "http"):
		f.baseURL, f.baseAt, f.part = withoutLink(unescape(tok.text)), tok.line, formNone
	case f.part == formBody: // a field can have the name of a button
		f.body = append(f.body, tok)
	case isFormText(w):
	case f.param(tok), f.option(tok), f.part == formAuth:
	case f.started:
		f.odd = append(f.odd, tok)
	}
}

// param reads the line of a parameter: companyId — queryrequired.
func (f *form) param(tok token) bool {
	m := formLine.FindStringSubmatch(unescape(tok.text))
	if m == nil {
		return false
	}
	f.part = formParams
	f.last = m[2] + "." + m[1]
	f.params[f.last] = formParam{required: m[3] != "", line: tok.line}
	if rest := strings.TrimSpace(m[4]); rest != "" && !isFormText(strings.ToLower(rest)) {
		f.choose(rest, tok)
	}
	return true
}

// option reads the values to choose from, which stand under a parameter.
func (f *form) option(tok token) bool {
	param, ok := f.params[f.last]
	if !ok || f.part != formParams || param.options != "" {
		return false
	}
	f.choose(unescape(tok.text), tok)
	return true
}

// choose keeps the values to choose from. Where one can be chosen they begin with the empty choice; where several can, with
// nothing, so that only the values themselves tell whether they are some.
func (f *form) choose(text string, tok token) {
	param := f.params[f.last]
	param.options, param.shown = optionsOf(text), tok
	if param.options == "" {
		param.options, param.several = strings.Join(strings.Fields(text), ""), true
	}
	f.params[f.last] = param
}

// optionsOf takes the empty choice off the front of a list of options: ---truefalse.
func optionsOf(text string) string {
	rest, ok := strings.CutPrefix(strings.TrimSpace(text), "---")
	if !ok {
		return ""
	}
	return strings.Join(strings.Fields(rest), "")
}

// isFormText: what a form says in any case.
func isFormText(w string) bool {
	switch w {
	case "", "edit", "request collapse all", "requestcollapse all", "request expand all", "requestexpand all", "save", "request", "collapse all", "expand all", "bearer token", "security scheme", "show optional parameters",
		"hide optional parameters", "add item", "add tag", "response", "clear", "responseclear", "copy", "body example example (auto)":
		return true
	}
	return isButton(w) || isTab(w) || isMediaType(w) || mediaChoice.MatchString(w)
}

// formField is a field of a body that is no JSON, as the form shows it.
type formField struct {
	name     string
	required bool
	line     int
	options  string
	text     string
}

// fields reads the lines under the body's heading: a name, to which "required" is glued, and the values to choose from.
// Only the page can tell whether a name itself ends in that word, and whether a line is what the page says about the field
// before it, which stands where a file can be dropped.
func (f *form) fields(isName func(string) bool, isAbout func(name, text string) bool) []formField {
	var out []formField
	for _, tok := range f.body {
		text := strings.TrimSpace(unescape(tok.text))
		if isFormText(strings.ToLower(words(tok.text))) && (!isName(text) || slices.ContainsFunc(out, func(f formField) bool { return f.name == text })) {
			continue
		}
		if len(out) > 0 && !isName(text) && isAbout(out[len(out)-1].name, text) {
			continue
		}
		if options := optionsOf(text); options != "" && len(out) > 0 {
			out[len(out)-1].options += options
			continue
		}
		field := formField{name: text, line: tok.line, text: text}
		if i := strings.Index(text, "---"); i > 0 && !isName(text) { // newer themes put the values on the same line
			field.name, field.options = strings.TrimSpace(text[:i]), optionsOf(text[i:])
		}
		if bare, ok := strings.CutSuffix(field.name, "required"); ok && !isName(field.name) {
			field.name, field.required = strings.TrimSpace(bare), true
		}
		out = append(out, field)
	}
	return out
}
