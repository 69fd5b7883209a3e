package mcpserver

import (
	"fmt"

	"github.com/google/jsonschema-go/jsonschema"
	"github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/highlevel-go/snapshots/cmd/snapshots/internal/output"
)

// permit returns why a call that changes something must not proceed, or the question to the user; nil permits it. danger is
// what cannot be undone: it requires its own flag, and the user's confirmation if the client can ask for it.
func (s *server) permit(req *mcp.CallToolRequest, what, danger string) *mcp.CallToolResult {
	danger = output.Visible(danger)
	switch {
	case !s.AllowWrites:
		return s.refusal(fmt.Sprintf("%s: nothing was sent, because this server only reads. The user can let it change something by starting it with --allow-writes.", what))
	case danger == "":
		return nil
	case !s.AllowDestructive:
		return s.refusal(fmt.Sprintf("%s: nothing was sent. %s The user can allow that by starting the server with --allow-writes --allow-destructive.", what, danger))
	case !canAsk(req):
		return nil
	}
	if answer, asked := req.Params.InputResponses[confirmation].(*mcp.ElicitResult); asked {
		yes, _ := answer.Content["confirm"].(bool)
		switch {
		case !s.questions.answered(req.Params.RequestState, callOf(req, danger)):
			return s.refusal(what + ": nothing was sent. The confirmation is not for this call, or has served already; call the tool again without one.")
		case answer.Action != "accept" || !yes:
			return s.refusal(what + ": nothing was sent. The user has not confirmed it; do not try it again unasked.")
		}
		return nil
	}
	return &mcp.CallToolResult{
		RequestState: s.questions.ask(callOf(req, danger)),
		InputRequests: mcp.InputRequestMap{confirmation: &mcp.ElicitParams{
			Message: s.secrets.redact(fmt.Sprintf("%s: %s The arguments are %s. Continue?", what, danger, output.Visible(argumentsText(req.Params.Arguments)))),
			RequestedSchema: &jsonschema.Schema{Type: "object", Required: []string{"confirm"}, Properties: map[string]*jsonschema.Schema{
				"confirm": {Type: "boolean", Title: "Continue", Description: danger},
			}},
		}},
	}
}

// confirmation is the name of the question to the user.
const confirmation = "confirmation"

// canAsk reports whether the client can ask the user a question.
func canAsk(req *mcp.CallToolRequest) bool {
	has := req.ClientCapabilities()
	if has == nil || has.Elicitation == nil {
		return false
	}
	return has.Elicitation.Form != nil || has.Elicitation.URL == nil
}
