package mcpserver_test

import (
	"context"
	"encoding/json"
	"io"
	"maps"
	"net/http"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/jsonschema-go/jsonschema"
	"github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/highlevel-go/snapshots/api"
	"github.com/highlevel-go/snapshots/api/locations"
	"github.com/highlevel-go/snapshots/api/rest"
	"github.com/highlevel-go/snapshots/api/sandbox"
	"github.com/highlevel-go/snapshots/cmd/snapshots/internal/mcpserver"
)

// sandboxOptions are those of a server that works with a sandbox.
func sandboxOptions(t *testing.T, box *sandbox.Sandbox) mcpserver.Options {
	return mcpserver.Options{
		Client:  []rest.Option{rest.WithHTTPClient(&http.Client{Transport: box}), rest.WithToken(sandbox.Token), api.WithCompany(sandbox.CompanyID), rest.WithBudget(nil)},
		Company: sandbox.CompanyID, Dir: t.TempDir(), FirstPause: time.Millisecond,
	}
}

// connect starts a server and returns a client that is connected to it in memory.
func connect(t *testing.T, o mcpserver.Options, client *mcp.ClientOptions) *mcp.ClientSession {
	t.Helper()
	return connectAs(t, o, "", client)
}

// connectAs is connect with a client of one version of the protocol.
func connectAs(t *testing.T, o mcpserver.Options, version string, client *mcp.ClientOptions) *mcp.ClientSession {
	t.Helper()
	server, err := mcpserver.New(o)
	if err != nil {
		t.Fatal(err)
	}
	near, far := mcp.NewInMemoryTransports()
	if _, err := server.Connect(t.Context(), far, nil); err != nil {
		t.Fatal(err)
	}
	session, err := mcp.NewClient(&mcp.Implementation{Name: "test", Version: "1"}, client).Connect(t.Context(), near, &mcp.ClientSessionOptions{ProtocolVersion: version})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = session.Close() })
	return session
}

func call(t *testing.T, c *mcp.ClientSession, tool string, args any) *mcp.CallToolResult {
	t.Helper()
	result, err := c.CallTool(t.Context(), &mcp.CallToolParams{Name: tool, Arguments: args})
	if err != nil {
		t.Fatalf("%s: %v", tool, err)
	}
	return result
}

// textOf returns what an assistant reads.
func textOf(r *mcp.CallToolResult) string {
	var all []string
	for _, content := range r.Content {
		if text, ok := content.(*mcp.TextContent); ok {
			all = append(all, text.Text)
		}
	}
	return strings.Join(all, "\n")
}

// read calls a tool that is to succeed, and decodes its structured result.
func read[T any](t *testing.T, c *mcp.ClientSession, tool string, args any) T {
	t.Helper()
	result := call(t, c, tool, args)
	if result.IsError {
		t.Fatalf("%s: %s", tool, textOf(result))
	}
	text, err := json.Marshal(result.StructuredContent)
	if err != nil {
		t.Fatal(err)
	}
	var same any // for clients that know no other form
	if err := json.Unmarshal([]byte(result.Content[0].(*mcp.TextContent).Text), &same); err != nil || !reflect.DeepEqual(same, result.StructuredContent) {
		t.Errorf("%s: the text is %s, and not %s", tool, textOf(result), text)
	}
	wantSchema(t, c, tool, result.StructuredContent)
	var out T
	if err := json.Unmarshal(text, &out); err != nil {
		t.Fatalf("%s: %v in %s", tool, err, text)
	}
	return out
}

// wantSchema checks a result against the schema that its tool promises.
func wantSchema(t *testing.T, c *mcp.ClientSession, name string, result any) {
	t.Helper()
	for tool, err := range c.Tools(t.Context(), nil) {
		if err != nil {
			t.Fatal(err)
		}
		if tool.Name != name {
			continue
		}
		text, err := json.Marshal(tool.OutputSchema)
		if err != nil {
			t.Fatal(err)
		}
		var schema jsonschema.Schema
		if err := json.Unmarshal(text, &schema); err != nil {
			t.Fatalf("%s: %v in %s", name, err, text)
		}
		check, err := schema.Resolve(nil)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if err := check.Validate(result); err != nil || schema.Type != "object" {
			t.Errorf("%s: the result is not what its schema says: %v", name, err)
		}
		return
	}
	t.Errorf("there is no tool %s", name)
}

func wantRefusal(t *testing.T, r *mcp.CallToolResult, words ...string) {
	t.Helper()
	if !r.IsError {
		t.Fatalf("it succeeded: %s", textOf(r))
	}
	for _, word := range words {
		if !strings.Contains(textOf(r), word) {
			t.Errorf("the refusal does not say %q: %s", word, textOf(r))
		}
	}
}

func sent(box *sandbox.Sandbox, method string) (n int) {
	for _, r := range box.Requests() {
		if r.Method == method {
			n++
		}
	}
	return n
}

