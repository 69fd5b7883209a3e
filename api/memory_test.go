package api_test

import (
	"runtime"
	"testing"

	"github.com/highlevel-go/snapshots/api/internal/leak"
)

// Time depends on the machine and is left to the benchmarks; what is allocated does not.
func TestCallsAllocateNoMoreThanTheFloorAndATenth(t *testing.T) {
	leak.Check(t)
	for _, c := range contests(t, setting{}) {
		floor, client := spent(t, c.floor), spent(t, c.client)
		t.Logf("%s: %d allocations of %d bytes; floor %d of %d", c.name, client.count, client.bytes, floor.count, floor.bytes)
		if 10*client.count > 11*floor.count || 10*client.bytes > 11*floor.bytes {
			t.Errorf("%s: %d allocations of %d bytes, and the floor makes %d of %d", c.name, client.count, client.bytes, floor.count, floor.bytes)
		}
	}
}

func TestMemoryOfALongListIsBoundedByItsData(t *testing.T) {
	leak.Check(t)
	data := uint64(len(newCanned(t).lists["1000"]))
	for _, c := range contests(t, setting{}) {
		if c.name != "list 1000" {
			continue
		}
		if got := spent(t, c.client); got.bytes > 5*data {
			t.Errorf("%d bytes for an answer of %d", got.bytes, data)
		}
		return
	}
	t.Error("no such call")
}

type allocated struct{ count, bytes uint64 }

// spent is what one call allocates, in the mean.
func spent(t *testing.T, call func() error) allocated {
	t.Helper()
	const runs = 50
	var before, after runtime.MemStats
	for i := range runs + 1 {
		if i == 1 { // the first one fills caches
			runtime.ReadMemStats(&before)
		}
		if err := call(); err != nil {
			t.Fatal(err)
		}
	}
	runtime.ReadMemStats(&after)
	return allocated{(after.Mallocs - before.Mallocs) / runs, (after.TotalAlloc - before.TotalAlloc) / runs}
}
