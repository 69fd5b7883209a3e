package sandbox

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"slices"
	"strconv"
	"time"

	"github.com/highlevel-go/snapshots/api/rest"
)

// ActiveFault is a fault that applies to coming requests.
type ActiveFault struct {
	ID    string `json:"id"`    // for [Sandbox.LiftFault]
	Fault Fault  `json:"fault"` // as it was added
	Met   int    `json:"met"`   // how many requests it has applied to
	Left  int    `json:"left"`  // how many more it will apply to; [Always] until it is lifted
}

type activeFault struct {
	ActiveFault
	dice *rand.Rand
}

// WithFault adds a fault from the start. Of several that apply to a request, the first one added is used.
func WithFault(f Fault) Option {
	return func(s *Sandbox) {
		if _, err := s.AddFault(f); err != nil {
			s.fail("WithFault: %w", err)
		}
	}
}

// AddFault adds a fault to coming requests, and returns its id for [Sandbox.LiftFault]. Of several that apply to a request, the
// first one added is used.
func (s *Sandbox) AddFault(f Fault) (id string, err error) {
	if err := f.Validate(); err != nil {
		return "", err
	}
	left := max(1, f.Times)
	if f.Times == Always || f.Times == 0 && f.Rate > 0 {
		left = Always
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faultCounter++
	id = "fault-" + strconv.Itoa(s.faultCounter)
	s.faults = append(s.faults, &activeFault{ActiveFault{ID: id, Fault: f, Left: left}, rand.New(rand.NewPCG(f.Seed, 0))})
	return id, nil
}

// Faults lists the faults that still apply to coming requests, in the order in which they were added.
func (s *Sandbox) Faults() []ActiveFault {
	s.mu.Lock()
	defer s.mu.Unlock()
	out := make([]ActiveFault, len(s.faults))
	for i, f := range s.faults {
		out[i] = f.ActiveFault
	}
	return out
}

// LiftFault ends a fault, and reports whether it existed.
func (s *Sandbox) LiftFault(id string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	n := len(s.faults)
	s.faults = slices.DeleteFunc(s.faults, func(f *activeFault) bool { return f.ID == id })
	return len(s.faults) < n
}

// LiftFaults ends all faults.
func (s *Sandbox) LiftFaults() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults = nil
}

// soon is the Retry-After of [Sandbox.FailNext]. Without one, a client waits for the end of the interval of 10 seconds.
const soon = 50 * time.Millisecond

// FailNext makes the next request of an operation fail with that status and message. Several calls make as many requests fail, in
// order. A 429 has a Retry-After of 50 ms; with [Sandbox.AddFault] it can have another one, or none.
func (s *Sandbox) FailNext(op *rest.Operation, status int, message string) {
	f := Fault{Operation: op.ID, Status: status, Message: message}
	if status == http.StatusTooManyRequests {
		f.RetryAfter = soon
	}
	if _, err := s.AddFault(f); err != nil {
		s.fail("FailNext: %w", err)
	}
}

// nextFault returns the fault that applies to a request of an operation, or nil, and counts the request.
func (s *Sandbox) nextFault(operation string) (id string, f *Fault) {
	for i, active := range s.faults {
		f := active.Fault
		if f.Operation != "" && f.Operation != operation || f.Rate > 0 && active.dice.Float64() >= f.Rate {
			continue
		}
		active.Met++
		if active.Left > 0 {
			if active.Left--; active.Left == 0 {
				s.faults = slices.Delete(s.faults, i, i+1)
			}
		}
		return active.ID, &f
	}
	return "", nil
}

// ownFault returns the fault that a request asks for in its header, or nil. It cannot apply to other requests.
func ownFault(h http.Header) (*Fault, error) {
	text := h.Get(FaultHeader)
	if text == "" {
		return nil, nil
	}
	if len(h.Values(FaultHeader)) > 1 {
		return nil, errors.New("fault: the header is there twice")
	}
	f, err := ParseFault(text)
	if err != nil {
		return nil, err
	}
	if f.Operation != "" || f.Times != 0 || f.Rate != 0 {
		return nil, fmt.Errorf("fault: operation, times and rate are not for the header %s, whose fault concerns its own request", FaultHeader)
	}
	return &f, nil
}
