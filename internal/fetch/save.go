package fetch

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"time"

	"github.com/highlevel-go/snapshots/internal/docpage"
)

// Outcome is the outcome of fetching a page.
type Outcome string

// The outcomes other than the kinds of a fetched page.
const (
	Unchanged Outcome = "unchanged"  // according to the server, and the file exists
	Done      Outcome = "done"       // before the last run was interrupted
	Skipped   Outcome = "skipped"    // it has no operation
	Failed    Outcome = "failed"     // it could not be fetched
	Unjudged  Outcome = "not judged" // it is there, and cannot be compared
)

// Result is the result of fetching one page.
type Result struct {
	Number, Total int
	URL           *url.URL
	Outcome       Outcome
	File          string
	Bytes         int
	Err           error // why it failed, was skipped or cannot be judged
}

// Job is what to fetch.
type Job struct {
	Dir   string
	Pages []*url.URL
	// Listed means that the pages come from a list of all kinds of pages; a page without an operation is not a failure.
	Listed bool
}

// resumable is how long after the start of an interrupted run its pages count as done.
const resumable = time.Hour

// Save downloads pages into a directory and reports each. It returns an error if it had to stop: the context ended, the
// directory cannot be written, or the server asks for fewer requests (*BusyError). Pages saved before that remain.
func (s *Site) Save(ctx context.Context, job Job, report func(Result)) (err error) {
	store, warning, err := openStore(job.Dir)
	if err != nil {
		return err
	}
	defer store.close()
	if warning != nil {
		s.warn(fmt.Errorf("the state of earlier runs is lost, and every page is fetched again: %w", warning))
	}
	run := &saving{site: s, store: store, job: job, report: report, builds: map[string]string{}}
	if err := run.begin(); err != nil {
		return err
	}
	for i, u := range job.Pages {
		if err := run.page(ctx, i+1, u, true); err != nil {
			return err
		}
	}
	for _, n := range run.doubtful() {
		if err := run.page(ctx, n, job.Pages[n-1], false); err != nil {
			return err
		}
	}
	store.state.Unfinished = nil
	return store.save()
}

// saving is one run of Save.
type saving struct {
	site   *Site
	store  *store
	job    Job
	report func(Result)
	since  *time.Time        // pages checked since then are done; nil if no earlier run is resumed
	builds map[string]string // the main script that the pages of a host name now
	same   []int             // numbers of pages that the server reports as unchanged
}

// begin marks the run as unfinished, or resumes an unfinished one.
func (r *saving) begin() error {
	now := time.Now().UTC().Truncate(time.Second)
	if began := r.store.state.Unfinished; began != nil && now.Sub(*began) < resumable && !began.After(now) {
		r.since = began
		return nil
	}
	r.store.state.Unfinished = &now
	return r.store.save()
}

// page fetches and stores one page. An error stops the run.
func (r *saving) page(ctx context.Context, number int, u *url.URL, conditional bool) error {
	result := Result{Number: number, Total: len(r.job.Pages), URL: u}
	var had known
	if conditional {
		had = r.store.known(u.String())
	}
	if had.Page != "" && r.since != nil && !had.Checked.Before(*r.since) {
		r.reportKept(result, had, Done)
		return nil
	}
	page, err := r.site.page(ctx, u, had)
	if stop := mustStop(ctx, err); stop != nil {
		return stop
	}
	isOther := errors.Is(err, ErrNoOperation) || errors.Is(err, ErrNoVersion)
	switch {
	case isOther && r.job.Listed && !r.store.has(u.String()):
		result.Outcome, result.Err = Skipped, err
		r.report(result)
		if page == nil {
			return nil
		}
		return r.remember(u, page.record)
	case err != nil:
		result.Outcome, result.Err = Failed, err
		if r.store.has(u.String()) {
			result.Err = fmt.Errorf("%w (what an earlier run fetched stays in %s)", err, r.store.state.Pages[u.String()].File)
		}
		r.report(result)
		return nil
	case page == nil:
		r.same = append(r.same, number)
		r.reportKept(result, had, Unchanged)
		return r.remember(u, had.record)
	}
	kept, err := r.store.keep(baseName(u), u.String(), page)
	if err != nil {
		return err
	}
	if kept.Main != "" {
		r.builds[u.Host] = kept.Main
	}
	result.Outcome, result.File, result.Bytes = Outcome(page.Kind), kept.File, len(page.Data)
	if result.Err = page.Problem(); result.Err != nil {
		result.Outcome = Unjudged
	}
	if err := r.remember(u, kept); err != nil {
		return err
	}
	r.report(result)
	return nil
}

// reportKept reports a page from an earlier run, with any problem of it.
func (r *saving) reportKept(result Result, had known, outcome Outcome) {
	result.Outcome, result.File, result.Bytes = outcome, had.File, len(had.data)
	if had.File == "" {
		if result.Err = ErrNoOperation; r.job.Listed {
			result.Outcome = Skipped
		} else {
			result.Outcome = Failed
		}
	} else if page, err := docpage.Parse(result.URL.String(), had.data); err != nil {
		result.Outcome, result.Err = Unjudged, err
	} else {
		explainSkeleton(page)
		if err := problem(page); err != nil {
			result.Outcome, result.Err = Unjudged, err
		}
	}
	r.report(result)
}

// remember records a page and saves the state, so that an interruption loses nothing.
func (r *saving) remember(u *url.URL, kept record) error {
	kept.Checked = time.Now().UTC().Truncate(time.Second)
	r.store.state.Pages[u.String()] = kept
	return r.store.save()
}

// doubtful returns the pages that the server reports as unchanged although the site was rebuilt: all pages of one build name
// the same main script. Some server or cache in between is wrong, so they are fetched without a condition.
func (r *saving) doubtful() (numbers []int) {
	for _, number := range r.same {
		u := r.job.Pages[number-1]
		now, before := r.builds[u.Host], r.store.state.Pages[u.String()].Main
		if now != "" && before != "" && now != before {
			numbers = append(numbers, number)
		}
	}
	return numbers
}
