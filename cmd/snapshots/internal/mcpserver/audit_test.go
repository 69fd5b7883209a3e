package mcpserver_test

import (
	"strconv"
	"testing"
	"testing/synctest"

	"github.com/highlevel-go/snapshots/api"
	"github.com/highlevel-go/snapshots/api/sandbox"
)

func TestAudit(t *testing.T) {
	box := sandbox.New(sandbox.WithSeed(sandbox.SeedDemo))
	c := connect(t, sandboxOptions(t, box), nil)
	type outcome struct {
		Complete bool
		Known    int
		Entries  []struct {
			SnapshotID, LocationID string
			Push                   *api.PushStatus
		}
	}
	got := read[outcome](t, c, "audit", object{"job": "a"})
	if !got.Complete || got.Known != 6 || len(got.Entries) != 3 || got.Entries[0].Push.Status == "" {
		t.Errorf("read %+v", got)
	}
	before := len(box.Requests())
	read[outcome](t, c, "audit", object{"job": "a"})
	if n := len(box.Requests()) - before; n > 3 { // the lists of snapshots and sub-accounts
		t.Errorf("the second call of the job sent %d requests", n)
	}
	if got := read[outcome](t, c, "audit", object{"job": "b", "snapshots": []string{sandbox.Snapshot2}, "locations": []string{"sandbox-location-1"}}); got.Known != 1 || len(got.Entries) != 0 {
		t.Errorf("read %+v", got)
	}
}

func TestAnAuditContinuesAfterItsTimeout(t *testing.T) {
	synctest.Test(t, testAuditContinues)
}

func testAuditContinues(t *testing.T) {
	box := sandbox.New(sandbox.WithFault(mustFault(t, "operation=get-latest-snapshot-push; delay=600ms; times=99")))
	c := connect(t, sandboxOptions(t, box), nil)
	type outcome struct {
		Complete bool
		Known    int
	}
	ids := make([]string, 20)
	for i := range ids {
		ids[i] = "location-" + strconv.Itoa(i)
	}
	args := object{"job": "a", "snapshots": []string{sandbox.Snapshot1}, "locations": ids, "timeoutSeconds": 1}
	first := read[outcome](t, c, "audit", args)
	if first.Complete || first.Known == 0 || first.Known == len(ids) {
		t.Errorf("first %+v", first)
	}
	args["timeoutSeconds"] = 60
	box.ForgetRequests()
	if got := read[outcome](t, c, "audit", args); !got.Complete || got.Known != len(ids) {
		t.Errorf("then %+v", got)
	}
	if n := len(box.Requests()); n != len(ids)-first.Known {
		t.Errorf("%d requests the second time, want %d", n, len(ids)-first.Known)
	}
}
