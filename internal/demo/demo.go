package main

import (
	"fmt"
	"io"
	"net/http"

	"github.com/highlevel-go/snapshots/api"
	"github.com/highlevel-go/snapshots/api/sandbox"
)

// demo is one run of the story.
type demo struct {
	out      io.Writer
	specFile string
	spec     []byte

	// For tests, which change requests and answers before the recorder sees them.
	changeRequests, changeAnswers func(http.RoundTripper) http.RoundTripper

	box      *sandbox.Server
	client   *api.Client
	recorder *recorder

	subAccount string // the id of the customer's, once it is found

	step  int
	shown int // exchanges that were printed
}

// printf writes to the demo's output, and ignores errors of that.
func (d *demo) printf(format string, args ...any) { _, _ = fmt.Fprintf(d.out, format, args...) }

// line writes one line of a step, with its label in a column.
func (d *demo) line(label, format string, args ...any) {
	d.printf("   %-10s%s\n", label, fmt.Sprintf(format, args...))
}
