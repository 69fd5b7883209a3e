package docpage

import (
	"bytes"
	"fmt"
	"strconv"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// document is the HTML of a page as tokens.
type document struct {
	tokens    []token
	skeletons int // places that were not rendered yet
	// tooDeep is a line with something nested too deep to be read, cut the last line of a document that ends before
	// cutElement is closed; 0 where there is none.
	tooDeep, cut int
	cutElement   string
}

// htmlTokens splits HTML into tokens.
func htmlTokens(data []byte) (*document, error) {
	numbered, lines, err := numberTags(data)
	if err != nil {
		return nil, err
	}
	root, err := html.Parse(bytes.NewReader(numbered))
	if err != nil {
		return nil, err
	}
	r := &htmlReader{line: 1}
	if canonical := markdownAddress.Replace(ownAddress(data)); canonical != "" {
		r.tokens = append(r.tokens, token{kind: paragraphLine, text: "[Skip to main content](" + canonical + ")", line: 1, first: true})
	}
	if main := findWithin(root, maxHTMLDepth, func(n *html.Node) bool { return n.DataAtom == atom.Main }); main != nil {
		root = main
	}
	prune(root, 0)
	r.walk(root, 0)
	r.flush()
	out := &document{tokens: r.tokens, skeletons: r.skeletons, tooDeep: r.tooDeep, cutElement: unclosed(data)}
	if out.cutElement != "" {
		out.cut = lines
	}
	return out, nil
}

// numberTags writes the line of every tag into the tag, because the parser forgets it, and counts the lines.
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

// maxElements bounds the memory that a page takes; real ones have some ten thousand.
const maxElements = 500_000

const lineAttribute = "data-source-line"

// unclosed names an element that a whole page closes at its end, and this one does not.
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
