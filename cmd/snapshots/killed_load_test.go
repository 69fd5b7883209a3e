package main

import (
	"encoding/json"
	"math/rand/v2"
	"net/http"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

// loader is a service that counts loads. Now and then it loads and loses the answer.
type loader struct{ loads atomic.Int32 }

func (l *loader) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "application/json")
	switch {
	case r.Method == http.MethodPut:
		time.Sleep(rand.N(20 * time.Millisecond))
		l.loads.Add(1)
		time.Sleep(rand.N(20 * time.Millisecond))
		if rand.N(5) == 0 {
			panic(http.ErrAbortHandler)
		}
		_, _ = w.Write([]byte(`{"id":"location-1"}`))
	case l.loads.Load() == 0:
		w.WriteHeader(http.StatusNotFound)
		_, _ = w.Write([]byte(`{"statusCode":404,"message":"no push"}`))
	default:
		_ = json.NewEncoder(w).Encode(map[string]any{"data": map[string]any{"id": "push-1", "status": "processing"}})
	}
}

// A load is killed at any moment and begun again. The service is asked for it once; a run that does not know how an earlier one
// ended says so and sends nothing, until it is told to.
func TestKilledLoadIsNotSentTwice(t *testing.T) {
	if testing.Short() {
		t.Skip("-short kills only a share of many rows")
	}
	kills, open := 0, 0
	for range 3 * rounds() {
		service := &loader{}
		url, dir := serve(t, service), t.TempDir()
		exit, said, killed := runKilled(t, url, dir, 1, 75*time.Millisecond, "load", "id:snapshot-1", "id:location-1")
		kills += killed
		switch loads := service.loads.Load(); {
		case loads > 1 && killed == 0, loads > 2:
			t.Errorf("loaded %d times after %d kills", loads, killed)
		case exit == exitOK && loads == 0:
			t.Error("it is said to be done, and is not")
		case exit == exitPerhapsDone && killed > 0 && strings.Contains(said, "an earlier command began to load snapshot-1 into sub-account location-1"):
			open++
			if !strings.Contains(said, "snapshots status id:snapshot-1 id:location-1") || loads > 1 {
				t.Errorf("loaded %d times, and said is\n%s", loads, said)
			}
		case exit != exitOK && exit != exitPerhapsDone:
			t.Errorf("exit code %d:\n%s", exit, said)
		}
		checkAgain(t, service, url, dir, exit)
	}
	t.Logf("%d kills, after %d of them it was not known how the load had ended", kills, open)
}

// checkAgain runs the load once more: after a known end it is another load; else it is only sent when it is told to.
func checkAgain(t *testing.T, service *loader, url, dir string, before int) {
	t.Helper()
	if before == exitOK {
		if left, _ := filepath.Glob(filepath.Join(dir, "begun", "*")); len(left) > 0 {
			t.Errorf("a load whose end is known is still noted down: %q", left)
		}
		return
	}
	time.Sleep(50 * time.Millisecond) // the service may still be at it after its client was killed
	loads := service.loads.Load()
	exit, said, _ := runKilled(t, url, dir, 0, 0, "load", "id:snapshot-1", "id:location-1")
	if exit != exitPerhapsDone || service.loads.Load() != loads || !strings.Contains(said, "--again") {
		t.Errorf("exit code %d, loaded %d times:\n%s", exit, service.loads.Load()-loads, said)
	}
	if exit, said, _ = runKilled(t, url, dir, 0, 0, "load", "id:snapshot-1", "id:location-1", "--again"); service.loads.Load() != loads+1 {
		t.Errorf("with --again: exit code %d, loaded %d times:\n%s", exit, service.loads.Load()-loads, said)
	}
}
