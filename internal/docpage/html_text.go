package docpage

import (
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

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

// nextElement is the element behind a node.
func nextElement(n *html.Node) *html.Node {
	for n = n.NextSibling; n != nil && n.Type != html.ElementNode; n = n.NextSibling {
	}
	return n
}

// onlyElement is the one child of a node; nil where there are more, or text.
func onlyElement(n *html.Node) *html.Node {
	if c := n.FirstChild; c != nil && c == n.LastChild && c.Type == html.ElementNode {
		return c
	}
	return nil
}
