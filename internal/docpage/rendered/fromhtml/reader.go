package fromhtml

import (
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/highlevel-go/snapshots/internal/docpage/rendered/grammar"
	"github.com/highlevel-go/snapshots/internal/docpage/rendered/token"
)

// htmlReader turns the elements of a page into tokens. Inside the parts that the renderer prints, every element that is not
// one of the renderer's own was written by an author, and is marked as prose: no sentence can be mistaken for a field.
type htmlReader struct {
	tokens    []token.Token
	inline    strings.Builder
	line      int
	broken    bool       // a line break ended the previous line: no new paragraph
	role      token.Role // of the text that is being read
	within    int        // how many of the renderer's parts are open
	union     bool       // oneOf or anyOf was just read: tabs are its variants
	skeletons int
	tooDeep   int // line of what was nested too deeply to be read
}

// MaxHTMLDepth limits the recursion on hostile documents.
const MaxHTMLDepth = 500

// unseen elements contain nothing of the documentation.
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
	if depth > MaxHTMLDepth {
		r.tooDeep = r.line
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

// as reads the children of an element with another role for their text.
func (r *htmlReader) as(role token.Role, n *html.Node, depth int) {
	before := r.role
	r.flush()
	r.role = role
	r.children(n, depth)
	r.flush()
	r.role = before
}

// inside reads one of the renderer's parts.
func (r *htmlReader) inside(n *html.Node, depth int) {
	r.within++
	r.as(token.Prose, n, depth)
	r.within--
}

// element handles the meaning of an element. It returns false if its children are to be read as usual.
func (r *htmlReader) element(n *html.Node, depth int) bool {
	r.numbered(n)
	class := attr(n, "class")
	switch {
	case unseen[n.DataAtom]:
	case strings.Contains(class, "openapi-skeleton"), strings.Contains(class, "skeleton-loader"):
		r.skeletons++
	case n.DataAtom == atom.Button:
		if text := strings.TrimSpace(textOf(n)); strings.EqualFold(text, "send api request") {
			r.printed(text)
		}
	case n.DataAtom == atom.Pre:
		r.code(n, class)
	case n.DataAtom == atom.Textarea:
		r.codeLines(n, strings.Split(textOf(n), "\n"), "")
	case len(n.Data) == 2 && n.Data[0] == 'h' && n.Data[1] >= '1' && n.Data[1] <= '6':
		r.heading(n, class, depth)
	case n.DataAtom == atom.Details && isFieldDetails(n):
		r.nested(n, depth)
	case strings.Contains(class, "openapi") && r.part(n, class, depth):
	case hasClass(n, "badge") && grammar.IsUnionWord(textOf(n)):
		r.printed(textOf(n))
		r.union = true
	case r.within > 0 && hasClass(n, "schemaItem"):
		r.headerItem(n, depth)
	case hasClass(n, "tabs-container") && ownTabs(n, "openapi-tabs__mime-list-container") != nil:
		r.mediaTypes(n, depth)
	case attr(n, "role") == "tablist":
		r.tabs(n)
	default:
		return r.flow(n, depth)
	}
	return true
}

// heading reads a heading. Inside the renderer's parts, one without the renderer's mark is an author's.
func (r *htmlReader) heading(n *html.Node, class string, depth int) {
	r.flush()
	at, kind := r.line, r.role
	if strings.Contains(class, "openapi") {
		kind = token.Structure
	}
	r.children(n, depth)
	r.tokens = append(r.tokens, token.Token{Kind: token.Heading, Level: int(n.Data[1] - '0'), Text: r.take(), Line: at, Role: kind})
}

// flow handles the elements of running text.
func (r *htmlReader) flow(n *html.Node, depth int) bool {
	switch {
	case n.DataAtom == atom.Strong, n.DataAtom == atom.B:
		r.bold(n)
	case n.DataAtom == atom.Code:
		r.inline.WriteString(span(textOf(n)))
	case n.DataAtom == atom.A:
		if text := strings.TrimSpace(textOf(n)); token.ZeroWidth.Replace(text) != "" {
			r.inline.WriteString("[" + escapeText(text) + "](" + markdownAddress.Replace(attr(n, "href")) + ")")
		}
	case n.DataAtom == atom.Br:
		r.flush()
		r.broken = true
	case n.DataAtom == atom.Li:
		r.listItem(n, depth)
	case inlineElements[n.DataAtom]:
		return false
	case r.role == token.Prose && (isAttribute(n) || isSampleTitle(n)):
		r.as(token.Structure, n, depth)
	default:
		r.as(r.role, n, depth)
	}
	return true
}

// bold reads bold text, which starts the lines that the renderer prints below a field.
func (r *htmlReader) bold(n *html.Node) {
	text := strings.TrimSpace(textOf(n))
	if text == "" {
		return
	}
	if r.within > 0 && r.role == token.Prose {
		if text == "Examples:" && ownTabs(nextElement(n), "") != nil || text == "Response Headers" && n.Parent.DataAtom == atom.Summary {
			r.printed("**" + text + "**")
			return
		}
	}
	r.inline.WriteString("**" + escapeText(text) + "** ")
}

// listItem reads a list item. Brackets are list items too.
func (r *htmlReader) listItem(n *html.Node, depth int) {
	r.flush()
	if text := strings.TrimSpace(shortText(n)); text == "Array [" || text == "]" {
		if only := onlyElement(n); r.role != token.Prose || only != nil && only.DataAtom == atom.Div {
			r.printed(text)
			return
		}
	}
	if findElement(n, func(c *html.Node) bool { return hasClass(c, "openapi-schema__container") }) != nil {
		r.children(n, depth)
		r.flush()
		return
	}
	at := r.line
	r.children(n, depth)
	if text := r.take(); text != "" {
		r.tokens = append(r.tokens, token.Token{Kind: token.Item, Text: text, Line: at, First: true, Role: r.role})
	}
}

// flush ends a line of text.
func (r *htmlReader) flush() {
	if text := r.take(); text != "" {
		r.tokens = append(r.tokens, token.Token{Kind: token.ParagraphLine, Text: text, Line: r.line, First: !r.broken, Role: r.role})
		r.union = r.union && grammar.IsUnionWord(text)
	}
	r.broken = false
}

func (r *htmlReader) take() string {
	text := strings.Join(strings.Fields(token.ZeroWidth.Replace(r.inline.String())), " ")
	r.inline.Reset()
	return text
}

// printed adds a line that the renderer printed.
func (r *htmlReader) printed(text string) {
	r.flush()
	r.tokens = append(r.tokens, token.Token{Kind: token.ParagraphLine, Text: text, Line: r.line, First: true, Role: token.Structure})
}

func (r *htmlReader) mark(kind token.Kind) {
	r.flush()
	r.tokens = append(r.tokens, token.Token{Kind: kind, Line: r.line, Role: token.Structure})
}

func (r *htmlReader) numbered(n *html.Node) {
	if line, err := strconv.Atoi(attr(n, lineAttribute)); err == nil {
		r.line = line
	}
}
