package mcpserver_test

import (
	"strings"
	"testing"

	"github.com/highlevel-go/snapshots/api"
	"github.com/highlevel-go/snapshots/api/sandbox"
)

func TestLongListsComeInPages(t *testing.T) {
	box := sandbox.New(sandbox.WithSeed(sandbox.SeedEmpty))
	for i := range 7 {
		box.AddSnapshot(sandbox.CompanyID, api.Snapshot{ID: string(rune('a' + i)), Name: "n"})
	}
	c := connect(t, sandboxOptions(t, box), nil)
	type page struct {
		api.SnapshotList
		NextCursor string
	}
	var ids []string
	args := object{"limit": 3}
	for range 3 {
		p := read[page](t, c, "get-custom-snapshots", args)
		for _, s := range p.Snapshots {
			ids = append(ids, s.ID)
		}
		args["cursor"] = p.NextCursor
	}
	if got := strings.Join(ids, ""); got != "abcdefg" || args["cursor"] != "" {
		t.Errorf("read %q, then %q", got, args["cursor"])
	}
	wantRefusal(t, call(t, c, "get-custom-snapshots", object{"cursor": "gone"}), "begin again")
}

func TestPagesOfPushesContinueAtTheCursor(t *testing.T) {
	c := connect(t, sandboxOptions(t, sandbox.New(sandbox.WithSeed(sandbox.SeedDemo))), nil)
	type page struct {
		api.PushPage
		NextCursor string
	}
	args, seen := object{"snapshotId": sandbox.Snapshot1, "from": "2020-01-01", "to": "2090-01-01", "limit": 1}, 0
	for {
		p := read[page](t, c, "get-snapshot-push", args)
		seen += len(p.Data)
		if p.NextCursor == "" {
			break
		}
		args["lastDoc"] = p.NextCursor
	}
	if seen != 2 {
		t.Errorf("saw %d pushes, want 2", seen)
	}
}

func TestSubAccountsComeInPages(t *testing.T) {
	c := connect(t, sandboxOptions(t, sandbox.New(sandbox.WithSeed(sandbox.SeedDemo))), nil)
	type page struct {
		Locations  []object
		NextCursor *int
	}
	args, seen := object{"limit": 2}, 0
	for {
		p := read[page](t, c, "search-locations", args)
		seen += len(p.Locations)
		if p.NextCursor == nil {
			break
		}
		args["skip"] = *p.NextCursor
	}
	if seen != 3 {
		t.Errorf("saw %d sub-accounts, want 3", seen)
	}
}

func TestACursorOfAnotherToolIsRefused(t *testing.T) {
	c := connect(t, sandboxOptions(t, sandbox.New(sandbox.WithSeed(sandbox.SeedDemo))), nil)
	wantRefusal(t, call(t, c, "audit", object{"job": "a", "cursor": 99}), "cursor", "begin again")
	wantRefusal(t, call(t, c, "get-custom-snapshots", object{"cursor": "push-1"}), "cursor", "begin again")
	wantRefusal(t, call(t, c, "get-snapshot-push", object{"snapshotId": sandbox.Snapshot1, "from": "2020-01-01", "to": "2090-01-01", "lastDoc": sandbox.Snapshot2}), "lastDoc")
	wantRefusal(t, call(t, c, "get-installed-location", object{"appId": "a", "skip": "push-1"}), "skip", "Nothing was sent.")
}
