package oas

import (
	"os"
	"path/filepath"
	"slices"

	"go.yaml.in/yaml/v3"
)

// published has the replacements of missing targets and files of a published document.
type published struct {
	empty map[*yaml.Node]*yaml.Node // the empty target of a reference without a target
	found map[string]string         // where a file was found that is not where a reference has it; "" if it was not found
}

// AsPublished makes d accept known faults of published documents: a reference without a target leads to {}, and a file that
// is not where a reference has it is searched for nearby. [Documents.Faults] lists them.
func (d *Documents) AsPublished() *Documents {
	d.published = &published{map[*yaml.Node]*yaml.Node{}, map[string]string{}}
	return d
}

// IsAsPublished reports whether known faults are accepted.
func (d *Documents) IsAsPublished() bool { return d.published != nil }

// emptyTarget returns the {} for a reference without a target.
func (d *Documents) emptyTarget(ref *yaml.Node) *yaml.Node {
	node := d.published.empty[ref]
	if node == nil {
		node = &yaml.Node{Kind: yaml.MappingNode, Tag: "!!map", Line: ref.Line, Column: ref.Column}
		d.published.empty[ref] = node
		if file := d.FileOf(ref); file != d.file {
			d.other[node] = file
		}
	}
	return node
}

// nearby returns the path of a file that a reference names: as it says or, in a published document, next to the document or
// one folder away.
func (d *Documents) nearby(from, file string) string {
	if d.published == nil || d.roots[file] != nil || exists(file) {
		return file
	}
	found, known := d.published.found[file]
	if !known {
		dir, base := filepath.Dir(from), filepath.Base(file)
		tail := filepath.Join(filepath.Base(filepath.Dir(file)), base) // common/schemas.json
		above := filepath.Join(dir, "..")
		candidates := []string{filepath.Join(dir, base), filepath.Join(dir, tail), filepath.Join(above, tail), filepath.Join(above, base), filepath.Join(above, "..", tail)}
		for _, around := range []string{dir, above} {
			beside, _ := filepath.Glob(filepath.Join(globEscape(around), "*", globEscape(base)))
			candidates = append(candidates, beside...)
		}
		if i := slices.IndexFunc(candidates, exists); i >= 0 {
			found = candidates[i]
		}
		d.published.found[file] = found
	}
	if found == "" {
		return file
	}
	return found
}

func exists(file string) bool {
	info, err := os.Stat(file)
	return err == nil && info.Mode().IsRegular()
}

// globEscape returns a pattern that matches only the path.
func globEscape(path string) string {
	var out []rune
	for _, r := range path {
		if r == '*' || r == '?' || r == '[' || r == '\\' && filepath.Separator != '\\' {
			out = append(out, '\\')
		}
		out = append(out, r)
	}
	return string(out)
}
