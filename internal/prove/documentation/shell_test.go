package docblocks

import (
	"context"
	"io/fs"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/highlevel-go/snapshots/api/sandbox"
)

// commands are the programs of the project that a document runs, and how it writes them.
var commands = map[string]string{
	"snapshots": "go run ./cmd/snapshots", "specdrift": "go run ./cmd/specdrift", "gen": "go run ./gen",
}

// bin is the directory that the commands are built into.
var bin string

func TestMain(m *testing.M) {
	code := func() int {
		var err error
		if bin, err = os.MkdirTemp("", "commands"); err != nil {
			panic(err)
		}
		defer os.RemoveAll(bin)
		return m.Run()
	}()
	os.Exit(code)
}

var build = sync.OnceValue(func() error {
	args := []string{"build", "-ldflags=-w", "-o", bin + string(filepath.Separator)} // without debug information, which takes a third of the time
	for _, command := range commands {
		args = append(args, strings.TrimPrefix(command, "go run "))
	}
	return goTool(args...)
})

// buildCommands builds the commands into bin, once for all tests.
func buildCommands(t *testing.T) {
	t.Helper()
	if err := build(); err != nil {
		t.Fatal(err)
	}
}

// shell runs the lines of one page, in a directory of the page's own and against a sandbox of the page's own.
type shell struct {
	dir  string
	env  []string
	addr string // free, for what listens
}

func newShell(t *testing.T, inCheckout bool) shell {
	t.Helper()
	service, err := sandbox.Start(sandbox.WithSeed(sandbox.SeedDemo), sandbox.WithAssets("forms"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(service.Close)
	free, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer free.Close()
	s := shell{dir: t.TempDir(), addr: free.Addr().String()}
	if inCheckout {
		copyCheckout(t, s.dir)
	}
	s.env = append(os.Environ(), "PATH="+bin+string(filepath.ListSeparator)+os.Getenv("PATH"), "HIGHLEVEL_CONFIG="+t.TempDir(),
		"HIGHLEVEL_TOKEN="+sandbox.Token, "HIGHLEVEL_COMPANY="+sandbox.CompanyID, "HIGHLEVEL_BASE_URL="+service.URL)
	return s
}

var remark = regexp.MustCompile(`(^|\s)#\s.*`)

// lines are the command lines of a block without remarks, those that a backslash continues as one.
func lines(text string) (lines []string) {
	for line := range strings.Lines(strings.ReplaceAll(text, "\\\n", " ")) {
		if line = strings.TrimSpace(remark.ReplaceAllString(line, "")); line != "" {
			lines = append(lines, line)
		}
	}
	return lines
}

var (
	inCheckout = regexp.MustCompile(`(?m)^\s*(go (run|install|test) \./|make )`)
	serves     = regexp.MustCompile(`^snapshots (sandbox|mcp .*--http )`)
	listensOn  = regexp.MustCompile(`127\.0\.0\.1:80[0-9]0`)
)

// run runs a line as it stands, but for addresses that may be in use here, and reports its output when it fails.
func (s shell) run(t *testing.T, b block, line string) {
	t.Helper()
	for name, written := range commands {
		line = regexp.MustCompile(`(^|[ ;&|])`+regexp.QuoteMeta(written)+`( |$)`).ReplaceAllString(line, "${1}"+name+"${2}")
	}
	if serves.MatchString(line) && !listensOn.MatchString(line) {
		line += " --addr 127.0.0.1:8080"
	}
	line = listensOn.ReplaceAllString(line, s.addr)
	ctx, stop := context.WithTimeout(t.Context(), 2*time.Minute)
	defer stop()
	command := exec.CommandContext(ctx, "sh", "-c", line)
	command.Dir, command.Env = s.dir, s.env
	if serves.MatchString(line) {
		s.serve(t, b, line)
	} else if out, err := command.CombinedOutput(); err != nil {
		t.Errorf("%v: %s\n%v\n%s", b, line, err, out)
	}
}

// serve starts a server for the commands of the page, and stops it at the end of the test.
func (s shell) serve(t *testing.T, b block, line string) {
	t.Helper()
	var said strings.Builder
	command := exec.Command("sh", "-c", "exec "+line)
	command.Dir, command.Env, command.Stdout, command.Stderr = s.dir, s.env, &said, &said
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = command.Process.Signal(syscall.SIGINT)
		if err := command.Wait(); err != nil && command.ProcessState.ExitCode() != 130 {
			t.Errorf("%v: %s\n%v\n%s", b, line, err, &said)
		}
	})
	for end := time.Now().Add(20 * time.Second); ; time.Sleep(10 * time.Millisecond) {
		if conn, err := net.Dial("tcp", s.addr); err == nil {
			_ = conn.Close()
			return
		} else if time.Now().After(end) {
			t.Fatalf("%v: %s: nobody listens: %v", b, line, err)
		}
	}
}

// parse checks what can be checked of a line without running it.
func (s shell) parse(t *testing.T, b block, line string) {
	t.Helper()
	check := []string{"-n", "-c", line}
	words := strings.Fields(line)
	for len(words) > 1 && strings.Contains(words[0], "=") { // variables of the command
		words = words[1:]
	}
	switch {
	case words[0] == "snapshots" || words[0] == "specdrift":
		check = []string{"-c", line + " --help"}
	case words[0] == "go" && words[1] == "install":
		if err := goTool(append([]string{"list"}, words[2:]...)...); err != nil {
			t.Errorf("%v: %v", b, err)
		}
	case words[0] == "make":
		check = []string{"-c", strings.Replace(line, "make", "make -n", 1)}
	case words[0] == "docker" || words[0] == "git" || words[0] == "cd":
	default:
		if _, err := exec.LookPath(words[0]); err != nil {
			t.Errorf("%v: %s: %v", b, line, err)
		}
	}
	command := exec.CommandContext(t.Context(), "sh", check...)
	command.Dir, command.Env = s.dir, s.env
	out, err := command.CombinedOutput()
	if err != nil || strings.HasSuffix(line, "--help") && !strings.Contains(string(out), "Usage:\n  "+words[0]+" "+words[1]) {
		t.Errorf("%v: %s\n%v\n%s", b, line, err, out)
	}
}

// copyCheckout copies the checkout, so that a command can write into it.
func copyCheckout(t *testing.T, to string) {
	t.Helper()
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(root, path)
		switch {
		case err != nil:
			return err
		case entry.IsDir() && (entry.Name() == ".git" || entry.Name() == "node_modules" || entry.Name() == "dist"):
			return fs.SkipDir
		case entry.IsDir():
			return os.MkdirAll(filepath.Join(to, rel), 0o755)
		case !entry.Type().IsRegular():
			return nil
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		return os.WriteFile(filepath.Join(to, rel), data, 0o644)
	})
	if err != nil {
		t.Fatal(err)
	}
}
