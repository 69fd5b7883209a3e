package main

import (
	"fmt"
	"io"
	"net/http"

	"github.com/highlevel-go/snapshots/api"
	"github.com/highlevel-go/snapshots/api/sandbox"
)

// demo is one run of the demonstration.
type demo struct {
	out      io.Writer
	specFile string
	spec     []byte

	// For tests, which change requests and responses before the recorder sees them.
	changeRequests, changeAnswers func(http.RoundTripper) http.RoundTripper

	box      *sandbox.Server
	client   *api.Client
	recorder *recorder

	subAccount string // the id of the customer's sub-account, once it is found

	step  int
	shown int // number of exchanges printed
}

// printf writes to the output and ignores write errors.
func (d *demo) printf(format string, args ...any) { _, _ = fmt.Fprintf(d.out, format, args...) }

// line writes one line of a step, with the label in its own column.
func (d *demo) line(label, format string, args ...any) {
	d.printf("   %-10s%s\n", label, fmt.Sprintf(format, args...))
}
