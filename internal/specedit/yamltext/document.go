// Package yamltext edits a YAML document as text, at the positions of its nodes. Everything else is unchanged: comments,
// order, blank lines, style and line ends.
//
// After a change, the nodes below it have wrong lines until [Document.Reload] is called.
package yamltext

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/highlevel-go/snapshots/internal/oas"
)

// Document is a YAML document as lines, with the nodes in them.
type Document struct {
	*oas.Documents
	lines      []string
	begin, end string // the byte order mark of the file, if any, and the end of each line
}

const byteOrderMark = "\ufeff"

// Open parses a document.
func Open(file string, data []byte) (*Document, error) {
	docs, err := oas.OpenData(file, data)
	if err != nil {
		return nil, err
	}
	d := &Document{Documents: docs, end: "\n"}
	if oas.IsJSON(file, data) {
		return nil, fmt.Errorf("%s: only YAML can be edited in place; this is JSON", file)
	}
	text, marked := bytes.CutPrefix(data, []byte(byteOrderMark))
	if marked {
		d.begin = byteOrderMark
	}
	if pairs := bytes.Count(text, []byte("\r\n")); pairs > 0 && pairs == bytes.Count(text, []byte("\n")) {
		d.end = "\r\n"
	}
	d.lines = strings.Split(string(text), d.end)
	for i, line := range d.lines { // the parser treats these as line ends, too
		if strings.ContainsAny(line, "\r\n\u0085\u2028\u2029") {
			return nil, fmt.Errorf("%s:%d: the file has several kinds of line ends; make them all the same, or edit it by hand", file, i+1)
		}
	}
	return d, nil
}

// Bytes returns the text of the document.
func (d *Document) Bytes() []byte { return []byte(d.begin + strings.Join(d.lines, d.end)) }

// Clone returns a copy.
func (d *Document) Clone() *Document {
	clone := *d
	clone.lines = slices.Clone(d.lines)
	return &clone
}

// Reload parses the text again.
func (d *Document) Reload() error {
	again, err := Open(d.File(), d.Bytes())
	if err == nil {
		*d = *again
	}
	return err
}

// Target follows the references of a node. It returns nil if they have no target, or one in another file, which is not edited.
func (d *Document) Target(node *yaml.Node) *yaml.Node {
	target, err := d.Documents.Target(node)
	if err != nil || target == nil || d.FileOf(target) != d.File() {
		return nil
	}
	return target
}

func (d *Document) line(node *yaml.Node) string { return d.lines[node.Line-1] }

// splice replaces a part of a node's line.
func (d *Document) splice(node *yaml.Node, from, to int, text string) {
	line := d.line(node)
	d.lines[node.Line-1] = line[:from] + text + line[to:]
}

// InsertLines inserts lines after a line; after counts from 1.
func (d *Document) InsertLines(after int, lines []string) {
	d.lines = append(d.lines[:after:after], append(lines, d.lines[after:]...)...)
}

// DeleteLines removes the lines from through to, counted from 1.
func (d *Document) DeleteLines(from, to int) {
	d.lines = append(d.lines[:from-1:from-1], d.lines[to:]...)
}

// BlockEnd returns the last line of a block: the one before the next line that is indented no deeper than the block's parent key. The
// dashes of a list may have the indentation of its key; then they belong to the block.
func (d *Document) BlockEnd(keyLine, indent int, dashes bool) int {
	end := keyLine
	for i := keyLine; i < len(d.lines); i++ {
		line := d.lines[i]
		trimmed := strings.TrimLeft(line, " ")
		if trimmed == "" || strings.HasPrefix(trimmed, "#") {
			continue
		}
		depth := len(line) - len(trimmed)
		if depth < indent || depth == indent && !(dashes && strings.HasPrefix(trimmed, "-")) {
			break
		}
		end = i + 1
	}
	return end
}

// Encode encodes a node as lines with an indentation.
func Encode(node *yaml.Node, indent int) ([]string, error) {
	var out bytes.Buffer
	encoder := yaml.NewEncoder(&out)
	encoder.SetIndent(2)
	if err := encoder.Encode(node); err != nil {
		return nil, err
	}
	if err := encoder.Close(); err != nil {
		return nil, err
	}
	lines := strings.Split(strings.TrimRight(out.String(), "\n"), "\n")
	for i := range lines {
		if lines[i] != "" {
			lines[i] = strings.Repeat(" ", indent) + lines[i]
		}
	}
	return lines, nil
}
