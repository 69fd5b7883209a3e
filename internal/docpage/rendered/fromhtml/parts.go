package fromhtml

import (
	"regexp"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/highlevel-go/snapshots/internal/docpage/rendered/token"
)

// part handles the elements that the renderer marks as its own.
func (r *htmlReader) part(n *html.Node, class string, depth int) bool {
	switch {
	case hasClass(n, "openapi-schema__container"):
		r.field(n, isFieldName)
	case hasClass(n, "openapi-markdown__details"):
		r.inside(n, depth)
	case hasClass(n, "openapi-markdown__details-summary-response"):
		r.printed("**Schema**")
	case strings.Contains(class, "samples-container"):
		r.as(token.Structure, n, depth)
	case hasClass(n, "openapi-discriminator__item"):
		r.discriminator(n, depth)
	case r.union && hasClass(n, "openapi-tabs__schema-container"):
		r.union = false
		r.variants(n, depth)
	case hasClass(n, "openapi-tabs__container") && ownTabs(n, "openapi-tabs__response-list-container") != nil:
		r.statuses(n, depth)
	default:
		return false
	}
	return true
}

// field writes a field's line as Markdown would.
func (r *htmlReader) field(n *html.Node, isName func(*html.Node) bool) {
	var name, label string
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if isName(c) {
			name += textOf(c)
		} else {
			label += strings.TrimSpace(textOf(c))
		}
	}
	text := escapeText(label)
	if name != "" {
		text = "**" + escapeText(name) + "** " + text
	}
	r.printed(text)
}

func isFieldName(n *html.Node) bool { return hasClass(n, "openapi-schema__property") }

// headerItem returns a response header as themes before 5 print it.
func (r *htmlReader) headerItem(n *html.Node, depth int) {
	summary := findElement(n, func(c *html.Node) bool { return c.DataAtom == atom.Summary })
	if summary == nil {
		r.as(token.Prose, n, depth)
		return
	}
	r.field(summary, func(c *html.Node) bool { return c.DataAtom == atom.Strong })
	for c := summary.NextSibling; c != nil; c = c.NextSibling {
		r.as(token.Prose, c, depth)
	}
}

// isFieldDetails reports whether an element is the field of an object or array, which unfolds to show its children.
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
			r.mark(token.Open)
			opened = true
		}
	}
	if opened {
		r.mark(token.Close)
	}
}

// tabs writes the labels of tabs as a list.
func (r *htmlReader) tabs(n *html.Node) {
	r.flush()
	for _, label := range tabLabels(n) {
		r.numbered(label)
		text := escapeText(strings.TrimSpace(textOf(label)))
		r.tokens = append(r.tokens, token.Token{Kind: token.Item, Text: text, Line: r.line, First: true, Role: token.Structure})
	}
}

func tabLabels(list *html.Node) []*html.Node {
	var labels []*html.Node
	for c := list.FirstChild; c != nil; c = c.NextSibling {
		if attr(c, "role") == "tab" {
			labels = append(labels, c)
		}
	}
	return labels
}

// ownTabs finds the list of tabs of an element, not one inside its panels.
func ownTabs(n *html.Node, class string) *html.Node { return tabsWithin(n, class, nearby) }

func tabsWithin(n *html.Node, class string, depth int) *html.Node {
	if n == nil || depth == 0 {
		return nil
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		switch {
		case attr(c, "role") == "tablist" && (class == "" || hasClass(c, class)):
			return c
		case attr(c, "role") == "tabpanel" || c.DataAtom == atom.Pre:
		default:
			if found := tabsWithin(c, class, depth-1); found != nil {
				return found
			}
		}
	}
	return nil
}

// ownPanels returns the panels of an element's tabs, in their order.
func ownPanels(n *html.Node) []*html.Node { return panelsWithin(n, nearby) }

func panelsWithin(n *html.Node, depth int) []*html.Node {
	var panels []*html.Node
	if depth == 0 {
		return nil
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if attr(c, "role") == "tabpanel" {
			panels = append(panels, c)
		} else if attr(c, "role") != "tablist" {
			panels = append(panels, panelsWithin(c, depth-1)...)
		}
	}
	return panels
}

// variants writes the tabs of a union with their boundaries.
func (r *htmlReader) variants(n *html.Node, depth int) {
	if list := ownTabs(n, ""); list != nil {
		r.tabs(list)
	}
	r.mark(token.Open)
	for i, panel := range ownPanels(n) {
		if i > 0 {
			r.mark(token.NextVariant)
		}
		r.as(token.Prose, panel, depth)
	}
	r.mark(token.Close)
}

