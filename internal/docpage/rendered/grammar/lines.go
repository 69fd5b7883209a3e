package grammar

import (
	"regexp"
	"strings"

	"github.com/highlevel-go/snapshots/internal/docpage/rendered/token"
	"github.com/highlevel-go/snapshots/internal/facts"
)

// SectionLink matches the link to itself in a heading of the renderer.
var SectionLink = regexp.MustCompile(`\]\(([^()\s]+?)\\?#(?:request|responses)\b`)

// buttons are the interface text around the documentation, which some scrapers include.
var buttons = map[string]bool{
	"copy": true, "copy to clipboard": true, "copied": true, "toggle word wrap": true, "expand all": true,
	"collapse all": true, "edit this page": true, "previous": true, "next": true, "skip to main content": true,
	"on this page": true, "try it": true, "download": true, "export": true, "show more": true, "show less": true,
	"copy page": true, "copy as markdown": true, "view as markdown": true, "open in chatgpt": true, "open in claude": true, "view source": true, "share": true, "print": true, "was this page helpful?": true, "loading...": false,
}

// IsButton reports whether a line is interface text.
func IsButton(text string) bool {
	return len(text) < token.LongestName && buttons[strings.ToLower(token.Plain(text))]
}

// IsUnionWord reports whether a line opens a union.
func IsUnionWord(text string) bool { return text == "oneOf" || text == "anyOf" }

var (
	Attribute = regexp.MustCompile(`^(\*\*)?(Possible +values|Default +value|Constant +value|Examples|Example)(:\*\*|\*\*:|:)\s*(.*)$`)
	mediaType = regexp.MustCompile(`^[a-z]+/[A-Za-z0-9][A-Za-z0-9.+*_-]*(?:;.*)?$`)
	anyMedia  = regexp.MustCompile(`^\*/\*$`)
)

// IsMediaType reports whether text is a media type.
func IsMediaType(text string) bool {
	text = token.Unescape(text)
	return mediaType.MatchString(text) || anyMedia.MatchString(text)
}

// oneWordParameters matches the heading of a table of parameters, even of an unknown kind.
var oneWordParameters = regexp.MustCompile(`^[a-z-]+ parameters$`)

// SectionHeading reports whether a heading is one of the renderer's, not one of a description.
func SectionHeading(text string) bool {
	w := strings.ToLower(token.Plain(text))
	switch w {
	case "request", "responses", "requirements", "share your feedback", "header parameters", "path parameters",
		"query parameters", "cookie parameters", "body", "body required", "body array", "body array required",
		"bodyrequired", "body arrayrequired":
		return true
	}
	return strings.HasPrefix(w, "authorization:") || oneWordParameters.MatchString(w)
}

// IsHeadersTitle reports whether the headers of a response follow.
func IsHeadersTitle(tok token.Token) bool {
	return tok.Kind == token.ParagraphLine && strings.EqualFold(token.Plain(tok.Text), "response headers")
}

// IsDocumentation reports whether a line is part of the documentation: a field, or a line that belongs to one.
func IsDocumentation(tok token.Token) bool {
	switch tok.Kind {
	case token.Heading:
		w := strings.ToLower(token.Plain(tok.Text))
		return SectionHeading(tok.Text) && !strings.HasPrefix(w, "authorization:") && w != "share your feedback" && w != "request" && !strings.HasPrefix(w, "body")
	case token.ParagraphLine:
		if name, rest, ok := token.Bold(tok.Text); ok && rest != "" && !strings.HasSuffix(name, ":") {
			l, isLabel := ParseLabel(rest)
			return isLabel && l.Known && l.Text != ""
		}
		m := Attribute.FindStringSubmatch(tok.Text)
		return m != nil && (m[1] == "") == (m[3] == ":") && (m[2] != "Example" || strings.HasPrefix(m[4], "`"))
	}
	return false
}

// Requirement returns the aspect that a heading under ### Requirements lists.
func Requirement(heading string) facts.Aspect {
	switch w := strings.ToLower(token.Plain(heading)); {
	case strings.HasPrefix(w, "scope"):
		return facts.Scopes
	case strings.HasPrefix(w, "auth method"):
		return facts.AuthMethods
	case strings.HasPrefix(w, "token type"):
		return facts.TokenTypes
	}
	return ""
}

// CanRequire reports whether a value can be in the list under the heading of an aspect: scopes are single words, and names
// of tokens or methods have no dots.
func CanRequire(aspect facts.Aspect, value string) bool {
	if aspect == facts.Scopes {
		return !strings.ContainsAny(value, " \t")
	}
	return strings.Contains(value, " ") || !strings.ContainsAny(value, "./")
}

// StartsPanel reports whether a line can be the first one of the panel next to the documentation, on a page without a
// feedback heading.
func StartsPanel(tokens []token.Token) bool {
	tok := tokens[0]
	if len(tok.Text) > token.LongestName {
		return false
	}
	switch w := strings.ToLower(token.Plain(tok.Text)); tok.Kind {
	case token.Heading:
		return strings.HasPrefix(w, "authorization:")
	case token.ParagraphLine:
		return w == "request collapse all" || w == "requestcollapse all"
	case token.Item:
		return w == "curl" || languages[w] && len(tokens) > 1 && tokens[1].Kind == token.Item && languages[strings.ToLower(token.Plain(tokens[1].Text))]
	case token.Code:
		return strings.Contains(tok.Language, "openapi-explorer")
	}
	return false
}

// languages are the tabs of the sample call. Each site chooses and orders them.
var languages = map[string]bool{
	"c": true, "csharp": true, "curl": true, "dart": true, "go": true, "http": true, "java": true, "javascript": true, "kotlin": true,
	"nodejs": true, "objective-c": true, "ocaml": true, "php": true, "postman-cli": true, "powershell": true, "python": true,
	"r": true, "ruby": true, "rust": true, "shell": true, "swift": true,
}
