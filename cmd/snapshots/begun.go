package main

import (
	"fmt"

	"github.com/highlevel-go/snapshots/cmd/snapshots/internal/operations"
)

// refuseBegun returns an error where an earlier run has left open what became of the same request, unless it is to be sent again.
func refuseBegun(b *operations.Begun, again bool, look string) error {
	err := b.Earlier()
	if err == nil || again {
		return nil
	}
	return fmt.Errorf("%w: %s; --again sends it nevertheless", err, look)
}

// recorded sends a request. A later run finds it until it is known what became of it.
func (a *app) recorded(b *operations.Begun, send func() error) error {
	if err := b.Write(); err != nil {
		a.say("note: if this command is killed, the next one will not know of it: %v", err)
	}
	err := send()
	if !operations.PerhapsDone(err) {
		b.End()
	}
	return err
}
