package main

import (
	"context"
	"fmt"
	"time"

	"github.com/highlevel-go/snapshots/api"
	"github.com/highlevel-go/snapshots/api/locations"
	"github.com/highlevel-go/snapshots/api/sandbox"
)

const customer = "Mark Shoes" // the sub-account that snapshots are loaded into

// findSubAccount creates a sub-account, and finds it by its name.
func (d *demo) findSubAccount(ctx context.Context) error {
	d.begin("A sub-account for a new customer, and where it stands among the others (another section of the service)")
	subAccounts := d.client.Locations() // with the token and the budget of the client
	made, err := subAccounts.Create(ctx, locations.CreateRequest{Name: customer, TimeZone: "US/Central"})
	if err := d.end(err); err != nil {
		return err
	}
	var failed error
	for found, err := range subAccounts.Search(ctx, locations.SearchRequest{}) {
		if failed = err; err != nil {
			break
		}
		if found.Name == customer {
			d.subAccount = found.ID
		}
	}
	if err := d.end(failed); err != nil {
		return err
	}
	if d.subAccount == "" || d.subAccount != made.ID {
		return fmt.Errorf("step %d: the sub-account %q was made, and %q found", d.step, made.ID, d.subAccount)
	}
	d.line("in Go", "%s is %s", customer, d.subAccount)
	return nil
}

// loadSnapshot loads a snapshot, and waits until the service reports its push as complete.
func (d *demo) loadSnapshot(ctx context.Context) error {
	d.begin("A snapshot for the customer, and waiting for its push")
	loaded, err := d.client.LoadSnapshot(ctx, api.LoadSnapshotRequest{
		SnapshotID: sandbox.Snapshot2, LocationID: d.subAccount, Wait: &api.Wait{First: time.Millisecond},
	})
	if err := d.end(err); err != nil {
		return err
	}
	d.line("in Go", "%s: loaded %s", loaded.Push.Status, list(loaded.Push.Completed))
	return nil
}

// audit queries each snapshot and each sub-account of the story.
func (d *demo) audit(ctx context.Context) error {
	d.begin("Which of the sub-accounts have which snapshot?")
	entries, err := d.client.Audit(ctx, api.AuditRequest{Locations: []string{location, d.subAccount}}, api.Auditing[api.AuditEntry]{Workers: 1})
	if err := d.end(err); err != nil {
		return err
	}
	have := 0
	for _, e := range entries {
		status := "never"
		if e.Push != nil {
			status, have = e.Push.Status, have+1
		}
		d.line("in Go", "%s in %s: %s", e.SnapshotID, e.LocationID, status)
	}
	if len(entries) != 4 || have != 2 {
		return fmt.Errorf("step %d: two of four pairs have a push, the audit found %d of %d", d.step, have, len(entries))
	}
	return nil
}