type object = map[string]any

var linkArguments = object{"snapshot_id": sandbox.Snapshot1, "share_type": "permanent_link"}

func TestEveryOperationIsATool(t *testing.T) {
	c := connect(t, sandboxOptions(t, sandbox.New()), nil)
	tools := map[string]*mcp.Tool{}
	for tool, err := range c.Tools(t.Context(), nil) {
		if err != nil {
			t.Fatal(err)
		}
		tools[tool.Name] = tool
	}
	for _, op := range append(api.Operations(), locations.Operations()...) {
		tool := tools[op.ID]
		if tool == nil {
			t.Errorf("%s is not a tool", op.ID)
			continue
		}
		reads := op.Method == http.MethodGet
		if a := tool.Annotations; a.ReadOnlyHint != reads || a.IdempotentHint != op.Idempotent || reads && *a.DestructiveHint || !*a.OpenWorldHint {
			t.Errorf("%s %s is annotated %+v", op.Method, op.ID, a)
		}
		if tool.Title != op.Summary || !strings.Contains(tool.Description, op.DocsURL) {
			t.Errorf("%s has the words %q, %q", op.ID, tool.Title, tool.Description)
		}
	}
	for _, name := range []string{"wait_for_push", "bulk_share", "audit"} {
		if tools[name] == nil {
			t.Errorf("%s is not a tool", name)
		}
	}
	if link := tools[api.OperationCreateShareLink.ID]; !*link.Annotations.DestructiveHint {
		t.Error("making a link can end another, and is not called destructive")
	}
}

func TestArgumentsReachTheService(t *testing.T) {
	box := sandbox.New(sandbox.WithSeed(sandbox.SeedDemo))
	c := connect(t, sandboxOptions(t, box), nil)
	call(t, c, "get-snapshot-push", object{"snapshotId": sandbox.Snapshot1, "from": "2020-01-02", "to": "2030-01-02T03:04:05Z", "limit": 1, "lastDoc": "x"})
	requests := box.Requests()
	query := requests[len(requests)-1].Query
	for _, want := range []string{"from=2020-01-02T00%3A00%3A00Z", "to=2030-01-02T03%3A04%3A05Z", "limit=1", "lastDoc=x", "companyId=" + sandbox.CompanyID} {
		if !strings.Contains(query, want) {
			t.Errorf("%s is not in %s", want, query)
		}
	}
}

func TestBadArgumentsAreToldByTheirNames(t *testing.T) {
	box := sandbox.New()
	o := sandboxOptions(t, box)
	o.AllowWrites = true
	c := connect(t, o, nil)
	for _, test := range []struct {
		tool string
		args any
		want string
	}{
		{"get-latest-snapshot-push", object{"snapshotId": "a"}, "locationId"},
		{"get-latest-snapshot-push", object{"snapshotId": "a", "locationId": "b", "location": "c"}, "location"},
		{"get-latest-snapshot-push", object{"snapshotId": "a", "locationId": ".."}, "locationId cannot be a segment"},
		{"get-snapshot-push", object{"snapshotId": "a", "from": "yesterday", "to": "2030-01-01"}, "from"},
		{"get-snapshot-push", object{"snapshotId": "a", "from": "2030-01-02", "to": "2030-01-01"}, "must not be later than to"},
		{"create-snapshot-share-link", object{"snapshot_id": "a", "share_type": "forever"}, "share_type"},
		{"create-snapshot-share-link", object{"snapshot_id": "a", "share_type": "agency_link"}, "relationship_number is required when share_type is agency_link"},
		{"bulk_share", object{"job": "../x", "items": []any{linkArguments}}, "job"},
		{"bulk_share", object{"job": "x", "items": []any{}}, "items"},
		{"bulk_share", object{"job": "x", "items": []any{linkArguments, object{"snapshot_id": "a", "share_type": "location_link"}}}, "items[1]"},
	} {
		wantRefusal(t, call(t, c, test.tool, test.args), test.want, "Nothing was sent.")
	}
	if n := len(box.Requests()); n != 0 {
		t.Errorf("%d requests were sent", n)
	}
}

