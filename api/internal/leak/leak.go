// Package leak finds what a test leaves behind: goroutines and connections.
package leak

import (
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"testing"
	"time"
)

// patience is how long goroutines and sockets may take to end.
const patience = 5 * time.Second

// Check fails the test if, after its own cleanups, goroutines run or sockets are open that did not exist when Check was
// called. Call it at the beginning of a test, because cleanups run in reverse order.
func Check(t *testing.T) {
	t.Helper()
	before := goroutines()
	had := sockets()
	t.Cleanup(func() {
		http.DefaultClient.CloseIdleConnections()
		deadline := time.Now().Add(patience)
		for {
			left := news(before)
			open := sockets() - had
			if len(left) == 0 && open <= 0 {
				return
			}
			if time.Now().After(deadline) {
				t.Errorf("left behind: %d goroutines and %d sockets\n%s", len(left), max(open, 0), strings.Join(left, "\n\n"))
				return
			}
			time.Sleep(5 * time.Millisecond)
		}
	})
}

var (
	header = regexp.MustCompile(`^goroutine (\d+) `)
	// The testing package has a goroutine for each test that runs or waits for its turn, and the runtime has some.
	known = regexp.MustCompile(`testing\.\(\*[A-Z]\w*\)\.|testing\.tRunner|testing\.runTests|os/signal\.|runtime\.ensureSigM|runtime/trace|created by runtime`)
)

// goroutines returns the stacks of all goroutines, by number.
func goroutines() map[string]string {
	buf := make([]byte, 1<<20)
	for {
		n := runtime.Stack(buf, true)
		if n < len(buf) {
			buf = buf[:n]
			break
		}
		buf = make([]byte, 2*len(buf))
	}
	all := map[string]string{}
	for stack := range strings.SplitSeq(string(buf), "\n\n") {
		if m := header.FindStringSubmatch(stack); m != nil {
			all[m[1]] = stack
		}
	}
	return all
}

func news(before map[string]string) []string {
	var left []string
	for number, stack := range goroutines() {
		if _, old := before[number]; !old && !known.MatchString(stack) {
			left = append(left, stack)
		}
	}
	return left
}

// sockets returns the number of open sockets, or 0 if the system does not show them.
func sockets() int {
	links, err := filepath.Glob("/proc/self/fd/*")
	if err != nil {
		return 0
	}
	n := 0
	for _, link := range links {
		if to, err := os.Readlink(link); err == nil && strings.HasPrefix(to, "socket:") {
			n++
		}
	}
	return n
}
