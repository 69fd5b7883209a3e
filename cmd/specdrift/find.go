package main

import (
	"fmt"
	"strings"

	"github.com/highlevel-go/snapshots/internal/drift"
)

// findOne returns the finding that text identifies.
func findOne(r *drift.Report, text string) (*drift.Finding, error) {
	found := r.Matching(text)
	switch len(found) {
	case 0:
		return nil, usageError{fmt.Errorf("there is no finding %q now; specdrift check lists those that are", text)}
	case 1:
		return found[0], nil
	}
	var ids []string
	for _, f := range found {
		ids = append(ids, f.ID)
	}
	return nil, usageError{fmt.Errorf("%q can mean %d findings:\n  %s", text, len(ids), strings.Join(ids, "\n  "))}
}
