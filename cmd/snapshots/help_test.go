package main

import (
	"context"
	"io"
	"os"
	"os/exec"
	"strings"
	"testing"

	"github.com/spf13/cobra"
)

// commands lists the commands that do something, with those below them.
func commands(of *cobra.Command) []*cobra.Command {
	var all []*cobra.Command
	for _, cmd := range of.Commands() {
		if below := commands(cmd); below != nil {
			all = append(all, below...)
		} else if cmd.Runnable() && cmd.Name() != "help" {
			all = append(all, cmd)
		}
	}
	return all
}

// needsMore are commands whose examples need more than the sandbox within the command; scripts show them.
var needsMore = map[string]string{
	"snapshots auth login":            "a token or an app",
	"snapshots auth logout":           "a login",
	"snapshots auth status":           "a login",
	"snapshots journal forget":        "a journal",
	"snapshots journal settle":        "a journal",
	"snapshots journal show":          "a journal",
	"snapshots sandbox":               "an interrupt",
	"snapshots completion bash":       "no example: it is cobra's",
	"snapshots completion fish":       "no example: it is cobra's",
	"snapshots completion powershell": "no example: it is cobra's",
	"snapshots completion zsh":        "no example: it is cobra's",
}

// The help of each command has an example that works without an account.
func TestExamplesOfHelpWork(t *testing.T) {
	if testing.Short() {
		t.Skip("starts a process for each example")
	}
	for _, cmd := range commands(newRoot(&app{getenv: os.Getenv}, io.Discard)) {
		path := cmd.CommandPath()
		examples := strings.Split(cmd.Example, "\n")
		for _, line := range examples {
			if fields := strings.Fields(line); cmd.Example != "" && !strings.Contains(line, path) && !strings.Contains(line, "curl") && !strings.HasSuffix(fields[0], "'") && !strings.HasPrefix(fields[0], "'") {
				t.Errorf("%s has the example %q", path, line)
			}
		}
		if _, more := needsMore[path]; more {
			continue
		}
		worked := 0
		for _, line := range examples {
			if !strings.Contains(line, "--sandbox") && path != "snapshots version" {
				continue
			}
			run := exec.CommandContext(t.Context(), "sh", "-c", line)
			run.Env = append(os.Environ(), "HIGHLEVEL_CONFIG="+t.TempDir())
			if out, err := run.CombinedOutput(); err != nil {
				t.Errorf("%s: %v\n%s", line, err, out)
			}
			worked++
		}
		if worked == 0 {
			t.Errorf("%s has no example with --sandbox", path)
		}
	}
}

// A flag that an example names must be one of its command, also where the example cannot be run here.
func TestFlagsInExamplesOfHelpExist(t *testing.T) {
	root := newRoot(&app{getenv: os.Getenv}, io.Discard)
	for _, cmd := range commands(root) {
		cmd.InitDefaultHelpFlag()
		for word := range strings.FieldsSeq(cmd.Example) {
			name, isFlag := strings.CutPrefix(word, "--")
			if name, _, _ = strings.Cut(name, "="); isFlag && cmd.Flag(name) == nil && cmd.InheritedFlags().Lookup(name) == nil {
				t.Errorf("%s has no flag --%s", cmd.CommandPath(), name)
			}
		}
		for line := range strings.Lines(cmd.Long) {
			if len([]rune(line)) > 135 {
				t.Errorf("%s: a line of the help has %d characters: %q", cmd.CommandPath(), len([]rune(line)), line)
			}
		}
	}
}

func TestHelpThatCannotBeWrittenIsAnError(t *testing.T) {
	full, err := os.OpenFile("/dev/full", os.O_WRONLY, 0)
	if err != nil {
		t.Skip("there is no /dev/full here")
	}
	defer full.Close()
	for _, args := range [][]string{{"--help"}, {"help", "settings"}, {"version"}, {"completion", "bash"}, {"list", "--sandbox"}} {
		var said strings.Builder
		if code := run(context.Background(), args, strings.NewReader(""), full, &said); code != exitFailed || !strings.Contains(said.String(), "no space left") {
			t.Errorf("%q: exit code %d, %s", args, code, said.String())
		}
	}
}
