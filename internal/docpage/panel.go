package docpage

import (
	"regexp"
	"strings"

	"github.com/highlevel-go/snapshots/internal/facts"
)

// panel is what stands beside the documentation: how to authorize, a sample call, a form to try it. It repeats much of
// the page, and so is a witness against slips; the sample of the request body stands only here.
type panel struct {
	scheme    string
	scopes    []string
	schemeAt  int
	curl      string
	curlAt    int
	verb      string
	mediaType string
	baseURL   string
	baseAt    int
	params    map[string]panelParam // by "in.name"
	hasParams bool
	accepts   bool // the call asks for a media type: some response has a body
	hasBody   bool // the form has a field for the body
	sample    any
	hasSample bool
	printed   token
	ended     bool // the form's last line was met
	cut       int  // line of a block of code that does not end
}

type panelParam struct {
	required bool
	line     int
}

var (
	schemeLine = regexp.MustCompile(`(?s)type:\s*(http|apiKey|oauth2|openIdConnect|mutualTLS)(.*)$`)
	schemeKey  = regexp.MustCompile(`(?s)^.*?scheme:\s*([A-Za-z][\w-]*?)\s*(?:bearerFormat:\s*([A-Za-z][\w-]*?)\s*)?(?:in:|description:|$)`)
	scopesKey  = regexp.MustCompile(`(?s)^scopes:\s*(.*?)\s*(?:scheme:|bearerFormat:|in:|description:|flows:|$)`)
	curlURL    = regexp.MustCompile(`'((?:https?://|/)[^']*)'|"((?:https?://|/)[^"]*)"`)
	curlVerb   = regexp.MustCompile(`-X\s+([A-Z]+)`)
	curlType   = regexp.MustCompile(`(?i)-H\s+'Content-Type:\s*([^';]+)`)
	curlAccept = regexp.MustCompile(`(?i)-H\s+'Accept:\s*\w`)
	formParam  = regexp.MustCompile(`^(.+?)\s+[—–-]\s+(header|query|path|cookie)\s*(required)?`)
)

func readPanel(tokens []token) panel {
	out := panel{params: map[string]panelParam{}}
	inParams, wantsBase := false, false
	for i, tok := range tokens {
		w := words(tok.text)
		switch {
		case tok.kind == code:
			out.code(tok, i > 0 && strings.HasPrefix(strings.ToLower(lastWords(tokens, i)), "body"))
			if wantsBase {
				wantsBase = false
			}
		case strings.Contains(tok.text, "type:") && schemeLine.MatchString(unescape(tok.text)):
			out.authorization(unescape(tok.text), tok.line)
		case strings.EqualFold(w, "body"), strings.EqualFold(w, "body required"):
			out.hasBody = true
		case strings.EqualFold(w, "parameters"):
			inParams, out.hasParams = true, true
		case strings.HasPrefix(strings.ToLower(w), "base url"):
			wantsBase = true
		case strings.EqualFold(w, "send api request"), strings.Contains(strings.ToLower(w), "see the response here"):
			out.ended, inParams = true, false
		case wantsBase && strings.HasPrefix(unescape(tok.text), "http"):
			out.baseURL, out.baseAt, wantsBase = unescape(tok.text), tok.line, false
		case inParams && tok.kind == paragraphLine:
			if m := formParam.FindStringSubmatch(unescape(tok.text)); m != nil {
				out.params[m[2]+"."+m[1]] = panelParam{m[3] != "", tok.line}
			}
		}
	}
	return out
}

// shownParams reports whether the form has a parameter that the tables have to show, too.
func (out *panel) shownParams() bool {
	for key := range out.params {
		if in, name, _ := strings.Cut(key, "."); in != "header" || !ignoredHeader(name) {
			return true
		}
	}
	return false
}

func lastWords(tokens []token, i int) string {
	for i--; i >= 0; i-- {
		if w := words(tokens[i].text); w != "" && tokens[i].kind == paragraphLine && !isButton(w) {
			return w
		}
	}
	return ""
}

