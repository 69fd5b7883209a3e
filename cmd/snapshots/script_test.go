package main

import (
	"fmt"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) { testscript.Main(m, map[string]func(){"snapshots": main}) }

// The scripts show the command as its users meet it.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{Dir: "testdata/script", Cmds: map[string]func(*testscript.TestScript, bool, []string){
		"freeaddr":  freeAddr,
		"reachable": reachable,
		"fetch":     fetch,
		"code":      exitsWith,
		"pause":     pause,
		"browse":    browse,
		"await":     await,
	}})
}

// freeAddr sets a variable to an address of this machine that nobody listens on: freeaddr NAME.
func freeAddr(ts *testscript.TestScript, _ bool, args []string) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	ts.Check(err)
	ts.Setenv(args[0], listener.Addr().String())
	ts.Check(listener.Close())
}

// reachable waits until somebody listens on an address: reachable ADDR.
func reachable(ts *testscript.TestScript, _ bool, args []string) {
	for end := time.Now().Add(20 * time.Second); ; time.Sleep(10 * time.Millisecond) {
		conn, err := net.Dial("tcp", args[0])
		if err == nil {
			_ = conn.Close()
			return
		}
		if time.Now().After(end) {
			ts.Fatalf("nobody listens on %s: %v", args[0], err)
		}
	}
}

// fetch sends a file to a sandbox, as JSON and with its token, and prints the status: fetch METHOD URL FILE.
func fetch(ts *testscript.TestScript, _ bool, args []string) {
	r, err := http.NewRequest(args[0], args[1], strings.NewReader(ts.ReadFile(args[2])))
	ts.Check(err)
	r.Header = http.Header{"Authorization": {"Bearer sandbox-token"}, "Version": {"v3"}, "Content-Type": {"application/json"}}
	resp, err := http.DefaultClient.Do(r)
	ts.Check(err)
	ts.Check(resp.Body.Close())
	_, err = fmt.Fprintln(ts.Stdout(), resp.StatusCode)
	ts.Check(err)
}