// discriminator writes a field whose values choose between schemas: the field, then a tab for each value.
func (r *htmlReader) discriminator(n *html.Node, depth int) {
	tabs := findElement(n, func(c *html.Node) bool { return hasClass(c, "openapi-tabs__container") })
	var before func(*html.Node)
	before = func(m *html.Node) {
		for c := m.FirstChild; c != nil; c = c.NextSibling {
			switch {
			case c == tabs:
				return
			case tabs != nil && isAncestor(c, tabs):
				before(c)
			default:
				r.walk(c, depth+1)
			}
		}
	}
	before(n)
	if tabs != nil {
		r.printed(token.Discriminator)
		r.variants(tabs, depth)
	}
}

// statuses writes the responses, each in its own part: in HTML they cannot be confused.
func (r *htmlReader) statuses(n *html.Node, depth int) {
	list := ownTabs(n, "openapi-tabs__response-list-container")
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if isAncestor(c, list) { // the heading is next to the list
			r.children(c, depth+1)
			r.flush()
		}
	}
	panels, labels := ownPanels(n), tabLabels(list)
	for i, panel := range panels {
		r.mark(token.NextStatus)
		if i < len(labels) {
			r.tokens[len(r.tokens)-1].Text = escapeText(strings.TrimSpace(textOf(labels[i])))
		}
		r.inside(panel, depth)
	}
}

// mediaTypes writes each media type above its own schema.
func (r *htmlReader) mediaTypes(n *html.Node, depth int) {
	r.flush()
	labels := tabLabels(ownTabs(n, "openapi-tabs__mime-list-container"))
	panels := ownPanels(n)
	for i, label := range labels {
		r.numbered(label)
		r.tokens = append(r.tokens, token.Token{Kind: token.Item, Text: escapeText(strings.TrimSpace(textOf(label))), Line: r.line, First: true, Role: token.Structure})
		if i < len(panels) {
			r.as(token.Prose, panels[i], depth)
		}
	}
}

func isAncestor(n, of *html.Node) bool {
	for ; of != nil; of = of.Parent {
		if of == n {
			return true
		}
	}
	return false
}

var attributeLabel = regexp.MustCompile(`^(Possible\s+values|Default\s+value|Constant\s+value|Example):\s*$`)

// isAttribute reports whether an element is a line that the renderer prints below a field: a label in bold, then a value.
func isAttribute(n *html.Node) bool {
	first := n.FirstChild
	if first == nil {
		return false
	}
	if first.DataAtom != atom.Strong {
		return n.DataAtom == atom.Div && first == n.LastChild && first.Type == html.TextNode && strings.TrimSpace(first.Data) == "No schema"
	}
	m := attributeLabel.FindStringSubmatch(textOf(first))
	if m == nil || isFieldName(first) {
		return false
	}
	if n.DataAtom == atom.P { // Markdown that the renderer wrote; an example in a paragraph belongs to a named example
		return strings.HasPrefix(m[1], "Possible") || m[1] == "Example" && attr(n.Parent, "role") == "tabpanel"
	}
	return n.DataAtom == atom.Div
}

// isSampleTitle reports whether an element is the title above a named example, in the tab of that example.
func isSampleTitle(n *html.Node) bool {
	next := nextElement(n)
	return attr(n.Parent, "role") == "tabpanel" && next != nil && strings.Contains(attr(next, "class"), "samples-container")
}

func (r *htmlReader) code(n *html.Node, class string) {
	r.flush()
	if strings.Contains(class, "openapi__method-endpoint") {
		var words []string
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			words = append(words, textOf(c))
		}
		r.tokens = append(r.tokens, token.Token{Kind: token.Code, Lines: []string{strings.Join(words, " ")}, Line: r.line, Closed: true, Role: token.Structure})
		return
	}
	var lines []string
	var collect func(*html.Node, int)
	collect = func(m *html.Node, depth int) {
		for c := m.FirstChild; c != nil && depth < MaxHTMLDepth; c = c.NextSibling {
			if hasClass(c, "token-line") {
				lines = append(lines, strings.TrimRight(textOf(c), "\n"))
			} else {
				collect(c, depth+1)
			}
		}
	}
	collect(n, 0)
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
	r.tokens = append(r.tokens, token.Token{Kind: token.Code, Lines: lines, Language: language, Line: r.line, Closed: true, Role: r.role})
}
