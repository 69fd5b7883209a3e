// Package officialclients generates a client from each of the publisher's documents, in a module of its own as a stranger's
// would be, and compares it with its document.
package officialclients

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/highlevel-go/snapshots/internal/prove"
)

const root = "../../.."

// faults are what the publisher's documents have wrong, so that the suite refuses the document or one operation of it.
var faults = map[string]string{
	"TestSuite/forms": "a body of multipart/form-data without a schema",
	"TestSuite/store": "an enum whose one value is the list of values",
	"TestSuite/locations/GET-all-or-email-sms-templates": "a oneOf of which both choices fit",
}

// TestClientsOfThePublishersDocumentsFollowThem vets the clients, runs staticcheck and the suite, and reads what the documents
// show as answers. Without PROVE=nightly it takes two small documents, and no staticcheck.
func TestClientsOfThePublishersDocumentsFollowThem(t *testing.T) {
	documents := prove.Shared(t, "official/apps/*.json")
	if !prove.Nightly() {
		if testing.Short() {
			t.Skip("compiles generated code")
		}
		documents = slices.DeleteFunc(documents, func(file string) bool {
			return !slices.Contains([]string{"oauth.json", "snapshots.json"}, filepath.Base(file))
		})
	}
	dir := module(t, documents)
	run(t, dir, "vet", "./...")
	if prove.Nightly() {
		run(t, dir, "tool", "-modfile="+absolute(t, root+"/internal/tools/go.mod"), "staticcheck", "-tests=false", "./...")
	}
	suite(t, dir, documents)
}

// suite runs the tests in the module. A fault that is not known fails, and so does one that is not met any more.
func suite(t *testing.T, dir string, documents []string) {
	t.Helper()
	cmd := command(t, dir, "test", "-vet=off", "-timeout", "20m", "-json", ".", "-rapid.checks", "20")
	out, err := cmd.Output()
	failed, said := map[string]bool{}, map[string]string{}
	for line := range strings.Lines(string(out)) {
		var event struct{ Action, Test, Output string }
		if json.Unmarshal([]byte(line), &event) != nil {
			t.Fatalf("%v: %s", err, line)
		}
		said[event.Test] += event.Output
		failed[event.Test] = failed[event.Test] || event.Action == "fail"
		if strings.Contains(event.Output, " decode; ") {
			t.Log(strings.TrimSpace(event.Output))
		}
	}
	for test := range failed {
		if !failed[test] || isKnown(test, failed) {
			continue
		}
		t.Errorf("%s:\n%.2000s", test, said[test])
	}
	if !strings.Contains(said["TestAnswers"], " decode; ") {
		t.Fatalf("the tests did not run: %v\n%s", err, out)
	}
	for fault, why := range faults {
		document := strings.Split(fault, "/")[1]
		if slices.ContainsFunc(documents, func(file string) bool { return packageName(file) == document }) && !failed[fault] {
			t.Errorf("%s passes; it is known to fail for %s", fault, why)
		}
	}
}

// isKnown reports whether a test failed for a known fault alone: it is that of the fault, inside the operation that has it, or holds only
// such tests.
func isKnown(test string, failed map[string]bool) bool {
	for fault := range faults {
		if test == fault || strings.Count(fault, "/") == 2 && strings.HasPrefix(test, fault+"/") {
			return true
		}
	}
	below := false
	for other := range failed {
		if failed[other] && other != test && (test == "" || strings.HasPrefix(other, test+"/")) {
			if below = true; !isKnown(other, failed) {
				return false
			}
		}
	}
	return below
}

// module makes a module of the clients and of the tests that are in testdata.
func module(t *testing.T, documents []string) (dir string) {
	t.Helper()
	dir = t.TempDir()
	generator := filepath.Join(dir, "generator")
	build := exec.Command("go", "build", "-ldflags=-w", "-o", generator, "./gen")
	build.Dir = root
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	text, err := os.ReadFile("testdata/clients_test.go.txt")
	if err != nil {
		t.Fatal(err)
	}
	var imports, clients strings.Builder
	for _, document := range documents {
		name := packageName(document)
		if out, err := exec.Command(generator, "-spec", document, "-out", filepath.Join(dir, name), "-package", name).CombinedOutput(); err != nil {
			t.Fatalf("%s: %v\n%s", document, err, out)
		}
		fmt.Fprintf(&imports, "\t\"clients/%s\"\n", name)
		fmt.Fprintf(&clients, "\t\"%s\": {%q, %s.Operations, func(opts ...rest.Option) (any, error) { return %s.New(opts...) }},\n", name, absolute(t, document), name, name)
	}
	put := func(name, text string) {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	put("clients_test.go", strings.NewReplacer("// imports", imports.String(), "// clients", clients.String()).Replace(string(text)))
	sums, err := os.ReadFile(root + "/go.sum")
	if err != nil {
		t.Fatal(err)
	}
	ours, err := os.ReadFile(root + "/go.mod")
	if err != nil {
		t.Fatal(err)
	}
	const project = "github.com/highlevel-go/snapshots"
	mod := regexp.MustCompile(`(?m)^(module|replace) .*$`).ReplaceAllString(string(ours), "")
	put("go.sum", string(sums))
	put("go.mod", fmt.Sprintf("module clients\n%s\nrequire %s v0.0.0\nreplace %s => %s\nreplace %s/api => %s\n", mod, project, project, absolute(t, root), project, absolute(t, root+"/api")))
	return dir
}

func packageName(document string) string {
	return strings.ReplaceAll(strings.TrimSuffix(filepath.Base(document), ".json"), "-", "")
}

func absolute(t *testing.T, path string) string {
	t.Helper()
	abs, err := filepath.Abs(path)
	if err != nil {
		t.Fatal(err)
	}
	return abs
}

// command is the go command in a module that is in no workspace.
func command(t *testing.T, dir string, args ...string) *exec.Cmd {
	t.Helper()
	cmd := exec.Command("go", args...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "GOWORK=off", "GOFLAGS=-mod=mod "+os.Getenv("GOFLAGS"))
	return cmd
}

func run(t *testing.T, dir string, args ...string) {
	t.Helper()
	if out, err := command(t, dir, args...).CombinedOutput(); err != nil {
		t.Fatalf("go %s: %v\n%s", strings.Join(args, " "), err, out)
	}
}
