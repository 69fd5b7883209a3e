package fromhtml

import (
	"bytes"
	"fmt"
	"strconv"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/highlevel-go/snapshots/internal/docpage/page"
	"github.com/highlevel-go/snapshots/internal/docpage/rendered/token"
)

// Document is the HTML of a page as tokens.
type Document struct {
	Tokens    []token.Token
	Skeletons int // places that were not rendered yet
	// TooDeep is a line with something nested too deeply to be read, cut the last line of a document that ends before
	// CutElement is closed; 0 if there is none.
	TooDeep, Cut int
	CutElement   string
}

// Tokens splits HTML into tokens.
func Tokens(data []byte) (*Document, error) {
	numbered, lines, err := numberTags(data)
	if err != nil {
		return nil, err
	}
	root, err := html.Parse(bytes.NewReader(numbered))
	if err != nil {
		return nil, err
	}
	r := &htmlReader{line: 1}
	if canonical := markdownAddress.Replace(page.OwnAddress(data)); canonical != "" {
		r.tokens = append(r.tokens, token.Token{Kind: token.ParagraphLine, Text: "[Skip to main content](" + canonical + ")", Line: 1, First: true})
	}
	if main := findWithin(root, MaxHTMLDepth, func(n *html.Node) bool { return n.DataAtom == atom.Main }); main != nil {
		root = main
	}
	prune(root, 0)
	r.walk(root, 0)
	r.flush()
	out := &Document{Tokens: r.tokens, Skeletons: r.skeletons, TooDeep: r.tooDeep, CutElement: unclosed(data)}
	if out.CutElement != "" {
		out.Cut = lines
	}
	return out, nil
}

// numberTags adds to every tag its line, which the parser does not preserve, and counts the lines.
func numberTags(data []byte) (numbered []byte, last int, err error) {
	var out bytes.Buffer
	out.Grow(len(data) + len(data)/4)
	tokenizer := html.NewTokenizer(bytes.NewReader(data))
	line, tags := 1, 0
	for {
		kind := tokenizer.Next()
		raw := tokenizer.Raw()
		lines := bytes.Count(raw, []byte("\n"))
		if kind == html.StartTagToken || kind == html.SelfClosingTagToken {
			if tags++; tags > maxElements {
				return nil, 0, fmt.Errorf("the page has more than %d elements", maxElements)
			}
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
	return out.Bytes(), line, nil
}

// maxElements limits the memory for a page; real ones have some ten thousand elements.
const maxElements = 500_000

const lineAttribute = "data-source-line"

// unclosed returns the name of an element that every page closes at its end, and this one does not; "" if there is none.
func unclosed(data []byte) string {
	lower := bytes.ToLower(data)
	for _, name := range []string{"main", "article", "body"} {
		start := bytes.Index(lower, []byte("<"+name))
		if start >= 0 && !bytes.Contains(lower[start:], []byte("</"+name)) {
			return name
		}
	}
	return ""
}
