package mcpserver

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"time"

	"github.com/google/jsonschema-go/jsonschema"
	"github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/highlevel-go/snapshots/api"
)

const (
	usualWait = 45   // seconds; many clients give a call up after a minute
	mostWait  = 3600 // seconds
)

// addWaitTool adds wait_for_push, which takes what the operation takes that it calls again and again.
func (s *server) addWaitTool(out *mcp.Server, operations map[string]*operation) error {
	op := operations[api.OperationLatestPush.ID]
	one, most := 1.0, float64(mostWait)
	list := append(op.arguments[:len(op.arguments):len(op.arguments)], argument{name: "timeoutSeconds", schema: &jsonschema.Schema{
		Type: "integer", Minimum: &one, Maximum: &most, Default: fmt.Append(nil, usualWait),
		Description: "How long to wait. Where the push is still running then, the tool can be called again.",
	}})
	input, err := objectOf(list)
	if err != nil {
		return err
	}
	check, err := input.Resolve(nil)
	if err != nil {
		return err
	}
	output := &jsonschema.Schema{Type: "object", Required: []string{"outcome"}, Properties: map[string]*jsonschema.Schema{
		"outcome": {Type: "string", Enum: []any{outcomeCompleted, outcomeFailed, outcomeRunning, outcomeUnknown},
			Description: "completed and failed are final; running is not; unknown means that the service does not know such a push, or not yet."},
		"data": op.output.Properties["data"],
	}}
	annotations := annotate(op)
	annotations.Title = "Wait for a push"
	out.AddTool(&mcp.Tool{
		Name: "wait_for_push", Title: annotations.Title, InputSchema: input, OutputSchema: output, Annotations: annotations,
		Description: "Waits until the latest push of a snapshot to a sub-account has ended, and returns its last status. " +
			op.description + " Begun before a new push is registered, it finds the one before.",
	}, func(ctx context.Context, req *mcp.CallToolRequest) (*mcp.CallToolResult, error) {
		given, err := readArguments(check, req.Params.Arguments)
		if err != nil {
			return s.failure(op, &argumentError{err}), nil
		}
		return s.wait(ctx, req, op, given), nil
	})
	return nil
}

const (
	outcomeCompleted = "completed"
	outcomeFailed    = "failed"
	outcomeRunning   = "running"
	outcomeUnknown   = "unknown"
)

func (s *server) wait(ctx context.Context, req *mcp.CallToolRequest, op *operation, given arguments) *mcp.CallToolResult {
	var request api.LatestPushRequest
	if err := given.fill(reflect.ValueOf(&request).Elem(), op.arguments); err != nil {
		return s.failure(op, &argumentError{err})
	}
	seconds := usualWait
	_ = json.Unmarshal(given["timeoutSeconds"], &seconds) // the schema was checked; left out it stays
	looks := 0
	status, err := s.client.WaitForPush(ctx, request, api.Wait{
		First: s.FirstPause,
		Limit: time.Duration(seconds) * time.Second,
		Progress: func(status *api.PushStatus) {
			looks++
			message := "not registered yet"
			if status != nil {
				message = status.Status
			}
			tell(ctx, req, looks, 0, s.secrets.redact(message))
		},
	})
	result := map[string]any{"outcome": outcomeCompleted}
	stopped, _ := errors.AsType[*api.WaitError](err)
	switch {
	case err == nil:
	case stopped != nil && (errors.Is(err, api.ErrPushFailed) || errors.Is(err, api.ErrPushTimedOut)):
		status = stopped.Status
		switch {
		case errors.Is(err, api.ErrPushFailed):
			result["outcome"] = outcomeFailed
		case status == nil:
			result["outcome"] = outcomeUnknown
		default:
			result["outcome"] = outcomeRunning
		}
	default:
		return s.failure(op, err)
	}
	if status != nil {
		result["data"] = status
	}
	if result["outcome"] == outcomeRunning || result["outcome"] == outcomeUnknown {
		return s.success(result, err.Error())
	}
	return s.success(result)
}

// tell sends the client word of how far a call has come, if it has asked for that.
func tell(ctx context.Context, req *mcp.CallToolRequest, done, total int, message string) {
	token := req.Params.GetProgressToken()
	if token == nil {
		return
	}
	_ = req.Session.NotifyProgress(ctx, &mcp.ProgressNotificationParams{ // a client that has gone needs none
		ProgressToken: token, Progress: float64(done), Total: float64(total), Message: message,
	})
}
