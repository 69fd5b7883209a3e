package main

import (
	"context"
	"fmt"
	"io"
	"os"

	"golang.org/x/term"
)

// input is standard input. An interrupt ends a pending read, so that a person can leave a question.
type input struct {
	ctx  context.Context
	from io.Reader
}

// Read reads from standard input. Input typed after an interrupt is lost.
func (i *input) Read(p []byte) (int, error) {
	buffer := make([]byte, len(p)) // a read that continues after an interrupt must not write to p
	n, err := untilInterrupt(i.ctx, func() (int, error) { return i.from.Read(buffer) })
	return copy(p, buffer[:n]), err
}

// readSecret reads a line from a terminal without showing it.
func readSecret(ctx context.Context, terminal *os.File) ([]byte, error) {
	fd := int(terminal.Fd())
	before, err := term.GetState(fd)
	if err != nil {
		return nil, err
	}
	secret, err := untilInterrupt(ctx, func() ([]byte, error) { return term.ReadPassword(fd) })
	if ctx.Err() != nil {
		_ = term.Restore(fd, before) // otherwise the terminal would stay without echo
	}
	return secret, err
}

// untilInterrupt calls a function that cannot be cancelled, and waits for its result until ctx ends.
func untilInterrupt[T any](ctx context.Context, fn func() (T, error)) (T, error) {
	type result struct {
		value T
		err   error
	}
	done := make(chan result, 1)
	go func() {
		value, err := fn()
		done <- result{value, err}
	}()
	select {
	case r := <-done:
		return r.value, r.err
	case <-ctx.Done():
		var none T
		return none, fmt.Errorf("the input was interrupted: %w", ctx.Err())
	}
}

// terminalOf returns the file of a stream that is a terminal, or nil.
func terminalOf(stream any) *os.File {
	if in, ok := stream.(*input); ok {
		stream = in.from
	}
	if file, ok := stream.(*os.File); ok && term.IsTerminal(int(file.Fd())) {
		return file
	}
	return nil
}

// isTerminal reports whether a stream is a terminal.
func isTerminal(stream any) bool { return terminalOf(stream) != nil }
