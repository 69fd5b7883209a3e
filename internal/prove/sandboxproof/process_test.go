package sandboxproof_test

import (
	"bufio"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/highlevel-go/snapshots/api/sandbox"
)

// A sandbox in a process of its own is this test binary once more.
func TestMain(m *testing.M) {
	file, asked := os.LookupEnv("SANDBOX_PROOF_STATE")
	if !asked {
		os.Exit(m.Run())
	}
	if err := serve(file); err != nil {
		fmt.Println("failed:", err)
		os.Exit(1)
	}
}

// serve runs a sandbox until its standard input ends.
func serve(file string) error {
	opts := []sandbox.Option{sandbox.WithSeed(sandbox.SeedDemo), sandbox.WithRateLimit(1_000_000, time.Second, true), sandbox.WithDailyLimit(1e9),
		sandbox.WithHandler("/memory", memory)}
	if file != "" {
		opts = append(opts, sandbox.WithStateFile(file))
	}
	server, err := sandbox.Start(opts...)
	if err != nil {
		return err
	}
	fmt.Println(server.URL)
	_, _ = io.Copy(io.Discard, os.Stdin)
	server.Close()
	return nil
}

// memory answers with the bytes that are in use after garbage was collected.
func memory(*sandbox.Sandbox) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		fmt.Fprintf(w, "%d %d", m.HeapAlloc, m.Sys)
	})
}

// process is a sandbox in a process of its own.
type process struct {
	cmd   *exec.Cmd
	stdin io.Closer
	url   chan string // the address, once it listens; closed when the process says no more
}

func start(t *testing.T, file string) *process {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), "SANDBOX_PROOF_STATE="+file)
	cmd.Stderr = os.Stderr
	stdin, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	p := &process{cmd: cmd, stdin: stdin, url: make(chan string, 1)}
	go func() {
		defer close(p.url)
		line, err := bufio.NewReader(stdout).ReadString('\n')
		switch line = strings.TrimSpace(line); {
		case err != nil: // it was killed
		case strings.HasPrefix(line, "http"):
			p.url <- line
		default:
			t.Errorf("the sandbox does not start: %s", line)
		}
	}()
	return p
}

// stop ends the process as a person would.
func (p *process) stop() error {
	_ = p.stdin.Close()
	return p.cmd.Wait()
}

// kill ends the process without letting it do anything.
func (p *process) kill() {
	_ = p.cmd.Process.Kill()
	_ = p.cmd.Wait() // which tells that it was killed
}
