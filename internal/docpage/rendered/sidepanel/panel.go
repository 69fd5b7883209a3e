package sidepanel

import (
	"regexp"
	"strings"

	"github.com/highlevel-go/snapshots/internal/docpage/rendered/grammar"
	"github.com/highlevel-go/snapshots/internal/docpage/rendered/jsonsample"
	"github.com/highlevel-go/snapshots/internal/docpage/rendered/token"
)

// Panel is the content next to the documentation.
type Panel struct {
	Scheme    string
	Scopes    []string
	SchemeAt  int
	Schemes   int      // number of ways to authorize; the first is the scheme
	Keys      []string // headers that carry a key
	Call      Call
	Form      Form
	Ended     bool          // the form's last line was read
	Cut       int           // line of a block of code that does not end
	Misplaced []token.Token // lines that belong in the documentation, not next to it
}

var (
	schemeLine = regexp.MustCompile(`(?s)type:\s*(http|apiKey|oauth2|openIdConnect|mutualTLS)(.*)$`)
	schemeKey  = regexp.MustCompile(`(?s)^.*?scheme:\s*([A-Za-z][\w-]*?)\s*(?:bearerFormat:\s*([A-Za-z][\w-]*?)\s*)?(?:in:|description:|$)`)
	keyName    = regexp.MustCompile(`name:\s*\[([^\]]+)\]|name:\s*(\S+?)type:`)
	scopesKey  = regexp.MustCompile(`(?s)^scopes:\s*(.*?)\s*(?:scheme:|bearerFormat:|in:|description:|flows:|$)`)
)

// Read reads the tokens of a panel.
func Read(tokens []token.Token) Panel {
	out := Panel{Form: Form{Params: map[string]FormParam{}}}
	for _, tok := range tokens {
		switch {
		case tok.Kind == token.Code:
			out.code(tok)
		case strings.Contains(tok.Text, "type:") && schemeLine.MatchString(token.Unescape(tok.Text)):
			out.authorization(token.Unescape(tok.Text), tok.Line)
		case endsForm(tok.Text):
			out.Ended = true
		case grammar.IsDocumentation(tok):
			out.Misplaced = append(out.Misplaced, tok)
		case !out.Ended:
			out.Form.read(tok)
		}
	}
	out.sampleOfCall()
	return out
}

// sampleOfCall uses the body of the sample call if the form shows none, for example because a scraper omits its fields.
func (out *Panel) sampleOfCall() {
	if out.Form.HasSample || out.Call.Data == "" {
		return
	}
	lines := strings.Split(out.Call.Data, "\n")
	if value, err := jsonsample.Parse(lines); err == nil {
		out.Form.Sample, out.Form.HasSample = value, true
		out.Form.Printed = token.Token{Kind: token.Code, Line: out.Call.DataAt, Lines: lines}
	}
}

func (out *Panel) code(tok token.Token) {
	if !tok.Closed {
		out.Cut = tok.Line
	}
	text := strings.Join(tok.Lines, "\n")
	switch {
	case schemeLine.MatchString(text):
		out.authorization(text, tok.FirstLine())
	case strings.HasPrefix(strings.TrimSpace(text), "curl "):
		out.Call = readCall(tok)
	case out.Form.part == formBody && !out.Form.HasSample:
		if value, err := jsonsample.Parse(tok.Lines); err == nil {
			out.Form.Sample, out.Form.HasSample, out.Form.Printed = value, true, tok
		}
	}
}

// authorization reads the keys, which are joined without spaces: type: httpscopes: a.writescheme: bearerbearerFormat: JWTin:
// header.
func (out *Panel) authorization(text string, line int) {
	m := schemeLine.FindStringSubmatch(text)
	if m == nil {
		return
	}
	if m[1] == "apiKey" {
		if key := keyName.FindStringSubmatch(text); key != nil {
			out.Keys = append(out.Keys, token.Unescape(key[1]+key[2]))
		}
	}
	if out.Schemes++; out.Schemes > 1 {
		return
	}
	out.SchemeAt = line
	value := []string{m[1]}
	if key := schemeKey.FindStringSubmatch(m[2]); key != nil {
		value = append(value, key[1], key[2])
	}
	if scopes := scopesKey.FindStringSubmatch(m[2]); scopes != nil {
		out.Scopes = append(out.Scopes, strings.FieldsFunc(scopes[1], func(r rune) bool { return r == ',' || r == ' ' || r == '`' })...)
	}
	out.Scheme = strings.Join(strings.Fields(strings.Join(value, " ")), " ")
}

// SplitAddress splits an address into server and path. Only the form's base URL shows where the server ends.
func (out *Panel) SplitAddress(address string) (server, path string) {
	base := strings.TrimRight(out.Form.BaseURL, "/")
	if rest, ok := strings.CutPrefix(address, base+"/"); ok && strings.Contains(base, "://") {
		_, path = grammar.SplitAddress("/" + strings.TrimLeft(rest, "/")) // a server may end with a slash
		return base, path
	}
	return grammar.SplitAddress(address)
}

// ShownParams reports whether the form has a parameter that the tables must also show.
func (out *Panel) ShownParams() bool {
	for key := range out.Form.Params {
		if in, name, _ := strings.Cut(key, "."); in != "header" || !grammar.IgnoredHeader(name) {
			return true
		}
	}
	return false
}
