package mcpserver

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"

	"github.com/google/jsonschema-go/jsonschema"
	"github.com/modelcontextprotocol/go-sdk/mcp"
)

// permit decides whether a call that changes something may go on: nil lets it. danger is what cannot be taken back; it needs a
// flag of its own, and the user's word where the client can ask for it.
func (s *server) permit(req *mcp.CallToolRequest, what, danger string) *mcp.CallToolResult {
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
		case !hmac.Equal([]byte(req.Params.RequestState), []byte(s.sign(req, danger))):
			return s.refusal(what + ": nothing was sent. The confirmation is not for this call; call the tool again without one.")
		case answer.Action != "accept" || !yes:
			return s.refusal(what + ": nothing was sent. The user has not confirmed it; do not try it again unasked.")
		}
		return nil
	}
	return &mcp.CallToolResult{
		RequestState: s.sign(req, danger),
		InputRequests: mcp.InputRequestMap{confirmation: &mcp.ElicitParams{
			Message: s.secrets.redact(fmt.Sprintf("%s: %s The arguments are %s. Go on?", what, danger, shorten(req.Params.Arguments))),
			RequestedSchema: &jsonschema.Schema{Type: "object", Required: []string{"confirm"}, Properties: map[string]*jsonschema.Schema{
				"confirm": {Type: "boolean", Title: "Go on", Description: danger},
			}},
		}},
	}
}

// confirmation names the question to the user.
const confirmation = "confirmation"

// canAsk reports whether the client can put a question to the user.
func canAsk(req *mcp.CallToolRequest) bool {
	has := req.ClientCapabilities()
	if has == nil || has.Elicitation == nil {
		return false
	}
	return has.Elicitation.Form != nil || has.Elicitation.URL == nil
}

// sign ties a question to the call that it is about, so that its answer serves for no other.
func (s *server) sign(req *mcp.CallToolRequest, danger string) string {
	var given any
	_ = json.Unmarshal(req.Params.Arguments, &given) // they were read before
	text, _ := json.Marshal([]any{req.Params.Name, given, danger})
	mac := hmac.New(sha256.New, s.asked[:])
	mac.Write(text)
	return hex.EncodeToString(mac.Sum(nil))
}

func shorten(text []byte) string {
	const most = 1000
	if runes := []rune(string(text)); len(runes) > most {
		return string(runes[:most]) + "…"
	}
	return string(text)
}
