package architecture_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/highlevel-go/snapshots/internal/prove/architecture"
)

var update = flag.Bool("update", false, "draw docs/architecture.md again")

const (
	root    = "../../.."
	picture = root + "/docs/architecture.md"

	kin  = "github.com/getkin/kin-openapi"
	yaml = "go.yaml.in/yaml/v3"
)

// rooms are the rooms of the project, from those that nothing of the project is imported into down to the engine. Each names
// the arrows that lead out of it, and there are no others.
var rooms = []architecture.Room{
	{Path: "cmd/snapshots", Imports: []string{"api", "api/locations", "api/oauth", "api/rest", "api/sandbox", "conformance/judge", "internal/fileio", "internal/version", "spec"},
		Libraries: []string{kin, "github.com/gofrs/flock", "github.com/google/jsonschema-go", "github.com/jedib0t/go-pretty/v6", "github.com/modelcontextprotocol/go-sdk", "github.com/schollz/progressbar/v3", "github.com/spf13/cobra", "github.com/zalando/go-keyring", yaml, "golang.org/x/term", "golang.org/x/text/unicode/norm"}},
	{Path: "cmd/specdrift", Imports: []string{"internal/check", "internal/docpage", "internal/drift", "internal/facts", "internal/fetch", "internal/fileio", "internal/oas", "internal/report", "internal/sectioninit", "internal/specedit", "internal/version"},
		Libraries: []string{"github.com/rogpeppe/go-internal", "github.com/spf13/cobra", "golang.org/x/term"}},
	{Path: "internal/sectioninit", Imports: []string{"gen", "internal/check", "internal/drift", "internal/facts", "internal/fileio", "internal/oas"}, Libraries: []string{"golang.org/x/mod", yaml}},
	{Path: "internal/check", Imports: []string{"internal/docpage", "internal/drift", "internal/facts", "internal/fileio", "internal/oas"}},
	{Path: "internal/demo", Imports: []string{"api", "api/locations", "api/sandbox", "conformance/judge", "internal/facts", "spec"}},
	{Path: "internal/fetch", Imports: []string{"api/rest", "internal/docpage", "internal/facts", "internal/fileio"}},
	{Path: "internal/report", Imports: []string{"internal/drift", "internal/fileio"}, Libraries: []string{"github.com/rogpeppe/go-internal"}},
	{Path: "internal/specedit", Imports: []string{"gen", "internal/drift", "internal/facts", "internal/oas"}, Libraries: []string{yaml}},
	{Path: "internal/docpage", Imports: []string{"internal/facts", "internal/fileio", "internal/oas"}, Libraries: []string{"golang.org/x/net"}},
	{Path: "internal/drift", Imports: []string{"internal/facts", "internal/fileio", "internal/oas"}, Libraries: []string{kin, "github.com/oasdiff/oasdiff", yaml}},
	{Path: "internal/facts", Imports: []string{"internal/oas"}, Libraries: []string{yaml}},
	{Path: "spec", Imports: []string{"internal/oas"}, Libraries: []string{kin}},
	{Path: "gen", Imports: []string{"internal/fileio", "internal/oas"}, Libraries: []string{kin, "github.com/oapi-codegen/oapi-codegen/v2", "github.com/rogpeppe/go-internal", "golang.org/x/exp", "golang.org/x/mod", "golang.org/x/tools", yaml}},
	{Path: "internal/oas", Imports: []string{"internal/fileio"}, Libraries: []string{"github.com/dlclark/regexp2/v2", kin, yaml}},
	{Path: "internal/fileio"},
	{Path: "internal/version"},
	{Path: "api/examples/otel", Imports: []string{"api", "api/rest", "api/sandbox"}, Libraries: []string{"go.opentelemetry.io"}},
	{Path: "api/redisstore", Imports: []string{"api/oauth", "api/rest"}, Libraries: []string{"github.com/redis/go-redis/v9"}},
	{Path: "api/sandbox", Imports: []string{"api", "api/internal", "api/locations", "api/oauth", "api/rest"}},
	{Path: "api/oauth", Imports: []string{"api/internal", "api/rest"}},
	{Path: "api/locations", Imports: []string{"api/rest"}},
	{Path: "api", Imports: []string{"api/internal", "api/locations", "api/rest"}},
	{Path: "api/internal"},
	{Path: "api/rest"},
	{Path: "conformance", Proves: true, Never: []string{"gen"}},
	{Path: "conformance/judge", Imports: []string{"internal/oas"}, Libraries: []string{kin, "github.com/dlclark/regexp2/v2", "github.com/santhosh-tekuri/jsonschema/v6", yaml, "golang.org/x/net", "golang.org/x/text"}},
	{Path: "internal/prove", Proves: true},
}

