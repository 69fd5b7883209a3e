package rest

import (
	"context"
	"errors"
	"net"
	"testing"
	"time"

	"github.com/highlevel-go/snapshots/api/internal/leak"
)

func TestCancelStopsAtOnceInEveryPhase(t *testing.T) {
	leak.Check(t)
	phases := map[string]func(*faultServer, net.Conn){
		"answer": func(f *faultServer, _ net.Conn) { <-f.quit },
		"body":   func(f *faultServer, c net.Conn) { raw("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{")(f, c); <-f.quit },
		"pause":  says(503, ""),
	}
	for name, fault := range phases {
		t.Run(name, func(t *testing.T) {
			f := serveFaults(t, false, fault)
			client := faultClient(t, "http://"+f.addr, Retry{Attempts: 3, Backoff: time.Hour, MaxPause: time.Hour}, WithTimeout(0))
			ctx, cancel := context.WithCancel(t.Context())
			time.AfterFunc(50*time.Millisecond, cancel)
			begin := time.Now()
			_, err := Do[struct{}](ctx, client, NewRequest(opGet))
			if !errors.Is(err, context.Canceled) {
				t.Errorf("error is %v", err)
			}
			if took := time.Since(begin); took > 2*time.Second {
				t.Errorf("took %v", took)
			}
		})
	}
}

func TestPauseThatOutlastsTheContextIsNotBegun(t *testing.T) {
	leak.Check(t)
	f := serveFaults(t, false, says(429, "", "Retry-After: 20"))
	client := faultClient(t, "http://"+f.addr, Retry{Attempts: 3})
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
	defer cancel()
	begin := time.Now()
	_, err := Do[struct{}](ctx, client, NewRequest(opGet))
	if !errors.Is(err, ErrRateLimited) || time.Since(begin) > 2*time.Second {
		t.Errorf("after %v: %v", time.Since(begin), err)
	}
}
