package docpage

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/highlevel-go/snapshots/internal/docpage/page"
	"github.com/highlevel-go/snapshots/internal/docpage/rendered"
	"github.com/highlevel-go/snapshots/internal/oas"
)

// MaxPage is the maximum size of a page; real ones are below 200 KB.
const MaxPage = 64 << 20

// Parse reads a page of any kind. An error means that it is not the page of an operation; problems with such a page are in
// its Issues.
func Parse(file string, data []byte) (*page.Page, error) {
	pages, err := ParseAll(file, data)
	switch {
	case len(pages) > 1:
		return nil, fmt.Errorf("%s: the document has %d operations; a page has one", file, len(pages))
	case len(pages) == 1:
		return pages[0], err
	}
	return nil, err
}

// ParseAll reads a page of any kind, or the operations of an OpenAPI document, each as a page. A document that refers to
// another file is an error; see [ReadFile].
func ParseAll(file string, data []byte) ([]*page.Page, error) {
	return parseAll(file, data, oas.Standalone)
}

// opener opens an OpenAPI document.
type opener func(file string, data []byte) (*oas.Documents, error)

func parseAll(file string, data []byte, open opener) ([]*page.Page, error) {
	if len(data) > MaxPage {
		return nil, fmt.Errorf("%s: %d bytes are more than the %d of the largest page that is read", file, len(data), MaxPage)
	}
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	if len(bytes.TrimSpace(data)) == 0 {
		return nil, fmt.Errorf("%s:1: the page is empty; fetch it again", file)
	}
	if i := bytes.IndexByte(data, 0); i >= 0 {
		return nil, fmt.Errorf("%s:%d: the page is not text", file, 1+bytes.Count(data[:i], []byte("\n")))
	}
	switch kind := sniff(data); kind {
	case "payload":
		return single(parsePayload(file, data))
	case "html":
		return single(rendered.ReadHTML(file, data))
	case "openapi":
		docs, err := open(file, data)
		if err != nil {
			return nil, err
		}
		return documentPages(docs, kind)
	}
	if document, line := embeddedDocument(data); line > 0 {
		return parseTwin(file, data, document, line, open)
	}
	if form, line := otherForm(data); form != "" {
		return nil, fmt.Errorf("%s:%d: this is %s, a form that is not supported; give the page of an operation, its Markdown twin (its address with .md at the end) or an OpenAPI 3 document", file, line, form)
	}
	return single(rendered.ReadMarkdown(file, data))
}

func single(p *page.Page, err error) ([]*page.Page, error) {
	if p == nil {
		return nil, err
	}
	return []*page.Page{p}, err
}

// sniff determines the kind of a page from its beginning.
func sniff(data []byte) string {
	head := strings.ToLower(string(bytes.TrimSpace(data[:min(len(data), 4096)])))
	if _, after, ok := strings.Cut(head, "-->"); ok && strings.HasPrefix(head, "<!--") { // Markdown, too, can begin with a comment
		head = strings.TrimSpace(after)
	}
	switch {
	case isDocument(data):
		return "openapi"
	case hasPayload(data):
		return "payload"
	case strings.HasPrefix(head, "<!doctype"), strings.HasPrefix(head, "<html"), strings.HasPrefix(head, "<?xml"),
		strings.HasPrefix(head, "<main"), strings.HasPrefix(head, "<article"), strings.HasPrefix(head, "<div"),
		strings.HasPrefix(head, "<!--") || strings.HasPrefix(head, "<head"), strings.HasPrefix(head, "<body"):
		return "html"
	case strings.HasPrefix(head, "<") && bytes.Contains(bytes.ToLower(data), []byte("</h1>")): // Markdown has no such heading
		return "html"
	}
	return "markdown"
}
