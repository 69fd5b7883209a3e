package api_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/highlevel-go/snapshots/api/internal/leak"
)

const module = "github.com/highlevel-go/snapshots/api"

// goTool runs the go command in a directory, as somebody does who has nothing but this module: no workspace, no network.
func goTool(t *testing.T, dir string, args ...string) string {
	t.Helper()
	cmd := exec.Command("go", args...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "GOWORK=off", "GOFLAGS=-mod=mod "+os.Getenv("GOFLAGS"), "GOPROXY=off", "GOSUMDB=off", "GOTOOLCHAIN=local")
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("go %s: %v\n%s", strings.Join(args, " "), err, out)
	}
	return string(out)
}

func TestOnlyTheStandardLibraryIsNeeded(t *testing.T) {
	leak.Check(t)
	for path := range strings.FieldsSeq(goTool(t, ".", "list", "-deps", "-test", "./...")) {
		own := path == module || strings.HasPrefix(path, module+"/") || strings.HasPrefix(path, module+".test") ||
			strings.HasPrefix(path, module+"_test") || strings.HasPrefix(path, "[") // what a package is compiled for
		first, _, _ := strings.Cut(path, "/")
		if !own && strings.Contains(first, ".") {
			t.Errorf("package %s is needed", path)
		}
	}
	if text := goTool(t, ".", "list", "-m", "all"); strings.TrimSpace(text) != module {
		t.Errorf("modules are\n%s", text)
	}
}

const consumer = `package main

import (
	"context"
	"errors"
	"fmt"
	"os"

	"github.com/highlevel-go/snapshots/api"
	"github.com/highlevel-go/snapshots/api/oauth"
	"github.com/highlevel-go/snapshots/api/rest"
	"github.com/highlevel-go/snapshots/api/sandbox"
)

func main() {
	var _ rest.TokenSource = (*oauth.Source)(nil)
	server, err := sandbox.Start()
	if err != nil {
		panic(err)
	}
	defer server.Close()
	client, err := server.Client()
	if err != nil {
		panic(err)
	}
	link, err := client.CreateShareLink(context.Background(), api.CreateShareLinkRequest{
		SnapshotID: sandbox.Snapshot1, ShareType: api.ShareTypePermanentLink,
	})
	if errors.Is(err, api.ErrMissingScope) {
		os.Exit(1)
	}
	fmt.Println(link.ID, err)
}
`

func TestProgramInAnotherModuleImportsItByPath(t *testing.T) {
	leak.Check(t)
	if testing.Short() {
		t.Skip("compiles a program: left out with -short")
	}
	here, err := filepath.Abs(".")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	files := map[string]string{
		"main.go": consumer,
		"go.mod": "module example.com/consumer\n\ngo 1.26\n\nrequire " + module + " v0.0.0\n\nreplace " + module + " => " +
			filepath.ToSlash(here) + "\n",
	}
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	goTool(t, dir, "vet", "./...")
	if out := goTool(t, dir, "run", "."); out != "share-1 <nil>\n" {
		t.Errorf("the program wrote %q", out)
	}
	if sums, err := os.ReadFile(filepath.Join(dir, "go.sum")); err == nil && len(sums) > 0 {
		t.Errorf("it took more than the module:\n%s", sums)
	}
}
