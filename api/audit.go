package api

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/highlevel-go/snapshots/api/locations"
	"github.com/highlevel-go/snapshots/api/rest"
)

// AuditRequest selects what [Client.Audit] and [Client.AuditPushes] read.
type AuditRequest struct {
	Snapshots []string // their ids; if empty, all snapshots of the agency
	Locations []string // ids of sub-accounts; if empty, all of the agency. AuditPushes ignores it
	CompanyID string   // the agency; if empty, the default of the client

	From, To time.Time // for AuditPushes: the period in which pushes began
}

// AuditEntry is the result for one snapshot and one sub-account.
type AuditEntry struct {
	SnapshotID string      // the snapshot
	LocationID string      // the sub-account
	Push       *PushStatus // the latest push of the snapshot to the sub-account; nil if the service knows none
}

// SnapshotPushes are the pushes of one snapshot.
type SnapshotPushes struct {
	SnapshotID string // the snapshot
	Pushes     []Push // in the order of the service
}

// Auditing configures an audit. The zero value is ready to use.
type Auditing[Out any] struct {
	Workers int // the number of requests in progress at once; the default is 8

	// Journal is a file that lets an interrupted audit continue: what was read is not read again. It belongs to one audit;
	// to read everything again, use a new one.
	Journal *Journal

	// Progress is called after each entry, with the number of entries and how many of them are known, including those of an
	// earlier run. It is called from one goroutine at a time. If it returns an error, nothing further is read.
	Progress func(known, all int, out *Out, err error) error
}

// Audit reads which sub-accounts have received which snapshots: the latest push of each snapshot to each sub-account, with
// one request for each pair. For 20 snapshots and 300 sub-accounts that takes ten minutes at the service's rate limit; if
// the time of the pushes is known, [Client.AuditPushes] takes a fraction of that. It needs a token of the agency with the
// scope snapshots.readonly, and locations.readonly if the request does not list the sub-accounts.
//
// The entries are sorted by snapshot, then by sub-account. Entries that could not be read are missing, and a *[BulkError]
// lists them; an error that would occur for every pair ends the audit. It is not documented for how long the service knows a
// push, or whether it reports pushes that did not come through the API.
func (c *Client) Audit(ctx context.Context, req AuditRequest, how Auditing[AuditEntry], opts ...CallOption) ([]AuditEntry, error) {
	snapshots, err := c.auditedSnapshots(ctx, req, opts)
	if err != nil {
		return nil, err
	}
	subAccounts, err := c.auditedLocations(ctx, req, opts)
	if err != nil {
		return nil, err
	}
	pairs := make([]LatestPushRequest, 0, len(snapshots)*len(subAccounts))
	for _, snapshot := range snapshots {
		for _, location := range subAccounts {
			pairs = append(pairs, LatestPushRequest{SnapshotID: snapshot, LocationID: location, CompanyID: req.CompanyID})
		}
	}
	read := func(ctx context.Context, pair LatestPushRequest) (*AuditEntry, error) {
		entry := &AuditEntry{SnapshotID: pair.SnapshotID, LocationID: pair.LocationID}
		push, err := c.LatestPush(ctx, pair, opts...)
		switch {
		case err == nil:
			entry.Push = &push.Data
		case !notYet(err):
			return nil, err
		}
		return entry, nil
	}
	return readAll(ctx, pairs, read, how, func(pair LatestPushRequest) string {
		return fmt.Sprintf("latest push of %q to %q of %q", pair.SnapshotID, pair.LocationID, cmp.Or(req.CompanyID, c.restClient().Default("companyId")))
	})
}

// AuditPushes reads which pushes of each snapshot began in the period of the request, and their status. Each page of pushes
// takes a request. It needs a token of the agency with the scope snapshots.readonly.
//
// The result has the snapshots in the order of the request. A snapshot that could not be read is missing, and a *[BulkError]
// lists it.
func (c *Client) AuditPushes(ctx context.Context, req AuditRequest, how Auditing[SnapshotPushes], opts ...CallOption) ([]SnapshotPushes, error) {
	pushes := PushesRequest{SnapshotID: "any", CompanyID: cmp.Or(req.CompanyID, c.restClient().Default("companyId")), From: req.From, To: req.To}
	if err := pushes.Validate(); err != nil {
		return nil, fmt.Errorf("audit: %w", err)
	}
	snapshots, err := c.auditedSnapshots(ctx, req, opts)
	if err != nil {
		return nil, err
	}
	read := func(ctx context.Context, id string) (*SnapshotPushes, error) {
		all := &SnapshotPushes{SnapshotID: id}
		one := pushes
		one.SnapshotID = id
		for push, err := range c.Pushes(ctx, one, opts...) {
			if err != nil {
				return nil, err
			}
			all.Pushes = append(all.Pushes, push)
		}
		return all, nil
	}
	return readAll(ctx, snapshots, read, how, func(id string) string {
		return fmt.Sprintf("pushes of %q from %s to %s of %q", id, rest.FormatTime(req.From), rest.FormatTime(req.To), pushes.CompanyID)
	})
}