func TestOnlyReadingUnlessWritesAreAllowed(t *testing.T) {
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

func TestAConfirmationServesForNoOtherCall(t *testing.T) {
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

func TestABulkGoesOnWhereItWas(t *testing.T) {
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

func TestWhatWasPerhapsDoneIsSaid(t *testing.T) {
	box := sandbox.New(sandbox.WithFault(mustFault(t, "operation=create-snapshot-share-link; status=502; times=9")))
	o := sandboxOptions(t, box)
	o.AllowWrites = true
	c := connect(t, o, nil)
	wantRefusal(t, call(t, c, "create-snapshot-share-link", linkArguments), "perhaps done", "could be done twice")
	wantRefusal(t, call(t, c, "create-snapshot-share-link", linkArguments), "--allow-destructive") // there may be a link now
}

func mustFault(t *testing.T, text string) sandbox.Fault {
	t.Helper()
	fault, err := sandbox.ParseFault(text)
	if err != nil {
		t.Fatal(err)
	}
	return fault
}

func TestWaitForPush(t *testing.T) {
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

func TestPagesOfPushesGoOnAtTheCursor(t *testing.T) {
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

func TestNoTokenLeavesTheServer(t *testing.T) {
	const token = "pit-01234567-89ab-cdef-0123-456789abcdef"
	other := "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln"
	echo := func(status int, body string) mcpserver.Options {
		return mcpserver.Options{Dir: t.TempDir(), Company: "c", Client: []rest.Option{
			rest.WithToken(token), api.WithCompany("c"), rest.WithRetry(rest.Retry{Attempts: 1}),
			rest.WithHTTPClient(&http.Client{Transport: transport(func(r *http.Request) (*http.Response, error) {
				return &http.Response{StatusCode: status, Request: r, Header: http.Header{"Content-Type": {"application/json"}}, Body: io.NopCloser(strings.NewReader(body))}, nil
			})}),
		}}
	}
	for status, body := range map[int]string{
		200: `{"snapshots":[{"id":"1","name":"` + token + ` ` + other + `"}]}`,
		401: `{"statusCode":401,"message":"Invalid token ` + token + ` or ` + other + `"}`,
		500: token + other,
	} {
		result := call(t, connect(t, echo(status, body), nil), "get-custom-snapshots", nil)
		text, err := json.Marshal(result)
		if err != nil || strings.Contains(string(text), token) || strings.Contains(string(text), other) {
			t.Errorf("%d: %v %s", status, err, text)
		}
		if status == 200 && result.IsError {
			t.Errorf("%d: %s", status, textOf(result))
		}
	}
}

type transport func(*http.Request) (*http.Response, error)

func (f transport) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

func TestErrorsSayWhatToDo(t *testing.T) {
	for fault, want := range map[string]string{
		"status=401; message=The token is not authorized for this scope.": "Ask the user for a token with that scope",
		"status=401; message=Invalid JWT":                                 "another token",
		"status=404":                                                      "ids",
	} {
		box := sandbox.New(sandbox.WithFault(mustFault(t, fault)))
		wantRefusal(t, call(t, connect(t, sandboxOptions(t, box), nil), "get-custom-snapshots", nil), want)
	}
}

func TestPromptsAndResources(t *testing.T) {
	c := connect(t, sandboxOptions(t, sandbox.New()), nil)
	tools := map[string]bool{}
	for tool, err := range c.Tools(t.Context(), nil) {
		if err != nil {
			t.Fatal(err)
		}
		tools[tool.Name] = true
	}
	count := 0
	for p, err := range c.Prompts(t.Context(), nil) {
		if err != nil {
			t.Fatal(err)
		}
		count++
		args := map[string]string{}
		for _, a := range p.Arguments {
			args[a.Name] = "{value of " + a.Name + "}"
		}
		got, err := c.GetPrompt(t.Context(), &mcp.GetPromptParams{Name: p.Name, Arguments: args})
		if err != nil {
			t.Fatal(err)
		}
		text := got.Messages[0].Content.(*mcp.TextContent).Text
		for _, value := range args {
			if !strings.Contains(text, value) {
				t.Errorf("%s does not hold %q:\n%s", p.Name, value, text)
			}
		}
		if !slices.ContainsFunc(slices.Collect(maps.Keys(tools)), func(tool string) bool { return strings.Contains(text, tool) }) {
			t.Errorf("%s names no tool:\n%s", p.Name, text)
		}
		if _, err := c.GetPrompt(t.Context(), &mcp.GetPromptParams{Name: p.Name}); err == nil {
			t.Errorf("%s went without its arguments", p.Name)
		}
	}
	if count != 3 {
		t.Errorf("%d prompts, want 3", count)
	}
	resources := map[string]string{}
	for r, err := range c.Resources(t.Context(), nil) {
		if err != nil {
			t.Fatal(err)
		}
		got, err := c.ReadResource(t.Context(), &mcp.ReadResourceParams{URI: r.URI})
		if err != nil {
			t.Fatal(err)
		}
		resources[r.URI] = got.Contents[0].Text
	}
	if !strings.Contains(resources["highlevel://spec/snapshots"], "openapi: 3") || !strings.Contains(resources["highlevel://deviations/snapshots"], "why:") {
		t.Errorf("the resources are not the documents")
	}
}

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

func TestWhatReplacesOrDeletesNeedsItsOwnFlag(t *testing.T) {
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

func TestAnAuditGoesOnWhereItsTimeEnded(t *testing.T) {
	t.Parallel()
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
