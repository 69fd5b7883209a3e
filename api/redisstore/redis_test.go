package redisstore

import (
	"bufio"
	"context"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"
)

// server is a redis-server that the test has started.
type server struct {
	socket string
	cmd    *exec.Cmd
}

// startRedis starts a server that listens on a socket in a directory of the test, and nowhere else.
func startRedis(t *testing.T) *server {
	t.Helper()
	program, err := exec.LookPath("redis-server")
	if err != nil {
		t.Skip("redis-server is not installed: nothing about Redis is tested")
	}
	dir, err := os.MkdirTemp("", "redis") // t.TempDir makes names too long for a socket
	if err != nil {
		t.Fatal(err)
	}
	s := &server{socket: filepath.Join(dir, "s")}
	s.cmd = exec.Command(program, "--port", "0", "--unixsocket", s.socket, "--unixsocketperm", "700", "--save", "",
		"--appendonly", "no", "--dir", dir)
	if err := s.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		s.kill()
		_ = os.RemoveAll(dir)
	})
	client := s.client(t)
	for range 200 {
		if client.Ping(t.Context()).Err() == nil {
			return s
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Fatal("redis-server does not come up")
	return nil
}

func (s *server) kill() {
	_ = s.cmd.Process.Kill()
	_ = s.cmd.Wait()
}

func (s *server) client(t *testing.T) *redis.Client {
	c := dial(s.socket)
	t.Cleanup(func() { _ = c.Close() })
	return c
}

func dial(socket string) *redis.Client {
	return redis.NewClient(&redis.Options{Network: "unix", Addr: socket, PoolSize: 64})
}

// roles are what a second process of this test binary can be.
var roles = map[string]func(ctx context.Context, args []string) error{}

func TestMain(m *testing.M) {
	role, ok := roles[os.Getenv("REDISSTORE_TEST_ROLE")]
	if !ok {
		os.Exit(m.Run())
	}
	if err := role(context.Background(), os.Args[1:]); err != nil {
		_, _ = io.WriteString(os.Stdout, "failed: "+err.Error()+"\n")
		os.Exit(1)
	}
}

// child is a process that plays a role.
type child struct {
	cmd *exec.Cmd
	in  io.WriteCloser
	out *bufio.Scanner
}

func startChild(t *testing.T, role string, args ...string) *child {
	t.Helper()
	c := &child{cmd: exec.Command(os.Args[0], args...)}
	c.cmd.Env = append(os.Environ(), "REDISSTORE_TEST_ROLE="+role)
	c.cmd.Stderr = os.Stderr
	var err error
	if c.in, err = c.cmd.StdinPipe(); err != nil {
		t.Fatal(err)
	}
	out, err := c.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	c.out = bufio.NewScanner(out)
	if err := c.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.kill)
	return c
}

func (c *child) kill() {
	_ = c.cmd.Process.Kill()
	_ = c.cmd.Wait()
}

// expect waits for the next line that the process writes.
func (c *child) expect(t *testing.T, line string) {
	t.Helper()
	if !c.out.Scan() || strings.TrimSpace(c.out.Text()) != line {
		t.Fatalf("the process wrote %q, want %q", c.out.Text(), line)
	}
}
