package docpage

import (
	"regexp"
	"strings"

	"github.com/highlevel-go/snapshots/internal/facts"
)

var sectionLink = regexp.MustCompile(`\]\(([^()\s]+?)\\?#(?:request|responses)\b`)

// interface text around the documentation, which scrapers sometimes keep.
var buttons = map[string]bool{
	"copy": true, "copy to clipboard": true, "copied": true, "toggle word wrap": true, "expand all": true,
	"collapse all": true, "edit this page": true, "previous": true, "next": true, "skip to main content": true,
	"on this page": true, "try it": true, "download": true, "export": true, "show more": true, "show less": true,
	"copy page": true, "copy as markdown": true, "view as markdown": true, "open in chatgpt": true, "open in claude": true, "view source": true, "share": true, "print": true, "was this page helpful?": true, "loading...": false,
}

func isButton(text string) bool { return buttons[strings.ToLower(words(text))] }

func isUnionWord(text string) bool { return text == "oneOf" || text == "anyOf" }

var attribute = regexp.MustCompile(`^(\*\*)?(Possible values|Default value|Constant value|Examples|Example)(:\*\*|\*\*:|:)\s*(.*)$`)

var mediaType = regexp.MustCompile(`^[a-z]+/[A-Za-z0-9][A-Za-z0-9.+*_-]*(?:;.*)?$`)

var anyMedia = regexp.MustCompile(`^\*/\*$`)

func isMediaType(text string) bool {
	text = unescape(text)
	return mediaType.MatchString(text) || anyMedia.MatchString(text)
}

// oneWordParameters is the heading of a table of parameters, also of a kind that is not known.
var oneWordParameters = regexp.MustCompile(`^[a-z-]+ parameters$`)

// sectionHeading reports whether a heading belongs to the page's skeleton, not to a description.
func sectionHeading(text string) bool {
	w := strings.ToLower(words(text))
	switch w {
	case "request", "responses", "requirements", "share your feedback", "header parameters", "path parameters",
		"query parameters", "cookie parameters", "body", "body required", "body array", "body array required",
		"bodyrequired", "body arrayrequired":
		return true
	}
	return strings.HasPrefix(w, "authorization:") || oneWordParameters.MatchString(w)
}

func isHeadersTitle(tok token) bool {
	return tok.kind == paragraphLine && strings.EqualFold(words(tok.text), "response headers")
}

// isStray reports whether a line is one of the documentation's: a field's, or one that belongs to a field.
func isStray(tok token) bool {
	switch tok.kind {
	case heading:
		w := strings.ToLower(words(tok.text))
		return sectionHeading(tok.text) && !strings.HasPrefix(w, "authorization:") && w != "share your feedback" && w != "request" && !strings.HasPrefix(w, "body")
	case paragraphLine:
		if name, rest, ok := bold(tok.text); ok && rest != "" && !strings.HasSuffix(name, ":") {
			l, isLabel := parseLabel(rest)
			return isLabel && l.known && l.text != ""
		}
		m := attribute.FindStringSubmatch(tok.text)
		return m != nil && (m[1] == "") == (m[3] == ":") && (m[2] != "Example" || strings.HasPrefix(m[4], "`"))
	}
	return false
}

// requirement is what a heading under ### Requirements lists.
func requirement(heading string) facts.Aspect {
	switch w := strings.ToLower(words(heading)); {
	case strings.HasPrefix(w, "scope"):
		return facts.Scopes
	case strings.HasPrefix(w, "auth method"):
		return facts.AuthMethods
	case strings.HasPrefix(w, "token type"):
		return facts.TokenTypes
	}
	return ""
}

// startsPanel: where a page has no feedback heading, what stands beside the documentation begins with one of these.
func startsPanel(tokens []token) bool {
	tok := tokens[0]
	switch w := strings.ToLower(words(tok.text)); tok.kind {
	case heading:
		return strings.HasPrefix(w, "authorization:")
	case paragraphLine:
		return w == "request collapse all" || w == "requestcollapse all"
	case item:
		return w == "curl" || languages[w] && len(tokens) > 1 && tokens[1].kind == item && languages[strings.ToLower(words(tokens[1].text))]
	case code:
		return strings.Contains(tok.language, "openapi-explorer")
	}
	return false
}

// languages are the tabs of the sample call. Which of them there are, and in what order, each site decides.
var languages = map[string]bool{
	"c": true, "csharp": true, "curl": true, "dart": true, "go": true, "http": true, "java": true, "javascript": true, "kotlin": true,
	"nodejs": true, "objective-c": true, "ocaml": true, "php": true, "postman-cli": true, "powershell": true, "python": true,
	"r": true, "ruby": true, "rust": true, "shell": true, "swift": true,
}
