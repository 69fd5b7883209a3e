package api

import (
	"cmp"
	"context"
	"fmt"
	"reflect"

	"github.com/highlevel-go/snapshots/api/locations"
	"github.com/highlevel-go/snapshots/api/rest"
)

// LoadSnapshotRequest is the request of [Client.LoadSnapshot].
type LoadSnapshotRequest struct {
	SnapshotID string // required
	LocationID string // the sub-account; required
	CompanyID  string // the agency; if empty, the default of the client
	Override   bool   // replace existing assets by those of the snapshot; otherwise they are left unchanged

	// Wait makes the call wait for the push of the load, as [Client.WaitForPush] does; nil does not wait.
	Wait *Wait
}

// Validate reports every missing field, without sending anything.
func (r LoadSnapshotRequest) Validate() error {
	var p rest.Problems
	p.Required(r.SnapshotID != "", "SnapshotID", "body", "snapshot/id")
	p.Required(r.LocationID != "", "LocationID", "path", "locationId")
	p.Required(r.CompanyID != "", "CompanyID", "body", "companyId")
	return p.Err()
}

// LoadedSnapshot is the result of [Client.LoadSnapshot].
type LoadedSnapshot struct {
	Location locations.SavedLocation // the sub-account in the response
	Push     *PushStatus             // the push of the load; nil without Wait
}

// LoadError is the error of [Client.LoadSnapshot]. Use errors.As to get it; errors.Is examines its cause.
type LoadError struct {
	SnapshotID string // the snapshot
	LocationID string // the sub-account

	// Accepted reports whether the load itself succeeded, so that only the waiting failed.
	Accepted bool

	Err error // the cause
}

// Error says whether the load or the waiting failed.
func (e *LoadError) Error() string {
	what := fmt.Sprintf("load snapshot %s into sub-account %s", e.SnapshotID, e.LocationID)
	if e.Accepted {
		what += ": the service has accepted it, but"
	} else {
		what += ":"
	}
	return what + " " + e.Err.Error()
}

// Unwrap returns the cause.
func (e *LoadError) Unwrap() error { return e.Err }

// Effect returns whether the snapshot was loaded, as far as is known; see [EffectOf].
func (e *LoadError) Effect() Effect {
	if e.Accepted {
		return EffectDone
	}
	return EffectOf(e.Err)
}

// LoadSnapshot loads a snapshot into a sub-account, and waits for its push if the request asks for that. It needs a token of
// the agency with the scope locations.write, and snapshots.readonly for the waiting.
//
// A load whose outcome is not known is never repeated, because a second load could overwrite later changes. The error is a
// *[LoadError], and [EffectOf] returns whether the load was not done, may have been done, or was done. If it may have been
// done, look at [Client.LatestPush] before loading again.
//
// It is not documented how, and how soon, a load appears among the pushes of the snapshot. LoadSnapshot therefore reads the
// latest push before it loads, and then waits until the service reports another push or a change of that one; if that does
// not happen, the waiting ends with [ErrPushTimedOut].
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

// after returns a Wait that accepts a push only if it is another one than before, or has changed since.
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

// notLoadedError is an error that occurred before the load, whatever its own effect.
type notLoadedError struct{ err error }

func (e *notLoadedError) Error() string {
	return "nothing was loaded, because the latest push cannot be read: " + e.err.Error()
}
func (e *notLoadedError) Unwrap() error  { return e.err }
func (e *notLoadedError) Effect() Effect { return EffectNone }
