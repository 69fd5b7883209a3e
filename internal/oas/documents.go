package oas

import (
	"fmt"
	"path/filepath"

	"go.yaml.in/yaml/v3"

	"github.com/highlevel-go/snapshots/internal/fileio"
)

// maxFiles is the largest number of files that are opened for one document.
const maxFiles = 100

// Documents is a document with the files that it refers to. Each file is parsed once, when the first reference leads to it.
type Documents struct {
	file  string
	alone bool // no other file is read
	roots map[string]*yaml.Node
	data  map[string][]byte
	other map[*yaml.Node]string // the file of each node that is not in the main document
	keys  map[*yaml.Node]map[string]int
	size  int

	anchors map[string]map[string][]Place // of each file, by name
	pointed map[string]bool               // files whose references were changed to pointers; true if there were any to anchors

	published *published // nil if every fault is an error
}

// Open reads a document in a file. References lead to the files next to it.
func Open(file string) (*Documents, error) {
	data, err := fileio.Read(file)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", Printable(file), fileio.Reason(err))
	}
	return OpenData(file, data)
}

// OpenData is like [Open] with the content of the file, which need not exist yet.
func OpenData(file string, data []byte) (*Documents, error) {
	return open(filepath.Clean(file), data, false)
}

// Standalone reads a document that must not refer to another file, such as a downloaded one. The name is for errors.
func Standalone(name string, data []byte) (*Documents, error) { return open(name, data, true) }

func open(file string, data []byte, alone bool) (*Documents, error) {
	d := &Documents{file: file, alone: alone, roots: map[string]*yaml.Node{}, data: map[string][]byte{}, other: map[*yaml.Node]string{}, keys: map[*yaml.Node]map[string]int{}, anchors: map[string]map[string][]Place{}, pointed: map[string]bool{}}
	if _, err := d.add(file, data); err != nil {
		return nil, err
	}
	return d, nil
}

func (d *Documents) add(file string, data []byte) (*yaml.Node, error) {
	if d.size += len(data); d.size > fileio.MaxSize {
		return nil, errorAt(file, 0, "all files together have more than %d MB", fileio.MaxSize>>20)
	}
	root, err := Parse(file, data)
	if err != nil {
		return nil, err
	}
	if file != d.file {
		d.adopt(root, file)
	}
	d.roots[file], d.data[file] = root, data
	return root, nil
}

// adopt records the file of every node.
func (d *Documents) adopt(node *yaml.Node, file string) {
	d.other[node] = file
	for _, inner := range node.Content {
		d.adopt(inner, file)
	}
}

// read returns the root of a file, and opens the file the first time.
func (d *Documents) read(file string) (*yaml.Node, error) {
	if root := d.roots[file]; root != nil {
		return root, nil
	}
	if len(d.roots) > maxFiles {
		return nil, fmt.Errorf("the document refers to more than %d files", maxFiles)
	}
	data, err := fileio.Read(file)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", Printable(file), fileio.Reason(err))
	}
	return d.add(file, data)
}

// File returns the name of the document.
func (d *Documents) File() string { return d.file }

// Root returns the root node of the document.
func (d *Documents) Root() *yaml.Node { return d.roots[d.file] }

// Data returns the document as it was read.
func (d *Documents) Data() []byte { return d.data[d.file] }

// FileOf returns the file of a node.
func (d *Documents) FileOf(node *yaml.Node) string {
	if file, ok := d.other[node]; ok {
		return file
	}
	return d.file
}

// Find returns the node at a place, or nil.
func (d *Documents) Find(at Place) *yaml.Node {
	_, node := d.Lookup(at)
	return node
}

// Lookup returns the node at a place, or nil, with the key that leads to it or, if the node is nil, to the nearest node
// above it.
func (d *Documents) Lookup(at Place) (key, node *yaml.Node) {
	node = d.roots[at.File]
	key = node
	for _, name := range at.keys() {
		next, value := d.step(node, name)
		if value == nil {
			return key, nil
		}
		key, node = next, value
	}
	return key, node
}

// indexed is the number of keys from which a mapping gets an index.
const indexed = 64

// step is like [Step], with an index of the keys of large mappings.
func (d *Documents) step(node *yaml.Node, name string) (key, value *yaml.Node) {
	if node = Dealias(node); node == nil || node.Kind != yaml.MappingNode || len(node.Content) < 2*indexed {
		return Step(node, name)
	}
	index := d.keys[node]
	if index == nil {
		index = make(map[string]int, len(node.Content)/2)
		for i := 0; i+1 < len(node.Content); i += 2 {
			index[node.Content[i].Value] = i
		}
		d.keys[node] = index
	}
	if i, ok := index[name]; ok && i+1 < len(node.Content) && node.Content[i].Value == name && !isMerge(node.Content[i]) {
		return node.Content[i], Dealias(node.Content[i+1])
	}
	return Step(node, name)
}

// Line returns the line of the key of a place or, if the document does not have the place, of the nearest one above it.
func (d *Documents) Line(at Place) int {
	if key, _ := d.Lookup(at); key != nil {
		return key.Line
	}
	return 0
}

// Keys returns the keys of the mapping at a place in the order of the document.
func (d *Documents) Keys(at Place) []string { return Keys(d.Find(at)) }

// Errorf returns an error about a place, with its line.
func (d *Documents) Errorf(at Place, format string, args ...any) error {
	return &Error{File: at.File, Line: d.Line(at), Pointer: at.Pointer, Text: fmt.Sprintf(format, args...)}
}

// ErrorAt returns an error about a node.
func (d *Documents) ErrorAt(node *yaml.Node, format string, args ...any) error {
	return errorAt(d.FileOf(node), node.Line, format, args...)
}
