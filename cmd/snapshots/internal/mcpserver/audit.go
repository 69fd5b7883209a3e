package mcpserver

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/google/jsonschema-go/jsonschema"
	"github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/highlevel-go/snapshots/api"
)

// addAuditTool adds audit, which goes on where it was as often as it is called: it takes longer than clients wait for a tool.
func (s *server) addAuditTool(out *mcp.Server, operations map[string]*operation) error {
	op := operations[api.OperationLatestPush.ID]
	one, zero, most := 1.0, 0.0, float64(mostWait)
	ids := func(of string) *jsonschema.Schema {
		return &jsonschema.Schema{Type: "array", Items: &jsonschema.Schema{Type: "string"}, Description: "Ids of " + of + ". All of the agency's when it is left out."}
	}
	input := &jsonschema.Schema{Type: "object", AdditionalProperties: nothing(), Required: []string{"job"}, Properties: map[string]*jsonschema.Schema{
		"job":            jobArgument("what was read is not read again. To look anew, choose another name"),
		"snapshots":      ids("snapshots"),
		"locations":      ids("sub-accounts"),
		"companyId":      op.input.Properties["companyId"],
		"timeoutSeconds": {Type: "integer", Minimum: &one, Maximum: &most, Default: fmt.Append(nil, usualWait), Description: "How long to read. Call the tool again with the same job until complete is true."},
		"cursor":         {Type: "integer", Minimum: &zero, Description: cursorWords},
	}}
	check, err := input.Resolve(nil)
	if err != nil {
		return err
	}
	whole := func(of string) *jsonschema.Schema { return &jsonschema.Schema{Type: "integer", Description: of} }
	output := &jsonschema.Schema{Type: "object", Required: []string{"complete", "known"}, Properties: map[string]*jsonschema.Schema{
		"complete": {Type: "boolean", Description: "Whether every pair of a snapshot and a sub-account was read."},
		"known":    whole("How many pairs were read."),
		"entries": {Type: "array", Description: "The pairs that have a push, once the audit is complete.", Items: &jsonschema.Schema{Type: "object", Properties: map[string]*jsonschema.Schema{
			"snapshotId": {Type: "string"}, "locationId": {Type: "string"}, "push": op.output.Properties["data"],
		}}},
		nextCursor: whole("There may be more: give this as cursor, with the same job, for the next page."),
	}}
	annotations := annotate(op)
	annotations.Title = "Find who has which snapshot"
	out.AddTool(&mcp.Tool{
		Name: "audit", Title: annotations.Title, InputSchema: input, OutputSchema: output, Annotations: annotations,
		Description: "Reads which sub-accounts have received which snapshots: the latest push of each snapshot to each sub-account, a request for each pair. " +
			"Many pairs take minutes at the service's limit of requests; for one snapshot and a known time, get-snapshot-push takes a fraction of that. " +
			"The token needs the scope snapshots.readonly, and locations.readonly where sub-accounts are not listed.",
	}, func(ctx context.Context, req *mcp.CallToolRequest) (*mcp.CallToolResult, error) {
		given, err := readArguments(check, req.Params.Arguments)
		if err != nil {
			return s.failure(op, &argumentError{err}), nil
		}
		return s.audit(ctx, req, op, given), nil
	})
	return nil
}

// auditArguments are those of the tool.
type auditArguments struct {
	Job            string
	Snapshots      []string
	Locations      []string
	CompanyID      string `json:"companyId"`
	TimeoutSeconds int
	Cursor         int
}

func (s *server) audit(ctx context.Context, req *mcp.CallToolRequest, op *operation, given arguments) *mcp.CallToolResult {
	args := auditArguments{TimeoutSeconds: usualWait}
	text, err := json.Marshal(given)
	if err == nil {
		err = json.Unmarshal(text, &args)
	}
	if err != nil {
		return s.failure(op, &argumentError{err})
	}
	journal, err := s.openJournal("audit-" + args.Job)
	if err != nil {
		return s.refusal("audit: " + err.Error())
	}
	defer func() { _ = journal.Close() }()
	timed, cancel := context.WithTimeout(ctx, time.Duration(args.TimeoutSeconds)*time.Second)
	defer cancel()
	entries, err := s.client.Audit(timed, api.AuditRequest{Snapshots: args.Snapshots, Locations: args.Locations, CompanyID: args.CompanyID}, api.Auditing[api.AuditEntry]{
		Journal: journal,
		Progress: func(known, all int, _ *api.AuditEntry, _ error) error {
			tell(ctx, req, known, all, "")
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
	if args.Cursor > 0 && args.Cursor >= len(entries) {
		return s.failure(op, &argumentError{fmt.Errorf("cursor: %d is not a nextCursor of this job; begin again without a cursor", args.Cursor)})
	}
	page := []map[string]any{}
	end := len(entries)
	for i := min(args.Cursor, end); i < len(entries); i++ {
		if entries[i].Push == nil {
			continue
		}
		if len(page) == mostPage {
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
