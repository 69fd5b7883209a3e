package leak

import (
	"net"
	"strings"
	"testing"
)

func TestNewGoroutineIsFound(t *testing.T) {
	before := goroutines()
	stop := make(chan struct{})
	go func() { <-stop }()
	if left := news(before); len(left) != 1 || !strings.Contains(left[0], "TestNewGoroutineIsFound") {
		t.Errorf("found %q", left)
	}
	close(stop)
	Check(t)
}

func TestOpenSocketIsFound(t *testing.T) {
	before := sockets()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	if n := sockets(); before > 0 && n != before+1 {
		t.Errorf("%d sockets, %d before", n, before)
	}
	_ = l.Close()
}
