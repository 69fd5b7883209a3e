package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/highlevel-go/snapshots/api"
	"github.com/highlevel-go/snapshots/api/sandbox"
)

const location = "sandbox-location" // the sub-account of the story

func (d *demo) listSnapshots(ctx context.Context) error {
	d.begin("Which snapshots does the agency have?")
	list, err := d.client.Snapshots(ctx, api.SnapshotsRequest{})
	if err := d.end(err); err != nil {
		return err
	}
	var names []string
	for _, s := range list.Snapshots {
		names = append(names, fmt.Sprintf("%q (%s)", s.Name, s.Type))
	}
	if len(names) == 0 {
		return fmt.Errorf("step %d: the sandbox has snapshots, the client got none", d.step)
	}
	d.line("in Go", "%d snapshots: %s", len(names), strings.Join(names, ", "))
	return nil
}

// createLinks creates a link of every type in the spec. A type that is missing here is an error, so that a new one is not
// forgotten.
func (d *demo) createLinks(ctx context.Context) error {
	for _, kind := range api.ShareTypes() {
		request := api.CreateShareLinkRequest{SnapshotID: sandbox.Snapshot1, ShareType: kind}
		switch kind {
		case api.ShareTypeLink:
			d.begin("A share link that serves for one import")
		case api.ShareTypePermanentLink:
			d.begin("A share link that can be used again and again")
		case api.ShareTypeAgencyLink:
			d.begin("A share link for two other agencies, named by their relationship numbers")
			request.RelationshipNumbers = api.CommaList{"0-128-926", "1-208-926"}
		case api.ShareTypeLocationLink:
			d.begin("A share link for two sub-accounts")
			request.ShareLocationIDs = api.CommaList{"l1C08ntBrFjLS0elLIYU", "U1C08ntBrFjLS0elKIYP"}
		default:
			return fmt.Errorf("the demo does not know the share type %q", kind)
		}
		link, err := d.client.CreateShareLink(ctx, request)
		if err := d.end(err); err != nil {
			return err
		}
		d.line("in Go", "link.URL = %q", link.URL)
		kept, ok := d.box.Link(link.ID)
		if !ok || kept.URL != link.URL || kept.ShareType != kind {
			return fmt.Errorf("step %d: the sandbox does not know the link %s of type %s", d.step, link.ID, kind)
		}
		d.line("checked", "the sandbox keeps the link %s of %s, of type %s", kept.ID, kept.SnapshotID, kept.ShareType)
	}
	return nil
}

// refuseLocally makes a call that the client refuses, and checks that nothing was sent.
func (d *demo) refuseLocally(ctx context.Context) error {
	d.begin("A share link for sub-accounts, but for none in particular")
	before := len(d.box.Requests())
	_, err := d.client.CreateShareLink(ctx, api.CreateShareLinkRequest{SnapshotID: sandbox.Snapshot1, ShareType: api.ShareTypeLocationLink})
	refused, ok := errors.AsType[*api.RequestError](err)
	switch sent := len(d.box.Requests()) - before; {
	case !ok:
		return d.end(fmt.Errorf("the client should have refused the request before sending it, but the error is: %w", err))
	case sent > 0:
		return d.end(fmt.Errorf("the client refused the request, but %d came in", sent))
	}
	d.line("sent", "nothing")
	d.line("in Go", "%v", refused)
	d.line("checked", "the sandbox received no request")
	return d.end(nil)
}

// followPush polls the status of a push until it is completed. The first status must be a different one.
func (d *demo) followPush(ctx context.Context) error {
	d.begin("How far is the push to a sub-account? (The sandbox just began one; the API itself cannot.)")
	d.box.PushAt(sandbox.Snapshot1, location, begun)
	var states []string
	for range 10 {
		push, err := d.client.LatestPush(ctx, api.LatestPushRequest{SnapshotID: sandbox.Snapshot1, LocationID: location})
		if err := d.end(err); err != nil {
			return err
		}
		status := push.Data
		d.line("in Go", "%s: loaded %s; to come %s", status.Status, list(status.Completed), list(status.Pending))
		states = append(states, status.Status)
		if status.Status == sandbox.Completed {
			break
		}
	}
	if len(states) < 2 || states[0] != sandbox.Processing || states[len(states)-1] != sandbox.Completed {
		return fmt.Errorf("step %d: the push should go from %s to %s, but went %s", d.step, sandbox.Processing, sandbox.Completed, strings.Join(states, ", "))
	}
	d.line("checked", "the push went from %s to %s", states[0], states[len(states)-1])
	return nil
}

func list(l api.Strings) string {
	if len(l.Values) == 0 {
		return "nothing"
	}
	return strings.Join(l.Values, ", ")
}

// begun is when the push of the story began. It is fixed, so that every run prints the same.
var begun = time.Date(2026, time.March, 2, 9, 30, 0, 0, time.UTC)

func (d *demo) listPushes(ctx context.Context) error {
	d.begin("Which sub-accounts received the snapshot that day? (The client asks for pages until one is empty.)")
	request := api.PushesRequest{SnapshotID: sandbox.Snapshot1, From: begun.Truncate(24 * time.Hour), To: begun.Add(12 * time.Hour)}
	var found []api.Push
	var failed error
	for push, err := range d.client.Pushes(ctx, request) {
		if err != nil {
			failed = err
			break
		}
		found = append(found, push)
	}
	if err := d.end(failed); err != nil {
		return err
	}
	for _, push := range found {
		d.line("in Go", "%s: %s, begun %s", push.LocationID, push.Status, push.DateAdded.Format(time.RFC3339))
	}
	if len(found) != 1 || found[0].LocationID != location {
		return fmt.Errorf("step %d: one push to %s was made, the client found %d", d.step, location, len(found))
	}
	return nil
}
