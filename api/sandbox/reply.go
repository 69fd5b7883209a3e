package sandbox

import (
	"encoding/json"
	"net/http"
	"slices"

	"github.com/highlevel-go/snapshots/api/rest"
)

// reply is an answer before it is written.
type reply struct {
	status int
	body   any
}

func (r reply) write(w http.ResponseWriter) {
	body, err := json.Marshal(r.body)
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.WriteHeader(r.status)
	_, _ = w.Write(body)
}

// succeed answers with the success that is documented for the operation.
func succeed(op *rest.Operation, body any) reply {
	for _, status := range op.Statuses {
		if status >= 200 && status <= 299 {
			return reply{status, body}
		}
	}
	return reply{http.StatusOK, body}
}

// refusal is the shape of every error of the service.
type refusal struct {
	StatusCode int    `json:"statusCode"`
	Message    any    `json:"message"` // a text, or a list of texts
	Error      string `json:"error,omitzero"`
}

func refuse(status int, message string) reply {
	r := refusal{StatusCode: status, Message: message}
	if status != http.StatusBadRequest { // whose documented shape has only the two
		r.Error = http.StatusText(status)
	}
	return reply{status, r}
}

// invalid is how the service's validator answers: a list with every fault.
func invalid(messages ...string) reply {
	status := http.StatusUnprocessableEntity
	return reply{status, refusal{StatusCode: status, Message: messages, Error: http.StatusText(status)}}
}

// notFound answers with 404 where that is documented for the operation, else with 400, which the service is known to use
// for it as well.
func notFound(op *rest.Operation, message string) reply {
	if slices.Contains(op.Statuses, http.StatusNotFound) {
		return refuse(http.StatusNotFound, message)
	}
	return refuse(http.StatusBadRequest, message)
}

// failure is an answer that a test has planned.
type failure struct {
	status  int
	message string
}

// FailNext makes the next request of an operation fail with that status and message, whatever it asks for. Planned
// failures are used up one by one, in order.
func (s *Sandbox) FailNext(op *rest.Operation, status int, message string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.failures[op.ID] = append(s.failures[op.ID], failure{status, message})
}

func (s *Sandbox) planned(id string) (reply, bool) {
	list := s.failures[id]
	if len(list) == 0 {
		return reply{}, false
	}
	s.failures[id] = list[1:]
	return refuse(list[0].status, list[0].message), true
}
