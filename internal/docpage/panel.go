package docpage

import (
	"regexp"
	"strings"
)

// panel is what stands beside the documentation: how to authorize, a sample call, a form to try it. It repeats much of
// the page, and so is a witness against slips; the sample of the request body stands only here.
type panel struct {
	scheme   string
	scopes   []string
	schemeAt int
	schemes  int      // how many ways to authorize are shown; the first is the scheme
	keys     []string // headers that carry a key
	call     call
	form     form
	ended    bool    // the form's last line was met
	cut      int     // line of a block of code that does not end
	strays   []token // lines that belong into the documentation, not beside it
}

var (
	schemeLine = regexp.MustCompile(`(?s)type:\s*(http|apiKey|oauth2|openIdConnect|mutualTLS)(.*)$`)
	schemeKey  = regexp.MustCompile(`(?s)^.*?scheme:\s*([A-Za-z][\w-]*?)\s*(?:bearerFormat:\s*([A-Za-z][\w-]*?)\s*)?(?:in:|description:|$)`)
	keyName    = regexp.MustCompile(`name:\s*\[([^\]]+)\]|name:\s*(\S+?)type:`)
	scopesKey  = regexp.MustCompile(`(?s)^scopes:\s*(.*?)\s*(?:scheme:|bearerFormat:|in:|description:|flows:|$)`)
)

func readPanel(tokens []token) panel {
	out := panel{form: form{params: map[string]formParam{}}}
	for _, tok := range tokens {
		switch {
		case tok.kind == code:
			out.code(tok)
		case strings.Contains(tok.text, "type:") && schemeLine.MatchString(unescape(tok.text)):
			out.authorization(unescape(tok.text), tok.line)
		case endsForm(tok.text):
			out.ended = true
		case isStray(tok):
			out.strays = append(out.strays, tok)
		case !out.ended:
			out.form.read(tok)
		}
	}
	out.sampleOfCall()
	return out
}

// sampleOfCall takes the body of the sample call where the form shows none, as when a scraper leaves its fields out.
func (out *panel) sampleOfCall() {
	if out.form.hasSample || out.call.data == "" {
		return
	}
	lines := strings.Split(out.call.data, "\n")
	if value, err := parseSample(lines); err == nil {
		out.form.sample, out.form.hasSample = value, true
		out.form.printed = token{kind: code, line: out.call.dataAt, lines: lines}
	}
}

func (out *panel) code(tok token) {
	if !tok.closed {
		out.cut = tok.line
	}
	text := strings.Join(tok.lines, "\n")
	switch {
	case schemeLine.MatchString(text):
		out.authorization(text, tok.inside())
	case strings.HasPrefix(strings.TrimSpace(text), "curl "):
		out.call = readCall(tok)
	case out.form.part == formBody && !out.form.hasSample:
		if value, err := parseSample(tok.lines); err == nil {
			out.form.sample, out.form.hasSample, out.form.printed = value, true, tok
		}
	}
}

// authorization reads the keys that are glued together: type: httpscopes: a.writescheme: bearerbearerFormat: JWTin: header.
func (out *panel) authorization(text string, line int) {
	m := schemeLine.FindStringSubmatch(text)
	if m == nil {
		return
	}
	if m[1] == "apiKey" {
		if key := keyName.FindStringSubmatch(text); key != nil {
			out.keys = append(out.keys, unescape(key[1]+key[2]))
		}
	}
	if out.schemes++; out.schemes > 1 {
		return
	}
	out.schemeAt = line
	value := []string{m[1]}
	if key := schemeKey.FindStringSubmatch(m[2]); key != nil {
		value = append(value, key[1], key[2])
	}
	if scopes := scopesKey.FindStringSubmatch(m[2]); scopes != nil {
		out.scopes = append(out.scopes, strings.FieldsFunc(scopes[1], func(r rune) bool { return r == ',' || r == ' ' || r == '`' })...)
	}
	out.scheme = strings.Join(strings.Fields(strings.Join(value, " ")), " ")
}

// splitAddress takes an address apart into server and path. Where the server ends, only the form's base URL tells.
func (out *panel) splitAddress(address string) (server, path string) {
	base := strings.TrimRight(out.form.baseURL, "/")
	if rest, ok := strings.CutPrefix(address, base+"/"); ok && strings.Contains(base, "://") {
		_, path = splitAddress("/" + strings.TrimLeft(rest, "/")) // a server may end in a slash
		return base, path
	}
	return splitAddress(address)
}

// shownParams reports whether the form has a parameter that the tables have to show, too.
func (out *panel) shownParams() bool {
	for key := range out.form.params {
		if in, name, _ := strings.Cut(key, "."); in != "header" || !ignoredHeader(name) {
			return true
		}
	}
	return false
}
