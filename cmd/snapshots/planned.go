package main

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/highlevel-go/snapshots/api"
	"github.com/highlevel-go/snapshots/cmd/snapshots/internal/connect"
	"github.com/highlevel-go/snapshots/cmd/snapshots/internal/output"
)

// plan calls what is given a client that notes its requests down instead of sending them, and writes the requests.
func (a *app) plan(c *connect.Connection, call func(*api.Client) error) error {
	var d connect.DryRun
	client, err := c.Snapshots(d.Options()...)
	if err != nil {
		return err
	}
	if err := call(client); !connect.IsDryRun(err) {
		return err
	}
	return a.writePlanned(&d)
}

// writePlanned writes the requests of a dry run: as HTTP for people, as rows for programs.
func (a *app) writePlanned(d *connect.DryRun) error {
	if a.format != string(output.Table) {
		return output.Rows(a.writer(), []output.Column[connect.Planned]{
			{Name: "method", Value: func(p connect.Planned) any { return p.Method }},
			{Name: "url", Value: func(p connect.Planned) any { return p.URL }},
			{Name: "headers", Value: func(p connect.Planned) any { return headerList(p) }},
			{Name: "body", Value: func(p connect.Planned) any { return p.Body }},
		}, output.All(d.Requests()))
	}
	var b strings.Builder
	for _, p := range d.Requests() {
		fmt.Fprintf(&b, "%s %s\nAuthorization: Bearer [token]\n", p.Method, p.URL)
		for _, line := range headerList(p) {
			fmt.Fprintln(&b, line)
		}
		fmt.Fprintf(&b, "\n%s\n", p.Body)
	}
	a.say("Nothing was sent. This would be:")
	_, err := fmt.Fprint(a.stdout, b.String())
	return err
}

func headerList(p connect.Planned) []string {
	var list []string
	for _, name := range slices.Sorted(maps.Keys(p.Header)) {
		list = append(list, name+": "+strings.Join(p.Header[name], ", "))
	}
	return list
}
