package main

import (
	"errors"
	"fmt"
	"strings"

	"github.com/highlevel-go/snapshots/api"
	"github.com/highlevel-go/snapshots/cmd/snapshots/internal/connect"
	"github.com/highlevel-go/snapshots/cmd/snapshots/internal/output"
)

// plan passes call a client that records its requests instead of sending them, and writes the requests.
func (a *app) plan(c *connect.Connection, call func(*api.Client) error) error {
	var planned []connect.Planned
	client, err := c.Snapshots(connect.DryRun(&planned)...)
	if err != nil {
		return err
	}
	if err := call(client); !errors.Is(err, connect.ErrDryRun) {
		return err
	}
	return a.writePlanned(planned)
}

// writePlanned writes the requests of a dry run: as HTTP for people, as rows for programs.
func (a *app) writePlanned(planned []connect.Planned) error {
	if a.format != string(output.Table) {
		return output.Rows(a.writer(), []output.Column[connect.Planned]{
			{Name: "method", Value: func(p connect.Planned) any { return p.Method }},
			{Name: "url", Value: func(p connect.Planned) any { return p.URL }},
			{Name: "headers", Value: func(p connect.Planned) any { return p.Headers }},
			{Name: "body", Value: func(p connect.Planned) any { return p.Body }},
		}, output.All(planned))
	}
	a.say("Nothing was sent. This would be:")
	var b strings.Builder
	for _, p := range planned {
		fmt.Fprintf(&b, "%s %s\nAuthorization: Bearer [token]\n%s\n\n%s\n", p.Method, p.URL, strings.Join(p.Headers, "\n"), p.Body)
	}
	_, err := fmt.Fprint(a.stdout, b.String())
	return err
}
