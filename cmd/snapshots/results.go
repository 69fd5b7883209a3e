package main

import (
	"fmt"
	"iter"
	"os/signal"
	"syscall"

	"github.com/highlevel-go/snapshots/api"
	"github.com/highlevel-go/snapshots/cmd/snapshots/internal/operations"
	"github.com/highlevel-go/snapshots/cmd/snapshots/internal/output"
)

// writer returns the writer of results.
func (a *app) writer() output.Writer {
	return output.Writer{Out: a.stdout, Format: output.Format(a.format), Color: a.getenv("NO_COLOR") == "" && a.getenv("TERM") != "dumb" && isTerminal(a.stdout)}
}

// writeList writes rows. If there are none, it says so to a person.
func writeList[T any](a *app, columns []output.Column[T], rows iter.Seq2[T, error], none string) error {
	empty := true
	err := output.Rows(a.writer(), columns, filter(rows, func(T) bool { empty = false; return true }))
	if err == nil && empty {
		a.say("%s", none)
	}
	return err
}

// writeMade writes the result of a request that has changed something. If that fails, the error says what was changed, so
// that a person does not do it again.
func writeMade(what string, write func() error) error {
	signal.Ignore(syscall.SIGPIPE) // a closed reader would end the command
	if err := write(); err != nil {
		return &operations.PerhapsDoneError{Err: fmt.Errorf("%s, but the result cannot be written: %w", what, err)}
	}
	return nil
}

// filter yields the items that keep accepts, and every error.
func filter[T any](items iter.Seq2[T, error], keep func(T) bool) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		for item, err := range items {
			if (err != nil || keep(item)) && !yield(item, err) {
				return
			}
		}
	}
}

// first yields at most n items; all if n is 0.
func first[T any](items iter.Seq2[T, error], n uint) iter.Seq2[T, error] {
	if n == 0 {
		return items
	}
	return func(yield func(T, error) bool) {
		left := n
		for item, err := range items {
			if left--; !yield(item, err) || left == 0 {
				return
			}
		}
	}
}

// moment returns a time of the service, or its text if it does not parse.
func moment(t api.Time) any {
	if t.IsZero() {
		return t.Raw
	}
	return t.Time
}

// nameAndID formats a snapshot for a person.
func nameAndID(s api.Snapshot) string {
	if s.Name == "" {
		return s.ID
	}
	return fmt.Sprintf("%s (%s)", s.Name, s.ID)
}

func pushFailed(status string) bool { return api.PushFailed(api.PushStatus{Status: status}) }

// statusColor returns the color of the status of a push.
func statusColor(value any) output.Color {
	status, _ := value.(string)
	switch {
	case status == api.PushCompleted:
		return output.Green
	case pushFailed(status):
		return output.Red
	}
	return output.Yellow
}
