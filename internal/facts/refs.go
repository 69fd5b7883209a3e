package facts

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

// library holds the documents that others refer to, each read once. Only files are followed, never addresses: what a document
// means must not depend on the network.
type library struct {
	dir   string
	roots map[string]*yaml.Node // by file
	files map[*yaml.Node]string // the file of each node that is in them
}

// maxDocuments bounds what one document can make its reader open.
const maxDocuments = 100

// fileOf is the file that a node stands in.
func (l *library) fileOf(node *yaml.Node, file string) string {
	if l != nil && l.files[node] != "" {
		return l.files[node]
	}
	return file
}

// open reads a file that a document refers to, by a path relative to that document.
func (l *library) open(name string) (*yaml.Node, error) {
	if l == nil {
		return nil, fmt.Errorf("it is in another file; bundle the document into one")
	}
	if strings.Contains(name, ":") || filepath.IsAbs(name) || !slices.Contains([]string{".json", ".yaml", ".yml"}, strings.ToLower(filepath.Ext(name))) {
		return nil, fmt.Errorf("only relative paths to .json and .yaml files are followed")
	}
	file := filepath.Join(l.dir, filepath.FromSlash(name))
	if root := l.roots[file]; root != nil {
		return root, nil
	}
	if len(l.roots) >= maxDocuments {
		return nil, fmt.Errorf("more than %d other files", maxDocuments)
	}
	data, err := ReadBounded(file)
	if err != nil {
		return nil, err
	}
	root, err := Parse(file, data)
	if err != nil {
		return nil, err
	}
	if l.roots == nil {
		l.roots, l.files = map[string]*yaml.Node{}, map[*yaml.Node]string{}
	}
	l.roots[file] = root
	l.adopt(root, file, name)
	return root, nil
}

// adopt remembers the file of every node, and makes its references relative to the first document.
func (l *library) adopt(node *yaml.Node, file, name string) {
	if node == nil || l.files[node] != "" {
		return
	}
	l.files[node] = file
	if ref := child(node, "$ref"); ref != nil && ref.Kind == yaml.ScalarNode && l.files[ref] == "" {
		path, pointer, _ := strings.Cut(ref.Value, "#")
		if path == "" {
			path = filepath.Base(name)
		}
		ref.Value = filepath.ToSlash(filepath.Join(filepath.Dir(name), path)) + "#" + pointer
	}
	for _, inner := range node.Content {
		l.adopt(inner, file, name)
	}
}

// resolve follows the references of a node.
func (r *reader) resolve(node *yaml.Node) *yaml.Node {
	for hops := 0; ; hops++ {
		node = dealias(node)
		ref := child(node, "$ref")
		if ref == nil || ref.Kind != yaml.ScalarNode {
			return node
		}
		target := r.lookup(ref)
		if target == nil || hops > 50 {
			r.fail(ref, "the reference %s leads nowhere", ref.Value)
			return nil
		}
		node = target
	}
}

// lookup finds what a reference names; nil where that is nothing, which is an error.
func (r *reader) lookup(ref *yaml.Node) *yaml.Node {
	file, pointer, _ := strings.Cut(ref.Value, "#")
	node := r.root
	if file != "" {
		var err error
		if node, err = r.others.open(file); err != nil {
			r.fail(ref, "the reference %s cannot be followed: %v", ref.Value, err)
			return nil
		}
	}
	if pointer == "" && file != "" {
		return node
	}
	pointer, ok := strings.CutPrefix(pointer, "/")
	if !ok {
		return nil
	}
	for _, part := range strings.Split(pointer, "/") {
		part = strings.ReplaceAll(strings.ReplaceAll(part, "~1", "/"), "~0", "~")
		if node = child(node, part); node == nil {
			return nil
		}
	}
	if node.Tag == "!!null" {
		return nil
	}
	return node
}
