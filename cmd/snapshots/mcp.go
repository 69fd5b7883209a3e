package main

import (
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/modelcontextprotocol/go-sdk/mcp"
	"github.com/spf13/cobra"

	"github.com/highlevel-go/snapshots/cmd/snapshots/internal/connect"
	"github.com/highlevel-go/snapshots/cmd/snapshots/internal/mcpserver"
	"github.com/highlevel-go/snapshots/cmd/snapshots/internal/operations"
	"github.com/highlevel-go/snapshots/internal/version"
)

// envMCPToken is the environment variable with the token that clients of snapshots mcp --http must send.
const envMCPToken = "HIGHLEVEL_MCP_TOKEN"

func mcpCommand(a *app) *cobra.Command {
	flags := mcpFlags{app: a}
	cmd := &cobra.Command{
		Use:   "mcp",
		Short: "Serve an AI assistant, by the Model Context Protocol",
		Long: `Serve an AI assistant, by the Model Context Protocol: over standard input and output, or over HTTP on this machine.

The server only reads unless it is started with --allow-writes. What cannot be taken back (a share link that ends an older one, a
load that replaces assets, a deletion) needs --allow-destructive as well, and the user is asked where the client can ask.

Over HTTP a client sends a token of its own: at least ` + fmt.Sprint(mcpserver.LeastToken) + ` characters from ` + envMCPToken + ` or a file. It is
another one than that of the service.`,
		Example: `  snapshots mcp --sandbox
  HIGHLEVEL_TOKEN=… HIGHLEVEL_COMPANY=… snapshots mcp --allow-writes
  snapshots mcp --http 127.0.0.1:8090 --http-token-file mcp.token`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return flags.run(cmd) },
	}
	flags.add(cmd)
	return cmd
}

// mcpFlags are the flags of the server for assistants.
type mcpFlags struct {
	app                  *app
	addr, tokenFile, dir string
	writes, destructive  bool
}

func (f *mcpFlags) add(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.StringVar(&f.addr, "http", "", "address of this machine to serve HTTP on; without one it is standard input and output")
	flags.StringVar(&f.tokenFile, "http-token-file", "", "file with the token that clients send over HTTP; without one it is that of "+envMCPToken)
	flags.StringVar(&f.dir, "state", "", "directory for journals; mcp in the directory of settings unless set")
	flags.BoolVar(&f.writes, "allow-writes", false, "let the assistant change something")
	flags.BoolVar(&f.destructive, "allow-destructive", false, "let it also change what cannot be taken back")
}

func (f *mcpFlags) run(cmd *cobra.Command) error {
	if f.destructive && !f.writes {
		return &usageError{errors.New("--allow-destructive needs --allow-writes")}
	}
	options := mcpserver.Options{Version: version.Number(), AllowWrites: f.writes, AllowDestructive: f.destructive}
	end, err := f.connect(&options)
	if err != nil {
		return err
	}
	defer end()
	server, err := mcpserver.New(options)
	if err != nil {
		return err
	}
	if f.addr != "" {
		return f.serveHTTP(cmd, server)
	}
	err = server.Run(cmd.Context(), mcpserver.Stdio(cmd.InOrStdin(), cmd.OutOrStdout()))
	if cmd.Context().Err() != nil {
		return errors.New("the server was interrupted")
	}
	return err
}

func (f *mcpFlags) serveHTTP(cmd *cobra.Command, server *mcp.Server) error {
	token, err := f.httpToken()
	if err != nil {
		return &usageError{err}
	}
	listener, err := mcpserver.Listen(f.addr)
	if err != nil {
		return &usageError{fmt.Errorf("--http: %w", err)}
	}
	fmt.Fprintf(cmd.ErrOrStderr(), "The server for assistants listens on http://%s until it is interrupted.\n", listener.Addr())
	return mcpserver.Serve(cmd.Context(), listener, server, token)
}

// httpToken returns the token that clients send over HTTP.
func (f *mcpFlags) httpToken() (string, error) {
	token, from := f.app.getenv(envMCPToken), envMCPToken
	if f.tokenFile != "" {
		data, err := os.ReadFile(f.tokenFile)
		if err != nil {
			return "", fmt.Errorf("--http-token-file: %w", err)
		}
		token, from = string(data), f.tokenFile
	}
	token = strings.TrimSpace(token)
	if len(token) < mcpserver.LeastToken {
		return "", fmt.Errorf("--http needs a token of at least %d characters, and %s has %d; make one with: openssl rand -hex 32", mcpserver.LeastToken, from, len(token))
	}
	return token, nil
}

// connect finds out what the server works with. The function that it returns is called after the last request.
func (f *mcpFlags) connect(o *mcpserver.Options) (end func(), err error) {
	s, err := f.app.settings()
	if err != nil {
		return nil, err
	}
	if f.addr == "" && s.TokenFile == "-" {
		return nil, &usageError{errors.New("standard input is the assistant's, so the token cannot come from there; set HIGHLEVEL_TOKEN, or name a file")}
	}
	c, err := f.app.connect()
	if err != nil {
		return nil, err
	}
	if c.Company == "" {
		return nil, connect.ErrNoCompany
	}
	o.Client, o.Company, o.Service, o.Dir = c.Options, c.Company, c.Service, f.dir
	if c.Links != "" {
		o.Links = operations.NewLinkRecord(c.Links)
	}
	if f.app.sandbox && o.Dir == "" { // what a sandbox was asked for ends with it
		if o.Dir, err = os.MkdirTemp("", "snapshots-mcp-"); err != nil {
			return nil, err
		}
		return func() { _ = os.RemoveAll(o.Dir) }, nil
	}
	if o.Dir == "" {
		o.Dir = s.InDir("mcp")
	}
	if o.Dir == "" {
		return nil, &usageError{errors.New("there is no directory for settings: name one for journals with --state")}
	}
	return func() {}, nil
}
