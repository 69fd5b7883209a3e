package main

import (
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/modelcontextprotocol/go-sdk/mcp"
	"github.com/spf13/cobra"

	"github.com/highlevel-go/snapshots/cmd/snapshots/internal/mcpserver"
	"github.com/highlevel-go/snapshots/cmd/snapshots/internal/operations"
	"github.com/highlevel-go/snapshots/cmd/snapshots/internal/settings"
	"github.com/highlevel-go/snapshots/internal/version"
)

// envMCPToken is the environment variable with the token that clients of snapshots mcp --http must send.
const envMCPToken = "HIGHLEVEL_MCP_TOKEN"

func mcpCommand(a *app) *cobra.Command {
	var flags mcpFlags
	cmd := &cobra.Command{
		Use:   "mcp",
		Short: "Serve an AI assistant with the Model Context Protocol",
		Long: `Serve an AI assistant with the Model Context Protocol: over standard input and output, or over HTTP on this machine.

The server only reads unless it is started with --allow-writes. What cannot be undone (a share link that invalidates an older one, a
load that replaces assets, a deletion) also needs --allow-destructive, and the server asks the user if the client supports that.

Over HTTP, clients must send a token of at least ` + fmt.Sprint(mcpserver.MinTokenLength) + ` characters, from ` + envMCPToken + ` or a file. It is not
the token of the service.`,
		Example: `  snapshots mcp --sandbox
  HIGHLEVEL_TOKEN=… HIGHLEVEL_COMPANY=… snapshots mcp --allow-writes
  snapshots mcp --http 127.0.0.1:8090 --http-token-file mcp.token`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return a.serveAssistant(cmd, flags) },
	}
	f := cmd.Flags()
	f.StringVar(&flags.addr, "http", "", "loopback address to serve HTTP on; by default standard input and output are used")
	f.StringVar(&flags.tokenFile, "http-token-file", "", "file with the token that clients send over HTTP; by default "+envMCPToken)
	f.StringVar(&flags.dir, "state", "", "directory for journals; by default mcp in the directory of the settings")
	f.BoolVar(&flags.writes, "allow-writes", false, "allow the assistant to make changes")
	f.BoolVar(&flags.destructive, "allow-destructive", false, "also allow changes that cannot be undone")
	return cmd
}

// mcpFlags are the flags of mcp.
type mcpFlags struct {
	addr, tokenFile, dir string
	writes, destructive  bool
}

func (a *app) serveAssistant(cmd *cobra.Command, flags mcpFlags) error {
	if flags.destructive && !flags.writes {
		return &usageError{errors.New("--allow-destructive needs --allow-writes")}
	}
	s, err := a.settings()
	if err != nil {
		return err
	}
	if flags.addr == "" && s.TokenFile == "-" {
		return &usageError{errors.New("standard input is the assistant's, so the token cannot come from there; set HIGHLEVEL_TOKEN, or name a file")}
	}
	c, _, err := a.connectClient()
	if err != nil {
		return err
	}
	dir, end, err := a.journals(flags.dir, s)
	if err != nil {
		return err
	}
	defer end()
	options := mcpserver.Options{
		Client: c.Options, Company: c.Company, Service: c.Service, Version: version.Number(),
		AllowWrites: flags.writes, AllowDestructive: flags.destructive, Dir: dir,
	}
	if c.Links != "" {
		options.Links = operations.NewLinkRecord(c.Links)
	}
	server, err := mcpserver.New(options)
	if err != nil {
		return err
	}
	if flags.addr != "" {
		return a.serveHTTP(cmd, server, flags)
	}
	err = server.Run(cmd.Context(), mcpserver.Stdio(cmd.InOrStdin(), cmd.OutOrStdout()))
	if cmd.Context().Err() != nil {
		return errors.New("the server was interrupted")
	}
	return err
}

// journals returns the directory for the journals of the server, and a function that ends its use.
func (a *app) journals(named string, s settings.Settings) (dir string, end func(), err error) {
	switch {
	case named != "":
		dir = named
	case a.sandbox: // what a sandbox was asked for ends with it
		dir, err = os.MkdirTemp("", "snapshots-mcp-")
		return dir, func() { _ = os.RemoveAll(dir) }, err
	case s.Dir == "":
		err = &usageError{errors.New("there is no directory for settings: name one for journals with --state")}
	default:
		dir = s.InDir("mcp")
	}
	return dir, func() {}, err
}

func (a *app) serveHTTP(cmd *cobra.Command, server *mcp.Server, flags mcpFlags) error {
	token, err := httpToken(flags.tokenFile, a.getenv)
	if err != nil {
		return &usageError{err}
	}
	listener, err := mcpserver.Listen(flags.addr)
	if err != nil {
		return &usageError{fmt.Errorf("--http: %w", err)}
	}
	fmt.Fprintf(cmd.ErrOrStderr(), "The server for assistants listens on http://%s until it is interrupted.\n", listener.Addr())
	return mcpserver.Serve(cmd.Context(), listener, server, token)
}

// httpToken returns the token that clients send over HTTP.
func httpToken(file string, getenv func(string) string) (string, error) {
	token, from := getenv(envMCPToken), envMCPToken
	if file != "" {
		data, err := os.ReadFile(file)
		if err != nil {
			return "", fmt.Errorf("--http-token-file: %w", err)
		}
		token, from = string(data), file
	}
	token = strings.TrimSpace(token)
	if len(token) < mcpserver.MinTokenLength {
		return "", fmt.Errorf("--http needs a token of at least %d characters, and %s has %d; make one with: openssl rand -hex 32", mcpserver.MinTokenLength, from, len(token))
	}
	return token, nil
}
