// Command probe checks whether the real service still behaves as the spec says. It only reads, and creates nothing without
// -create-link.
//
//	HIGHLEVEL_TOKEN=… HIGHLEVEL_COMPANY=… go run ./conformance/probe [-out DIR]
//
// The judge compares every message with the spec. Anything that is not in the spec (fields, values, statuses, headers) is
// reported as a finding of kind "observed"; -out writes a cassette that contains no token, name or id. Without a token it
// prints what it would do.
//
// Exit codes: 0 everything as in the spec, or no token; 1 something observed; 2 the service could not be reached; 3 bad
// usage.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"time"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	code := run(ctx, os.Args[1:], os.Getenv, os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}

// Exit codes.
const (
	foreseen = 0
	observed = 1
	noAnswer = 2
	badUsage = 3
)

// plan contains the calls to make, and the service to call.
type plan struct {
	baseURL, token, version     string
	company, snapshot, location string
	createLink                  string // share type; empty for no POST
	out                         string
	json                        bool
	period                      time.Duration
}

func run(ctx context.Context, args []string, env func(string) string, stdout, stderr io.Writer) int {
	p := plan{token: env("HIGHLEVEL_TOKEN"), company: env("HIGHLEVEL_COMPANY"), snapshot: env("HIGHLEVEL_SNAPSHOT"), location: env("HIGHLEVEL_LOCATION")}
	flags := flag.NewFlagSet("probe", flag.ContinueOnError)
	flags.SetOutput(stderr)
	flags.StringVar(&p.baseURL, "base-url", "", "another address than the service's own")
	flags.StringVar(&p.version, "version", "", "another Version header than the client's own")
	flags.StringVar(&p.createLink, "create-link", "", "also create a share link of this `type`; an earlier link may end by it")
	flags.StringVar(&p.out, "out", "", "directory for the redacted cassette")
	flags.BoolVar(&p.json, "json", false, "findings as JSON")
	flags.DurationVar(&p.period, "period", 90*24*time.Hour, "how far back to look for pushes")
	switch err := flags.Parse(args); {
	case errors.Is(err, flag.ErrHelp):
		return foreseen
	case err != nil:
		return badUsage
	}
	switch {
	case flags.NArg() > 0:
		_, _ = fmt.Fprintf(stderr, "probe: unexpected argument %q\n", flags.Arg(0))
		return badUsage
	case p.token == "":
		explain(stdout, p)
		return foreseen
	case p.company == "":
		_, _ = fmt.Fprintln(stderr, "probe: HIGHLEVEL_COMPANY is not set; every operation needs the id of the agency")
		return badUsage
	}
	return p.probe(ctx, stdout, stderr)
}

// explain prints what a probe would do.
func explain(w io.Writer, p plan) {
	_, _ = fmt.Fprintln(w, `No HIGHLEVEL_TOKEN is set, so nothing was asked. With a token and HIGHLEVEL_COMPANY, this would
  1. list the agency's snapshots
  2. list a page of pushes of the first of them (or of HIGHLEVEL_SNAPSHOT)
  3. read the latest push to the first sub-account found there (or to HIGHLEVEL_LOCATION)`)
	if p.createLink == "" {
		_, _ = fmt.Fprintln(w, "and create nothing: a share link only with -create-link TYPE.")
	} else {
		_, _ = fmt.Fprintf(w, "  4. create a share link of type %s, as -create-link says\n", p.createLink)
	}
	_, _ = fmt.Fprintln(w, "Every answer is compared with spec/snapshots.yaml.")
}
