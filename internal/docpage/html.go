package docpage

import (
	"bytes"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// parseHTML reads a page as a browser shows it. What Markdown loses is kept: which fields are inside which.
func parseHTML(file string, data []byte) (*Page, error) {
	page := &Page{File: file, Source: "html"}
	numbered, cut := numberTags(data)
	document, err := html.Parse(bytes.NewReader(numbered))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	r := &htmlReader{line: 1}
	if canonical := r.canonical(document); canonical != "" {
		r.tokens = append(r.tokens, token{kind: paragraphLine, text: "[Skip to main content](" + canonical + ")", line: 1, first: true})
	}
	root := document
	if main := findElement(document, func(n *html.Node) bool { return n.DataAtom == atom.Main }); main != nil {
		root = main
	}
	r.walk(root, 0)
	r.flush()
	page.skeletons = r.skeletons
	if err := page.read(map[string]string{}, r.tokens); err != nil {
		return page, err
	}
	if cut > 0 {
		page.report(Truncated, cut, "the page ends inside its HTML: <%s> is never closed", cutName(data))
	}
	return page, nil
}

// numberTags writes the line of every tag into the tag, because the parser forgets it. cut is the last line of a document
// that ends before it is closed.
func numberTags(data []byte) (numbered []byte, cut int) {
	var out bytes.Buffer
	out.Grow(len(data) + len(data)/4)
	tokenizer := html.NewTokenizer(bytes.NewReader(data))
	line := 1
	for {
		kind := tokenizer.Next()
		raw := tokenizer.Raw()
		lines := bytes.Count(raw, []byte("\n"))
		if kind == html.StartTagToken || kind == html.SelfClosingTagToken {
			name := 1
			for name < len(raw) && raw[name] != ' ' && raw[name] != '\t' && raw[name] != '\n' && raw[name] != '\r' && raw[name] != '/' && raw[name] != '>' {
				name++
			}
			out.Write(raw[:name])
			out.WriteString(` ` + lineAttribute + `="` + strconv.Itoa(line) + `"`)
			out.Write(raw[name:])
		} else {
			out.Write(raw)
		}
		line += lines
		if kind == html.ErrorToken {
			break
		}
	}
	if cutName(data) != "" {
		cut = line
	}
	return out.Bytes(), cut
}

const lineAttribute = "data-source-line"

// cutName names an element that a whole page closes at its end, and this one does not.
func cutName(data []byte) string {
	lower := bytes.ToLower(data)
	for _, name := range []string{"main", "article", "body"} {
		start := bytes.Index(lower, []byte("<"+name))
		if start >= 0 && !bytes.Contains(lower[start:], []byte("</"+name)) {
			return name
		}
	}
	return ""
}

type htmlReader struct {
	tokens    []token
	inline    strings.Builder
	line      int
	broken    bool // a line break ended the line before: no new paragraph
	union     bool // oneOf or anyOf was just met: tabs are its variants
	skeletons int
}

// maxHTMLDepth bounds recursion on hostile documents.
const maxHTMLDepth = 500

// unseen elements hold nothing of the documentation.
var unseen = map[atom.Atom]bool{
	atom.Script: true, atom.Style: true, atom.Svg: true, atom.Nav: true, atom.Noscript: true, atom.Template: true,
	atom.Input: true, atom.Select: true, atom.Footer: true, atom.Head: true, atom.Iframe: true,
}

// inlineElements do not end a line of text.
var inlineElements = map[atom.Atom]bool{
	atom.Span: true, atom.A: true, atom.Em: true, atom.I: true, atom.Small: true, atom.Label: true, atom.Sup: true,
	atom.Sub: true, atom.Del: true, atom.U: true, atom.Kbd: true, atom.Font: true, atom.Mark: true, atom.Abbr: true,
}

func (r *htmlReader) walk(n *html.Node, depth int) {
	if depth > maxHTMLDepth {
		return
	}
	switch n.Type {
	case html.TextNode:
		r.inline.WriteString(escapeText(n.Data))
		return
	case html.ElementNode:
		if r.element(n, depth) {
			return
		}
	}
	r.children(n, depth)
}

func (r *htmlReader) children(n *html.Node, depth int) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		r.walk(c, depth+1)
	}
}

