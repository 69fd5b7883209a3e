package docblocks

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/highlevel-go/snapshots/api/rest"
)

func TestCodeInTheCommentsOfTheClientCompiles(t *testing.T) {
	check, used := newChecker(t), map[exception]bool{}
	blocks := blocksOfComments(t)
	for _, b := range blocks {
		if _, ok := find(notCode, b.file, b.text, used); ok {
			continue
		}
		if err := check.check(b); err != nil {
			t.Errorf("%v: a block of the comment does not compile: %v", b, err)
		}
	}
	if len(blocks) < 30 {
		t.Errorf("only %d blocks were found", len(blocks))
	}
	stale(t, notCode, used, func(file string) bool { return strings.HasSuffix(file, ".go") })
}

// TestEveryBlockOfThePagesRuns runs the blocks of each page in their order.
func TestEveryBlockOfThePagesRuns(t *testing.T) {
	if testing.Short() {
		t.Skip("with -short no command is built")
	}
	buildCommands(t)
	check, used := newChecker(t), map[exception]bool{}
	shells, fragments := 0, 0
	for _, page := range pages(t) {
		blocks := blocksOfPage(t, page)
		if len(blocks) == 0 {
			continue
		}
		t.Run(page, func(t *testing.T) {
			whole := ""
			for _, b := range blocks {
				whole += b.text
			}
			s := newShell(t, inCheckout.MatchString(whole))
			for _, b := range blocks {
				if _, ok := find(notCode, b.file, b.text, used); ok {
					continue
				}
				switch b.kind {
				case "", "sh":
					for _, line := range lines(b.text) {
						shells++
						if _, ok := find(notRun, b.file, line, used); ok {
							s.parse(t, b, line)
						} else {
							s.run(t, b, line)
						}
					}
				case "go":
					fragments++
					if strings.HasPrefix(b.text, "package main\n") {
						runProgram(t, b, s.env)
					} else if err := check.check(b); err != nil {
						t.Errorf("%v: the block does not compile: %v", b, err)
					}
				case "json", "csv":
					if b.name == "" {
						s.settings(t, b)
					} else if err := os.WriteFile(filepath.Join(s.dir, filepath.Base(b.name)), []byte(b.text), 0o600); err != nil { // for the commands after it
						t.Error(err)
					}
				case "mermaid":
					if b.file != "docs/architecture.md" { // whose picture a test of internal/prove/architecture draws
						t.Errorf("%v: no test compares this picture", b)
					}
				default:
					t.Errorf("%v: no test runs a block of the kind %q", b, b.kind)
				}
			}
		})
	}
	t.Run("all", func(t *testing.T) { // which is left out where -run picks a page
		if shells < 40 || fragments < 10 {
			t.Errorf("only %d lines of shell and %d blocks of Go were found", shells, fragments)
		}
		stale(t, notRun, used, func(string) bool { return true })
		stale(t, notCode, used, func(file string) bool { return !strings.HasSuffix(file, ".go") })
	})
}

// settings checks the settings of an assistant: they are JSON, and the command has the flags that they start it with.
func (s shell) settings(t *testing.T, b block) {
	t.Helper()
	type server struct {
		Command string
		Args    []string
	}
	var settings struct {
		McpServers, Servers map[string]server //nolint:revive // names as the programs write them
	}
	if err := json.Unmarshal([]byte(b.text), &settings); err != nil {
		t.Errorf("%v: %v", b, err)
		return
	}
	for _, servers := range []map[string]server{settings.McpServers, settings.Servers} {
		for _, started := range servers {
			if started.Command != "" {
				s.parse(t, b, started.Command+" "+strings.Join(started.Args, " "))
			}
		}
	}
	if len(settings.McpServers)+len(settings.Servers) == 0 {
		t.Errorf("%v: JSON with no servers of an assistant in it", b)
	}
}

// stale reports the exceptions that no block needs any longer.
func stale(t *testing.T, exceptions []exception, used map[exception]bool, within func(file string) bool) {
	t.Helper()
	for _, e := range exceptions {
		if within(e.file) && !used[e] {
			t.Errorf("%s has no block or line that begins %q (%s)", e.file, e.line, e.reason)
		}
	}
}

// The table in the comment of api.WithEnvironment has the variables that package rest reads.
func TestTheVariablesOfACommentAreThoseThatAreRead(t *testing.T) {
	for _, b := range blocksOfComments(t) {
		if b.file != "api/options.go" || !strings.HasPrefix(b.text, "HIGHLEVEL_") {
			continue
		}
		var named []string
		for line := range strings.Lines(b.text) {
			named = append(named, strings.Fields(line)[0])
		}
		if read := []string{rest.EnvToken, rest.EnvTokenFile, rest.EnvCompany, rest.EnvVersion, rest.EnvBaseURL}; !slices.Equal(named, read) {
			t.Errorf("%v names %q, and read are %q", b, named, read)
		}
		return
	}
	t.Error("no comment has the variables")
}
