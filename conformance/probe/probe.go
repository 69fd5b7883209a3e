package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"time"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/highlevel-go/snapshots/api"
	"github.com/highlevel-go/snapshots/api/rest"
	"github.com/highlevel-go/snapshots/conformance/judge"
	"github.com/highlevel-go/snapshots/internal/facts"
	"github.com/highlevel-go/snapshots/spec"
)

// probe calls the service, and reports.
func (p plan) probe(ctx context.Context, stdout, stderr io.Writer) int {
	fail := func(code int, errs ...error) int {
		for _, err := range errs {
			_, _ = fmt.Fprintf(stderr, "probe: %v\n", err)
		}
		return code
	}
	doc, err := judge.Load("spec/snapshots.yaml", spec.Snapshots)
	if err != nil {
		return fail(badUsage, err)
	}
	tape := &cassette{secrets: []string{p.token, p.company, p.snapshot, p.location}, known: wordsOf(doc)}
	seen := &observer{}
	client, err := p.client(doc, seen, tape)
	if err != nil {
		return fail(badUsage, err)
	}
	progress := stdout
	if p.json {
		progress = stderr
	}
	asked, failed := p.ask(ctx, client, seen, progress)
	if p.out != "" {
		file, err := tape.write(p.out)
		if err != nil {
			return fail(badUsage, err)
		}
		_, _ = fmt.Fprintf(progress, "cassette: %s\n", file)
	}
	findings := seen.findings()
	for _, f := range findings {
		f.ID, f.Message = tape.withoutSecrets(f.ID), tape.withoutSecrets(f.Message)
		for i := range f.Sites {
			if says := f.Sites[i].Spec; says != nil {
				says.Says = tape.withoutSecrets(says.Says)
			}
			f.Sites[i].Operation, f.Sites[i].Place = tape.withoutSecrets(f.Sites[i].Operation), facts.Place(tape.withoutSecrets(string(f.Sites[i].Place)))
		}
	}
	if err := print(stdout, findings, p.json); err != nil {
		return fail(noAnswer, err)
	}
	switch {
	case len(findings) > 0:
		return fail(observed, failed...)
	case len(failed) > 0 || asked == 0:
		return fail(noAnswer, failed...)
	default:
		return foreseen
	}
}

func (p plan) client(doc *openapi3.T, seen *observer, tape *cassette) (*api.Client, error) {
	judging := []judge.Option{judge.WithFile("spec/snapshots.yaml")}
	if u, err := url.Parse(p.baseURL); err == nil && u.Host != "" {
		judging = append(judging, judge.AllowHosts(u.Hostname())) // the user named it
	}
	j, err := judge.New(doc, judging...)
	if err != nil {
		return nil, err
	}
	opts := []api.Option{
		api.WithToken(p.token), api.WithCompany(p.company),
		rest.WithMiddleware(func(next http.RoundTripper) http.RoundTripper {
			return &judge.Transport{Judge: j, Next: next, Report: seen.note, Seen: tape.record}
		}),
	}
	if p.baseURL != "" {
		opts = append(opts, api.WithBaseURL(p.baseURL))
	}
	if p.version != "" {
		opts = append(opts, api.WithVersion(p.version))
	}
	return api.New(opts...)
}

// ask makes the calls, each with the results of the calls before. It continues after a failure as far as possible.
func (p plan) ask(ctx context.Context, c *api.Client, seen *observer, w io.Writer) (asked int, failed []error) {
	say := func(format string, args ...any) { _, _ = fmt.Fprintf(w, format+"\n", args...) }
	answered := func(err error) bool {
		asked++
		if err != nil {
			failed = append(failed, err)
		}
		return err == nil
	}
	list, err := c.Snapshots(ctx, api.SnapshotsRequest{})
	if answered(err) {
		say("snapshots: %d", len(list.Snapshots))
		if p.snapshot == "" && len(list.Snapshots) > 0 {
			p.snapshot = list.Snapshots[0].ID
		}
	}
	if p.snapshot == "" {
		return asked, append(failed, errors.New("there is no snapshot to ask about; name one with HIGHLEVEL_SNAPSHOT"))
	}
	now := time.Now()
	page, err := c.PushesPage(ctx, api.PushesRequest{SnapshotID: p.snapshot, From: now.Add(-p.period), To: now})
	if answered(err) {
		say("pushes: %d on the first page", len(page.Data))
		for _, push := range page.Data {
			seen.date(push.DateAdded)
		}
		if p.location == "" && len(page.Data) > 0 {
			p.location = page.Data[0].LocationID
		}
	}
	if p.location == "" {
		say("latest push: not asked, no sub-account is known; name one with HIGHLEVEL_LOCATION")
	} else if latest, err := c.LatestPush(ctx, api.LatestPushRequest{SnapshotID: p.snapshot, LocationID: p.location}); errors.Is(err, api.ErrNotFound) {
		asked++
		say("latest push: none") // nothing was pushed there, or not yet
	} else if answered(err) {
		say("latest push: %s", latest.Data.Status)
	}
	if p.createLink != "" {
		_, err := c.CreateShareLink(ctx, api.CreateShareLinkRequest{SnapshotID: p.snapshot, ShareType: api.ShareType(p.createLink)})
		if answered(err) {
			say("share link: made")
		}
	}
	return asked, failed
}
