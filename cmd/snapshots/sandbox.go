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
		Short: "Run a fake of the service on this machine",
		Long: `Run a fake of the service on this machine, to try things without an account and to test programs in any language.

It stores snapshots, share links, pushes, sub-accounts and tokens, and responds like the service as far as that is known. A request
can ask for a fault in its own response with the header ` + sandbox.FaultHeader + `, in the format of --fault.`,
		Example: `  snapshots sandbox --seed demo --state sandbox.state
  snapshots sandbox --fault 'status=429; retryAfter=2s; times=3' --fault 'delay=1s; rate=0.1'
  curl -H 'Authorization: Bearer ` + sandbox.Token + `' -H 'Version: v3' -H '` + sandbox.FaultHeader + `: cut=10' \
    'http://127.0.0.1:8080/snapshots/?companyId=` + sandbox.CompanyID + `'`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			opts, err := flags.options()
			if flags.state == "" && cmd.Flags().Changed("state") { // such as from a variable that is not set
				err = errors.New("--state: no file is named")
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
				fmt.Fprintf(cmd.ErrOrStderr(), "WARNING: the sandbox listens on %s, so other machines can reach it. They can read and change everything in it.\n", addr)
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
	flags.StringVar(&f.addr, "addr", "127.0.0.1:8080", "address and port to listen on; without an address loopback, port 0 picks a free one, and 0.0.0.0 accepts other machines")
	flags.StringVar(&f.seed, "seed", sandbox.SeedSnapshots, "initial contents, unless --state has some: "+strings.Join(sandbox.Seeds(), ", "))
	flags.StringVar(&f.state, "state", "", "file to store the state in; by default it is lost when the process ends")
	flags.StringArrayVar(&f.faults, "fault", nil, "a fault to inject, as JSON or as NAME=VALUE pairs separated by semicolons; can be repeated")
	flags.BoolVar(&f.cdn, "cdn", false, "reject the default User-Agent of HTTP libraries, as the service's CDN does")
	flags.StringVar(&f.dates, "dates", "iso", "format of dates: "+strings.Join(dateForms(), ", "))
	flags.DurationVar(&f.tokenLife, "token-life", 24*time.Hour, "lifetime of access tokens of apps")
	flags.IntVar(&f.rateLimit, "rate-limit", 100, "requests allowed in 10 seconds for each token and agency")
}

var datesByName = map[string]sandbox.Dates{
	"iso": sandbox.DatesISO, "local": sandbox.DatesLocal, "narrow-space": sandbox.DatesNarrowSpace, "mixed": sandbox.DatesMixed,
}

func dateForms() []string { return slices.Sorted(maps.Keys(datesByName)) }

// options checks the flags and returns the options for the sandbox.
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
