package mcpserver

import (
	"context"
	"errors"
	"fmt"

	"github.com/google/jsonschema-go/jsonschema"
	"github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/highlevel-go/snapshots/api"
)

// auditTool describes audit. An audit takes longer than clients wait for a tool, so each call continues where the previous
// one stopped.
func auditTool(op *operation) *mcp.Tool {
	ids := func(of string) *jsonschema.Schema {
		return &jsonschema.Schema{Type: "array", Items: &jsonschema.Schema{Type: "string"}, Description: "Ids of " + of + ". All of the agency's when it is left out."}
	}
	whole := func(of string) *jsonschema.Schema { return &jsonschema.Schema{Type: "integer", Description: of} }
	return &mcp.Tool{
		Name: "audit", Title: "Find who has which snapshot", Annotations: annotate(op),
		Description: "Reads which sub-accounts have received which snapshots: the latest push of each snapshot to each sub-account, a request for each pair. " +
			"Many pairs take minutes at the service's limit of requests; for one snapshot and a known time, get-snapshot-push takes a fraction of that. " +
			"The token needs the scope snapshots.readonly, and locations.readonly where sub-accounts are not listed.",
		InputSchema: &jsonschema.Schema{Type: "object", AdditionalProperties: nothing(), Required: []string{"job"}, Properties: map[string]*jsonschema.Schema{
			"job":            jobArgument("what was read is not read again. To audit again, choose another name"),
			"snapshots":      ids("snapshots"),
			"locations":      ids("sub-accounts"),
			"companyId":      op.input.Properties["companyId"],
			"timeoutSeconds": secondsArgument("How long to read. Call the tool again with the same job until complete is true."),
			"cursor":         {Type: "integer", Minimum: new(0.0), Description: cursorDescription},
		}},
		OutputSchema: &jsonschema.Schema{Type: "object", Required: []string{"complete", "known"}, Properties: map[string]*jsonschema.Schema{
			"complete": {Type: "boolean", Description: "Whether every pair of a snapshot and a sub-account was read."},
			"known":    whole("How many pairs were read."),
			"entries": {Type: "array", Description: "The pairs that have a push, once the audit is complete.", Items: &jsonschema.Schema{Type: "object", Properties: map[string]*jsonschema.Schema{
				"snapshotId": {Type: "string"}, "locationId": {Type: "string"}, "push": op.output.Properties["data"],
			}}},
			nextCursor: whole("There may be more: give this as cursor, with the same job, for the next page."),
		}},
	}
}

func (s *server) audit(ctx context.Context, req *mcp.CallToolRequest, op *operation, given arguments) *mcp.CallToolResult {
	journal, err := s.openJournal("audit-" + given.text("job"))
	if err != nil {
		return s.refusal("audit: " + err.Error())
	}
	defer func() { _ = journal.Close() }()
	timed, cancel := context.WithTimeout(ctx, secondsOf(given))
	defer cancel()
	request := api.AuditRequest{Snapshots: valueOf[[]string](given, "snapshots", nil), Locations: valueOf[[]string](given, "locations", nil), CompanyID: given.text("companyId")}
	entries, err := s.client.Audit(timed, request, api.Auditing[api.AuditEntry]{
		Journal: journal,
		Progress: func(known, all int, _ *api.AuditEntry, _ error) error {
			notifyProgress(ctx, req, known, all, "")
			return nil
		},
	})
	result := map[string]any{"complete": err == nil, "known": len(entries)}
	switch {
	case err == nil:
	case ctx.Err() == nil && errors.Is(timed.Err(), context.DeadlineExceeded):
		return s.success(result, "It is not complete; call audit again with the same job.")
	default:
		return s.failure(op, err)
	}
	cursor := valueOf(given, "cursor", 0)
	if cursor > 0 && cursor >= len(entries) {
		return s.failure(op, &argumentError{fmt.Errorf("cursor: %d is not a nextCursor of this job; begin again without a cursor", cursor)})
	}
	page := []map[string]any{}
	end := len(entries)
	for i := min(cursor, end); i < len(entries); i++ {
		if entries[i].Push == nil {
			continue
		}
		if len(page) == maxPage {
			end = i
			break
		}
		page = append(page, map[string]any{"snapshotId": entries[i].SnapshotID, "locationId": entries[i].LocationID, "push": entries[i].Push})
	}
	result["entries"] = page
	if end < len(entries) {
		result[nextCursor] = end
	}
	return s.success(result)
}
