package docpage

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/highlevel-go/snapshots/internal/facts"
)

// sections are the parts of a page, as ranges of its tokens.
type sections struct {
	title    token
	method   token
	verb     string
	address  string
	before   []token // between the method and the first of the parts below: the description
	require  []token // ### Requirements
	request  []token // ## Request
	response []token // ## Responses
	panel    []token // what stands beside the documentation: authorization, sample code, the request form
	hasPanel bool
	end      int // line of the last token
}

var (
	endpoint   = regexp.MustCompile(`^(GET|PUT|POST|DELETE|OPTIONS|HEAD|PATCH|TRACE)\s+(\S+)$|^(GET|PUT|POST|DELETE|OPTIONS|HEAD|PATCH|TRACE)(https?://\S+)$`)
	verbOnly   = regexp.MustCompile(`^(GET|PUT|POST|DELETE|OPTIONS|HEAD|PATCH|TRACE)$`)
	errorTitle = regexp.MustCompile(`(?i)\b(404|403|429|50[0-4]|page not found|not found|access denied|forbidden|just a moment|attention required|bad gateway|service unavailable|too many requests|error)\b`)
)

// maxTokens bounds what one page can make of memory; real ones have below 10,000.
const maxTokens = 200_000

// read takes the tokens of a page, Markdown or HTML, to facts.
func read(p *Page, meta map[string]string, tokens []token, skeletons int) error {
	if len(tokens) == 0 {
		return fmt.Errorf("%s:1: the page has no content; fetch it again", p.File)
	}
	if len(tokens) > maxTokens {
		return fmt.Errorf("%s:1: the page has %d lines and blocks, more than the %d of the largest page that is read", p.File, len(tokens), maxTokens)
	}
	s, err := split(p, tokens)
	if err != nil {
		return err
	}
	p.Operation = &facts.Operation{Pos: p.At(s.method.line)}
	identify(p, meta, tokens, s)
	panel := readPanel(s.panel)
	readHead(p, s, panel)
	known := shapes{}
	request := readRequest(p, s.request, panel, known)
	responses := readResponses(p, s.response, known)
	emitAll(p, request, responses, known)
	doubtPath(p, s)
	readAuthorization(p, s, panel)
	checkTruncation(p, s, request, responses, panel, skeletons)
	checkPanel(p, s, panel)
	return nil
}

// split finds the parts of a page. A page without a method and address is not one of an operation.
func split(p *Page, tokens []token) (*sections, error) {
	s := &sections{end: tokens[len(tokens)-1].line}
	at := -1
	var odd token // the block that should hold the method and address, and does not
	for i, tok := range tokens {
		if tok.kind == code && odd.kind == 0 {
			odd = tok
		}
		if tok.kind == heading && words(tok.text) != "" && (s.title.kind == 0 || tok.level == 1 && (s.title.level > 1 || isTitleOf(words(tok.text), words(s.title.text)))) {
			s.title = tok
		}
		if verb, address, used, ok := readEndpoint(tokens, i); ok {
			s.method, s.verb, s.address, at = tok, verb, address, i+used
			break
		}
		if isTitle := s.title.kind != 0 && s.title.line == tok.line; tok.kind == heading && !isTitle && sectionHeading(tok.text) {
			break
		}
	}
	if at < 0 {
		title := words(s.title.text)
		if errorTitle.MatchString(title) || title == "" && len(tokens) < 20 && errorTitle.MatchString(tokens[0].text) {
			return nil, fmt.Errorf("%s:%d: this is an error page (%q), not documentation; fetch it again", p.File, max(s.title.line, tokens[0].line), strings.TrimSpace(title+" "+firstWords(tokens[0].text)))
		}
		if odd.kind == code && s.title.kind != 0 && len(odd.lines) > 0 {
			return nil, fmt.Errorf("%s:%d: %q is no method and address such as GET https://…; if the page was cut, fetch it again", p.File, odd.line+1, firstWords(strings.Join(odd.lines, " ")))
		}
		return nil, fmt.Errorf("%s:%d: not a page of an operation: it has no block with a method and an address, such as GET https://…; if the page was cut, fetch it again", p.File, max(s.title.line, 1))
	}
	readAbove(p, tokens, s)
	if s.title.kind == 0 { // the heading may stand below
		s.title = token{line: s.method.line}
	}
	part := &s.before
	responses := responsesAt(tokens)
	isMarked := responses >= 0 && tokens[responses].role == structure
	isLinked := responses >= 0 && sectionLink.MatchString(tokens[responses].text)
	for i, tok := range tokens[at:] {
		if tok.kind == heading && tok.role != prose {
			switch w := strings.ToLower(words(tok.text)); {
			case w == "requirements" && part == &s.before && namesRequirement(tokens[at+i+1:]):
				part = &s.require
			case isMarked && tok.role != structure && sectionHeading(tok.text): // an author's
			case isLinked && tok.level <= 2 && !sectionLink.MatchString(tok.text) && (w == "request" || w == "responses"): // an author's
			case w == "request" && tok.level <= 2 && part != &s.response && part != &s.panel:
				s.before, s.request, part = append(s.before, s.request...), nil, &s.request // an earlier one was the description's
			case w == "responses" && tok.level <= 2 && (responses < 0 || at+i == responses || part == &s.response):
				part = &s.response
			case w == "responses" && tok.level <= 2: // the description's, since the list of statuses stands below another
			case w == "share your feedback":
				part, s.hasPanel = &s.panel, true
			case sectionHeading(tok.text) && (part == &s.before || part == &s.require) && !strings.HasPrefix(w, "request") && !startsPanel(tokens[at+i:]):
				part = &s.request // its heading was lost
			}
		}
		if startsPanel(tokens[at+i:]) && len(s.response) > 0 {
			part, s.hasPanel = &s.panel, true
		}
		*part = append(*part, tok)
	}
	return s, nil
}

