package main

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/highlevel-go/snapshots/internal/fetch"
	"github.com/highlevel-go/snapshots/internal/oas"
)

func fetchCommand() *cobra.Command {
	var out, sitemap string
	var o fetch.Options
	cmd := &cobra.Command{
		Use:   "fetch URL… -o DIR",
		Short: "Download pages of the documentation into a directory",
		Long: `Downloads pages of operations from a documentation site into a directory that the other commands read. It stores the Markdown twin of a
page (its URL with .md appended); if there is none that can be used, the script that contains the whole operation; else the HTML of the
page.

It makes one request at a time, with a pause between them, and only to the host of the first URL and those of --host. The directory
records where its files came from: a second run requests only what changed, and an interrupted one continues where it stopped.

Exit codes: 0 all pages were fetched, 2 something could not be fetched or judged, 3 wrong usage.`,
		RunE: func(cmd *cobra.Command, args []string) error {
			addresses := args
			switch {
			case out == "":
				return usageError{errors.New("say where to write with -o DIR")}
			case sitemap != "" && len(args) > 0:
				return usageError{errors.New("give either addresses of pages or --sitemap")}
			case sitemap != "":
				addresses = []string{sitemap}
			case len(args) == 0:
				return usageError{errors.New("give addresses of pages, or a sitemap with --sitemap URL")}
			}
			if o.Delay < 0 || o.Timeout <= 0 || o.MaxPages <= 0 {
				return usageError{errors.New("--timeout and --max-pages must be greater than zero, and --delay not negative")}
			}
			pages, err := parseAddresses(addresses)
			if err != nil {
				return err
			}
			run := fetchRun{cmd: cmd, job: fetch.Job{Dir: out, Pages: pages, Listed: sitemap != ""}}
			o.Warn = func(err error) { run.line("specdrift: %v", err) }
			site, err := fetch.New(pages[0], o)
			if err != nil {
				return usageError{err}
			}
			for _, u := range pages {
				if !site.Allows(u) {
					return usageError{fmt.Errorf("%s is not on the host of the first address; allow it with --host %s", u, u.Host)}
				}
			}
			if len(pages) > o.MaxPages {
				return usageError{fmt.Errorf("%d addresses are more than the %d of --max-pages", len(pages), o.MaxPages)}
			}
			if run.site = site; !run.job.Listed {
				if run.job.Pages, err = site.OfVersion(pages); err != nil {
					return usageError{err}
				}
			}
			return run.do()
		},
	}
	flags := cmd.Flags()
	flags.StringVarP(&out, "out", "o", "", "directory to write to")
	flags.StringVar(&sitemap, "sitemap", "", "fetch the pages listed in this sitemap, or index of sitemaps")
	flags.StringArrayVar(&o.Hosts, "host", nil, "another host of the documentation (can be repeated)")
	flags.DurationVar(&o.Delay, "delay", fetch.DefaultDelay, "pause between requests")
	flags.DurationVar(&o.Timeout, "timeout", fetch.DefaultTimeout, "maximum time for one response")
	flags.IntVar(&o.MaxPages, "max-pages", fetch.DefaultMaxPages, "maximum number of pages to fetch")
	flags.StringVar(&o.Version, "version", "", "fetch the pages of this API version, such as 2021-07-28 or v3")
	flags.StringVar(&o.UserAgent, "user-agent", fetch.DefaultUserAgent, "User-Agent header of the requests")
	return cmd
}

// fetchRun is one run of the command, with its counts.
type fetchRun struct {
	cmd       *cobra.Command
	site      *fetch.Site
	job       fetch.Job
	outcomes  map[int]fetch.Outcome // by the page's number
	kept, bad int
}

func (r *fetchRun) do() error {
	ctx, stop := interruptible(r.cmd.Context())
	defer stop()
	short := false
	if r.job.Listed {
		list, err := r.site.Sitemap(ctx, r.job.Pages[0])
		if ctx.Err() != nil {
			return errors.New("interrupted; nothing was fetched yet")
		}
		if err != nil {
			return err
		}
		short = list.Beyond > 0
		r.printListing(list)
		if r.job.Pages, err = r.site.OfVersion(list.Pages); err != nil {
			return err
		}
	}
	r.outcomes = map[int]fetch.Outcome{}
	err := r.site.Save(ctx, r.job, r.printResult)
	r.count()
	switch {
	case ctx.Err() != nil:
		r.line("specdrift: interrupted; what was fetched stays, and the same command goes on from here")
		return exitCannotJudge
	case err != nil:
		r.line("specdrift: stopped: %v", err)
		return exitCannotJudge
	}
	fmt.Fprintf(r.cmd.OutOrStdout(), "%d of %d pages are in %s\n", r.kept, len(r.job.Pages), r.job.Dir)
	if r.bad > 0 || short {
		return exitCannotJudge
	}
	if r.kept == 0 {
		return errors.New("none of the pages describes an operation")
	}
	return nil
}

// count counts pages by their last outcome: a page can be fetched twice.
func (r *fetchRun) count() {
	for _, outcome := range r.outcomes {
		switch outcome {
		case fetch.Skipped:
		case fetch.Failed:
			r.bad++
		case fetch.Unjudged:
			r.bad++
			r.kept++
		default:
			r.kept++
		}
	}
}

func (r *fetchRun) printListing(list *fetch.Listing) {
	if n := len(list.Elsewhere); n > 0 {
		r.line("specdrift: the sitemap names %d addresses that are not fetched, because they are on another host or invalid: %.200q", n, list.Elsewhere[0])
	}
	if list.Beyond > 0 {
		r.line("specdrift: the sitemap names %d pages more than the %d of --max-pages; they are not fetched", list.Beyond, len(list.Pages))
	}
}

// printResult prints the line for a page.
func (r *fetchRun) printResult(result fetch.Result) {
	r.outcomes[result.Number] = result.Outcome
	line := fmt.Sprintf("[%d/%d] %s  %s", result.Number, result.Total, fetch.ShownName(result.URL), result.Outcome)
	switch result.Outcome {
	case fetch.Skipped:
		reason := fetch.ErrNoOperation
		if errors.Is(result.Err, fetch.ErrNoVersion) {
			reason = fetch.ErrNoVersion
		}
		line += "  " + reason.Error()
	case fetch.Failed:
	default:
		line += "  " + size(result.Bytes)
	}
	r.line("%s", line)
	if result.Err != nil && result.Outcome != fetch.Skipped {
		r.line("specdrift: %v", result.Err)
	}
}

// line writes a line to stderr without control characters: names and errors contain text from the site.
func (r *fetchRun) line(format string, args ...any) {
	fmt.Fprintln(r.cmd.ErrOrStderr(), oas.Printable(fmt.Sprintf(format, args...)))
}

// size formats a number of bytes for people.
func size(bytes int) string {
	switch {
	case bytes < 1000:
		return fmt.Sprintf("%d B", bytes)
	case bytes < 1000*1000:
		return fmt.Sprintf("%d KB", (bytes+500)/1000)
	}
	return fmt.Sprintf("%.1f MB", float64(bytes)/1e6)
}
