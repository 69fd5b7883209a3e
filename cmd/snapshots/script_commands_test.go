package main

import (
	"bufio"
	"errors"
	"io"
	"net/http"
	"os"
	"os/exec"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

// exitsWith runs a command and compares its exit code: code 3 snapshots list.
func exitsWith(ts *testscript.TestScript, _ bool, args []string) {
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	got := 0
	if err := ts.Exec(args[1], args[2:]...); err != nil {
		exited, ok := errors.AsType[*exec.ExitError](err)
		if !ok {
			ts.Fatalf("%v", err)
		}
		got = exited.ExitCode()
	}
	if got != want {
		ts.Fatalf("the exit code is %d, want %d", got, want)
	}
}

// pause waits: pause 500ms.
func pause(ts *testscript.TestScript, _ bool, args []string) {
	d, err := time.ParseDuration(args[0])
	ts.Check(err)
	time.Sleep(d)
}

// await waits until a file has a text: await FILE TEXT.
func await(ts *testscript.TestScript, _ bool, args []string) {
	for end := time.Now().Add(20 * time.Second); ; time.Sleep(10 * time.Millisecond) {
		data, _ := os.ReadFile(ts.MkAbs(args[0])) // it may not be there yet
		if strings.Contains(string(data), args[1]) {
			return
		}
		if time.Now().After(end) {
			ts.Fatalf("%s has no %q: %s", args[0], args[1], data)
		}
	}
}

// browse runs a login, and opens the page that it names as a browser would: browse snapshots auth login … . With "forged" before
// the command, a code with another state comes first; with "denied", the person does not grant access; with "refused", the
// service gives no token.
func browse(ts *testscript.TestScript, _ bool, args []string) {
	how := ""
	if args[0] != "snapshots" {
		how, args = args[0], args[1:]
	}
	cmd := exec.Command(args[0], args[1:]...)
	cmd.Dir = ts.MkAbs(".")
	for _, name := range []string{"PATH", "HIGHLEVEL_CONFIG", "HIGHLEVEL_BASE_URL", "HIGHLEVEL_CLIENT_ID", "HIGHLEVEL_CLIENT_SECRET"} {
		cmd.Env = append(cmd.Env, name+"="+ts.Getenv(name))
	}
	said, err := cmd.StderrPipe()
	ts.Check(err)
	stdin, err := cmd.StdinPipe()
	ts.Check(err)
	ts.Check(cmd.Start())
	defer time.AfterFunc(30*time.Second, func() { _ = cmd.Process.Kill() }).Stop()
	page := regexp.MustCompile(`^\s*(http\S+chooselocation\S+)`)
	var all strings.Builder
	lines := bufio.NewReader(said)
	for {
		line, err := lines.ReadString('\n')
		all.WriteString(line)
		if found := page.FindStringSubmatch(line); found != nil {
			open(ts, found[1], how, stdin)
		}
		if err != nil {
			break
		}
	}
	err = cmd.Wait()
	ts.Logf("%s", all.String())
	if (err != nil) != (how == "denied" || how == "refused") {
		ts.Fatalf("the login ended with %v", err)
	}
	ts.Check(os.WriteFile(ts.MkAbs("said"), []byte(all.String()), 0o600))
}

// open gets a page. An address of another machine that it leads to is pasted.
func open(ts *testscript.TestScript, page, how string, stdin io.WriteCloser) {
	pasted := ""
	client := &http.Client{CheckRedirect: func(r *http.Request, _ []*http.Request) error {
		if r.URL.Hostname() != "127.0.0.1" {
			pasted = r.URL.String()
			return http.ErrUseLastResponse
		}
		switch how {
		case "forged":
			get(ts, regexp.MustCompile(`state=[^&]+`).ReplaceAllString(r.URL.String(), "state=forged"), http.StatusBadRequest)
		case "denied":
			get(ts, regexp.MustCompile(`code=[^&]+`).ReplaceAllString(r.URL.String(), "error=access_denied"), http.StatusBadRequest)
			return http.ErrUseLastResponse
		}
		return nil
	}}
	answer, err := client.Get(page)
	ts.Check(err)
	ts.Check(answer.Body.Close())
	if pasted != "" {
		_, err := io.WriteString(stdin, pasted+"\n")
		ts.Check(err)
	}
}

func get(ts *testscript.TestScript, url string, status int) {
	answer, err := http.Get(url)
	ts.Check(err)
	ts.Check(answer.Body.Close())
	if answer.StatusCode != status {
		ts.Fatalf("%s answers %s, want %d", url, answer.Status, status)
	}
}
