package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/highlevel-go/snapshots/cmd/snapshots/internal/output"
)

// errDeclined is returned when a question was not answered with yes.
var errDeclined = errors.New("not confirmed; nothing was sent")

// confirm says what may happen and asks for confirmation on a terminal. Without a terminal, --yes is required.
func (a *app) confirm(yes bool, what, question string) error {
	if yes {
		return nil
	}
	if !a.ask(what + " " + question + " [y/N] ") {
		return &usageError{fmt.Errorf("%s Nobody can be asked here: --yes confirms it", what)}
	}
	answer, _ := bufio.NewReader(a.stdin).ReadString('\n') // no answer means no
	switch strings.ToLower(strings.TrimSpace(answer)) {
	case "y", "yes":
		return nil
	}
	return errDeclined
}

// ask writes a question to the terminal: to standard error if that is a terminal too, since it may be a different one, and
// otherwise to standard input. It reports whether the question could be written.
func (a *app) ask(question string) bool {
	in := terminalOf(a.stdin)
	if in == nil {
		return false
	}
	var terminal io.Writer = in
	if isTerminal(a.stderr) {
		terminal = a.stderr
	}
	_, err := fmt.Fprint(terminal, output.Visible(question))
	return err == nil
}
