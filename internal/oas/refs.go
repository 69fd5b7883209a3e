package oas

import (
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

// Ref returns the value of $ref in a mapping, or nil.
func Ref(node *yaml.Node) *yaml.Node {
	if ref := Child(node, "$ref"); ref != nil && ref.Kind == yaml.ScalarNode && !IsNull(ref) {
		return ref
	}
	return nil
}

// Follow returns the target of the reference in a $ref. The error names the line of the reference.
func (d *Documents) Follow(ref *yaml.Node) (*yaml.Node, error) {
	at, err := d.Resolve(d.FileOf(ref), ref.Value)
	nowhere := err == nil || errors.Is(err, fs.ErrNotExist)
	if err == nil {
		if node := d.Find(at); node != nil && !IsNull(node) {
			return node, nil
		}
		err = fmt.Errorf("$ref %q points at nothing", ref.Value)
	}
	if nowhere && d.published != nil {
		return d.emptyTarget(ref), nil
	}
	return nil, d.ErrorAt(ref, "%v", err)
}

// maxReferences is the longest chain of references. The time to follow it grows with the square of its length.
const maxReferences = 100

// Target follows the references of a node until there is no further one. Keys next to a $ref are ignored.
func (d *Documents) Target(node *yaml.Node) (*yaml.Node, error) {
	var passed []*yaml.Node
	for {
		node = Dealias(node)
		ref := Ref(node)
		if ref == nil {
			return node, nil
		}
		if slices.Contains(passed, node) {
			return nil, d.ErrorAt(ref, "$ref %q leads back to itself", ref.Value)
		}
		if len(passed) == maxReferences {
			return nil, d.ErrorAt(ref, "$ref %q stands after %d other references in a row", ref.Value, maxReferences)
		}
		passed = append(passed, node)
		next, err := d.Follow(ref)
		if err != nil {
			return nil, err
		}
		node = next
	}
}

// Resolve returns the place that a $ref in a file names. It reads the file, which need not contain the place; see
// [Documents.Find].
func (d *Documents) Resolve(from, ref string) (Place, error) {
	path, pointer := SplitRef(ref)
	file := from
	if path != "" {
		var err error
		if file, err = d.relative(from, path); err != nil {
			return Place{}, fmt.Errorf("$ref %q %w", ref, err)
		}
		if _, err := d.read(file); err != nil {
			return Place{}, fmt.Errorf("$ref %q cannot be read: %w", ref, err)
		}
	}
	if pointer == "" || strings.HasPrefix(pointer, "/") {
		return Place{file, pointer}, nil
	}
	at, err := d.anchor(file, pointer)
	if err != nil {
		return Place{}, fmt.Errorf("$ref %q %w", ref, err)
	}
	return at, nil
}

var address = regexp.MustCompile(`^(?:[A-Za-z][A-Za-z0-9+.-]*:|//)`)

// relative returns the file that a path in another file refers to. The path is without percent-encoding, as in nominal.
func (d *Documents) relative(from, path string) (string, error) {
	switch path = filepath.FromSlash(path); {
	case address.MatchString(path):
		return "", fmt.Errorf("is an address; only local files are read")
	case filepath.IsAbs(path):
		return "", fmt.Errorf("is an absolute path; only paths relative to the document are read")
	case !slices.Contains([]string{".json", ".yaml", ".yml"}, strings.ToLower(filepath.Ext(path))):
		return "", fmt.Errorf("is neither a JSON nor a YAML file")
	case d.alone:
		return "", fmt.Errorf("is in another file; bundle the document into one")
	}
	return d.nearby(from, filepath.Join(filepath.Dir(from), path)), nil
}

// nominal returns where a file should be according to a reference to it.
func nominal(from, path string) string {
	return filepath.Join(filepath.Dir(from), filepath.FromSlash(path))
}

// SplitRef returns the file and the pointer or anchor that a $ref names, both without percent-encoding.
func SplitRef(ref string) (file, pointer string) {
	file, pointer, _ = strings.Cut(ref, "#")
	return unescapePercent(file), unescapePercent(pointer)
}

// unescapePercent decodes percent-encoding such as %7B. A percent sign that begins no code is unchanged.
func unescapePercent(text string) string {
	if decoded, err := url.PathUnescape(text); err == nil {
		return decoded
	}
	return text
}
