package mcpserver_test

import (
	"context"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/highlevel-go/snapshots/api"
	"github.com/highlevel-go/snapshots/api/sandbox"
)

// TestTheUserIsAskedBeforeALinkIsSuperseded shows it for clients that are asked while they wait, and for those that are told to call
// again with an answer.
func TestTheUserIsAskedBeforeALinkIsSuperseded(t *testing.T) {
	for name, version := range map[string]string{"asked while it waits": "2025-06-18", "asked to call again": "2026-07-28"} {
		t.Run(name, func(t *testing.T) {
			box := sandbox.New()
			o := sandboxOptions(t, box)
			o.AllowWrites, o.AllowDestructive = true, true
			answer, asked := &mcp.ElicitResult{}, ""
			c := connectAs(t, o, version, &mcp.ClientOptions{ElicitationHandler: func(_ context.Context, req *mcp.ElicitRequest) (*mcp.ElicitResult, error) {
				asked = req.Params.Message
				return answer, nil
			}})
			read[api.ShareLink](t, c, "create-snapshot-share-link", linkArguments)
			if asked != "" {
				t.Errorf("asked about the first link: %s", asked)
			}
			for _, no := range []*mcp.ElicitResult{{Action: "decline"}, {Action: "cancel"}, {Action: "accept", Content: object{"confirm": false}}} {
				answer = no
				wantRefusal(t, call(t, c, "create-snapshot-share-link", linkArguments), "has not confirmed", "nothing was sent")
				if !strings.Contains(asked, "may stop working") || !strings.Contains(asked, sandbox.Snapshot1) {
					t.Errorf("asked %q", asked)
				}
			}
			wantRefusal(t, call(t, c, "bulk_share", object{"job": "j", "items": []any{linkArguments}}), "has not confirmed")
			if n := sent(box, http.MethodPost); n != 1 {
				t.Errorf("%d links were made before the user agreed, want 1", n)
			}
			answer = &mcp.ElicitResult{Action: "accept", Content: object{"confirm": true}}
			read[api.ShareLink](t, c, "create-snapshot-share-link", linkArguments)
			read[object](t, c, "bulk_share", object{"job": "j", "items": []any{linkArguments}})
			if n := sent(box, http.MethodPost); n != 3 {
				t.Errorf("%d links were made, want 3", n)
			}
		})
	}
}

func TestAConfirmationIsForOneCall(t *testing.T) {
	box := sandbox.New()
	o := sandboxOptions(t, box)
	o.AllowWrites, o.AllowDestructive = true, true
	c := connectAs(t, o, "2026-07-28", &mcp.ClientOptions{
		MultiRoundTrip:     &mcp.MultiRoundTripOptions{Disabled: true},
		ElicitationHandler: func(context.Context, *mcp.ElicitRequest) (*mcp.ElicitResult, error) { return nil, io.EOF },
	})
	other := object{"snapshot_id": sandbox.Snapshot2, "share_type": "permanent_link"}
	for _, args := range []object{linkArguments, other} {
		read[api.ShareLink](t, c, "create-snapshot-share-link", args)
	}
	question := call(t, c, "create-snapshot-share-link", linkArguments)
	if !question.NeedsInput() {
		t.Fatalf("no question came: %s", textOf(question))
	}
	yes := mcp.InputResponseMap{}
	for id := range question.InputRequests {
		yes[id] = &mcp.ElicitResult{Action: "accept", Content: object{"confirm": true}}
	}
	for _, test := range []struct {
		args   object
		state  string
		serves bool
	}{
		{other, question.RequestState, false},
		{linkArguments, "", false},
		{linkArguments, "forged", false},
		{linkArguments, question.RequestState, true},
		{linkArguments, question.RequestState, false}, // it has served
	} {
		result, err := c.CallTool(t.Context(), &mcp.CallToolParams{Name: "create-snapshot-share-link", Arguments: test.args, InputResponses: yes, RequestState: test.state})
		if err != nil || result.IsError == test.serves {
			t.Errorf("%+v: %v, %s", test, err, textOf(result))
		}
	}
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
