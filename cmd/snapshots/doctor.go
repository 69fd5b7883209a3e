package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/highlevel-go/snapshots/api"
	"github.com/highlevel-go/snapshots/cmd/snapshots/internal/operations"
	"github.com/highlevel-go/snapshots/cmd/snapshots/internal/output"
	"github.com/highlevel-go/snapshots/cmd/snapshots/internal/settings"
	"github.com/spf13/cobra"
)

func doctorCommand(a *app) *cobra.Command {
	return &cobra.Command{
		Use:     "doctor",
		Short:   "Check the token and the service, and say how to fix problems",
		Example: "  snapshots doctor --sandbox\n  snapshots doctor --profile client-a",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			s, err := a.settings()
			if err != nil {
				return err
			}
			checks, err := a.examine(cmd.Context(), s)
			var failed []string
			for _, check := range checks {
				if check.Result == operations.Bad {
					failed = append(failed, check.Name)
				}
			}
			if failed != nil {
				err = &checksError{failed, err}
			}
			return errors.Join(output.Rows(a.writer(), checkColumns, output.All(checks)), err)
		},
	}
}

// examine checks the settings, the token and the service. It returns the error of the check after which the others are
// impossible.
func (a *app) examine(ctx context.Context, s settings.Settings) ([]operations.Check, error) {
	checks := []operations.Check{{Name: "profile", Result: operations.Good, Found: s.Profile}}
	c, err := a.connect()
	if err != nil {
		return append(checks, operations.Check{Name: "token", Result: operations.Bad, Found: err.Error()}), err
	}
	checks = append(checks, operations.CheckTokenFrom(c.From, s.TokenFile),
		operations.Check{Name: "version", Result: operations.Good, Found: cmp.Or(s.Version, api.Version20210728)})
	client, err := c.Snapshots()
	if err != nil {
		return append(checks, operations.Check{Name: "agency", Result: operations.Bad, Found: err.Error()}), err
	}
	checks = append(checks, operations.Check{Name: "agency", Result: operations.Good, Found: fmt.Sprintf("%s (from %s)", c.Company, cmp.Or(s.From("company"), c.From))})
	examined, err := operations.Examine(ctx, client, c.Company)
	return append(checks, examined...), err
}

// checksError names the checks that have failed. The result has the details and what to do.
type checksError struct {
	names []string
	err   error // of the last one, if it had an error
}

func (e *checksError) Error() string { return "failed: " + strings.Join(e.names, ", ") }
func (e *checksError) Unwrap() error { return e.err }

var checkColumns = []output.Column[operations.Check]{
	{Name: "check", Value: func(c operations.Check) any { return c.Name }},
	{Name: "result", Value: func(c operations.Check) any { return c.Result }, Color: func(result any) output.Color {
		switch result {
		case operations.Good:
			return output.Green
		case operations.Warning:
			return output.Yellow
		}
		return output.Red
	}},
	{Name: "found", Wrap: true, Value: func(c operations.Check) any { return c.Found }},
	{Name: "do", Wrap: true, Value: func(c operations.Check) any { return c.Do }},
}
