package sectioninit

import (
	"fmt"
	"go/token"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/mod/modfile"
)

// Project is the module path of this project.
const Project = "github.com/highlevel-go/snapshots"

// Module is the Go module that a section is for.
type Module struct {
	Path string // the import path of the folder that contains spec and api; "" if it is not in a module
	API  string // the import path of api
	// Generate is the file with the go:generate lines, with its content; "" if there is none.
	Generate     string
	GenerateText []byte
}

// ReadModule finds the module that contains a folder.
func ReadModule(folder string) (Module, error) {
	var m Module
	var err error
	if m.Path, err = importPath(folder); err != nil {
		return m, err
	}
	if m.API, err = importPath(filepath.Join(folder, "api")); err != nil {
		return m, err
	}
	file := filepath.Join(folder, "generate.go")
	data, err := os.ReadFile(file)
	switch {
	case err == nil:
		m.Generate, m.GenerateText = file, data
	case !os.IsNotExist(err):
		return m, err
	}
	return m, nil
}

// importPath returns the import path of a folder; "" if it is not in a module.
func importPath(folder string) (string, error) {
	at, err := filepath.Abs(folder)
	if err != nil {
		return "", err
	}
	for down := "."; ; at, down = filepath.Dir(at), path.Join(filepath.Base(at), down) {
		switch data, err := os.ReadFile(filepath.Join(at, "go.mod")); {
		case err == nil:
			if module := modfile.ModulePath(data); module != "" {
				return path.Join(module, down), nil
			}
			return "", fmt.Errorf("%s names no module", filepath.Join(at, "go.mod"))
		case !os.IsNotExist(err):
			return "", err
		case filepath.Dir(at) == at:
			return "", nil
		}
	}
}

// CheckName returns an error for a name that the folder of a section cannot have in a Go module.
func CheckName(section string) error {
	switch section {
	case "internal", "vendor", "testdata":
		return fmt.Errorf("%q cannot be the name of a section: Go has rules of its own for folders of this name", section)
	case "con", "prn", "aux", "nul":
		return fmt.Errorf("%q cannot be the name of a section: Windows has no files of this name, and Go no import path with it", section)
	case "docs":
		return fmt.Errorf("%q cannot be the name of a section: records are in folders of this name", section)
	}
	return nil
}

// usedNames are the names of packages that generated code imports, which its own package cannot have.
var usedNames = strings.Fields("base64 bytes cmp context errors fmt http io iter json maps multipart reflect regexp slices strconv strings textproto time unicode url utf8 rest runtime main init")

// PackageName returns the name of a section's package: the letters and digits of the section's name, with the suffix api if
// Go or the generated code uses that name for something else.
func PackageName(section string) string {
	name := strings.Map(func(r rune) rune {
		if r < unicode.MaxASCII && (unicode.IsLetter(r) || unicode.IsDigit(r)) {
			return unicode.ToLower(r)
		}
		return -1
	}, section)
	if slices.Contains(usedNames, name) || token.IsKeyword(name) {
		return name + "api"
	}
	return name
}
