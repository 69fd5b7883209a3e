package main

import (
	"context"
	"io"
	"strings"
	"sync"
	"testing"
	"time"
)

// waiting is standard input at which nobody types: it closes read when it is read, and returns nothing until end is closed.
type waiting struct {
	once sync.Once
	read chan struct{}
	end  chan struct{}
}

func (w *waiting) Read([]byte) (int, error) {
	w.once.Do(func() { close(w.read) })
	<-w.end
	return 0, io.EOF
}

// Whatever a command waits for at standard input, an interrupt ends it at once, and nothing was sent.
func TestInterruptEndsReadingStandardInput(t *testing.T) {
	t.Setenv("HIGHLEVEL_CONFIG", t.TempDir())
	t.Setenv("HIGHLEVEL_CLIENT_SECRET", "secret")
	for _, args := range [][]string{
		{"list", "--token-file", "-", "--company", "c", "--base-url", "http://127.0.0.1:1"},
		{"share", "--file", "-", "--journal", "j", "--sandbox"},
		{"auth", "login", "--with-token", "--store", "file"},
		{"auth", "login", "--paste", "--store", "file", "--client-id", "a", "--redirect-url", "https://app.example/back"},
	} {
		ctx, interrupt := context.WithCancel(t.Context())
		in := &waiting{read: make(chan struct{}), end: make(chan struct{})}
		go func() {
			<-in.read
			interrupt()
		}()
		var out, said strings.Builder
		began := time.Now()
		code := run(ctx, args, in, &out, &said)
		if code != exitInterrupted || !strings.Contains(said.String(), "It was interrupted. Nothing was changed.") || out.Len() > 0 {
			t.Errorf("%q: exit code %d, %s%s", args, code, out.String(), said.String())
		}
		if took := time.Since(began); took > 5*time.Second {
			t.Errorf("%q ended after %v", args, took)
		}
		close(in.end)
	}
}
