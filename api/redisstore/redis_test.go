package redisstore

import (
	"bufio"
	"context"
	"errors"
	"flag"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"
)

// server is a redis-server that the test has started.
type server struct {
	dir, socket string
	cmd         *exec.Cmd
}

// startRedis starts a server of its own for a test that stops, kills or configures it.
func startRedis(t *testing.T) *server {
	t.Helper()
	s, err := newServer()
	if err != nil {
		t.Fatal(err)
	}
	if s == nil {
		t.Skip("redis-server is not installed: nothing about Redis is tested")
	}
	t.Cleanup(s.kill)
	return s
}

var shared struct {
	once sync.Once
	*server
	err error
}

// emptyRedis returns the server that tests use one after the other, without any keys.
func emptyRedis(t *testing.T) *server {
	t.Helper()
	shared.once.Do(func() { shared.server, shared.err = newServer() })
	if shared.err != nil {
		t.Fatal(shared.err)
	}
	if shared.server == nil {
		t.Skip("redis-server is not installed: nothing about Redis is tested")
	}
	if err := shared.client(t).FlushAll(t.Context()).Err(); err != nil {
		t.Fatal(err)
	}
	return shared.server
}

// newServer starts a server that listens on a socket in a directory of its own, and nowhere else. It returns nil where
// Redis is not installed.
func newServer() (*server, error) {
	program, err := exec.LookPath("redis-server")
	if err != nil {
		return nil, nil
	}
	dir, err := os.MkdirTemp("", "redis") // t.TempDir makes names too long for a socket
	if err != nil {
		return nil, err
	}
	s := &server{dir: dir, socket: filepath.Join(dir, "s")}
	s.cmd = exec.Command(program, "--port", "0", "--unixsocket", s.socket, "--unixsocketperm", "700", "--save", "",
		"--appendonly", "no", "--dir", dir)
	if err := s.cmd.Start(); err != nil {
		return nil, err
	}
	client := dial(s.socket)
	defer func() { _ = client.Close() }()
	for range 1000 {
		if _, err := os.Stat(s.socket); err == nil && client.Ping(context.Background()).Err() == nil {
			return s, nil
		}
		time.Sleep(2 * time.Millisecond)
	}
	s.kill()
	return nil, errors.New("redis-server does not come up")
}

func (s *server) kill() {
	_ = s.cmd.Process.Kill()
	_ = s.cmd.Wait()
	_ = os.RemoveAll(s.dir)
}

func (s *server) client(t *testing.T) *redis.Client {
	c := dial(s.socket)
	t.Cleanup(func() { _ = c.Close() })
	return c
}

func dial(socket string) *redis.Client {
	return redis.NewClient(&redis.Options{Network: "unix", Addr: socket, PoolSize: 64, DialerRetryTimeout: time.Millisecond})
}

// roles are what a second process of this test binary can be.
var roles = map[string]func(ctx context.Context, args []string) error{}

func TestMain(m *testing.M) {
	role, ok := roles[os.Getenv("REDISSTORE_TEST_ROLE")]
	if !ok {
		flag.Parse()
		_ = flag.Set("test.parallel", "16") // they wait for Redis, not for a processor
		code := m.Run()
		if shared.server != nil {
			shared.kill()
		}
		os.Exit(code)
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
