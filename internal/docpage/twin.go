package docpage

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/highlevel-go/snapshots/internal/docpage/page"
	"github.com/highlevel-go/snapshots/internal/oas"
)

// The Markdown twin of a page, which a site serves at the page's address with the suffix .md, ends with the OpenAPI document
// of its operation. The facts come from the document, with their lines in the twin; what is above it is compared with it
// (twin_check.go).

var (
	fenceLine  = regexp.MustCompile("^ {0,3}(`{3,}|~{3,})\\s*([\\w-]*)")
	methodLine = regexp.MustCompile(`^(GET|PUT|POST|DELETE|OPTIONS|HEAD|PATCH|TRACE)\s+((?:https?://|/)\S*)$`)
)

// embeddedDocument finds the OpenAPI document in Markdown: the last block of code that begins like one. The data that it
// returns has the lines of the page; line is that of the fence, 0 if there is none.
func embeddedDocument(data []byte) (document []byte, line int) {
	if !bytes.Contains(data, []byte("openapi")) {
		return nil, 0
	}
	fence, from, at, offset := "", 0, 0, 0
	for number := 1; offset < len(data); number++ {
		end := len(data)
		if i := bytes.IndexByte(data[offset:], '\n'); i >= 0 {
			end = offset + i + 1
		}
		text := bytes.TrimRight(data[offset:end], " \t\r\n")
		m := fenceLine.FindSubmatch(text)
		switch {
		case m == nil:
		case fence == "":
			fence, from, at = string(m[1]), end, number
		case bytes.HasPrefix(m[1], []byte(fence)) && len(m[2]) == 0:
			if isDocument(data[from:offset]) {
				document, line = data[from:offset], at
			}
			fence = ""
		}
		offset = end
	}
	if fence != "" && isDocument(data[from:]) { // it is truncated, which its reader reports
		document, line = data[from:], at
	}
	if line == 0 {
		return nil, 0
	}
	return append(bytes.Repeat([]byte("\n"), line), document...), line
}

// checkJSON returns what is wrong with JSON; YAML is left to its reader.
func checkJSON(document []byte) error {
	if !bytes.HasPrefix(bytes.TrimSpace(document), []byte("{")) || json.Valid(document) {
		return nil
	}
	var value json.RawMessage
	return json.Unmarshal(document, &value)
}

// parseTwin reads Markdown that contains an OpenAPI document. In a twin, which is about one operation, the document refers
// to no other file.
func parseTwin(file string, data, document []byte, line int, open opener) ([]*page.Page, error) {
	if err := oas.CheckUTF8(file, data); err != nil {
		return nil, err
	}
	if err := checkJSON(document); err != nil {
		at := line
		if syntax := (*json.SyntaxError)(nil); errors.As(err, &syntax) {
			at = 1 + bytes.Count(document[:min(int(syntax.Offset), len(document))], []byte("\n"))
		}
		reason := "not JSON"
		switch {
		case strings.Contains(err.Error(), "unexpected end"):
			reason = "cut"
		case strings.Contains(err.Error(), "max depth"):
			reason = "nested too deeply"
		}
		return nil, fmt.Errorf("%s:%d: the OpenAPI document of the page is %s (%w); fetch it again", file, at, reason, err)
	}
	head := readTwinHead(strings.Split(string(data), "\n")[:line-1])
	if head.isTwin() {
		open = oas.Standalone
	}
	docs, err := open(file, document)
	if err != nil {
		return nil, err
	}
	pages, err := documentPages(docs, "twin")
	if err != nil {
		return nil, err
	}
	if !head.isTwin() { // a document within text
		return pages, nil
	}
	if len(pages) != 1 {
		return nil, fmt.Errorf("%s:%d: the page is about one operation, its OpenAPI document has %d; fetch it again", file, line, len(pages))
	}
	isComplete := pages[0].Judgeable()
	err = compareTwin(pages[0], head, docs)
	if !isComplete { // what is missing from it also contradicts the rest of the page
		pages[0].Issues = slices.DeleteFunc(pages[0].Issues, func(i page.Issue) bool { return i.Kind == page.Contradiction })
	}
	return pages, err
}
