package mcpserver

import (
	"bytes"
	"crypto/rand"
	"encoding/json"
	"sync"

	"github.com/modelcontextprotocol/go-sdk/mcp"
)

// questions are the pending questions to the user. A confirmation can be used once, and only for the call that was asked
// about.
type questions struct {
	mu   sync.Mutex
	open map[string]string // a description of the call, by the state that the answer returns
}

const maxQuestions = 1000 // beyond that, some are forgotten

// ask returns the state of a new question about a call.
func (q *questions) ask(call string) string {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.open == nil {
		q.open = map[string]string{}
	}
	for state := range q.open {
		if len(q.open) < maxQuestions {
			break
		}
		delete(q.open, state)
	}
	state := rand.Text()
	q.open[state] = call
	return state
}

// answered reports whether an answer belongs to a question about the call. An answer cannot be used again.
func (q *questions) answered(state, call string) bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	asked, open := q.open[state]
	if !open || asked != call {
		return false
	}
	delete(q.open, state)
	return true
}

// callOf identifies a call by its name, its danger and all arguments, including those that the question to the user truncates.
func callOf(req *mcp.CallToolRequest, danger string) string {
	text, _ := json.Marshal([]any{req.Params.Name, decoded(req.Params.Arguments), danger})
	return string(text)
}

// argumentsText formats arguments for the user. Long strings are truncated, so that they cannot push the others out of
// sight.
func argumentsText(raw json.RawMessage) string {
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	_ = encoder.Encode(cutTexts(decoded(raw))) // it was decoded from JSON
	return shorten(string(bytes.TrimSpace(b.Bytes())), 2000)
}

// decoded decodes arguments, which were validated before, and preserves every digit of their numbers.
func decoded(raw json.RawMessage) (value any) {
	decoder := json.NewDecoder(bytes.NewReader(raw))
	decoder.UseNumber()
	_ = decoder.Decode(&value)
	return value
}

func cutTexts(value any) any {
	switch v := value.(type) {
	case string:
		return shorten(v, 100)
	case map[string]any:
		for name, below := range v {
			v[name] = cutTexts(below)
		}
	case []any:
		for i, below := range v {
			v[i] = cutTexts(below)
		}
	}
	return value
}

func shorten(text string, most int) string {
	if runes := []rune(text); len(runes) > most {
		return string(runes[:most]) + "…"
	}
	return text
}
