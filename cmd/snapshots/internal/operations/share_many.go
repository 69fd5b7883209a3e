package operations

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/highlevel-go/snapshots/api"
)

// LinkOptions configures [MakeLinks].
type LinkOptions struct {
	Company    string                // names the agency in the journal
	Service    string                // names the service in the record of links
	Links      *LinkRecord           // records created links for other commands; required
	Repeats    bool                  // allow several links of one type for one snapshot, although the last may end the others
	Journal    *api.Journal          // records created links; required
	Progress   func(done, total int) // called after each row; may be nil
	Concurrent int                   // number of concurrent requests; 8 by default
}

// Outcome is the outcome of a row.
type Outcome struct {
	Row      Row
	Snapshot api.Snapshot
	State    api.JournalState // or stateNotBegun
	Link     *api.ShareLink
	Err      error
	Key      string // in the journal
}

// Request returns the request for the link of the row.
func (o Outcome) Request() api.CreateShareLinkRequest { return o.Row.request(o.Snapshot.ID) }

// PerhapsMade reports whether the link may have been created although its URL is unknown.
func (o Outcome) PerhapsMade() bool {
	return o.State == api.JournalPerhaps || o.State == api.JournalUnreadable
}

// stateNotBegun is the state of an outcome that is not in the journal.
const stateNotBegun api.JournalState = "not begun"

// Plan looks up the snapshots of all rows and checks that no two rows end each other's link. It creates nothing, and returns
// an error with the line numbers of invalid rows.
func Plan(ctx context.Context, finder *Finder, name string, rows []Row, options LinkOptions) ([]Outcome, error) {
	f := &rowErrors{name: name}
	outcomes := make([]Outcome, len(rows))
	lines, keys := map[string]int{}, map[string]int{}
	for i, row := range rows {
		snapshot, err := finder.Snapshot(ctx, row.Snapshot)
		if _, unknown := errors.AsType[*NameError](err); unknown || errors.Is(err, ErrEmptyName) {
			f.add(row.Line, "%v", err)
			continue
		} else if err != nil {
			return nil, err
		}
		o := Outcome{Row: row, Snapshot: snapshot}
		o.Key = journalKey(options.Company, o)
		outcomes[i] = o
		what := snapshot.ID + " " + row.Type
		if earlier, repeated := lines[what]; repeated && !options.Repeats {
			f.add(row.Line, "line %d makes a %s of the same snapshot, and the later link can end the earlier one: put all recipients into one row, or allow it with --allow-repeats", earlier, row.Type)
		} else if earlier, same := keys[o.Key]; same {
			f.add(row.Line, "line %d is the same; give the rows different keys if both are wanted", earlier)
		}
		lines[what], keys[o.Key] = row.Line, row.Line
	}
	return outcomes, f.err()
}

// journalKey returns the key of a row in the journal. It consists of everything in the request, so a changed row has another
// key.
func journalKey(company string, o Outcome) string {
	parts := []string{company, o.Snapshot.ID, o.Row.Type}
	if o.Row.Key != "" {
		parts = append([]string{o.Row.Key}, parts...)
	}
	recipients := slices.Concat(o.Row.RelationshipNumbers, o.Row.Locations)
	if len(recipients) > 0 {
		parts = append(parts, strings.Join(recipients, ","))
	}
	return strings.Join(parts, "/")
}

// MakeLinks creates the planned links, several at once. Links that the journal records as created, or perhaps created, are
// not created again; see [api.Bulk]. When ctx ends, requests under way are finished and no more are sent. The error is that
// of the bulk, or a *[PerhapsDoneError] if some links may have been created.
func MakeLinks(ctx context.Context, client *api.Client, planned []Outcome, options LinkOptions) ([]Outcome, error) {
	done := 0
	results, err := api.Bulk(ctx, planned, func(ctx context.Context, o Outcome) (link *api.ShareLink, err error) {
		ctx, cancel := withGracePeriod(ctx) // otherwise an interrupt would leave requests under way as perhaps done
		defer cancel()
		key := LinkKey{Service: options.Service, Company: options.Company, Snapshot: o.Snapshot.ID, Type: o.Row.Type}
		_ = options.Links.Track(key, func() error { // the journal has it in any case
			link, err = client.CreateShareLink(ctx, o.Request())
			return err
		})
		return link, err
	}, api.Bulking[Outcome, api.ShareLink]{
		Workers: options.Concurrent,
		Journal: options.Journal,
		Key:     func(o Outcome) string { return o.Key },
		Progress: func(api.Result[Outcome, api.ShareLink]) error {
			if done++; options.Progress != nil {
				options.Progress(done, len(planned))
			}
			return nil
		},
	})
	if results == nil {
		return nil, err
	}
	outcomes := make([]Outcome, len(results))
	perhaps := false
	for i, r := range results {
		o := r.In
		o.Link, o.Err, o.State = r.Out, r.Err, stateOf(r.Err)
		outcomes[i] = o
		perhaps = perhaps || o.PerhapsMade()
	}
	if perhaps {
		err = &PerhapsDoneError{err}
	}
	return outcomes, err
}

// stateOf returns the state of a row with an error.
func stateOf(err error) api.JournalState {
	switch {
	case errors.Is(err, api.ErrNotBegun):
		return stateNotBegun
	case err == nil:
		return api.JournalDone
	}
	switch api.EffectOf(err) {
	case api.EffectNone:
		return api.JournalNotDone
	case api.EffectDone:
		return api.JournalUnreadable
	default:
		return api.JournalPerhaps
	}
}

// Summary counts the outcomes by state, as in "3 done, 1 perhaps done".
func Summary(outcomes []Outcome) string {
	counts := map[api.JournalState]int{}
	for _, o := range outcomes {
		counts[o.State]++
	}
	var parts []string
	for _, state := range []api.JournalState{api.JournalDone, api.JournalNotDone, api.JournalPerhaps, api.JournalUnreadable, stateNotBegun} {
		if counts[state] > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", counts[state], state))
		}
	}
	return strings.Join(parts, ", ")
}