func (out *panel) code(tok token, isBody bool) {
	if !tok.closed {
		out.cut = tok.line
	}
	text := strings.Join(tok.lines, "\n")
	switch {
	case schemeLine.MatchString(text):
		out.authorization(text, tok.inside())
	case strings.HasPrefix(strings.TrimSpace(text), "curl "):
		out.curlAt = tok.inside()
		out.verb = "GET"
		out.accepts = curlAccept.MatchString(text)
		head, _, _ := strings.Cut(text, " -d ")
		if strings.Contains(text, "\n-d ") || strings.Contains(text, " -d ") || strings.Contains(text, "--data") || strings.Contains(text, "-F ") {
			out.verb = "POST"
		}
		if m := curlVerb.FindStringSubmatch(head); m != nil {
			out.verb = m[1]
		}
		if m := curlURL.FindStringSubmatch(text); m != nil {
			out.curl = m[1] + m[2]
		}
		if m := curlType.FindStringSubmatch(text); m != nil {
			out.mediaType = strings.ToLower(strings.TrimSpace(m[1]))
		}
	case isBody && !out.hasSample:
		if value, err := parseSample(tok.lines); err == nil {
			out.sample, out.hasSample, out.printed = value, true, tok
		}
	}
}

// authorization reads the keys that are glued together: type: httpscopes: a.writescheme: bearerbearerFormat: JWTin: header.
func (out *panel) authorization(text string, line int) {
	m := schemeLine.FindStringSubmatch(text)
	if m == nil {
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

// readPanelFacts emits what only the panel says, and compares what it repeats.
func (p *Page) readPanelFacts(s *sections, panel panel) {
	if panel.scheme != "" {
		p.Add(facts.AuthPlace, facts.Scheme, panel.scheme, p.at(panel.schemeAt))
		if len(s.require) == 0 && len(panel.scopes) > 0 {
			p.Add(facts.AuthPlace, facts.Scopes, facts.CompactJSON(panel.scopes), p.at(panel.schemeAt))
		}
	}
	server, path := panel.splitAddress(s.address)
	if panel.curl != "" && server != "" {
		curlServer, curlPath := splitAddress(strings.SplitN(panel.curl, "?", 2)[0])
		if !sameRoute(server+path, curlServer+curlPath) {
			p.contradict(panel.curlAt, facts.OperationPlace, facts.Path, "the sample call goes to %s, the page's head says %s", curlServer+curlPath, server+path)
		}
		if panel.verb != s.verb && !(panel.verb == "GET" && s.verb == "POST" || s.verb == "HEAD") {
			p.contradict(panel.curlAt, facts.OperationPlace, facts.Method, "the sample call sends %s, the page's head says %s", panel.verb, s.verb)
		}
	}
	if panel.baseURL != "" && server != "" && !strings.HasPrefix(s.address, strings.TrimRight(panel.baseURL, "/")) {
		p.contradict(panel.baseAt, facts.OperationPlace, facts.Server, "the form's base URL is %s, the page's head says %s", panel.baseURL, server)
	}
	if panel.hasParams {
		p.compareForm(panel)
	}
}

// compareForm: the form lists the same parameters as the tables.
func (p *Page) compareForm(panel panel) {
	for key, form := range panel.params {
		in, name, _ := strings.Cut(key, ".")
		if in == "header" && ignoredHeader(name) {
			continue
		}
		place := facts.Param(in, name)
		if p.Value(place, facts.Present) == "" {
			p.contradict(form.line, place, facts.Present, "the form has the %s parameter %s, the tables have not", in, name)
		} else if required := p.Value(place, facts.Required) != ""; required != form.required {
			p.contradict(form.line, place, facts.Required, "the form and the tables differ in whether %s is required", name)
		}
	}
}

func (p *Page) contradict(line int, place facts.Place, aspect facts.Aspect, format string, args ...any) {
	p.report(Contradiction, line, format, args...)
	issue := &p.Issues[len(p.Issues)-1]
	issue.Place, issue.Aspect = place, aspect
}

// splitAddress takes an address apart into server and path. Where the server ends, only the form's base URL tells.
func (out *panel) splitAddress(address string) (server, path string) {
	base := strings.TrimRight(out.baseURL, "/")
	if rest, ok := strings.CutPrefix(address, base+"/"); ok && strings.Contains(base, "://") {
		_, path = splitAddress("/" + rest)
		return base, path
	}
	return splitAddress(address)
}

// sameRoute compares addresses; the sample call of newer themes has the parameters filled in.
func sameRoute(head, call string) bool {
	a, b := strings.Split(strings.TrimRight(head, "/"), "/"), strings.Split(strings.TrimRight(call, "/"), "/")
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i] != b[i] && !strings.Contains(a[i], "{") {
			return false
		}
		if strings.Contains(b[i], "{") && a[i] != b[i] {
			return false
		}
	}
	return true
}
