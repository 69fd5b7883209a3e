package mcpserver

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/highlevel-go/snapshots/api"
	"github.com/highlevel-go/snapshots/cmd/snapshots/internal/operations"
)

// success returns a result in both forms: structured, and as text for clients that do not support structured results.
func (s *server) success(v any, notes ...string) *mcp.CallToolResult {
	text, err := json.Marshal(v)
	if err != nil {
		return s.refusal(fmt.Sprintf("It was done, but its result cannot be written: %v", err))
	}
	clean := s.secrets.redact(string(text))
	out := &mcp.CallToolResult{StructuredContent: json.RawMessage(clean), Content: []mcp.Content{&mcp.TextContent{Text: clean}}}
	for _, note := range notes {
		out.Content = append(out.Content, &mcp.TextContent{Text: s.secrets.redact(note)})
	}
	return out
}

// refusal returns an error that the assistant can read.
func (s *server) refusal(text string) *mcp.CallToolResult {
	return &mcp.CallToolResult{IsError: true, Content: []mcp.Content{&mcp.TextContent{Text: s.secrets.redact(text)}}}
}

// failure returns the error of a call: what happened, whether something was done, and what to do.
func (s *server) failure(op *operation, err error) *mcp.CallToolResult {
	text := op.errorText(err)
	if !op.reads() {
		text += "\nWhat it was to do is " + api.EffectOf(err).String() + "."
	}
	if advice := adviceOn(op, err); advice != "" {
		text += "\n" + advice
	}
	return s.refusal(text)
}

func adviceOn(op *operation, err error) string {
	_, paused := errors.AsType[*api.PausedError](err)
	_, bad := errors.AsType[*argumentError](err)
	switch {
	case bad, errors.Is(err, api.ErrInvalidRequest):
		return "Nothing was sent. Correct the arguments and call the tool again."
	case errors.Is(err, api.ErrMissingScope):
		return "Ask the user for a token with that scope; calling again does not help."
	case errors.Is(err, api.ErrTokenSource), errors.Is(err, api.ErrInvalidToken):
		return "Ask the user to set another token or to log in again; calling again does not help."
	case errors.Is(err, api.ErrTokenType):
		return "Ask the user for a token that the tool accepts (" + strings.Join(op.TokenTypes, " or ") + "); calling again does not help."
	case errors.Is(err, api.ErrLocationAccess):
		return "Ask the user for a token of the agency or the sub-account that it is about; calling again does not help."
	case errors.Is(err, api.ErrDailyLimit):
		return "The requests of the day are used up. Continue tomorrow (UTC)."
	case paused, errors.Is(err, api.ErrRateLimited):
		return "Wait before the next call; the client has waited and tried again already."
	case !op.reads() && api.EffectOf(err) == api.EffectUnknown:
		return "Do not call again before the user has looked at the account: it could be done twice."
	case !op.reads() && api.EffectOf(err) == api.EffectDone:
		return "Do not call again; the user finds the result in the account."
	case errors.Is(err, api.ErrNotFound):
		return "Check that the ids are right and belong to this agency. A push is not found until the service has registered it."
	case errors.Is(err, api.ErrNoAnswer), errors.Is(err, api.ErrServer):
		return "It can be called again in a minute."
	}
	return ""
}

// errorText returns the text of an error, with the argument names of the tool instead of those of the Go client.
func (op *operation) errorText(err error) string {
	names := map[string]string{}
	for _, a := range op.arguments {
		if a.field != "" {
			names[a.field] = a.name
		}
	}
	if problems := operations.Problems(err, names); problems != nil {
		return "The arguments are invalid: " + strings.Join(problems, "; ") + "."
	}
	return err.Error()
}

// asObject returns a response as a JSON object. Numbers keep their digits.
func asObject(answer any) (map[string]any, error) {
	text, err := json.Marshal(answer)
	if err != nil {
		return nil, err
	}
	out := map[string]any{}
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.UseNumber()
	return out, decoder.Decode(&out)
}