// isTitleOf: the title of a document names its page and then the site.
func isTitleOf(heading, title string) bool {
	behind, ok := strings.CutPrefix(title, heading)
	return ok && (strings.HasPrefix(behind, " | ") || strings.HasPrefix(behind, " - "))
}

// responsesAt is the place of the heading below which the statuses are listed; -1 where there is none. A description can have
// the same heading.
func responsesAt(tokens []token) int {
	found := -1
	for i, tok := range tokens {
		if tok.kind != heading || tok.level > 2 || tok.role == prose || !strings.EqualFold(words(tok.text), "responses") {
			continue
		}
		next := i + 1
		for next < len(tokens) && isButton(tokens[next].text) {
			next++
		}
		if next < len(tokens) && (tokens[next].kind == nextStatus || tokens[next].kind == item && statusCode.MatchString(words(tokens[next].text))) {
			found = i
		}
	}
	return found
}

// doubtPath warns of a parameter that stands in the path and in no table.
func doubtPath(p *Page, s *sections) {
	for _, name := range p.PathParams() {
		if place := facts.Param("path", name); p.Value(place, facts.Present) == "" {
			p.Doubt(facts.OperationPlace, s.method.inside(), "the path has the parameter "+name+", the tables have not; OpenAPI asks for it")
		}
	}
}

// readAbove: between a page's title and its method nothing is printed, and above its title nothing of the documentation.
func readAbove(p *Page, tokens []token, s *sections) {
	below := false
	title := words(s.title.text)
	for _, tok := range tokens {
		switch {
		case tok.line == s.method.line:
			return
		case s.title.kind != 0 && tok.line == s.title.line:
			below = true
		case isStray(tok), below && tok.kind == heading && words(tok.text) != "" && words(tok.text) != title, below && tok.kind == item:
			p.Report(Unread, tok.line, "a line above the method that was not understood: %q", firstWords(tok.words()))
		case below && tok.kind == paragraphLine && !isButton(tok.text):
			p.Report(Uncertain, tok.line, "a line between the title and the method that was not understood: %q", firstWords(tok.text))
		}
	}
}

