package main

import (
	"errors"
	"fmt"
)

// begin prints the heading of a step.
func (d *demo) begin(format string, args ...any) {
	d.step++
	d.printf("\n%d. %s\n", d.step, fmt.Sprintf(format, args...))
}

// end prints the requests and responses since the last step, and returns their violations, followed by the error of the
// client, which may be a consequence of a violation.
func (d *demo) end(err error) error {
	var faults []error
	for _, x := range d.recorder.exchanges[d.shown:] {
		d.show(x)
		if !x.requestVerdict.OK() {
			faults = append(faults, fmt.Errorf("step %d: the request of %s does not fit %s: %s", d.step, name(x), x.file, violations(x.requestVerdict)))
		}
		if !x.answerVerdict.OK() {
			faults = append(faults, fmt.Errorf("step %d: the answer %d to %s does not fit %s: %s", d.step, x.status, name(x), x.file, violations(x.answerVerdict)))
		}
	}
	d.shown = len(d.recorder.exchanges)
	if err != nil {
		faults = append(faults, fmt.Errorf("step %d: %w", d.step, err))
	}
	return errors.Join(faults...)
}

// name returns the operation of an exchange, or its method and path if the spec has no such operation.
func name(x exchange) string {
	if id := x.operation(); id != "" {
		return id
	}
	return x.request.Method + " " + x.request.URL.EscapedPath()
}

// finish checks that every operation of the first section was called.
func (d *demo) finish() error {
	called := map[string]bool{}
	for _, x := range d.recorder.exchanges {
		called[x.operation()] = true
	}
	operations := d.recorder.sections[0].spec.Operations
	for _, operation := range operations {
		if !called[operation.ID] {
			return fmt.Errorf("%s: the demo never calls %s", operation.Pos, operation.ID)
		}
	}
	d.printf("\nDone: %d requests and their answers fit the specs; all %d operations of %s were called, and %d of others.\n",
		len(d.recorder.exchanges), len(operations), d.specFile, len(called)-len(operations))
	return nil
}
