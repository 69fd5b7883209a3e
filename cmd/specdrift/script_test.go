package main

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

// TestMain lets a script start the command as a process, which it needs in order to interrupt it: exec specdrift-process.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"specdrift-process": main})
}

// The scripts show the command as its users meet it: each is one story with its own page, spec and record.
func TestScripts(t *testing.T) {
	dir, err := filepath.Abs("testdata/script") // the scripts are read while one of them has another working directory
	if err != nil {
		t.Fatal(err)
	}
	commands := maps.Clone(siteCommands)
	commands["specdrift"] = specdrift
	testscript.Run(t, testscript.Params{Dir: dir, Setup: setupSite, Cmds: commands})
}

var oneDirectory sync.Mutex // a process has one working directory

// specdrift runs the command within the test's own process, since a hundred starts of one take seconds. The exit code must be 0; 1 after
// "!"; N in "specdrift exit=N ARGS".
func specdrift(ts *testscript.TestScript, neg bool, args []string) {
	want := 0
	if neg {
		want = 1
	}
	if len(args) > 0 && strings.HasPrefix(args[0], "exit=") {
		if _, err := fmt.Sscanf(args[0], "exit=%d", &want); err != nil || neg {
			ts.Fatalf("usage: [!] specdrift ARGS | specdrift exit=N ARGS")
		}
		args = args[1:]
	}
	oneDirectory.Lock()
	defer oneDirectory.Unlock()
	before, err := os.Getwd()
	ts.Check(err)
	ts.Check(os.Chdir(ts.MkAbs(".")))
	defer os.Chdir(before)
	if got := run(args, ts.Stdout(), ts.Stderr()); got != want {
		ts.Fatalf("exit code %d, want %d", got, want)
	}
}
