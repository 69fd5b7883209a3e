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

	// For tests, which tamper with what passes: before the judge sees a request, and before it sees an answer.
	beforeJudge, behindJudge func(http.RoundTripper) http.RoundTripper

	box    *sandbox.Server
	client *api.Client
	judge  *judge

	step  int
	shown int // exchanges that were printed
}

// run starts the sandbox, puts the judge between it and a client, and tells the story.
func (d *demo) run(ctx context.Context) error {
	box, err := sandbox.Start(sandbox.WithAssets("forms", "workflows"))
	if err != nil {
		return err
	}
	defer box.Close()
	d.box = box
	transport := around(&http.Transport{DisableKeepAlives: true}, d.behindJudge)
	if d.judge, err = newJudge(d.specFile, d.spec, transport); err != nil {
		return err
	}
	d.client, err = box.Client(api.WithHTTPClient(&http.Client{Transport: around(d.judge, d.beforeJudge)}))
	if err != nil {
		return err
	}
	d.printf("The sandbox, a stand-in for the service, listens on %s; only this machine can reach it.\n", box.URL)
	d.printf("What the client sends and what comes back is held against %s by kin-openapi, which shares no code with the client.\n", d.specFile)
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
	for _, x := range d.judge.seen[d.shown:] {
		d.show(x)
		if x.requestFault != nil {
			faults = append(faults, fmt.Errorf("step %d: the request of %s does not fit %s: %s", d.step, name(x), d.specFile, words(x.requestFault)))
		}
		if x.answerFault != nil {
			faults = append(faults, fmt.Errorf("step %d: the answer %d to %s does not fit %s: %s", d.step, x.status, name(x), d.specFile, words(x.answerFault)))
		}
	}
	d.shown = len(d.judge.seen)
	if err != nil {
		faults = append(faults, fmt.Errorf("step %d: %w", d.step, err))
	}
	return errors.Join(faults...)
}

// name is what to call an exchange; one that no operation fits is called by what it asked for.
func name(x exchange) string {
	if x.operation != "" {
		return x.operation
	}
	return x.request.Method + " " + x.request.URL.EscapedPath()
}

// finish makes sure that no operation of the spec was left out.
func (d *demo) finish() error {
	called := map[string]bool{}
	for _, x := range d.judge.seen {
		called[x.operation] = true
	}
	for _, operation := range d.judge.spec.Operations {
		if !called[operation.ID] {
			return fmt.Errorf("%s: the demo never calls %s", operation.Pos, operation.ID)
		}
	}
	d.printf("\nDone: %d requests and their answers fit the spec; all of its %d operations were called.\n", len(d.judge.seen), len(called))
	return nil
}
