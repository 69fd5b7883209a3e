package operations

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/highlevel-go/snapshots/api"
)

// LinkOptions says how [MakeLinks] works.
type LinkOptions struct {
	Company    string                // names the agency in the journal
	Service    string                // names the service in the record of links
	Links      *LinkRecord           // remembers for other commands what was made; needed
	Repeats    bool                  // several links of one type for one snapshot are wanted, although the last may end the others
	Journal    *api.Journal          // remembers what was made; needed
	Progress   func(done, total int) // called after each row; may be nil
	Concurrent int                   // number of concurrent requests; 8 unless set
}

// Outcome is what became of a row.
type Outcome struct {
	Row      Row
	Snapshot api.Snapshot
	State    api.JournalState // or stateNotBegun
	Link     *api.ShareLink
	Err      error
	Key      string // in the journal
}

// Request asks for the link of the row.
func (o Outcome) Request() api.CreateShareLinkRequest { return o.Row.request(o.Snapshot.ID) }

// PerhapsMade reports whether the link may be there although it is not known.
func (o Outcome) PerhapsMade() bool {
	return o.State == api.JournalPerhaps || o.State == api.JournalUnreadable
}

// stateNotBegun is the state of an outcome that is not one of a journal.
const stateNotBegun api.JournalState = "not begun"

// Plan looks up the snapshots of all rows and checks that no two rows end each other's link. What is wrong with the rows is an
// error with their lines; nothing is made.
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

// journalKey names a row in the journal by all that its request says, so that a row that was changed is another one.
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

// MakeLinks makes the links that were planned, several at once. What the journal knows as made is not made again, nor is what
// was perhaps made; see [api.Bulk]. When ctx ends, what is under way is finished and nothing more is begun. The error is that of
// the bulk; a *[PerhapsDoneError] when some links are perhaps made.
func MakeLinks(ctx context.Context, client *api.Client, planned []Outcome, options LinkOptions) ([]Outcome, error) {
	done := 0
	results, err := api.Bulk(ctx, planned, func(ctx context.Context, o Outcome) (link *api.ShareLink, err error) {
		ctx, cancel := withGracePeriod(ctx) // else an interrupt would leave what is under way as perhaps made
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

// stateOf names what the error of a row says about it.
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
