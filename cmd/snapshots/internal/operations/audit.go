package operations

import (
	"context"
	"errors"
	"time"

	"github.com/highlevel-go/snapshots/api"
	"github.com/highlevel-go/snapshots/api/locations"
)

// AuditOptions configures [Audit].
type AuditOptions struct {
	Snapshots []string     // ids or names; empty means all of the agency
	Locations []string     // ids or names of sub-accounts; empty means all of the agency
	From, To  time.Time    // period of the pushes; zero means the latest push of each snapshot to each sub-account
	Journal   *api.Journal // records what was read; may be nil
	Progress  func(done, total int)
}

// AuditRow is the result of an audit for a snapshot and a sub-account.
type AuditRow struct {
	Snapshot     api.Snapshot
	LocationID   string
	LocationName string // empty if unknown
	Status       string // of the push; empty if the service knows none
	Added        api.Time
}

// Audit reads which sub-accounts have received which snapshots; see [api.Client.Audit] and [api.Client.AuditPushes]. With an
// error, it returns the rows read so far.
func Audit(ctx context.Context, client *api.Client, options AuditOptions) ([]AuditRow, error) {
	list, err := client.Snapshots(ctx, api.SnapshotsRequest{})
	if err != nil {
		return nil, err
	}
	snapshots := list.Snapshots
	if len(options.Snapshots) > 0 {
		snapshots = nil
		finder := Finder{Client: client, list: list.Snapshots, asked: true}
		for _, name := range options.Snapshots {
			one, err := finder.Snapshot(ctx, name)
			if err != nil {
				return nil, err
			}
			snapshots = append(snapshots, one)
		}
	}
	names, ids, err := auditedLocations(ctx, client, options.Locations)
	if err != nil || len(snapshots) == 0 || len(ids) == 0 {
		return nil, err
	}
	request := api.AuditRequest{Locations: ids, From: options.From, To: options.To}
	byID := map[string]api.Snapshot{}
	for _, s := range snapshots {
		request.Snapshots = append(request.Snapshots, s.ID)
		byID[s.ID] = s
	}
	if options.From.IsZero() {
		return auditLatest(ctx, client, request, options, byID, names)
	}
	return auditPushes(ctx, client, request, options, byID, names)
}

// auditedLocations returns the names of sub-accounts by id, and the ids in order.
func auditedLocations(ctx context.Context, client *api.Client, wanted []string) (map[string]string, []string, error) {
	names, ids := map[string]string{}, []string(nil)
	for _, one := range wanted {
		id, err := LocationID(ctx, client, one)
		if err != nil {
			return nil, nil, err
		}
		names[id], ids = "", append(ids, id)
	}
	if len(wanted) > 0 {
		return names, ids, nil
	}
	for l, err := range client.Locations().Search(ctx, locations.SearchRequest{Limit: pageOfLocations}) {
		if err != nil {
			return nil, nil, err
		}
		if l.ID == "" {
			return nil, nil, errors.New("audit: the service lists a sub-account without an id")
		}
		names[l.ID], ids = l.Name, append(ids, l.ID)
	}
	return names, ids, nil
}

func auditLatest(ctx context.Context, client *api.Client, request api.AuditRequest, options AuditOptions, snapshots map[string]api.Snapshot, names map[string]string) ([]AuditRow, error) {
	entries, err := client.Audit(ctx, request, api.Auditing[api.AuditEntry]{Journal: options.Journal, Progress: progress[api.AuditEntry](options.Progress)})
	received := make([]AuditRow, len(entries))
	for i, e := range entries {
		received[i] = AuditRow{Snapshot: snapshots[e.SnapshotID], LocationID: e.LocationID, LocationName: names[e.LocationID]}
		if e.Push != nil {
			received[i].Status = e.Push.Status
		}
	}
	return received, err
}

func auditPushes(ctx context.Context, client *api.Client, request api.AuditRequest, options AuditOptions, snapshots map[string]api.Snapshot, names map[string]string) ([]AuditRow, error) {
	entries, err := client.AuditPushes(ctx, request, api.Auditing[api.SnapshotPushes]{Journal: options.Journal, Progress: progress[api.SnapshotPushes](options.Progress)})
	var received []AuditRow
	for _, e := range entries {
		for _, p := range e.Pushes {
			name, known := names[p.LocationID]
			if known || len(options.Locations) == 0 { // a deleted sub-account still has its pushes
				received = append(received, AuditRow{snapshots[e.SnapshotID], p.LocationID, name, p.Status, p.DateAdded})
			}
		}
	}
	return received, err
}

func progress[Out any](fn func(done, total int)) func(int, int, *Out, error) error {
	if fn == nil {
		return nil
	}
	return func(done, total int, _ *Out, _ error) error {
		fn(done, total)
		return nil
	}
}
