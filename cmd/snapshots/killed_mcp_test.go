package main

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"testing"
	"time"

	"github.com/highlevel-go/snapshots/api"
	"github.com/modelcontextprotocol/go-sdk/mcp"
)

// bulkCall starts a server for an assistant, calls bulk_share, and kills the server after a time; 0 lets it end. It returns what
// became of each snapshot, or nothing where the server was killed before its answer.
func bulkCall(t *testing.T, url, dir string, snapshots int, killAfter time.Duration) map[string]string {
	t.Helper()
	cmd := exec.Command("snapshots", "mcp", "--allow-writes", "--allow-destructive")
	cmd.Env = append(os.Environ(), "HIGHLEVEL_BASE_URL="+url, "HIGHLEVEL_TOKEN=token-of-the-test", "HIGHLEVEL_COMPANY=c", "HIGHLEVEL_CONFIG="+dir)
	session, err := mcp.NewClient(&mcp.Implementation{Name: "test", Version: "1"}, nil).Connect(t.Context(), &mcp.CommandTransport{Command: cmd}, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer session.Close()
	if killAfter > 0 {
		defer time.AfterFunc(killAfter, func() { _ = cmd.Process.Kill() }).Stop()
	}
	var items []map[string]string
	for i := range snapshots {
		items = append(items, map[string]string{"snapshot_id": fmt.Sprintf("snapshot-%02d", i), "share_type": "permanent_link"})
	}
	result, err := session.CallTool(t.Context(), &mcp.CallToolParams{Name: "bulk_share", Arguments: map[string]any{"job": "j", "items": items}})
	if err != nil && killAfter > 0 {
		return nil
	}
	if err != nil || result.IsError {
		t.Fatalf("%v %+v", err, result)
	}
	text, err := json.Marshal(result.StructuredContent)
	if err != nil {
		t.Fatal(err)
	}
	var answer struct {
		Results []struct {
			Snapshot string `json:"snapshot_id"`
			Effect   string
		}
	}
	if err := json.Unmarshal(text, &answer); err != nil {
		t.Fatalf("%v in %s", err, text)
	}
	effects := map[string]string{}
	for _, r := range answer.Results {
		effects[r.Snapshot] = r.Effect
	}
	return effects
}

// A server for an assistant is killed at any moment while it makes many links, and asked for them again. No link is made twice,
// and each that was made is said to be done or perhaps done.
func TestKilledServerForAssistantsMakesNoLinkTwice(t *testing.T) {
	if testing.Short() {
		t.Skip("-short kills only a share of many rows")
	}
	kills := 0
	for range rounds() {
		service := &linkMaker{snapshots: 40, made: map[string]int{}}
		url, dir := serve(t, service), t.TempDir()
		var effects map[string]string
		for range 3 {
			if effects = bulkCall(t, url, dir, service.snapshots, time.Millisecond+rand.N(40*time.Millisecond)); effects != nil {
				break
			}
			kills++
		}
		if effects == nil {
			time.Sleep(20 * time.Millisecond) // the service may still be at it after its client was killed
			effects = bulkCall(t, url, dir, service.snapshots, 0)
		}
		for i := range service.snapshots {
			snapshot := fmt.Sprintf("snapshot-%02d", i)
			made, effect := service.made[snapshot], effects[snapshot]
			if made > 1 || effect != api.EffectUnknown.String() && (effect != api.EffectDone.String() || made != 1) {
				t.Errorf("%s is %q, and %d links were made", snapshot, effect, made)
			}
		}
	}
	t.Logf("%d kills", kills)
}
