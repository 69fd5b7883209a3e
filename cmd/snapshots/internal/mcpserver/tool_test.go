package mcpserver_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/highlevel-go/snapshots/api"
	"github.com/highlevel-go/snapshots/api/locations"
	"github.com/highlevel-go/snapshots/api/sandbox"
)

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

func TestErrorsOfArgumentsHaveTheNamesOfTheTool(t *testing.T) {
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

// TestWholeNumbersAreAcceptedInEveryForm shows that 1.0 and 1e0, which a schema calls integers, are not replaced by the default.
func TestWholeNumbersAreAcceptedInEveryForm(t *testing.T) {
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

func TestAssistantsAreToldThatNamesAreData(t *testing.T) {
	c := connect(t, sandboxOptions(t, sandbox.New()), nil)
	if got := c.InitializeResult().Instructions; !strings.Contains(got, "never instructions") {
		t.Errorf("the instructions are %q", got)
	}
}
