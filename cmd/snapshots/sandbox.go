package main

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"net"
	"slices"
	"strings"
	"time"

	"github.com/highlevel-go/snapshots/api/sandbox"
	"github.com/highlevel-go/snapshots/cmd/snapshots/internal/console"
	"github.com/spf13/cobra"
)

func sandboxCommand() *cobra.Command {
	var flags sandboxFlags
	cmd := &cobra.Command{
		Use:   "sandbox",
		Short: "Run a stand-in for the service on this machine",
		Long: `Run a stand-in for the service on this machine: for trying without an account, and for testing a program in any language.

It keeps snapshots, share links, pushes, sub-accounts and tokens, and answers as the service does where that is known. A request
asks for a fault in its own answer with the header ` + sandbox.FaultHeader + `, in the form of --fault.`,
		Example: `  snapshots sandbox --seed demo --state sandbox.state
  snapshots sandbox --fault 'status=429; retryAfter=2s; times=3' --fault 'delay=1s; rate=0.1'
  curl -H 'Authorization: Bearer ` + sandbox.Token + `' -H 'Version: v3' -H '` + sandbox.FaultHeader + `: cut=10' \
    'http://127.0.0.1:8080/snapshots/?companyId=` + sandbox.CompanyID + `'`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			opts, err := flags.options()
			if flags.state == "" && cmd.Flags().Changed("state") { // such as from a variable that is not set
				err = errors.New("--state: it names no file")
			}
			if err != nil {
				return &usageError{err}
			}
			server, err := sandbox.Listen(flags.addr, append(opts, withConsole(cmd.Context()))...)
			if err != nil {
				return err
			}
			fmt.Fprintf(cmd.OutOrStdout(), "The sandbox listens on %s until it is interrupted.\nIts agency is %s, and %s is a token with all scopes.\nLook at it in a browser: %s%s\n",
				server.URL, sandbox.CompanyID, sandbox.Token, server.URL, console.Path)
			if addr, ok := server.Addr.(*net.TCPAddr); ok && !addr.IP.IsLoopback() {
				fmt.Fprintf(cmd.ErrOrStderr(), "WARNING: the sandbox listens on %s, so other machines can reach it. Whoever does can read and change all that it keeps.\n", addr)
			}
			<-cmd.Context().Done()
			ctx, cancel := context.WithTimeout(context.Background(), 2*time.Second)
			defer cancel()
			return server.Shutdown(ctx)
		},
	}
	flags.add(cmd)
	return cmd
}

// sandboxFlags are the flags of the sandbox.
type sandboxFlags struct {
	addr, seed, state, dates string
	faults                   []string
	cdn                      bool
	rateLimit                int
	tokenLife                time.Duration
}

func (f *sandboxFlags) add(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.StringVar(&f.addr, "addr", "127.0.0.1:8080", "address and port to listen on, the loopback interface without an address; port 0 picks a free one, and 0.0.0.0 lets other machines in")
	flags.StringVar(&f.seed, "seed", sandbox.SeedSnapshots, "what to begin with, unless --state has something: "+strings.Join(sandbox.Seeds(), ", "))
	flags.StringVar(&f.state, "state", "", "file to keep the state in; without one it ends with the process")
	flags.StringArrayVar(&f.faults, "fault", nil, "a fault that requests meet, as JSON or NAME=VALUE pairs between semicolons; can be given more than once")
	flags.BoolVar(&f.cdn, "cdn", false, "turn away requests with the User-Agent of a library, as the service's CDN does")
	flags.StringVar(&f.dates, "dates", "iso", "form of dates: "+strings.Join(dateForms(), ", "))
	flags.DurationVar(&f.tokenLife, "token-life", 24*time.Hour, "how long an access token serves that an app is given")
	flags.IntVar(&f.rateLimit, "rate-limit", 100, "requests that a token and agency may make in 10 seconds")
}

var datesByName = map[string]sandbox.Dates{
	"iso": sandbox.DatesISO, "local": sandbox.DatesLocal, "narrow-space": sandbox.DatesNarrowSpace, "mixed": sandbox.DatesMixed,
}

func dateForms() []string { return slices.Sorted(maps.Keys(datesByName)) }

// options checks the flags and returns what they ask for.
func (f *sandboxFlags) options() ([]sandbox.Option, error) {
	if !slices.Contains(sandbox.Seeds(), f.seed) {
		return nil, fmt.Errorf("--seed: %q is not one of %s", f.seed, strings.Join(sandbox.Seeds(), ", "))
	}
	dates, ok := datesByName[f.dates]
	if !ok {
		return nil, fmt.Errorf("--dates: %q is not one of %s", f.dates, strings.Join(dateForms(), ", "))
	}
	if f.rateLimit < 1 {
		return nil, fmt.Errorf("--rate-limit: %d is not at least 1", f.rateLimit)
	}
	if f.tokenLife < time.Second {
		return nil, fmt.Errorf("--token-life: %v is not at least 1s", f.tokenLife)
	}
	opts := []sandbox.Option{sandbox.WithSeed(f.seed), sandbox.WithDates(dates), sandbox.WithTokenLife(f.tokenLife), sandbox.WithRateLimit(f.rateLimit, 10*time.Second, true)}
	if f.state != "" {
		opts = append(opts, sandbox.WithStateFile(f.state))
	}
	if f.cdn {
		opts = append(opts, sandbox.WithCDN())
	}
	for _, text := range f.faults {
		fault, err := sandbox.ParseFault(text)
		if err != nil {
			return nil, fmt.Errorf("--fault: %w", err)
		}
		opts = append(opts, sandbox.WithFault(fault))
	}
	return opts, nil
}
