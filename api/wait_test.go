package api_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/highlevel-go/snapshots/api"
	"github.com/highlevel-go/snapshots/api/internal/leak"
	"github.com/highlevel-go/snapshots/api/sandbox"
)

func sandboxClient(t *testing.T, s *sandbox.Sandbox, opts ...api.Option) *api.Client {
	t.Helper()
	c, err := s.Client(opts...)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

var toLocation = api.LatestPushRequest{SnapshotID: sandbox.Snapshot1, LocationID: "loc"}

func TestWaitForPushGoesFromUnknownToCompleted(t *testing.T) {
	leak.Check(t)
	synctest.Test(t, func(t *testing.T) {
		s := sandbox.New(sandbox.WithAssets("a", "b"))
		time.AfterFunc(4*time.Second, func() { s.Push(sandbox.Snapshot1, "loc") })
		var seen []string
		begin := time.Now()
		got, err := sandboxClient(t, s).WaitForPush(t.Context(), toLocation, api.Wait{Progress: func(p *api.PushStatus) {
			if p == nil {
				seen = append(seen, "nothing")
				return
			}
			seen = append(seen, p.Status)
		}})
		if err != nil || got.Status != sandbox.Completed || got.Completed.Len() != 2 {
			t.Fatalf("%+v, %v", got, err)
		}
		if text := strings.Join(seen, " "); text != "nothing nothing processing processing completed" {
			t.Errorf("seen %s", text)
		}
		if took := time.Since(begin); took != 2*time.Second+3*time.Second+4500*time.Millisecond+6750*time.Millisecond {
			t.Errorf("took %v", took)
		}
	})
}

func TestWaitForPushEndsWithTheContextAndSaysWhatItSaw(t *testing.T) {
	leak.Check(t)
	synctest.Test(t, func(t *testing.T) {
		s := sandbox.New()
		s.Push(sandbox.Snapshot1, "loc")
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		defer cancel()
		begin := time.Now()
		_, err := sandboxClient(t, s).WaitForPush(ctx, toLocation, api.Wait{Done: func(api.PushStatus) bool { return false }})
		if !errors.Is(err, context.DeadlineExceeded) || !strings.Contains(err.Error(), "last completed") {
			t.Errorf("error is %v", err)
		}
		if took := time.Since(begin); took > time.Minute {
			t.Errorf("took %v", took)
		}
	})
}

func TestWaitForPushEndsWithAnErrorThatIsNoNotYet(t *testing.T) {
	leak.Check(t)
	synctest.Test(t, func(t *testing.T) {
		s := sandbox.New()
		for _, c := range []struct {
			status int
			text   string
			is     error
		}{
			{401, "The token is not authorized for this scope.", api.ErrMissingScope},
			{404, "Cannot GET /snapshots/snapshot-status", api.ErrNoRoute},
		} {
			s.FailNext(&api.OperationLatestPush, c.status, c.text)
			if _, err := sandboxClient(t, s).WaitForPush(t.Context(), toLocation, api.Wait{}); !errors.Is(err, c.is) {
				t.Errorf("%q: %v", c.text, err)
			}
		}
		if n := len(s.Requests()); n != 2 {
			t.Errorf("%d requests", n)
		}
	})
}