// namesRequirement reports whether a list of requirements follows, and not an author's words on them.
func namesRequirement(tokens []token) bool {
	for i, tok := range tokens {
		if i == 8 {
			break
		}
		if tok.kind == heading && requirement(tok.text) != "" {
			return true
		}
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

// readEndpoint reads the method and address, in a block of code or on lines of their own.
func readEndpoint(tokens []token, i int) (verb, address string, used int, ok bool) {
	text := func(i int) string {
		if i >= len(tokens) {
			return ""
		}
		if tokens[i].kind == code {
			return strings.Join(strings.Fields(strings.Join(tokens[i].lines, " ")), " ")
		}
		return words(linkText.ReplaceAllString(tokens[i].text, "$1"))
	}
	if i >= len(tokens) || tokens[i].kind == item {
		return "", "", 0, false
	}
	whole := text(i)
	if m := endpoint.FindStringSubmatch(whole); m != nil && isAddress(m[2]+m[4]) { // a badge before it can be glued to it
		return m[1] + m[3], m[2] + m[4], 1, true
	}
	if verbOnly.MatchString(whole) && isAddress(text(i+1)) {
		return whole, text(i + 1), 2, true
	}
	return "", "", 0, false
}

func isAddress(text string) bool {
	return strings.HasPrefix(text, "https://") || strings.HasPrefix(text, "http://") || strings.HasPrefix(text, "/")
}

var colonParam = regexp.MustCompile(`:([A-Za-z_][\w-]*)`)

// splitAddress takes an address apart into server and path, with parameters in OpenAPI's braces.
func splitAddress(address string) (server, path string) {
	path = address
	if i := strings.Index(address, "://"); i >= 0 {
		if j := strings.IndexByte(address[i+3:], '/'); j >= 0 {
			server, path = address[:i+3+j], address[i+3+j:]
		} else {
			server, path = address, "/"
		}
	}
	parts := strings.Split(path, "/")
	for i, part := range parts {
		parts[i] = colonParam.ReplaceAllString(part, "{$1}")
	}
	return server, strings.Join(parts, "/")
}

// readHead emits what the head of the page says.
func readHead(p *Page, s *sections, panel panel) {
	server, path := panel.splitAddress(s.address)
	line := s.method.inside()
	p.Add(facts.OperationPlace, facts.Method, s.verb, p.At(line))
	p.Add(facts.OperationPlace, facts.Path, path, p.At(line))
	if server != "" {
		p.Add(facts.OperationPlace, facts.Server, server, p.At(line))
	} else {
		p.Report(Skeleton, line, "the address has no host: the page was saved before it was rendered; fetch it again")
	}
	p.AddText(facts.OperationPlace, facts.Summary, words(s.title.text), p.At(s.title.line))
	var prose []string
	at := 0
	before := s.before
	for len(before) > 0 && before[0].kind == paragraphLine && isButton(before[0].text) {
		before = before[1:]
	}
	if len(before) > 0 && strings.EqualFold(words(before[0].text), "deprecated") {
		p.Add(facts.OperationPlace, facts.Deprecated, "true", p.At(before[0].line))
		before = before[1:]
		if len(before) > 0 && strings.Contains(before[0].text, "endpoint has been deprecated") {
			before = before[1:]
		}
	}
	for _, tok := range before {
		if isButton(tok.text) && tok.kind == paragraphLine {
			continue
		}
		if at == 0 {
			at = tok.line
		}
		prose = append(prose, tok.text+strings.Join(tok.lines, "\n"))
	}
	p.AddText(facts.OperationPlace, facts.Text, strings.Join(prose, "\n"), p.At(at))
	readRequirements(p, s.require)
}

// readRequirements reads the lists under ### Requirements.
func readRequirements(p *Page, tokens []token) {
	var aspect facts.Aspect
	for _, tok := range tokens {
		if tok.kind == heading {
			aspect = requirement(tok.text)
			if w := words(tok.text); aspect == "" && !strings.EqualFold(w, "requirements") {
				p.Report(Unread, tok.line, "an unknown requirement: %q", w)
			}
			continue
		}
		values, beside := spans(tok.text)
		if aspect == "" || len(values) == 0 || beside != "" {
			if !isButton(tok.text) {
				p.Report(Unread, tok.line, "a line under Requirements that is no list of values: %q", firstWords(tok.text))
			}
			if len(values) == 0 {
				continue
			}
		}
		p.Add(facts.AuthPlace, aspect, facts.CompactJSON(values), p.At(tok.line))
	}
	if len(tokens) == 0 && p.Source != "markdown" {
		p.Hidden = append(p.Hidden, facts.Scopes, facts.AuthMethods, facts.TokenTypes)
	}
}

// spans lists the code spans of a line, and the words that stand beside them.
func spans(text string) (values []string, beside string) {
	var rest strings.Builder
	for {
		before, _, found := strings.Cut(text, "`")
		value, after, ok := codeSpan(text[len(before):])
		if rest.WriteString(before); !found || !ok {
			rest.WriteString(text[len(before):])
			return values, strings.Trim(rest.String(), " ,\t")
		}
		values = append(values, value)
		text = after
	}
}
