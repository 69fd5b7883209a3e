package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"
)

// sources keeps the nodes of every document that the spec is made of. The loader of the OpenAPI model forgets lines and the
// order of keys; both are looked up here.
type sources struct {
	docs map[string]*yaml.Node
}

// maxSize keeps a wrong file (a disk image, an endless device) from filling the memory.
const maxSize = 64 << 20

var yamlLine = regexp.MustCompile(`^yaml: (?:unmarshal errors:\s*)?(?:line (\d+): )?`)

// read parses a document once.
func (ss *sources) read(file string) (*yaml.Node, error) {
	if doc, ok := ss.docs[file]; ok {
		return doc, nil
	}
	data, err := readSpec(file)
	if err != nil {
		return nil, err
	}
	if json.Valid(data) {
		data = bytes.ReplaceAll(data, []byte("\t"), []byte(" ")) // JSON may indent with tabs, YAML may not
	}
	var doc yaml.Node
	if err := yaml.Unmarshal(data, &doc); err != nil {
		m := yamlLine.FindStringSubmatch(err.Error())
		line, _ := strconv.Atoi(m[1])
		return nil, &fault{file: file, line: line, text: "not YAML or JSON: " + strings.TrimSpace(err.Error()[len(m[0]):])}
	}
	if len(doc.Content) != 1 {
		return nil, &fault{file: file, text: "the document is empty"}
	}
	root := doc.Content[0]
	if root.Kind != yaml.MappingNode {
		return nil, &fault{file: file, line: root.Line, text: "not an OpenAPI document: the top is not a mapping"}
	}
	if ss.docs == nil {
		ss.docs = map[string]*yaml.Node{}
	}
	ss.docs[file] = root
	return root, nil
}

func readSpec(file string) ([]byte, error) {
	info, err := os.Stat(file)
	switch {
	case err != nil:
		return nil, &fault{file: file, text: reason(err)}
	case info.IsDir():
		return nil, &fault{file: file, text: "is a directory, not a document"}
	case info.Size() > maxSize:
		return nil, &fault{file: file, text: fmt.Sprintf("has %d MB; that is no API description", info.Size()>>20)}
	}
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, &fault{file: file, text: reason(err)}
	}
	return data, nil
}

// reason is an error of the file system without the path, which the fault names already.
func reason(err error) string {
	if pe, ok := err.(*os.PathError); ok {
		return pe.Err.Error()
	}
	return err.Error()
}

// find is the node at a place, or nil.
func (ss *sources) find(at place) *yaml.Node {
	_, node := ss.lookup(at)
	return node
}

// line is where the key of a place stands; when the place itself is not in the document, the nearest one above it.
func (ss *sources) line(at place) int {
	key, _ := ss.lookup(at)
	if key == nil {
		return 0
	}
	return key.Line
}

// lookup walks down and returns the node, and the key that leads to it (as far as the walk went).
func (ss *sources) lookup(at place) (key, node *yaml.Node) {
	node = deref(ss.docs[at.file])
	key = node
	if at.pointer == "" || node == nil {
		return key, node
	}
	for token := range strings.SplitSeq(strings.TrimPrefix(at.pointer, "/"), "/") {
		k, v := child(node, unescapeToken(token))
		if v == nil {
			return key, nil
		}
		key, node = k, v
	}
	return key, node
}

// child is a value of a mapping with its key, or an item of a sequence.
func child(node *yaml.Node, name string) (key, value *yaml.Node) {
	switch {
	case node == nil:
	case node.Kind == yaml.MappingNode:
		for i := 0; i+1 < len(node.Content); i += 2 {
			if node.Content[i].Value == name {
				return node.Content[i], deref(node.Content[i+1])
			}
		}
	case node.Kind == yaml.SequenceNode:
		if i, err := strconv.Atoi(name); err == nil && i >= 0 && i < len(node.Content) {
			return node.Content[i], deref(node.Content[i])
		}
	}
	return nil, nil
}

// deref follows YAML aliases.
func deref(node *yaml.Node) *yaml.Node {
	for n := 0; node != nil && node.Kind == yaml.AliasNode && n < 100; n++ {
		node = node.Alias
	}
	return node
}

// keys are the keys of a mapping in the order of the document.
func (ss *sources) keys(at place) []string {
	node := ss.find(at)
	if node == nil || node.Kind != yaml.MappingNode {
		return nil
	}
	keys := make([]string, 0, len(node.Content)/2)
	for i := 0; i+1 < len(node.Content); i += 2 {
		keys = append(keys, node.Content[i].Value)
	}
	return keys
}

// resolve is the place that a $ref points at, seen from the file that holds it. Only local files are read.
func (ss *sources) resolve(from, ref string) (place, error) {
	file, pointer, _ := strings.Cut(ref, "#")
	switch {
	case strings.Contains(file, "://"):
		return place{}, fmt.Errorf("$ref %q is on the network; only local files are read", ref)
	case file == "":
		file = from
	case filepath.IsAbs(file):
		return place{}, fmt.Errorf("$ref %q is an absolute path; only paths relative to the document are read", ref)
	default:
		file = filepath.Join(filepath.Dir(from), filepath.FromSlash(file))
		switch strings.ToLower(filepath.Ext(file)) {
		case ".json", ".yaml", ".yml":
		default:
			return place{}, fmt.Errorf("$ref %q is neither a JSON nor a YAML file", ref)
		}
		if _, err := ss.read(file); err != nil {
			return place{}, fmt.Errorf("$ref %q cannot be read: %w", ref, err)
		}
	}
	if pointer != "" && !strings.HasPrefix(pointer, "/") {
		return place{}, fmt.Errorf("$ref %q is not a JSON pointer", ref)
	}
	return place{file, percentDecoded(pointer)}, nil
}

func percentDecoded(s string) string {
	if !strings.Contains(s, "%") {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] == '%' && i+2 < len(s) {
			if n, err := strconv.ParseUint(s[i+1:i+3], 16, 8); err == nil {
				b.WriteByte(byte(n))
				i += 2
				continue
			}
		}
		b.WriteByte(s[i])
	}
	return b.String()
}
