package api

import (
	"cmp"
	"context"
	"fmt"
	"reflect"

	"github.com/highlevel-go/snapshots/api/locations"
	"github.com/highlevel-go/snapshots/api/rest"
)

// LoadSnapshotRequest is what [Client.LoadSnapshot] takes.
type LoadSnapshotRequest struct {
	SnapshotID string // required
	LocationID string // the sub-account; required
	CompanyID  string // the agency; the client's own when it is empty
	Override   bool   // assets that are there already are replaced by those of the snapshot; otherwise they stay

	// Wait waits for the push of the load, as [Client.WaitForPush] does; nil does not wait.
	Wait *Wait
}

// Validate finds what is missing, every problem at once, without sending anything.
func (r LoadSnapshotRequest) Validate() error {
	var p rest.Problems
	p.Required(r.SnapshotID != "", "SnapshotID", "body", "snapshot/id")
	p.Required(r.LocationID != "", "LocationID", "path", "locationId")
	p.Required(r.CompanyID != "", "CompanyID", "body", "companyId")
	return p.Err()
}

// LoadedSnapshot is what [Client.LoadSnapshot] returns.
type LoadedSnapshot struct {
	Location locations.SavedLocation // the sub-account, as the service answered
	Push     *PushStatus             // the push that was waited for; nil when none was
}

// LoadError is the error of [Client.LoadSnapshot]. Get at it with errors.As; errors.Is looks into its cause.
type LoadError struct {
	SnapshotID string // the snapshot
	LocationID string // the sub-account

	// Accepted reports whether the service has answered the load with success, so that it is only the waiting that failed.
	Accepted bool

	Err error // what went wrong
}

// Error says whether it was the load or the waiting that failed.
func (e *LoadError) Error() string {
	what := fmt.Sprintf("load snapshot %s into sub-account %s", e.SnapshotID, e.LocationID)
	if e.Accepted {
		what += ": the service has accepted it, but"
	} else {
		what += ":"
	}
	return what + " " + e.Err.Error()
}

// Unwrap returns what went wrong.
func (e *LoadError) Unwrap() error { return e.Err }

// Effect tells whether the snapshot was loaded, as far as is known; see [EffectOf].
func (e *LoadError) Effect() Effect {
	if e.Accepted {
		return EffectDone
	}
	return EffectOf(e.Err)
}

// LoadSnapshot puts a snapshot into a sub-account, and waits for its push where the request says so. It needs an agency's token
// with the scope locations.write, and for the waiting snapshots.readonly.
//
// A load is never sent again when its first outcome is not known, since a second one could replace what has been changed
// since. The error is a *[LoadError], and [EffectOf] tells whether the load surely was not done, was perhaps done, or was done. After a
// load that is perhaps done, look at [Client.LatestPush] before loading again.
//
// How a load appears among the snapshot's pushes, and how soon, is not documented. LoadSnapshot therefore looks at the latest
// push before it loads, and waits until the service tells of another one, or of a change of that one; where it never does, the waiting
// ends with [ErrPushTimedOut].
func (c *Client) LoadSnapshot(ctx context.Context, req LoadSnapshotRequest, opts ...CallOption) (*LoadedSnapshot, error) {
	req.CompanyID = cmp.Or(req.CompanyID, c.restClient().Default("companyId"))
	e := &LoadError{SnapshotID: req.SnapshotID, LocationID: req.LocationID}
	latest := LatestPushRequest{SnapshotID: req.SnapshotID, LocationID: req.LocationID, CompanyID: req.CompanyID}
	if e.Err = req.Validate(); e.Err != nil {
		return nil, e
	}
	var before *PushStatus
	if req.Wait != nil {
		push, err := c.LatestPush(ctx, latest, opts...)
		switch {
		case err == nil:
			before = &push.Data
		case !notYet(err):
			e.Err = &notLoadedError{err}
			return nil, e
		}
	}
	saved, err := c.Locations().Update(ctx, locations.UpdateRequest{
		LocationID: req.LocationID, CompanyID: req.CompanyID,
		Snapshot: locations.SnapshotLoad{ID: req.SnapshotID, Override: req.Override},
	}, opts...)
	if err != nil {
		e.Err = err
		return nil, e
	}
	loaded := &LoadedSnapshot{Location: *saved}
	if req.Wait == nil {
		return loaded, nil
	}
	e.Accepted = true
	if loaded.Push, e.Err = c.WaitForPush(ctx, latest, req.Wait.after(before), opts...); e.Err != nil {
		return nil, e
	}
	return loaded, nil
}

// after returns a Wait that takes a push for the one to wait for only when it is not, or is no longer, what was there before.
func (w Wait) after(before *PushStatus) Wait {
	w = w.filled()
	if before == nil {
		return w
	}
	done, failed, changed := w.Done, w.Failed, false
	isNew := func(s PushStatus) bool {
		changed = changed || !reflect.DeepEqual(s, *before)
		return changed
	}
	w.Done = func(s PushStatus) bool { return isNew(s) && done(s) }
	w.Failed = func(s PushStatus) bool { return isNew(s) && failed(s) }
	return w
}

// notLoadedError is an error that came before the load, whatever its own effect.
type notLoadedError struct{ err error }

func (e *notLoadedError) Error() string {
	return "nothing was loaded, because the latest push cannot be read: " + e.err.Error()
}
func (e *notLoadedError) Unwrap() error  { return e.err }
func (e *notLoadedError) Effect() Effect { return EffectNone }
