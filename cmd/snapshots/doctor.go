package main

import (
	"cmp"
	"errors"
	"fmt"
	"time"

	"github.com/highlevel-go/snapshots/api"
	"github.com/highlevel-go/snapshots/cmd/snapshots/internal/operations"
	"github.com/highlevel-go/snapshots/cmd/snapshots/internal/output"
	"github.com/spf13/cobra"
)

func doctorCommand(a *app) *cobra.Command {
	return &cobra.Command{
		Use:     "doctor",
		Short:   "Try the token and the service, and say what to do where something is wrong",
		Example: "  snapshots doctor --sandbox\n  snapshots doctor --profile client-a",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			s, err := a.settings()
			if err != nil {
				return err
			}
			checks := []operations.Check{{Name: "profile", Result: operations.Good, Found: s.Profile}}
			c, err := a.connect()
			var client *api.Client
			if err != nil {
				checks = append(checks, operations.Check{Name: "token", Result: operations.Bad, Found: err.Error()})
			} else {
				checks = append(checks, operations.CheckTokenFrom(c.From, s.TokenFile),
					operations.Check{Name: "version", Result: operations.Good, Found: cmp.Or(s.Version, api.Version20210728)})
				if client, err = c.Snapshots(); err != nil {
					checks = append(checks, operations.Check{Name: "agency", Result: operations.Bad, Found: err.Error()})
				} else {
					checks = append(checks, operations.Check{Name: "agency", Result: operations.Good, Found: fmt.Sprintf("%s (from %s)", c.Company, cmp.Or(s.From("company"), c.From))})
				}
			}
			if client != nil {
				var examined []operations.Check
				examined, err = operations.Examine(cmd.Context(), client, c.Company, time.Now)
				checks = append(checks, examined...)
			}
			if err == nil {
				for _, check := range checks {
					if check.Result == operations.Bad {
						err = errors.Join(err, fmt.Errorf("%s: %s; %s", check.Name, check.Found, check.Do))
					}
				}
			}
			return errors.Join(output.Rows(a.writer(), checkColumns, output.All(checks)), err)
		},
	}
}

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