// element handles what an element means. false leaves its children to be walked as they are.
func (r *htmlReader) element(n *html.Node, depth int) bool {
	r.numbered(n)
	class := attr(n, "class")
	switch {
	case unseen[n.DataAtom]:
		return true
	case strings.Contains(class, "openapi-skeleton"), strings.Contains(class, "skeleton-loader"):
		r.skeletons++
		return true
	case n.DataAtom == atom.Button:
		if text := strings.TrimSpace(textOf(n)); strings.EqualFold(text, "send api request") {
			r.paragraph(text)
		}
		return true
	case n.DataAtom == atom.Pre:
		r.code(n, class)
		return true
	case n.DataAtom == atom.Textarea:
		r.codeLines(n, strings.Split(textOf(n), "\n"), "")
		return true
	case len(n.Data) == 2 && n.Data[0] == 'h' && n.Data[1] >= '1' && n.Data[1] <= '6':
		r.flush()
		at := r.line
		r.children(n, depth)
		text := r.take()
		r.tokens = append(r.tokens, token{kind: heading, level: int(n.Data[1] - '0'), text: text, line: at})
		return true
	case hasClass(n, "openapi-schema__container"):
		r.field(n)
		return true
	case n.DataAtom == atom.Details && isFieldDetails(n):
		r.nested(n, depth)
		return true
	case hasClass(n, "badge") && (textOf(n) == "oneOf" || textOf(n) == "anyOf"):
		r.paragraph(textOf(n))
		r.union = true
		return true
	case attr(n, "role") == "tablist":
		r.flush()
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			if attr(c, "role") == "tab" {
				r.numbered(c)
				r.tokens = append(r.tokens, token{kind: item, text: escapeText(strings.TrimSpace(textOf(c))), line: r.line, first: true})
			}
		}
		return true
	case r.union && hasClass(n, "openapi-tabs__schema-container"):
		r.variants(n, depth)
		return true
	}
	return r.flow(n, depth)
}

// flow handles the elements of running text.
func (r *htmlReader) flow(n *html.Node, depth int) bool {
	switch n.DataAtom {
	case atom.Strong, atom.B:
		if text := strings.TrimSpace(textOf(n)); text != "" {
			r.inline.WriteString("**" + escapeText(text) + "** ")
		}
		return true
	case atom.Code:
		r.inline.WriteString(span(textOf(n)))
		return true
	case atom.A:
		text := strings.TrimSpace(textOf(n))
		if href := attr(n, "href"); text != "" && zeroWidth.Replace(text) != "" {
			r.inline.WriteString("[" + escapeText(text) + "](" + strings.NewReplacer("(", "%28", ")", "%29", " ", "%20").Replace(href) + ")")
		}
		return true
	case atom.Br:
		r.flush()
		r.broken = true
		return true
	case atom.Li:
		r.listItem(n, depth)
		return true
	}
	if !inlineElements[n.DataAtom] {
		r.flush()
		r.children(n, depth)
		r.flush()
		return true
	}
	return false
}

// listItem: brackets are list items too.
func (r *htmlReader) listItem(n *html.Node, depth int) {
	r.flush()
	text := strings.TrimSpace(textOf(n))
	if text == "Array [" || text == "]" {
		r.paragraph(text)
		return
	}
	if findElement(n, func(c *html.Node) bool { return hasClass(c, "openapi-schema__container") }) != nil {
		r.children(n, depth)
		r.flush()
		return
	}
	at := r.line
	r.children(n, depth)
	if text := r.take(); text != "" {
		r.tokens = append(r.tokens, token{kind: item, text: text, line: at, first: true})
	}
}

// field writes a field's line as Markdown would.
func (r *htmlReader) field(n *html.Node) {
	r.flush()
	var name, label strings.Builder
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if hasClass(c, "openapi-schema__property") {
			name.WriteString(textOf(c))
		} else {
			label.WriteString(strings.TrimSpace(textOf(c)))
		}
	}
	text := escapeText(label.String())
	if name.Len() > 0 {
		text = "**" + escapeText(name.String()) + "** " + text
	}
	r.tokens = append(r.tokens, token{kind: paragraphLine, text: text, line: r.line, first: true})
}

// isFieldDetails: an object's or array's field folds open over its children.
func isFieldDetails(n *html.Node) bool {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type == html.ElementNode && c.DataAtom == atom.Summary {
			return findElement(c, func(m *html.Node) bool { return hasClass(m, "openapi-schema__container") }) != nil
		}
	}
	return false
}

func (r *htmlReader) nested(n *html.Node, depth int) {
	r.flush()
	opened := false
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		r.walk(c, depth+1)
		if !opened && c.Type == html.ElementNode && c.DataAtom == atom.Summary {
			r.flush()
			r.tokens = append(r.tokens, token{kind: open, line: r.line})
			opened = true
		}
	}
	r.flush()
	if opened {
		r.tokens = append(r.tokens, token{kind: close, line: r.line})
	}
}

// variants writes the tabs of a union with their boundaries.
func (r *htmlReader) variants(n *html.Node, depth int) {
	r.union = false
	var panels []*html.Node
	var collect func(*html.Node)
	collect = func(m *html.Node) {
		for c := m.FirstChild; c != nil; c = c.NextSibling {
			switch {
			case attr(c, "role") == "tablist":
				r.element(c, depth+1)
			case attr(c, "role") == "tabpanel":
				panels = append(panels, c)
			default:
				collect(c)
			}
		}
	}
	collect(n)
	r.tokens = append(r.tokens, token{kind: open, line: r.line})
	for i, panel := range panels {
		if i > 0 {
			r.tokens = append(r.tokens, token{kind: nextVariant, line: r.line})
		}
		r.children(panel, depth)
		r.flush()
	}
	r.tokens = append(r.tokens, token{kind: close, line: r.line})
}

