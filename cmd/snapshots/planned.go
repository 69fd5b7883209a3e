package main

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/highlevel-go/snapshots/cmd/snapshots/internal/connect"
	"github.com/highlevel-go/snapshots/cmd/snapshots/internal/output"
)

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
