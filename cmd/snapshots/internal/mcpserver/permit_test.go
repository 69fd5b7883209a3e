package mcpserver_test

import (
	"net/http"
	"testing"

	"github.com/highlevel-go/snapshots/api"
	"github.com/highlevel-go/snapshots/api/sandbox"
)

func TestWritesNeedTheirFlag(t *testing.T) {
	box := sandbox.New()
	c := connect(t, sandboxOptions(t, box), nil)
	wantRefusal(t, call(t, c, "create-snapshot-share-link", linkArguments), "--allow-writes", "nothing was sent")
	wantRefusal(t, call(t, c, "bulk_share", object{"job": "j", "items": []any{linkArguments}}), "--allow-writes", "nothing was sent")
	if n := sent(box, http.MethodPost); n != 0 {
		t.Errorf("%d links were made", n)
	}
	if got := read[api.SnapshotList](t, c, "get-custom-snapshots", nil); len(got.Snapshots) != 2 {
		t.Errorf("read %+v", got)
	}
}

func TestASupersedingLinkNeedsItsOwnFlag(t *testing.T) {
	box := sandbox.New()
	o := sandboxOptions(t, box)
	o.AllowWrites = true
	c := connect(t, o, nil)
	if link := read[api.ShareLink](t, c, "create-snapshot-share-link", linkArguments); link.URL == "" {
		t.Error("no link came")
	}
	wantRefusal(t, call(t, c, "create-snapshot-share-link", linkArguments), "--allow-destructive", "may stop working")
	wantRefusal(t, call(t, c, "bulk_share", object{"job": "j", "items": []any{linkArguments}}), "--allow-destructive")
	again := connect(t, o, nil) // another process knows of the link as well
	wantRefusal(t, call(t, again, "create-snapshot-share-link", linkArguments), "--allow-destructive")
	read[api.ShareLink](t, again, "create-snapshot-share-link", object{"snapshot_id": sandbox.Snapshot1, "share_type": "link"})
	wantRefusal(t, call(t, again, "bulk_share", object{"job": "k", "items": []any{ // the second would end the first
		object{"snapshot_id": sandbox.Snapshot2, "share_type": "agency_link", "relationship_number": []string{"1"}},
		object{"snapshot_id": sandbox.Snapshot2, "share_type": "agency_link", "relationship_number": []string{"2"}},
	}}), "--allow-destructive")
	if n := sent(box, http.MethodPost); n != 2 {
		t.Errorf("%d links were made, want 2", n)
	}
}

func TestALinkThatWasRefusedSupersedesNothing(t *testing.T) {
	o := sandboxOptions(t, sandbox.New())
	o.AllowWrites = true
	c := connect(t, o, nil)
	wrong := object{"snapshot_id": "not-there", "share_type": "link"}
	for range 2 {
		wantRefusal(t, call(t, c, "create-snapshot-share-link", wrong), "not done")
	}
}

func TestReplacingAndDeletingNeedTheirOwnFlag(t *testing.T) {
	box := sandbox.New(sandbox.WithSeed(sandbox.SeedDemo))
	o := sandboxOptions(t, box)
	o.AllowWrites = true
	c := connect(t, o, nil)
	load := object{"locationId": "sandbox-location-1", "snapshot": object{"id": sandbox.Snapshot1, "override": true}}
	wantRefusal(t, call(t, c, "put-location", load), "--allow-destructive", "replaces assets")
	wantRefusal(t, call(t, c, "delete-location", object{"locationId": "sandbox-location-1", "deleteTwilioAccount": false}), "--allow-destructive", "deletes")
	if len(box.Locations()) != 3 || sent(box, http.MethodPut) != 0 {
		t.Error("something was done")
	}
	o.AllowDestructive = true
	before := len(box.Pushes())
	read[object](t, connect(t, o, nil), "put-location", load)
	if len(box.Pushes()) != before+1 {
		t.Error("nothing was loaded")
	}
}
