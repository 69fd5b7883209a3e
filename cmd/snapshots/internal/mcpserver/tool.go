package mcpserver

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"

	"github.com/google/jsonschema-go/jsonschema"
	"github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/highlevel-go/snapshots/api"
	"github.com/highlevel-go/snapshots/cmd/snapshots/internal/operations"
)

// handler executes a call of a tool. The arguments match the schema of the tool.
type handler func(ctx context.Context, req *mcp.CallToolRequest, op *operation, given arguments) *mcp.CallToolResult

// addTool adds a tool that calls an operation one or more times.
func (s *server) addTool(out *mcp.Server, op *operation, tool *mcp.Tool, handle handler) error {
	schema, err := tool.InputSchema.(*jsonschema.Schema).Resolve(nil)
	if err != nil {
		return fmt.Errorf("%s: %w", tool.Name, err)
	}
	tool.Annotations.Title = tool.Title
	out.AddTool(tool, func(ctx context.Context, req *mcp.CallToolRequest) (*mcp.CallToolResult, error) {
		given, err := readArguments(schema, req.Params.Arguments)
		if err != nil {
			return s.failure(op, &argumentError{err}), nil
		}
		return handle(ctx, req, op, given), nil
	})
	return nil
}

// operationTool describes the tool of an operation.
func (s *server) operationTool(op *operation) *mcp.Tool {
	text := []string{op.description}
	if !op.reads() {
		text = append(text, s.needs(op))
	}
	if len(op.Scopes) > 0 {
		text = append(text, "The token needs the scope "+strings.Join(op.Scopes, ", ")+".")
	}
	if len(op.TokenTypes) > 0 {
		text = append(text, "It accepts: "+strings.Join(op.TokenTypes, " or ")+".")
	}
	text = append(text, "Documentation: "+op.DocsURL)
	return &mcp.Tool{
		Name: op.ID, Title: op.Summary, Description: strings.Join(text, " "),
		InputSchema: op.input, OutputSchema: op.output, Annotations: annotate(op),
	}
}

// needs returns a sentence with the flags that the server must have been started with.
func (s *server) needs(op *operation) string {
	switch {
	case !s.AllowWrites:
		return "This server was started without --allow-writes, so the tool refuses."
	case !s.AllowDestructive && alwaysDestroys(op):
		return "This server was started without --allow-destructive, so the tool refuses."
	}
	return ""
}

// annotate derives the hints to clients from the descriptor.
func annotate(op *operation) *mcp.ToolAnnotations {
	return &mcp.ToolAnnotations{
		ReadOnlyHint: op.reads(), DestructiveHint: new(!op.reads() && (alwaysDestroys(op) || makesLink(op))),
		IdempotentHint: op.Idempotent, OpenWorldHint: new(true),
	}
}

// alwaysDestroys reports whether a call replaces or deletes something, whatever its arguments are.
func alwaysDestroys(op *operation) bool {
	return op.Method == http.MethodDelete || op.Method == http.MethodPut || op.Method == http.MethodPatch
}

// makesLink reports whether a call creates a share link, which can end the previous one.
func makesLink(op *operation) bool { return op.Operation == &api.OperationCreateShareLink }

// linkOf returns the key of the link that a call creates.
func (s *server) linkOf(given arguments) operations.LinkKey {
	return operations.LinkKey{Service: s.Service, Company: cmp.Or(given.text("companyId"), s.Company), Snapshot: given.text("snapshot_id"), Type: given.text("share_type")}
}

// callOperation executes a call of the tool of an operation.
func (s *server) callOperation(ctx context.Context, req *mcp.CallToolRequest, op *operation, given arguments) *mcp.CallToolResult {
	if op.reads() {
		return s.run(ctx, op, given)
	}
	if makesLink(op) {
		s.making.Lock()
		defer s.making.Unlock()
	}
	danger, err := s.danger(op, given)
	if err != nil {
		return s.refusal(err.Error())
	}
	if stop := s.permit(req, op.String(), danger); stop != nil {
		return stop
	}
	return s.run(ctx, op, given)
}

// danger returns what a call does that cannot be undone, or "" if nothing is known.
func (s *server) danger(op *operation, given arguments) (string, error) {
	switch {
	case op.Method == http.MethodDelete:
		return "It deletes what is there.", nil
	case overrides(given):
		return "It replaces assets that are there already by those of a snapshot.", nil
	case alwaysDestroys(op):
		return "It replaces what is there.", nil
	case makesLink(op):
		link := s.linkOf(given)
		made, err := s.Links.Has(link)
		if err != nil {
			return "", fmt.Errorf("nothing was sent: %w", err)
		}
		if made {
			return fmt.Sprintf("A link of type %s was made for snapshot %s before; it may stop working for those who have it.", link.Type, link.Snapshot), nil
		}
	}
	return "", nil
}

// overrides reports whether a call loads a snapshot over existing assets.
func overrides(given arguments) bool {
	value, err := asObject(given)
	return err == nil && hasOverride(value)
}

func hasOverride(value any) bool {
	switch v := value.(type) {
	case map[string]any:
		return v["override"] == true || slices.ContainsFunc(slices.Collect(maps.Values(v)), hasOverride)
	case []any:
		return slices.ContainsFunc(v, hasOverride)
	}
	return false
}

// run calls the operation and returns its response as a result.
func (s *server) run(ctx context.Context, op *operation, given arguments) *mcp.CallToolResult {
	var response api.Response
	var notes []string
	var answer any
	var err error
	send := func() error {
		answer, err = op.call(ctx, given, api.CallResponse(&response))
		return err
	}
	if !makesLink(op) {
		_ = send() // err is checked below
	} else if noteErr := s.Links.Track(s.linkOf(given), send); noteErr != nil {
		notes = append(notes, "The link could not be noted down, so a later one will not be known to supersede it: "+noteErr.Error())
	}
	if err != nil {
		return s.failure(op, err)
	}
	object, err := asObject(answer)
	if err == nil {
		err = op.pages.cut(object, given)
	}
	if err != nil {
		return s.failure(op, err)
	}
	for _, m := range response.Mismatches {
		notes = append(notes, "A value of the answer is not what is documented, and was left out: "+m.String())
	}
	return s.success(object, notes...)
}
