package docpage

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/highlevel-go/snapshots/internal/docpage/page"
	"github.com/highlevel-go/snapshots/internal/docpage/rendered"
)

// MaxPage is the largest page that is read; real ones are below 200 KB.
const MaxPage = 64 << 20

// Parse reads a page of any kind. An error means that it is not a page of an operation at all; what is wrong with a page
// that is one, its Issues tell.
func Parse(file string, data []byte) (*page.Page, error) {
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
	switch sniff(data) {
	case "payload":
		return parsePayload(file, data)
	case "html":
		return rendered.ReadHTML(file, data)
	}
	if form, line := otherForm(data); form != "" {
		return nil, fmt.Errorf("%s:%d: this is %s, a form that is not read; give the page of an operation, or its address with .md at the end", file, line, form)
	}
	return rendered.ReadMarkdown(file, data)
}

// sniff tells the kinds of page apart by how they begin.
func sniff(data []byte) string {
	head := strings.ToLower(string(bytes.TrimSpace(data[:min(len(data), 4096)])))
	if _, after, ok := strings.Cut(head, "-->"); ok && strings.HasPrefix(head, "<!--") { // Markdown, too, can begin with a comment
		head = strings.TrimSpace(after)
	}
	switch {
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
