package operations_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/highlevel-go/snapshots/cmd/snapshots/internal/operations"
)

func TestABegunRequestIsFoundUntilItsEnd(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "begun")
	record := func(key ...string) *operations.Begun { return operations.NewBegun(dir, "to load a into b", key...) }
	first := record("load", "a", "b")
	if err := first.Earlier(); err != nil {
		t.Error("before:", err)
	}
	if err := first.Write(); err != nil {
		t.Fatal(err)
	}
	err := record("load", "a", "b").Earlier()
	begun, ok := errors.AsType[*operations.BegunError](err)
	if !ok || begun.Time.IsZero() || !operations.PerhapsDone(err) || !strings.Contains(err.Error(), "to load a into b at ") {
		t.Errorf("begun: %v", err)
	}
	for _, other := range []*operations.Begun{record("load", "a", "c"), record("load", "a b"), operations.NewBegun("", "x", "load", "a", "b")} {
		if err := other.Earlier(); err != nil {
			t.Error("another one:", err)
		}
	}
	first.End()
	if err := record("load", "a", "b").Earlier(); err != nil {
		t.Error("after:", err)
	}
}

// A record replaces an earlier one as a whole, so a damaged one is of a request that was begun.
func TestADamagedRecordIsOfARequestThatWasBegun(t *testing.T) {
	dir := t.TempDir()
	b := operations.NewBegun(dir, "to load a into b", "key")
	if err := b.Write(); err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob(filepath.Join(dir, "*"))
	if err != nil || len(files) != 1 {
		t.Fatal(files, err)
	}
	for _, size := range []int64{5, 0} {
		if err := os.Truncate(files[0], size); err != nil {
			t.Fatal(err)
		}
		begun, ok := errors.AsType[*operations.BegunError](b.Earlier())
		if !ok || begun.What != "to load a into b" || begun.Time.IsZero() {
			t.Errorf("of %d bytes: %+v", size, begun)
		}
	}
}

// --again writes the record of a request that has one already. When the disk is full, the earlier one is not lost.
func TestARecordThatCannotBeWrittenLeavesTheEarlierOne(t *testing.T) {
	dir := t.TempDir()
	b := operations.NewBegun(dir, "to load a into b", "key")
	if err := b.Write(); err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob(filepath.Join(dir, "*"))
	if err != nil || len(files) != 1 {
		t.Fatal(files, err)
	}
	if err := os.Mkdir(files[0]+".tmp", 0o700); err != nil { // nothing can be written in its place
		t.Fatal(err)
	}
	if err := b.Write(); err == nil {
		t.Error("the record was written")
	}
	if err := b.Earlier(); !operations.PerhapsDone(err) {
		t.Errorf("then the earlier request is %v", err)
	}
}

// A process that is killed while it writes the record has not sent the request.
func TestAnUnfinishedRecordIsIgnoredAndRemoved(t *testing.T) {
	dir := t.TempDir()
	b := operations.NewBegun(dir, "x", "key")
	if err := b.Write(); err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob(filepath.Join(dir, "*"))
	if err != nil || len(files) != 1 {
		t.Fatal(files, err)
	}
	if err := os.Rename(files[0], files[0]+".tmp"); err != nil {
		t.Fatal(err)
	}
	if err := b.Earlier(); err != nil {
		t.Error(err)
	}
	b.End()
	if left, err := os.ReadDir(dir); err != nil || len(left) > 0 {
		t.Errorf("left are %v, %v", left, err)
	}
}
