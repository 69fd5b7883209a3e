package mcpserver

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"reflect"
	"time"

	"github.com/google/jsonschema-go/jsonschema"
	"github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/highlevel-go/snapshots/api"
)

const (
	defaultWait = 45   // seconds; many clients give up after a minute
	maxWait     = 3600 // seconds
)

// secondsArgument returns the schema of the time that a tool may take.
func secondsArgument(description string) *jsonschema.Schema {
	return &jsonschema.Schema{Type: "integer", Minimum: new(1.0), Maximum: new(float64(maxWait)), Default: fmt.Append(nil, defaultWait), Description: description}
}

func secondsOf(given arguments) time.Duration {
	return time.Duration(valueOf(given, "timeoutSeconds", defaultWait)) * time.Second
}

// waitTool describes wait_for_push, which has the arguments of the operation that it polls.
func waitTool(op *operation) *mcp.Tool {
	input := *op.input
	input.Properties = maps.Clone(input.Properties)
	input.Properties["timeoutSeconds"] = secondsArgument("How long to wait. Where the push is still running then, the tool can be called again.")
	return &mcp.Tool{
		Name: "wait_for_push", Title: "Wait for a push", Annotations: annotate(op), InputSchema: &input,
		Description: "Waits until the latest push of a snapshot to a sub-account has ended, and returns its last status. " +
			op.description + " Begun before a new push is registered, it finds the one before.",
		OutputSchema: &jsonschema.Schema{Type: "object", Required: []string{"outcome"}, Properties: map[string]*jsonschema.Schema{
			"outcome": {Type: "string", Enum: []any{outcomeCompleted, outcomeFailed, outcomeRunning, outcomeUnknown},
				Description: "completed and failed are final; running is not; unknown means that the service does not know such a push, or not yet."},
			"data": op.output.Properties["data"],
		}},
	}
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
	looks := 0
	status, err := s.client.WaitForPush(ctx, request, api.Wait{
		Limit: secondsOf(given),
		Progress: func(status *api.PushStatus) {
			looks++
			message := "not registered yet"
			if status != nil {
				message = status.Status
			}
			notifyProgress(ctx, req, looks, 0, s.secrets.redact(message))
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

// notifyProgress reports the progress of a call to the client, if it has asked for that.
func notifyProgress(ctx context.Context, req *mcp.CallToolRequest, done, total int, message string) {
	token := req.Params.GetProgressToken()
	if token == nil {
		return
	}
	_ = req.Session.NotifyProgress(ctx, &mcp.ProgressNotificationParams{ // a client that is gone needs no progress
		ProgressToken: token, Progress: float64(done), Total: float64(total), Message: message,
	})
}
