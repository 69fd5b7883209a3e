package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/highlevel-go/snapshots/api"
	"github.com/highlevel-go/snapshots/api/rest"
	"github.com/highlevel-go/snapshots/cmd/snapshots/internal/connect"
	"github.com/highlevel-go/snapshots/cmd/snapshots/internal/output"
	"github.com/highlevel-go/snapshots/cmd/snapshots/internal/settings"
	"github.com/highlevel-go/snapshots/internal/version"
	"github.com/schollz/progressbar/v3"
	"github.com/spf13/cobra"
)

// app is shared by all commands: the flags of the root command, and the streams that commands read and write.
type app struct {
	given   settings.Settings
	format  string
	sandbox bool
	debug   bool
	token   string // value of --token, which is refused

	stdin          io.Reader
	stdout, stderr io.Writer
	getenv         func(string) string
}

// addFlags adds the flags that every command accepts.
func (a *app) addFlags(cmd *cobra.Command) {
	f := cmd.PersistentFlags()
	f.StringVar(&a.given.Profile, "profile", "", "account to use: its name in "+settings.File+" or at login")
	f.StringVar(&a.given.Company, "company", "", "id of the agency")
	f.StringVar(&a.given.Version, "api-version", "", "version of the service: 2021-07-28 or v3")
	f.StringVar(&a.given.BaseURL, "base-url", "", "base URL of the service, such as that of a sandbox")
	f.StringVar(&a.given.TokenFile, "token-file", "", "file that contains the token; - is standard input")
	f.StringVarP(&a.format, "output", "o", "table", "output format: table, json, jsonl or csv")
	f.BoolVar(&a.sandbox, "sandbox", false, "use a built-in sandbox instead of an account")
	f.BoolVar(&a.debug, "debug", false, "log requests and responses to standard error, without tokens")
	f.StringVar(&a.token, "token", "", "")
	_ = f.MarkHidden("token")
}

// check rejects invalid flags of the root command.
func (a *app) check(cmd *cobra.Command, _ []string) error {
	if cmd.Flags().Changed("token") {
		return &usageError{errors.New("a token on the command line can be seen by other users of the machine and stays in the history of the shell: set HIGHLEVEL_TOKEN, name a file with --token-file, or run snapshots auth login")}
	}
	if _, err := output.ParseFormat(a.format); err != nil {
		return &usageError{err}
	}
	return nil
}

// settings returns the settings.
func (a *app) settings() (settings.Settings, error) {
	s, err := settings.Find(a.given, a.getenv)
	if err != nil {
		return s, &usageError{err}
	}
	return s, nil
}

// connect finds the token and the agency.
func (a *app) connect() (*connect.Connection, error) {
	s, err := a.settings()
	if err != nil {
		return nil, err
	}
	options := connect.Options{Settings: s, Getenv: a.getenv, Stdin: a.stdin, Sandbox: a.sandbox, UserAgent: "snapshots/" + version.Number()}
	if a.debug {
		options.Debug = a.stderr
	}
	c, err := connect.Open(options)
	if err != nil {
		return nil, err
	}
	if c.Note != "" {
		fmt.Fprintln(a.stderr, "note:", c.Note)
	}
	c.Options = append(c.Options, rest.WithHooks(rest.Hooks{Retry: func(_ context.Context, failed rest.Attempt, pause time.Duration) {
		if pause >= time.Second { // a shorter one is not noticeable
			a.say("note: %v; another attempt follows in %v.", failed.Err, pause.Round(time.Second))
		}
	}}))
	return c, nil
}

// connectClient is like connect, and also returns a client of the snapshots section.
func (a *app) connectClient() (*connect.Connection, *api.Client, error) {
	c, err := a.connect()
	if err != nil {
		return nil, nil, err
	}
	client, err := c.Snapshots()
	return c, client, err
}

// client returns a client of the snapshots section.
func (a *app) client() (*api.Client, error) {
	_, client, err := a.connectClient()
	return client, err
}

// say writes a line for a person to standard error. It writes nothing when the output format is meant for a program.
func (a *app) say(format string, args ...any) {
	if a.format == string(output.Table) {
		fmt.Fprintln(a.stderr, output.Visible(fmt.Sprintf(format, args...)))
	}
}

// bar returns a function that shows progress and one that ends it. If standard error is not a terminal, nothing is shown.
func (a *app) bar() (show func(done, total int), end func()) {
	if !isTerminal(a.stderr) || a.getenv("TERM") == "dumb" {
		return nil, func() {}
	}
	bar := progressbar.NewOptions(-1, progressbar.OptionSetWriter(a.stderr), progressbar.OptionShowCount(), progressbar.OptionClearOnFinish())
	return func(done, total int) {
		bar.ChangeMax(total)
		_ = bar.Set(done)
	}, func() { _ = bar.Finish() }
}
