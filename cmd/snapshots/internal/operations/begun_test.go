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

// The record is written before the request is sent, so an incomplete one is of a request that was not sent.
func TestAnIncompleteRecordIsIgnored(t *testing.T) {
	dir := t.TempDir()
	b := operations.NewBegun(dir, "x", "key")
	if err := b.Write(); err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob(filepath.Join(dir, "*"))
	if err != nil || len(files) != 1 {
		t.Fatal(files, err)
	}
	if err := os.Truncate(files[0], 5); err != nil {
		t.Fatal(err)
	}
	if err := b.Earlier(); err != nil {
		t.Error(err)
	}
}
