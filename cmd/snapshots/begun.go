package main

import (
	"fmt"

	"github.com/highlevel-go/snapshots/cmd/snapshots/internal/operations"
)

// refuseBegun returns an error if an earlier run sent the same request and its outcome is unknown, unless again is set.
func refuseBegun(b *operations.Begun, again bool, look string) error {
	err := b.Earlier()
	if err == nil || again {
		return nil
	}
	return fmt.Errorf("%w: %s; --again sends it nevertheless", err, look)
}

// recorded sends a request. It is on record, so that a later run finds it, until its outcome is known.
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
