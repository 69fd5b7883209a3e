// Package sections_test begins a section from each source of the reference data, as specdrift init does, and holds what comes of it
// against docs/sections.md.
package sections_test

import (
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/highlevel-go/snapshots/internal/prove"
)

var update = flag.Bool("update", false, "write docs/sections.md anew")

const table = "../../../docs/sections.md"

// source is a section in one form.
type source struct {
	form, section string
	files         []string
}

func (s source) name() string { return s.form + "-" + strings.TrimSuffix(s.section, "-api") }

// sources are the pages of the sections, their Markdown twins, and the publisher's documents.
func sources(t *testing.T) []source {
	t.Helper()
	var out []source
	add := func(form, file string) {
		section, _, _ := strings.Cut(strings.TrimSuffix(filepath.Base(file), ".json"), "__")
		i := slices.IndexFunc(out, func(s source) bool { return s.form == form && s.section == section })
		if i < 0 {
			i, out = len(out), append(out, source{form: form, section: section})
		}
		out[i].files = append(out[i].files, file)
	}
	for _, from := range []struct{ form, pattern string }{{"page", "corpus/pages/*.md"}, {"twin", "twins/*__*.md"}, {"document", "official/apps/*.json"}} {
		for _, file := range prove.Shared(t, from.pattern) {
			absolute, err := filepath.Abs(file)
			if err != nil {
				t.Fatal(err)
			}
			add(from.form, absolute)
		}
	}
	return out
}

func TestEverySectionBeginsCleanly(t *testing.T) {
	if testing.Short() {
		t.Skip("begins sections and makes their clients, which takes half a minute")
	}
	all := sources(t) // go test begins one of each form, make prove all; make nightly runs their tests
	if !prove.InFull() {
		all = slices.DeleteFunc(all, func(s source) bool { return s.section != "oauth" })
	}
	root, err := filepath.Abs("../../..")
	if err != nil {
		t.Fatal(err)
	}
	module := t.TempDir()
	write(t, filepath.Join(module, "go.mod"), fmt.Sprintf(`module example.com/sections

go 1.26

require (
	github.com/highlevel-go/snapshots v0.0.0
	github.com/highlevel-go/snapshots/api v0.0.0
)

replace github.com/highlevel-go/snapshots => %s

replace github.com/highlevel-go/snapshots/api => %s
`, root, filepath.Join(root, "api")))
	bin := filepath.Join(module, "bin")
	run(t, root, 0, "go", "build", "-ldflags=-w", "-o", bin+"/", "./cmd/specdrift", "./gen")
	rows := []string{}
	for _, s := range all {
		start := time.Now()
		row := begin(t, module, s)
		client := filepath.Join(module, "api", strings.ReplaceAll(s.name(), "-", ""))
		run(t, client, 0, filepath.Join(bin, "gen"), "-spec", "../../spec/"+s.name()+".yaml", "-out", ".", "-package", filepath.Base(client))
		checked := run(t, module, 0, filepath.Join(bin, "specdrift"), "check", "--section", s.name())
		if !strings.HasPrefix(checked, "clean") {
			t.Errorf("%s: %s", s.name(), checked)
		}
		rows = append(rows, fmt.Sprintf("%s %.1f s |\n", row, time.Since(start).Seconds()))
	}
	if prove.InFull() {
		compare(t, rows)
	}
	if !prove.Nightly() {
		return
	}
	run(t, module, 0, "go", "mod", "tidy")
	run(t, module, 0, "go", "vet", "./...")
	run(t, module, 0, "go", "test", "-timeout", "30m", "./spec/...")
}

// begin begins a section, and returns its row of the table.
func begin(t *testing.T, module string, s source) string {
	t.Helper()
	command := exec.Command(filepath.Join(module, "bin", "specdrift"), append([]string{"init", s.name(), "-o", "."}, s.files...)...)
	command.Dir = module
	out, err := command.CombinedOutput()
	left := strings.Count(string(out), "could not be understood")
	if code := command.ProcessState.ExitCode(); code != min(left, 1) {
		t.Fatalf("%s: exit code %d, %v:\n%s", s.name(), code, err, out)
	}
	review, err := os.ReadFile(filepath.Join(module, "spec", s.name(), "REVIEW.md"))
	if err != nil {
		t.Fatal(err)
	}
	var operations int
	for line := range strings.Lines(string(out)) {
		if n, _ := fmt.Sscanf(line, "%d operation", &operations); n == 1 {
			break
		}
	}
	return fmt.Sprintf("| %s | %s | %d | %d | %d |", s.section, s.form, len(s.files), operations, strings.Count(string(review), "\n- "))
}

// seconds is the last column of a row, which is another one on each machine.
var seconds = regexp.MustCompile(`(?m) [\d.]+ s \|$`)

// compare compares the rows with the table in docs, without the time that they took.
func compare(t *testing.T, rows []string) {
	t.Helper()
	want := "# Sections that specdrift init began\n\nEach was begun from what the reference data has of it: rendered pages, Markdown twins, or the publisher's document. In each case the\n" +
		"record, the ledger and the spec agree and the client generates without a touch. Files that are skeletons are told and left out, so\n" +
		"that a section can have fewer operations than pages. What is to be looked at by hand is in REVIEW.md of the section. The time is that of one\n" +
		"machine with two cores, and is not compared.\n" +
		"Written by `PROVE=full go test ./internal/prove/sections -update`; `make nightly` also runs the conformance suite of each.\n\n" +
		"| section | source | files | operations | to look at by hand | begin, generate and check |\n|---|---|---|---|---|---|\n" + strings.Join(rows, "")
	if *update {
		write(t, table, want)
		return
	}
	got, err := os.ReadFile(table)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(seconds.ReplaceAllString(string(got), ""), seconds.ReplaceAllString(want, "")); diff != "" {
		t.Errorf("docs/sections.md is not what the sections are; PROVE=full go test ./internal/prove/sections -update writes it:\n%s", diff)
	}
}

func write(t *testing.T, file, text string) {
	t.Helper()
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

func run(t *testing.T, dir string, code int, name string, args ...string) string {
	t.Helper()
	command := exec.Command(name, args...)
	command.Dir = dir
	if dir != "" && name == "go" && !strings.HasSuffix(args[len(args)-1], "gen") {
		command.Env = append(os.Environ(), "GOFLAGS=-mod=mod", "GOWORK=off")
	}
	out, err := command.CombinedOutput()
	if command.ProcessState.ExitCode() != code {
		t.Fatalf("%s %s: %v:\n%s", name, strings.Join(args, " "), err, out)
	}
	return string(out)
}
