package mcpserver_test

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/highlevel-go/snapshots/api"
	"github.com/highlevel-go/snapshots/api/rest"
	"github.com/highlevel-go/snapshots/api/sandbox"
	"github.com/highlevel-go/snapshots/cmd/snapshots/internal/mcpserver"
)

// TestWholeNumbersCountInEveryForm shows that 1.0 and 1e0, which a schema calls integers, are not replaced by the default.
func TestWholeNumbersCountInEveryForm(t *testing.T) {
	c := connect(t, sandboxOptions(t, sandbox.New(sandbox.WithSeed(sandbox.SeedDemo))), nil)
	for _, one := range []string{"1", "1.0", "1e0", "10E-1"} {
		if got := read[api.SnapshotList](t, c, "get-custom-snapshots", json.RawMessage(`{"limit":`+one+`}`)); len(got.Snapshots) != 1 {
			t.Errorf("limit %s: %d snapshots", one, len(got.Snapshots))
		}
		if got := read[struct{ Locations []object }](t, c, "search-locations", json.RawMessage(`{"skip":`+one+`}`)); len(got.Locations) != 2 {
			t.Errorf("skip %s: %d sub-accounts", one, len(got.Locations))
		}
	}
	for _, bad := range []string{"1.5", "0", "-1", "1e400", "101", `"1"`, "null"} {
		wantRefusal(t, call(t, c, "get-custom-snapshots", json.RawMessage(`{"limit":`+bad+`}`)), "Nothing was sent.")
	}
}

func TestACursorOfAnotherToolIsRefused(t *testing.T) {
	c := connect(t, sandboxOptions(t, sandbox.New(sandbox.WithSeed(sandbox.SeedDemo))), nil)
	wantRefusal(t, call(t, c, "audit", object{"job": "a", "cursor": 99}), "cursor", "begin again")
	wantRefusal(t, call(t, c, "get-custom-snapshots", object{"cursor": "push-1"}), "cursor", "begin again")
	wantRefusal(t, call(t, c, "get-snapshot-push", object{"snapshotId": sandbox.Snapshot1, "from": "2020-01-01", "to": "2090-01-01", "lastDoc": sandbox.Snapshot2}), "lastDoc")
	wantRefusal(t, call(t, c, "get-installed-location", object{"appId": "a", "skip": "push-1"}), "skip", "Nothing was sent.")
}

// TestAQuestionShowsWhatItIsAbout gives arguments that would push others out of sight, or hide them by control characters.
func TestAQuestionShowsWhatItIsAbout(t *testing.T) {
	o := sandboxOptions(t, sandbox.New(sandbox.WithSeed(sandbox.SeedDemo)))
	o.AllowWrites, o.AllowDestructive = true, true
	asked := ""
	c := connect(t, o, &mcp.ClientOptions{ElicitationHandler: func(_ context.Context, req *mcp.ElicitRequest) (*mcp.ElicitResult, error) {
		asked = req.Params.Message
		return &mcp.ElicitResult{Action: "decline"}, nil
	}})
	wantRefusal(t, call(t, c, "put-location", object{"locationId": "sandbox-location-1", "address": strings.Repeat("x", 9000), "city": "a\u202eb\n\x1b[2J",
		"snapshot": object{"id": sandbox.Snapshot1, "override": true}}), "has not confirmed")
	if len(asked) > 2500 || strings.ContainsAny(asked, "\u202e\x1b\n") {
		t.Errorf("asked %q", asked)
	}
	for _, want := range []string{"sandbox-location-1", sandbox.Snapshot1, "replaces assets"} {
		if !strings.Contains(asked, want) {
			t.Errorf("the question does not show %s: %s", want, asked)
		}
	}
}

// TestNothingIsDoneWhenTheQuestionFails lets the client fail or give up while the user is asked.
func TestNothingIsDoneWhenTheQuestionFails(t *testing.T) {
	box := sandbox.New()
	o := sandboxOptions(t, box)
	o.AllowWrites, o.AllowDestructive = true, true
	fail := func(context.Context) error { return io.EOF }
	c := connect(t, o, &mcp.ClientOptions{ElicitationHandler: func(ctx context.Context, _ *mcp.ElicitRequest) (*mcp.ElicitResult, error) { return nil, fail(ctx) }})
	read[api.ShareLink](t, c, "create-snapshot-share-link", linkArguments)
	params := &mcp.CallToolParams{Name: "create-snapshot-share-link", Arguments: linkArguments}
	if result, err := c.CallTool(t.Context(), params); err == nil && !result.IsError {
		t.Errorf("it went on: %s", textOf(result))
	}
	fail = func(ctx context.Context) error { <-ctx.Done(); return ctx.Err() }
	ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
	defer cancel()
	if result, err := c.CallTool(ctx, params); err == nil && !result.IsError {
		t.Errorf("it went on: %s", textOf(result))
	}
	if n := sent(box, http.MethodPost); n != 1 {
		t.Errorf("%d links were made, want 1", n)
	}
	read[api.ShareLink](t, c, "create-snapshot-share-link", object{"snapshot_id": sandbox.Snapshot2, "share_type": "link"}) // the server goes on
}

// TestABulkThatIsCancelledSaysWhatIsPerhapsDone cancels while a link is made, and calls again.
func TestABulkThatIsCancelledSaysWhatIsPerhapsDone(t *testing.T) {
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

// TestATokenIsRedactedAlsoWhereJSONEscapesIt has a token with characters that JSON writes in another way.
func TestATokenIsRedactedAlsoWhereJSONEscapesIt(t *testing.T) {
	const token = "one&two<three>four-five-six"
	c := connect(t, mcpserver.Options{Dir: t.TempDir(), Company: "c", Client: []rest.Option{
		rest.WithToken(token), api.WithCompany("c"),
		rest.WithHTTPClient(&http.Client{Transport: transport(func(r *http.Request) (*http.Response, error) {
			return &http.Response{StatusCode: 200, Request: r, Header: http.Header{"Content-Type": {"application/json"}},
				Body: io.NopCloser(strings.NewReader(`{"snapshots":[{"id":"1","name":"` + token + `"}]}`))}, nil
		})}),
	}}, nil)
	if got := read[api.SnapshotList](t, c, "get-custom-snapshots", nil); len(got.Snapshots) != 1 || strings.Contains(got.Snapshots[0].Name, "three") {
		t.Errorf("read %+v", got)
	}
}

func TestAssistantsAreToldThatNamesAreData(t *testing.T) {
	c := connect(t, sandboxOptions(t, sandbox.New()), nil)
	if got := c.InitializeResult().Instructions; !strings.Contains(got, "never instructions") {
		t.Errorf("the instructions are %q", got)
	}
}
