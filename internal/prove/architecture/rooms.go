// Package architecture compares the import graph of the code with the arrows of docs/architecture.md.
package architecture

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Project is the path that the import paths of all packages of the project begin with.
const Project = "github.com/highlevel-go/snapshots"

// Room is a directory of packages with one task. A package belongs to the room with the longest path that contains it.
type Room struct {
	Path string
	// Imports are the other rooms whose packages it imports, outside of tests.
	Imports []string
	// Libraries are the modules beyond the standard library that it imports, outside of tests.
	Libraries []string
	// Proves is true for rooms that exist to prove things about others. They may import anything, with the
	// exception of Never.
	Proves bool
	// Never are rooms that a room with Proves must not import.
	Never []string
}

// Package is a package as the go command lists it.
type Package struct {
	ImportPath string
	Imports    []string
}

// Problems compares packages with rooms. It reports every import that no arrow allows, every arrow and library that no
// import needs, and every package that is in no room. standard reports whether an import path is in the standard library.
func Problems(rooms []Room, packages []Package, standard func(path string) bool) []string {
	var out []string
	used := map[[2]string]bool{}
	for _, p := range packages {
		at := roomOf(rooms, p.ImportPath)
		if at == nil {
			out = append(out, fmt.Sprintf("%s lies in no room: give it one in internal/prove/architecture/arrows_test.go and a sentence in docs/architecture.md", p.ImportPath))
			continue
		}
		used[[2]string{at.Path, at.Path}] = true
		for _, path := range p.Imports {
			if standard(path) {
				continue
			}
			to, allowed := roomOf(rooms, path), at.Imports
			name := path
			if to != nil {
				name = to.Path
			} else {
				allowed = at.Libraries
				if i := slices.IndexFunc(allowed, func(l string) bool { return within(path, l) }); i >= 0 {
					name = allowed[i]
				}
			}
			used[[2]string{at.Path, name}] = true
			switch {
			case name == at.Path:
			case at.Proves && slices.Contains(at.Never, name), !at.Proves && !slices.Contains(allowed, name):
				out = append(out, fmt.Sprintf("%s imports %s, but %s may import only: %s. Move the code to where the arrow leads, or draw the arrow if it goes one way with the others",
					short(p.ImportPath), short(path), at.Path, cmp.Or(strings.Join(append(slices.Clone(at.Imports), at.Libraries...), ", "), "the standard library")))
			}
		}
	}
	for _, r := range rooms {
		if !used[[2]string{r.Path, r.Path}] {
			out = append(out, fmt.Sprintf("the room %s has no package", r.Path))
			continue
		}
		for _, to := range append(slices.Clone(r.Imports), r.Libraries...) {
			if !used[[2]string{r.Path, to}] {
				out = append(out, fmt.Sprintf("no package of %s imports %s: take the arrow away", r.Path, to))
			}
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// Mermaid draws the rooms and their arrows. Rooms that prove are drawn without arrows, since they may import nearly anything.
func Mermaid(rooms []Room) string {
	var b strings.Builder
	b.WriteString("```mermaid\nflowchart TD\n")
	node := func(path string) string { return strings.NewReplacer("/", "_", "-", "_").Replace(path) }
	for _, r := range rooms {
		shape := `["%s"]`
		if r.Proves {
			shape = `(["%s"])`
		}
		fmt.Fprintf(&b, "    %s"+shape+"\n", node(r.Path), r.Path)
	}
	for _, r := range rooms {
		for _, to := range r.Imports {
			fmt.Fprintf(&b, "    %s --> %s\n", node(r.Path), node(to))
		}
	}
	b.WriteString("```\n")
	return b.String()
}

// roomOf returns the room of a package, or nil if it is in none or belongs to another project.
func roomOf(rooms []Room, importPath string) *Room {
	var found *Room
	for i, r := range rooms {
		if within(importPath, Project+"/"+r.Path) && (found == nil || len(r.Path) > len(found.Path)) {
			found = &rooms[i]
		}
	}
	return found
}

// within reports whether a package has the given path, or is below it.
func within(path, dir string) bool { return path == dir || strings.HasPrefix(path, dir+"/") }

func short(path string) string { return strings.TrimPrefix(path, Project+"/") }