func (r *htmlReader) code(n *html.Node, class string) {
	r.flush()
	if strings.Contains(class, "openapi__method-endpoint") {
		var words []string
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			words = append(words, textOf(c))
		}
		r.tokens = append(r.tokens, token{kind: code, lines: []string{strings.Join(words, " ")}, line: r.line, closed: true})
		return
	}
	var lines []string
	var collect func(*html.Node)
	collect = func(m *html.Node) {
		for c := m.FirstChild; c != nil; c = c.NextSibling {
			if hasClass(c, "token-line") {
				lines = append(lines, strings.TrimRight(textOf(c), "\n"))
			} else {
				collect(c)
			}
		}
	}
	collect(n)
	if lines == nil {
		lines = strings.Split(strings.TrimRight(textOf(n), "\n"), "\n")
	}
	language := ""
	if strings.Contains(class, "openapi-explorer") {
		language = "openapi-explorer"
	}
	r.codeLines(n, lines, language)
}

func (r *htmlReader) codeLines(n *html.Node, lines []string, language string) {
	r.flush()
	r.numbered(n)
	r.tokens = append(r.tokens, token{kind: code, lines: lines, language: language, line: r.line, closed: true})
}

// flush ends a line of text.
func (r *htmlReader) flush() {
	if text := r.take(); text != "" {
		r.tokens = append(r.tokens, token{kind: paragraphLine, text: text, line: r.line, first: !r.broken})
		r.union = r.union && (text == "oneOf" || text == "anyOf")
	}
	r.broken = false
}

func (r *htmlReader) take() string {
	text := strings.Join(strings.Fields(zeroWidth.Replace(r.inline.String())), " ")
	r.inline.Reset()
	return text
}

func (r *htmlReader) paragraph(text string) {
	r.flush()
	r.tokens = append(r.tokens, token{kind: paragraphLine, text: text, line: r.line, first: true})
}

func (r *htmlReader) numbered(n *html.Node) {
	if line, err := strconv.Atoi(attr(n, lineAttribute)); err == nil {
		r.line = line
	}
}

// canonical is the page's own address.
func (r *htmlReader) canonical(document *html.Node) string {
	link := findElement(document, func(n *html.Node) bool {
		return n.DataAtom == atom.Link && attr(n, "rel") == "canonical" || n.DataAtom == atom.Meta && attr(n, "property") == "og:url"
	})
	if link == nil {
		return ""
	}
	return strings.NewReplacer("(", "%28", ")", "%29", " ", "%20").Replace(attr(link, "href") + attr(link, "content"))
}

// escapeText writes text as Markdown, so that one parser serves both.
func escapeText(text string) string {
	var out strings.Builder
	for _, r := range text {
		if strings.ContainsRune("\\`*_[]", r) {
			out.WriteByte('\\')
		}
		if r == '\u00a0' {
			r = ' '
		}
		out.WriteRune(r)
	}
	return out.String()
}

// span writes a value in as many ticks as it takes.
func span(text string) string {
	fence := "`"
	for strings.Contains(text, fence) {
		fence += "`"
	}
	if strings.HasPrefix(text, "`") || strings.HasSuffix(text, "`") {
		text = " " + text + " "
	}
	return fence + text + fence
}

func textOf(n *html.Node) string {
	var out strings.Builder
	var collect func(*html.Node, int)
	collect = func(m *html.Node, depth int) {
		if m.Type == html.TextNode {
			out.WriteString(m.Data)
		}
		if depth > maxHTMLDepth || m.Type == html.ElementNode && unseen[m.DataAtom] {
			return
		}
		for c := m.FirstChild; c != nil; c = c.NextSibling {
			collect(c, depth+1)
		}
	}
	collect(n, 0)
	return out.String()
}

func attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

func hasClass(n *html.Node, class string) bool {
	return n.Type == html.ElementNode && slices.Contains(strings.Fields(attr(n, "class")), class)
}

func findElement(n *html.Node, is func(*html.Node) bool) *html.Node {
	var found *html.Node
	var search func(*html.Node, int)
	search = func(m *html.Node, depth int) {
		if found != nil || depth > maxHTMLDepth {
			return
		}
		if m.Type == html.ElementNode && is(m) {
			found = m
			return
		}
		for c := m.FirstChild; c != nil; c = c.NextSibling {
			search(c, depth+1)
		}
	}
	search(n, 0)
	return found
}
