package docpage

import (
	"bytes"
	"fmt"
	"slices"
	"strconv"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/highlevel-go/snapshots/internal/facts"
)

// parseHTML reads a page as a browser shows it. What Markdown loses is kept: which fields are inside which.
func parseHTML(file string, data []byte) (*Page, error) {
	page := &Page{File: file, Source: "html"}
	numbered, cut, err := numberTags(data)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	document, err := html.Parse(bytes.NewReader(numbered))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	r := &htmlReader{line: 1}
	if canonical := markdownAddress.Replace(ownAddress(data)); canonical != "" {
		r.tokens = append(r.tokens, token{kind: paragraphLine, text: "[Skip to main content](" + canonical + ")", line: 1, first: true})
	}
	root := document
	if main := findWithin(document, maxHTMLDepth, func(n *html.Node) bool { return n.DataAtom == atom.Main }); main != nil {
		root = main
	}
	prune(root, 0)
	r.walk(root, 0)
	r.flush()
	if err := read(page, map[string]string{}, r.tokens, r.skeletons); err != nil {
		return page, err
	}
	page.NoParamExamples = !slices.ContainsFunc(page.Facts, func(f facts.Fact) bool {
		return f.Place.IsParam() && (f.Aspect == facts.Example || f.Aspect == facts.Examples)
	})
	if r.tooDeep > 0 {
		page.Report(Unread, r.tooDeep, "what is here is nested deeper than %d elements", maxHTMLDepth)
	}
	if cut > 0 {
		page.Report(Truncated, cut, "the page ends inside its HTML: <%s> is never closed", cutName(data))
	}
	return page, nil
}

// numberTags writes the line of every tag into the tag, because the parser forgets it. cut is the last line of a document
// that ends before it is closed.
func numberTags(data []byte) (numbered []byte, cut int, err error) {
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
	if cutName(data) != "" {
		cut = line
	}
	return out.Bytes(), cut, nil
}

// maxElements bounds the memory that a page takes; real ones have some ten thousand.
const maxElements = 500_000

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