func TestImportsFollowTheArrows(t *testing.T) {
	packages := listPackages(t)
	standard := func(path string) bool { return !strings.Contains(strings.Split(path, "/")[0], ".") }
	for _, problem := range architecture.Problems(rooms, packages, standard) {
		t.Error(problem)
	}
}

// TestPictureShowsTheArrows compares the picture in docs/architecture.md with the rooms above, and asks for a sentence on each.
func TestPictureShowsTheArrows(t *testing.T) {
	data, err := os.ReadFile(picture)
	if err != nil {
		t.Fatal(err)
	}
	text := string(data)
	begin := strings.Index(text, "```mermaid\n")
	end := strings.Index(text[begin+1:], "```\n")
	if begin < 0 || end < 0 {
		t.Fatalf("%s has no mermaid block", picture)
	}
	end += begin + 1 + len("```\n")
	want := text[:begin] + architecture.Mermaid(rooms) + text[end:]
	if *update {
		if err := os.WriteFile(picture, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	} else if diff := cmp.Diff(want, text); diff != "" {
		t.Errorf("the picture is not what the rooms are; go test ./internal/prove/architecture -update draws it again:\n%s", diff)
	}
	for _, r := range rooms {
		if !strings.Contains(text, "\n| `"+r.Path+"/` | ") {
			t.Errorf("%s has no row that begins with | `%s/` |", picture, r.Path)
		}
	}
}

func TestWrongArrowIsToldWithBothEnds(t *testing.T) {
	rooms := []architecture.Room{{Path: "a", Imports: []string{"b"}}, {Path: "b"}, {Path: "b/inner", Libraries: []string{"example.com/lib"}}, {Path: "c", Proves: true, Never: []string{"a"}}}
	path := func(p string) string { return architecture.Project + "/" + p }
	problems := architecture.Problems(rooms, []architecture.Package{
		{ImportPath: path("a"), Imports: []string{"fmt", path("b"), path("b/inner"), "example.com/other"}},
		{ImportPath: path("b/x"), Imports: []string{path("a")}},
		{ImportPath: path("c"), Imports: []string{path("a"), path("b/inner"), "example.com/anything"}},
		{ImportPath: path("d")},
		{ImportPath: path("b/inner")},
	}, func(p string) bool { return p == "fmt" })
	for _, want := range []string{
		"a imports b/inner, but a may import only: b.", "a imports example.com/other, but", "b/x imports a, but b may import only: the standard library.", "c imports a, but",
		"/d lies in no room", "no package of b/inner imports example.com/lib",
	} {
		if !slices.ContainsFunc(problems, func(p string) bool { return strings.Contains(p, want) }) {
			t.Errorf("nothing says %q:\n%s", want, strings.Join(problems, "\n"))
		}
	}
	if len(problems) != 6 {
		t.Errorf("%d problems, want 6:\n%s", len(problems), strings.Join(problems, "\n"))
	}
}

// listPackages lists the packages of every module of the project, as the go command sees them.
func listPackages(t *testing.T) []architecture.Package {
	t.Helper()
	var out []architecture.Package
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if name := entry.Name(); entry.IsDir() && path != root && (strings.HasPrefix(name, ".") || name == "testdata" || name == "node_modules" || path == filepath.Join(root, "internal/tools") || path == filepath.Join(root, "internal/bench")) {
			return fs.SkipDir
		}
		if entry.Name() != "go.mod" {
			return nil
		}
		cmd := exec.Command("go", "list", "-json=ImportPath,Imports", "./...")
		cmd.Dir = filepath.Dir(path)
		cmd.Env = append(os.Environ(), "GOWORK=off")
		var stderr bytes.Buffer
		cmd.Stderr = &stderr
		listed, err := cmd.Output()
		if err != nil {
			return errors.New(stderr.String())
		}
		for decoder := json.NewDecoder(bytes.NewReader(listed)); ; {
			var p architecture.Package
			if err := decoder.Decode(&p); errors.Is(err, io.EOF) {
				break
			} else if err != nil {
				return err
			}
			if p.ImportPath != architecture.Project { // the directory of generate.go
				out = append(out, p)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}
