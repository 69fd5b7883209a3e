// Package connect creates the clients that commands use.
package connect

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"

	"github.com/highlevel-go/snapshots/api"
	"github.com/highlevel-go/snapshots/api/rest"
	"github.com/highlevel-go/snapshots/api/sandbox"
	"github.com/highlevel-go/snapshots/cmd/snapshots/internal/settings"
	"github.com/highlevel-go/snapshots/cmd/snapshots/internal/tokens"
)

// ErrNoCompany is the error of a command that needs an agency when none is set.
var ErrNoCompany = errors.New("no agency is named: give its id with --company or " + settings.EnvCompany)

// ErrSettings is the error of a command whose settings are invalid for every client.
var ErrSettings = errors.New("the settings are invalid")

// Options configures [Open].
type Options struct {
	Settings  settings.Settings
	Getenv    func(string) string
	Stdin     io.Reader
	Sandbox   bool      // use a sandbox within this process instead of the service
	Debug     io.Writer // where traffic is logged; nil logs none
	UserAgent string
}

// Connection is what the clients of a command share.
type Connection struct {
	Options []rest.Option // for every client
	Company string        // the agency; empty if unknown
	From    string        // where the token comes from
	Service string        // address of the service; empty for the default
	Records string        // directory of requests whose outcome is not known; empty to record none
	Links   string        // file that records the share links created; empty to record none
	Note    string        // what a person should know about the token; often empty
}

// Open finds the token and the agency. It sends no request.
func Open(o Options) (*Connection, error) {
	s := o.Settings
	options := []rest.Option{rest.WithUserAgent(o.UserAgent)}
	if o.Debug != nil {
		options = append(options, rest.WithMiddleware(showTraffic(o.Debug)))
	}
	c := &Connection{Company: s.Company, Service: s.BaseURL, Records: s.InDir("begun"), Links: s.InDir("links.jsonl")}
	if o.Sandbox {
		box := sandbox.New(sandbox.WithSeed(sandbox.SeedDemo))
		options = append(options, rest.WithHTTPClient(&http.Client{Transport: box}), rest.WithToken(sandbox.Token))
		c.Company, c.From, c.Records, c.Links = sandbox.CompanyID, "the sandbox", "", ""
	} else {
		found, err := tokens.Find(s, o.Getenv, o.Stdin, options...)
		if err != nil {
			return nil, err
		}
		if s.BaseURL != "" {
			options = append(options, rest.WithBaseURL(s.BaseURL))
		}
		options = append(options, found.Option)
		c.From, c.Note = found.From, found.Note
		if c.Company == "" {
			c.Company = found.Company
		}
	}
	if s.Version != "" {
		options = append(options, rest.WithDefault("Version", s.Version))
	}
	if c.Company != "" {
		options = append(options, rest.WithDefault("companyId", c.Company))
	}
	c.Options = options
	return c, nil
}

// Snapshots returns a client of the snapshots section.
func (c *Connection) Snapshots(more ...rest.Option) (*api.Client, error) {
	if c.Company == "" {
		return nil, ErrNoCompany
	}
	return c.client(more...)
}

// client returns a client, whether or not the agency is known.
func (c *Connection) client(more ...rest.Option) (*api.Client, error) {
	client, err := api.New(slices.Concat(c.Options, more)...)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrSettings, err)
	}
	return client, nil
}

// TokenInfo returns what is known about the token.
func (c *Connection) TokenInfo(ctx context.Context) (api.TokenInfo, error) {
	client, err := c.client()
	if err != nil {
		return api.TokenInfo{}, err
	}
	return client.TokenInfo(ctx)
}
