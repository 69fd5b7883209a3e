package main

import (
	"fmt"
	"os/signal"
	"syscall"

	"github.com/highlevel-go/snapshots/cmd/snapshots/internal/operations"
)

// refuseBegun returns an error where an earlier run has left open what became of the same request, unless it is to be sent again.
func (a *app) refuseBegun(b *operations.Begun, again bool, look string) error {
	err := b.Earlier()
	if err == nil || again {
		return nil
	}
	return fmt.Errorf("%w: %s; --again sends it nevertheless", err, look)
}

// writeBegun notes down that a request is begun. Where that is not possible, it is sent all the same.
func (a *app) writeBegun(b *operations.Begun) {
	if err := b.Write(); err != nil {
		a.say("note: nothing will tell of this command if it is killed: %v", err)
	}
}

// writeMade writes the result of what has changed something, and says what that is when the result cannot be written: without a
// word it might be done again.
func writeMade(what string, write func() error) error {
	signal.Ignore(syscall.SIGPIPE) // a reader that has gone would end the command
	if err := write(); err != nil {
		return &operations.PerhapsDoneError{Err: fmt.Errorf("%s, but the result cannot be written: %w", what, err)}
	}
	return nil
}
