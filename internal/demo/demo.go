package main

import (
	"context"
	"errors"
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

	// For tests, which tamper with what passes: before the witness sees a request, and before it sees an answer.
	beforeWitness, behindWitness func(http.RoundTripper) http.RoundTripper

	box     *sandbox.Server
	client  *api.Client
	witness *witness

	step  int
	shown int // exchanges that were printed
}

// run starts the sandbox, puts the witness between it and a client, and tells the story.
func (d *demo) run(ctx context.Context) error {
	box, err := sandbox.Start(sandbox.WithAssets("forms", "workflows"))
	if err != nil {
		return err
	}
	defer box.Close()
	d.box = box
	transport := around(&http.Transport{DisableKeepAlives: true}, d.behindWitness)
	if d.witness, err = newWitness(d.specFile, d.spec, transport); err != nil {
		return err
	}
	d.client, err = box.Client(api.WithHTTPClient(&http.Client{Transport: around(d.witness, d.beforeWitness)}))
	if err != nil {
		return err
	}
	d.printf("The sandbox, a stand-in for the service, listens on %s; only this machine can reach it.\n", box.URL)
	d.printf("What is sent and what comes back is held against %s by a judge that shares no code with the client: conformance/judge, on kin-openapi.\n", d.specFile)
	for _, chapter := range []func(context.Context) error{d.listSnapshots, d.createLinks, d.refuseLocally, d.followPush, d.listPushes} {
		if err := chapter(ctx); err != nil {
			return err
		}
	}
	return d.finish()
}

func around(t http.RoundTripper, wrap func(http.RoundTripper) http.RoundTripper) http.RoundTripper {
	if wrap == nil {
		return t
	}
	return wrap(t)
}

// begin prints the heading of a step.
func (d *demo) begin(format string, args ...any) {
	d.step++
	d.printf("\n%d. %s\n", d.step, fmt.Sprintf(format, args...))
}

// end prints what went over the wire since the last step, and fails when the judge or the client found a fault. The judge
// goes first: an answer that does not fit explains a client that could not read it.
func (d *demo) end(err error) error {
	var faults []error
	for _, x := range d.witness.seen[d.shown:] {
		d.show(x)
		if !x.requestVerdict.OK() {
			faults = append(faults, fmt.Errorf("step %d: the request of %s does not fit %s: %s", d.step, name(x), d.specFile, words(x.requestVerdict)))
		}
		if !x.answerVerdict.OK() {
			faults = append(faults, fmt.Errorf("step %d: the answer %d to %s does not fit %s: %s", d.step, x.status, name(x), d.specFile, words(x.answerVerdict)))
		}
	}
	d.shown = len(d.witness.seen)
	if err != nil {
		faults = append(faults, fmt.Errorf("step %d: %w", d.step, err))
	}
	return errors.Join(faults...)
}

// name is what to call an exchange; one that no operation fits is called by what it asked for.
func name(x exchange) string {
	if id := x.operation(); id != "" {
		return id
	}
	return x.request.Method + " " + x.request.URL.EscapedPath()
}

// finish makes sure that no operation of the spec was left out.
func (d *demo) finish() error {
	called := map[string]bool{}
	for _, x := range d.witness.seen {
		called[x.operation()] = true
	}
	for _, operation := range d.witness.spec.Operations {
		if !called[operation.ID] {
			return fmt.Errorf("%s: the demo never calls %s", operation.Pos, operation.ID)
		}
	}
	d.printf("\nDone: %d requests and their answers fit the spec; all of its %d operations were called.\n", len(d.witness.seen), len(called))
	return nil
}
