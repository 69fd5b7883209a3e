package mcpserver_test

import (
	"context"
	"net/http"
	"testing"

	"github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/highlevel-go/snapshots/api"
	"github.com/highlevel-go/snapshots/api/rest"
	"github.com/highlevel-go/snapshots/api/sandbox"
)

func TestABulkMakesNoLinkTwice(t *testing.T) {
	box := sandbox.New(sandbox.WithFault(mustFault(t, "operation=create-snapshot-share-link; status=400; times=1")))
	o := sandboxOptions(t, box)
	o.AllowWrites = true
	args := object{"job": "partners", "items": []any{
		object{"snapshot_id": sandbox.Snapshot1, "share_type": "link"},
		object{"snapshot_id": sandbox.Snapshot2, "share_type": "agency_link", "relationship_number": []string{"1-2-3"}},
	}}
	type outcome struct {
		Made, Failed int
		Results      []struct {
			Link   *api.ShareLink
			Error  string
			Effect string
		}
	}
	first := read[outcome](t, connect(t, o, nil), "bulk_share", args)
	if first.Made != 1 || first.Failed != 1 {
		t.Fatalf("first %+v", first)
	}
	second := read[outcome](t, connect(t, o, nil), "bulk_share", args)
	if second.Made != 2 || second.Failed != 0 || second.Results[1].Link.URL == "" || second.Results[0].Effect != "done" {
		t.Fatalf("second %+v", second)
	}
	read[outcome](t, connect(t, o, nil), "bulk_share", args)
	if n := len(box.State().Links); n != 2 {
		t.Errorf("%d links were made, want 2", n)
	}
}

// TestACancelledBulkListsWhatIsPerhapsDone cancels while a link is made, and calls again.
func TestACancelledBulkListsWhatIsPerhapsDone(t *testing.T) {
	box := sandbox.New(sandbox.WithFault(mustFault(t, "operation=create-snapshot-share-link; delay=1s; times=1")))
	o := sandboxOptions(t, box)
	o.AllowWrites = true
	started := make(chan struct{}, 9)
	o.Client = append(o.Client, rest.WithHTTPClient(&http.Client{Transport: transport(func(r *http.Request) (*http.Response, error) {
		started <- struct{}{}
		return box.RoundTrip(r)
	})}))
	c := connect(t, o, nil)
	args := object{"job": "j", "items": []any{object{"snapshot_id": sandbox.Snapshot1, "share_type": "link"}}}
	ctx, cancel := context.WithCancel(t.Context())
	go func() { <-started; cancel() }()
	if _, err := c.CallTool(ctx, &mcp.CallToolParams{Name: "bulk_share", Arguments: args}); err == nil {
		t.Fatal("it was not cancelled")
	}
	type outcome struct {
		Results []struct{ Effect, Error string }
	}
	got := read[outcome](t, c, "bulk_share", args)
	if len(got.Results) != 1 || got.Results[0].Effect != "perhaps done" || got.Results[0].Error == "" {
		t.Errorf("then %+v", got)
	}
	if len(started) != 0 {
		t.Error("what is perhaps done was sent again")
	}
	wantRefusal(t, call(t, c, "create-snapshot-share-link", object{"snapshot_id": sandbox.Snapshot1, "share_type": "link"}), "may stop working") // it is noted down
}
