package judge_test

import (
	"os"
	"runtime/debug"
	"testing"
)

// TestMain lets the heap grow before it is collected: hostile documents and messages make much that does not live long, and
// collecting it takes a third of the time.
func TestMain(m *testing.M) {
	debug.SetGCPercent(400)
	debug.SetMemoryLimit(512 << 20)
	os.Exit(m.Run())
}
