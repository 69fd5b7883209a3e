package mcpserver_test

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/highlevel-go/snapshots/api"
	"github.com/highlevel-go/snapshots/api/sandbox"
)

func TestWaitForPush(t *testing.T) { synctest.Test(t, testWaitForPush) }

func testWaitForPush(t *testing.T) {
	box := sandbox.New(sandbox.WithSeed(sandbox.SeedDemo))
	progress := make(chan string, 9)
	c := connect(t, sandboxOptions(t, box), &mcp.ClientOptions{ProgressNotificationHandler: func(_ context.Context, req *mcp.ProgressNotificationClientRequest) {
		progress <- req.Params.Message
	}})
	type outcome struct {
		Outcome string
		Data    *api.PushStatus
	}
	for location, want := range map[string]string{"sandbox-location-1": "completed", "sandbox-location-2": "failed"} {
		if got := read[outcome](t, c, "wait_for_push", object{"snapshotId": sandbox.Snapshot1, "locationId": location}); got.Outcome != want || got.Data == nil {
			t.Errorf("%s: %+v, want %s", location, got, want)
		}
	}
	if got := read[outcome](t, c, "wait_for_push", object{"snapshotId": sandbox.Snapshot2, "locationId": "sandbox-location-3"}); got.Outcome != "completed" || got.Data.Completed.Len() == 0 {
		t.Errorf("%+v", got)
	}
	if got := read[outcome](t, c, "wait_for_push", object{"snapshotId": sandbox.Snapshot2, "locationId": "nobody", "timeoutSeconds": 1}); got.Outcome != "unknown" || got.Data != nil {
		t.Errorf("%+v", got)
	}
	params := &mcp.CallToolParams{Name: "wait_for_push", Arguments: object{"snapshotId": sandbox.Snapshot1, "locationId": "sandbox-location-1"}}
	params.SetProgressToken("p")
	if _, err := c.CallTool(t.Context(), params); err != nil {
		t.Fatal(err)
	}
	select {
	case got := <-progress:
		if got != "completed" {
			t.Errorf("progress was %q", got)
		}
	case <-time.After(10 * time.Second):
		t.Error("no progress came")
	}
}