func (c *Client) auditedSnapshots(ctx context.Context, req AuditRequest, opts []CallOption) ([]string, error) {
	ids := req.Snapshots
	if len(ids) == 0 {
		var came Response
		var received int
		list, err := c.Snapshots(ctx, SnapshotsRequest{CompanyID: req.CompanyID},
			append(slices.Clip(opts), CallResponse(&came), rest.CallListLength("snapshots", &received))...)
		if err == nil {
			err = itemLeftOut(came, received, len(list.Snapshots))
		}
		if err != nil {
			return nil, fmt.Errorf("audit: %w", err)
		}
		for _, s := range list.Snapshots {
			ids = append(ids, s.ID)
		}
	}
	return distinctIDs("snapshot", ids)
}

func (c *Client) auditedLocations(ctx context.Context, req AuditRequest, opts []CallOption) ([]string, error) {
	ids := req.Locations
	if len(ids) == 0 {
		page := func(ctx context.Context, offset int) ([]locations.FoundLocation, int, error) {
			var came Response
			var received int
			search := locations.SearchRequest{CompanyID: req.CompanyID, Skip: offset, Limit: auditPage}
			list, err := c.Locations().SearchPage(ctx, search,
				append(slices.Clip(opts), CallResponse(&came), rest.CallListLength("locations", &received))...)
			if err == nil {
				err = itemLeftOut(came, received, len(list.Locations))
			}
			if err != nil {
				return nil, 0, err
			}
			return list.Locations, received, nil
		}
		for location, err := range rest.OffsetPages(ctx, 0, page, func(l locations.FoundLocation) string { return l.ID }) {
			if err != nil {
				return nil, fmt.Errorf("audit: %w", err)
			}
			ids = append(ids, location.ID)
		}
	}
	return distinctIDs("sub-account", ids)
}

// auditPage is the number of sub-accounts requested at once. The largest number that the service accepts is not known.
const auditPage = 100

// itemLeftOut returns an error if items of a list could not be read and are missing from the list. received is its length
// according to [rest.CallListLength].
func itemLeftOut(r Response, received, read int) error {
	if received == read {
		return nil
	}
	for _, m := range r.Mismatches {
		if strings.Count(m.Path, "/") == 2 || received < 0 { // such as /snapshots/0
			return fmt.Errorf("the list cannot be read: %v", m)
		}
	}
	return fmt.Errorf("the list cannot be read: %d of its %d items fit their type", read, received)
}

// distinctIDs removes duplicate ids, which occur if a list changes while it is read. A missing id is an error: its snapshot
// or sub-account would be omitted silently.
func distinctIDs(of string, ids []string) ([]string, error) {
	seen := make(map[string]bool, len(ids))
	out := make([]string, 0, len(ids))
	for i, id := range ids {
		if id == "" {
			return nil, fmt.Errorf("audit: %w: %s %d has no id", ErrInvalidRequest, of, i)
		}
		if !seen[id] {
			seen[id], out = true, append(out, id)
		}
	}
	return slices.Clip(out), nil
}

// readAll is a [Bulk] that only reads: items that an earlier run began, or failed to read, are read again.
func readAll[In, Out any](
	ctx context.Context, items []In, fn func(context.Context, In) (*Out, error), how Auditing[Out], key func(In) string,
) ([]Out, error) {
	bulk := Bulking[In, Out]{Workers: how.Workers, Journal: how.Journal, Key: key}
	known := 0
	if how.Journal != nil {
		for _, item := range items {
			entry, there := how.Journal.entry(key(item))
			switch {
			case there && entry.State == JournalDone:
				known++
			case there && entry.State != JournalNotDone:
				if err := how.Journal.Forget(entry.Key); err != nil {
					return nil, fmt.Errorf("audit: %w", err)
				}
			}
		}
	}
	if how.Progress != nil {
		bulk.Progress = func(r Result[In, Out]) error {
			if r.Err == nil {
				known++
			}
			return how.Progress(known, len(items), r.Out, r.Err)
		}
	}
	results, err := Bulk(ctx, items, fn, bulk)
	out := make([]Out, 0, len(results))
	for _, r := range results {
		if r.Out != nil {
			out = append(out, *r.Out)
		}
	}
	if err != nil {
		return out, fmt.Errorf("audit: %w", err)
	}
	return out, nil
}
