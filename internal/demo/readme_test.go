package main

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

const root = "../.." // of the repository

// prose are the documents for people; what they say about the repository must be so.
var prose = []string{"README.md", "CONTRIBUTING.md", "CHANGELOG.md"}

func readProse(t *testing.T, file string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(root, file))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

var goBlock = regexp.MustCompile("(?ms)^```go\n(.*?)^```")

func TestTheProgramsInTheProseCompile(t *testing.T) {
	programs := 0
	for _, file := range prose {
		for _, block := range goBlock.FindAllStringSubmatch(readProse(t, file), -1) {
			programs++
			binary, overlay := buildBlock(t, file, block[1])
			runGo(t, "vet", "-overlay", overlay, "./internal/demo/testdata")

			// Without a token it must say so, and not get as far as the network.
			command := exec.CommandContext(t.Context(), binary)
			command.Env = []string{"HIGHLEVEL_TOKEN="}
			out, err := command.CombinedOutput()
			if _, failed := errors.AsType[*exec.ExitError](err); !failed || !strings.Contains(string(out), "token") {
				t.Errorf("%s: without a token the program ends with %v and says %q", file, err, out)
			}
		}
	}
	if programs == 0 {
		t.Error("the README shows no program")
	}
}

// buildBlock builds a program as if it stood in a directory of this module, so that nothing is written into the checkout.
func buildBlock(t *testing.T, file, program string) (binary, overlay string) {
	t.Helper()
	if !strings.HasPrefix(program, "package main\n") {
		t.Fatalf("%s: a block of Go is no program that can be copied:\n%s", file, program)
	}
	dir := t.TempDir()
	source := filepath.Join(dir, "main.go")
	if err := os.WriteFile(source, []byte(program), 0o644); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.CommandContext(t.Context(), "gofmt", "-l", source).CombinedOutput(); err != nil || len(out) > 0 {
		t.Errorf("%s: gofmt would change the program: %v %s", file, err, out)
	}
	place, err := filepath.Abs("testdata/main.go")
	if err != nil {
		t.Fatal(err)
	}
	list, err := json.Marshal(map[string]any{"Replace": map[string]string{place: source}})
	if err != nil {
		t.Fatal(err)
	}
	binary, overlay = filepath.Join(dir, "program.exe"), filepath.Join(dir, "overlay.json")
	if err := os.WriteFile(overlay, list, 0o644); err != nil {
		t.Fatal(err)
	}
	runGo(t, "build", "-overlay", overlay, "-o", binary, "./internal/demo/testdata")
	return binary, overlay
}

func runGo(t *testing.T, args ...string) {
	t.Helper()
	command := exec.CommandContext(t.Context(), "go", args...)
	command.Dir = root
	if out, err := command.CombinedOutput(); err != nil {
		t.Fatalf("go %s: %v\n%s", strings.Join(args, " "), err, out)
	}
}

var (
	target  = regexp.MustCompile(`(?m)^([a-z-]+):`)
	makes   = regexp.MustCompile("(?m)(?:`|^ +)make ([a-z][a-z -]*)")
	goRun   = regexp.MustCompile(`go run (\./\S+?)[\s` + "`" + `]`)
	link    = regexp.MustCompile(`\]\(([^)#\s]+)\)`)
	fileRef = regexp.MustCompile("`([a-z.]+/[a-z./]*)`")
)

func TestTheCommandsInTheProseExist(t *testing.T) {
	targets := map[string]bool{}
	for _, m := range target.FindAllStringSubmatch(readProse(t, "Makefile"), -1) {
		targets[m[1]] = true
	}
	found := 0
	for _, file := range prose {
		text := readProse(t, file)
		for _, m := range makes.FindAllStringSubmatch(text, -1) {
			for _, name := range strings.Fields(m[1]) {
				found++
				if !targets[name] {
					t.Errorf("%s: make %s: the Makefile has no such target", file, name)
				}
			}
		}
		for _, m := range goRun.FindAllStringSubmatch(text, -1) {
			found++
			if _, err := os.Stat(filepath.Join(root, m[1], "main.go")); err != nil {
				t.Errorf("%s: %s: there is no such command", file, strings.TrimSpace(m[0]))
			}
		}
	}
	if found < 6 {
		t.Errorf("only %d commands were found in the prose", found)
	}
}

func TestTheFilesNamedInTheProseExist(t *testing.T) {
	found := 0
	for _, file := range prose {
		text := readProse(t, file)
		for _, m := range append(link.FindAllStringSubmatch(text, -1), fileRef.FindAllStringSubmatch(text, -1)...) {
			if strings.Contains(m[1], "://") {
				continue
			}
			found++
			if _, err := os.Stat(filepath.Join(root, m[1])); errors.Is(err, fs.ErrNotExist) {
				t.Errorf("%s names %s, which is not there", file, m[1])
			}
		}
	}
	if found < 8 {
		t.Errorf("only %d files were found in the prose", found)
	}
}
