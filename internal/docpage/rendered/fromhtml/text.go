package fromhtml

import (
	"math"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// markdownAddress writes an address as in a Markdown link.
var markdownAddress = strings.NewReplacer("(", "%28", ")", "%29", " ", "%20")

// escapeText writes text as Markdown, so that one parser can read both.
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

// span writes a value in as many backticks as it needs.
func span(text string) string {
	longest, run := 0, 0
	for i := range len(text) {
		if run++; text[i] != '`' {
			run = 0
		}
		longest = max(longest, run)
	}
	fence := strings.Repeat("`", longest+1)
	if strings.HasPrefix(text, "`") || strings.HasSuffix(text, "`") {
		text = " " + text + " "
	}
	return fence + text + fence
}

func textOf(n *html.Node) string { return textUpTo(n, math.MaxInt) }

// shortText returns the beginning of an element's text.
func shortText(n *html.Node) string { return textUpTo(n, 100) }

func textUpTo(n *html.Node, limit int) string {
	var out strings.Builder
	var collect func(*html.Node, int)
	collect = func(m *html.Node, depth int) {
		if m.Type == html.TextNode {
			out.WriteString(m.Data)
		}
		if depth > MaxHTMLDepth || out.Len() > limit || m.Type == html.ElementNode && unseen[m.DataAtom] {
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

// nearby limits how far below an element its parts are searched, so that nested ones are not searched again and again.
const nearby = 8

// findElement finds the first matching element not far below a node.
func findElement(n *html.Node, is func(*html.Node) bool) *html.Node { return findWithin(n, nearby, is) }

func findWithin(n *html.Node, depth int, is func(*html.Node) bool) *html.Node {
	if n.Type == html.ElementNode && is(n) {
		return n
	}
	if depth == 0 {
		return nil
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if found := findWithin(c, depth-1, is); found != nil {
			return found
		}
	}
	return nil
}

// prune removes what a saved page can have between its elements and a browser does not show: comments, and the white space
// of an indented document.
func prune(n *html.Node, depth int) {
	if depth > MaxHTMLDepth || n.DataAtom == atom.Pre || n.DataAtom == atom.Textarea {
		return
	}
	var next *html.Node
	for c := n.FirstChild; c != nil; c = next {
		next = c.NextSibling
		if c.Type == html.CommentNode {
			n.RemoveChild(c)
		}
	}
	for c := n.FirstChild; c != nil; c = next {
		next = c.NextSibling
		isSpace := c.Type == html.TextNode && strings.Trim(c.Data, " \t\r\n\f") == ""
		if isSpace && !isInline(n) && (endsLine(c.PrevSibling) || endsLine(next)) {
			n.RemoveChild(c)
			continue
		}
		prune(c, depth+1)
	}
}

// endsLine reports whether white space is at the edge of a block or next to another block, where it is invisible.
func endsLine(beside *html.Node) bool {
	return beside == nil || beside.Type == html.ElementNode && !isInline(beside)
}

func isInline(n *html.Node) bool {
	return inlineElements[n.DataAtom] || n.DataAtom == atom.Strong || n.DataAtom == atom.B || n.DataAtom == atom.Code || n.DataAtom == 0
}

// nextElement returns the element after a node.
func nextElement(n *html.Node) *html.Node {
	for n = n.NextSibling; n != nil && n.Type != html.ElementNode; n = n.NextSibling {
	}
	return n
}

// onlyElement returns the only child of a node; nil if there are more, or text.
func onlyElement(n *html.Node) *html.Node {
	if c := n.FirstChild; c != nil && c == n.LastChild && c.Type == html.ElementNode {
		return c
	}
	return nil
}
