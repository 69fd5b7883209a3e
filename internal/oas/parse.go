package oas

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"

	"github.com/highlevel-go/snapshots/internal/fileio"
)

// Limits that keep a hostile document from exhausting the machine. They are far beyond any real API description.
const (
	MaxDepth = 200     // of nesting
	maxNodes = 1 << 20 // with all aliases expanded
)

// Parse parses one YAML or JSON document. Its nodes know their line and column; aliases stay in the tree.
func Parse(file string, data []byte) (*yaml.Node, error) {
	if len(data) > fileio.MaxSize {
		return nil, errorAt(file, 0, "the document has %d MB; that is no API description", len(data)>>20)
	}
	data = bytes.TrimPrefix(data, byteOrderMark)
	if len(bytes.TrimSpace(data)) == 0 {
		return nil, errorAt(file, 0, "the file is empty")
	}
	if err := CheckUTF8(file, data); err != nil {
		return nil, err
	}
	read := parseYAML
	if IsJSON(file, data) {
		read = parseJSON
	}
	root, err := read(file, data)
	if err == nil {
		err = refuseAmbiguous(file, root)
	}
	if err != nil {
		return nil, err
	}
	return root, nil
}

var byteOrderMark = []byte("\ufeff")

// IsJSON reports whether a document is parsed as JSON: because of the name of its file or, with another name, because it is
// a JSON object.
func IsJSON(file string, data []byte) bool {
	data = bytes.TrimLeft(bytes.TrimPrefix(data, byteOrderMark), " \t\r\n")
	return strings.EqualFold(filepath.Ext(file), ".json") || len(data) > 0 && data[0] == '{' && json.Valid(data)
}

// CheckUTF8 checks that data is UTF-8. The error names the line that is not.
func CheckUTF8(file string, data []byte) error {
	if utf8.Valid(data) {
		return nil
	}
	return errorAt(file, lineOfInvalid(data), "the text is not UTF-8")
}

func lineOfInvalid(data []byte) int {
	line := 1
	for len(data) > 0 {
		r, size := utf8.DecodeRune(data)
		switch {
		case r == utf8.RuneError && size == 1:
			return line
		case r == '\n':
			line++
		}
		data = data[size:]
	}
	return line
}

func parseYAML(file string, data []byte) (*yaml.Node, error) {
	if bytes.Count(data, []byte("\n"))+bytes.Count(data, []byte(",")) > 2*maxNodes { // parsing it would take long before the values are counted
		return nil, errorAt(file, 0, "more than %d lines and commas: too much for YAML; make it JSON", 2*maxNodes)
	}
	var document yaml.Node
	decoder := yaml.NewDecoder(bytes.NewReader(data))
	if err := decoder.Decode(&document); err != nil && !errors.Is(err, io.EOF) {
		return nil, yamlError(file, err)
	}
	if len(document.Content) == 0 {
		return nil, errorAt(file, 0, "the document is empty")
	}
	var next yaml.Node
	switch err := decoder.Decode(&next); {
	case err == nil:
		return nil, errorAt(file, next.Line, "the file holds more than one document")
	case !errors.Is(err, io.EOF):
		return nil, yamlError(file, err)
	}
	return document.Content[0], nil
}

var yamlMessage = regexp.MustCompile(`^yaml: (?:line (\d+): )?`)

func yamlError(file string, err error) error {
	m := yamlMessage.FindStringSubmatch(err.Error())
	if m == nil {
		return errorAt(file, 0, "not YAML or JSON: %v", err)
	}
	line, _ := strconv.Atoi(m[1])
	return errorAt(file, line, "not YAML or JSON: %s", err.Error()[len(m[0]):])
}
