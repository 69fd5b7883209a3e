package sidepanel

import (
	"regexp"
	"slices"
	"strings"

	"github.com/highlevel-go/snapshots/internal/docpage/rendered/grammar"
	"github.com/highlevel-go/snapshots/internal/docpage/rendered/token"
)

// Form is the form to try an operation.
type Form struct {
	Started   bool
	part      formPart
	BaseURL   string
	BaseAt    int
	Params    map[string]FormParam // by "in.name"
	last      string               // the parameter that was read last
	Body      []token.Token        // lines under its heading for the body
	BodyAt    int                  // the line of that heading, 0 for none
	Required  bool                 // whether the body is required
	Sample    any
	HasSample bool
	Printed   token.Token
	Unknown   []token.Token // lines that no known form has
}

// FormParam is a parameter as the form shows it.
type FormParam struct {
	Required bool
	Line     int
	Options  string      // the values to choose from, joined without spaces; "" if none are shown
	Several  bool        // more than one can be chosen, or these are not values
	Shown    token.Token // where they are shown
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

// mediaChoice matches the options for the media type, joined to their title without a space.
var mediaChoice = regexp.MustCompile(`^(?:accept|content[- ]type|(?:accept|content[- ]type)?(?:\s*[a-z]+/[\w.+*-]+)+)$`)

func endsForm(text string) bool {
	w := strings.ToLower(token.Plain(text))
	return w == "send api request" || strings.Contains(w, "see the response here")
}

// read takes one line of the form.
func (f *Form) read(tok token.Token) {
	w := strings.ToLower(token.Plain(tok.Text))
	switch {
	case tok.Kind != token.ParagraphLine && !f.Started: // what is between the documentation and its form
	case w == "base url":
		f.part, f.Started = formBase, true
	case w == "parameters":
		f.part, f.Started = formParams, true
	case w == "auth":
		f.part, f.Started = formAuth, true
	case f.part != formBody && (w == "body" || w == "body required"): // the form repeats this if a file can be dropped
		f.part, f.Started, f.BodyAt, f.Required = formBody, true, tok.Line, w == "body required"
	case f.part == formBase && strings.HasPrefix(token.Address(token.Unescape(tok.Text)), "http"):
		f.BaseURL, f.BaseAt, f.part = token.Address(token.Unescape(tok.Text)), tok.Line, formNone
	case f.part == formBody: // a field can have the name of a button
		f.Body = append(f.Body, tok)
	case IsFormText(w):
	case f.param(tok), f.option(tok), f.part == formAuth:
	case f.Started:
		f.Unknown = append(f.Unknown, tok)
	}
}

// param reads the line of a parameter: companyId — queryrequired.
func (f *Form) param(tok token.Token) bool {
	m := formLine.FindStringSubmatch(token.Unescape(tok.Text))
	if m == nil {
		return false
	}
	f.part = formParams
	f.last = m[2] + "." + m[1]
	f.Params[f.last] = FormParam{Required: m[3] != "", Line: tok.Line}
	if rest := strings.TrimSpace(m[4]); rest != "" && !IsFormText(strings.ToLower(rest)) {
		f.choose(rest, tok)
	}
	return true
}

// option reads the values to choose from, which are below a parameter.
func (f *Form) option(tok token.Token) bool {
	param, ok := f.Params[f.last]
	if !ok || f.part != formParams || param.Options != "" {
		return false
	}
	f.choose(token.Unescape(tok.Text), tok)
	return true
}

// choose stores the values to choose from. If one can be chosen, the empty choice precedes them. If several can be chosen,
// nothing does, so that the line may be something else.
func (f *Form) choose(text string, tok token.Token) {
	param := f.Params[f.last]
	param.Options, param.Shown = optionsOf(text), tok
	if param.Options == "" {
		param.Options, param.Several = strings.Join(strings.Fields(text), ""), true
	}
	f.Params[f.last] = param
}

// optionsOf removes the empty choice from the front of a list of options: ---truefalse.
func optionsOf(text string) string {
	rest, ok := strings.CutPrefix(strings.TrimSpace(text), "---")
	if !ok {
		return ""
	}
	return strings.Join(strings.Fields(rest), "")
}

// IsFormText reports whether a line, in lower case, is one that the forms of all operations have.
func IsFormText(w string) bool {
	switch w {
	case "", "edit", "request collapse all", "requestcollapse all", "request expand all", "requestexpand all", "save", "request", "collapse all", "expand all", "bearer token", "security scheme", "show optional parameters",
		"hide optional parameters", "add item", "add tag", "response", "clear", "responseclear", "copy", "body example example (auto)":
		return true
	}
	return grammar.IsButton(w) || grammar.IsTab(w) || grammar.IsMediaType(w) || mediaChoice.MatchString(w)
}

// formField is a field of a body that is not JSON, as the form shows it.
type formField struct {
	Name     string
	Required bool
	Line     int
	Options  string
	Text     string
}

// Fields reads the lines under the body's heading: a name, followed by "required" without a space, and the values to choose
// from. isName reports whether the page has a field with a name, since the name itself can end in that word; isAbout reports
// whether a line is the description of the previous field, which is shown if a file can be dropped.
func (f *Form) Fields(isName func(string) bool, isAbout func(name, text string) bool) []formField {
	var out []formField
	isShown := func(name string) bool {
		return slices.ContainsFunc(out, func(f formField) bool { return f.Name == name })
	}
	for _, tok := range f.Body {
		text := strings.TrimSpace(token.Unescape(tok.Text))
		if IsFormText(strings.ToLower(token.Plain(tok.Text))) && (!isName(text) || isShown(text)) {
			continue
		}
		if isName(text) && len(out) > 0 && out[len(out)-1].Name == text { // if a file can be dropped, the field's name is repeated
			continue
		}
		if len(out) > 0 && !isName(text) && isAbout(out[len(out)-1].Name, text) {
			continue
		}
		if options := optionsOf(text); options != "" && len(out) > 0 {
			out[len(out)-1].Options += options
			continue
		}
		field := formField{Name: text, Line: tok.Line, Text: text}
		if i := strings.Index(text, "---"); i > 0 && !isName(text) { // newer themes put the values on the same line
			field.Name, field.Options = strings.TrimSpace(text[:i]), optionsOf(text[i:])
		}
		if bare, ok := strings.CutSuffix(field.Name, "required"); ok && !isName(field.Name) {
			field.Name, field.Required = strings.TrimSpace(bare), true
		}
		out = append(out, field)
	}
	return out
}
