package main

import (
	"context"
	"fmt"
	"time"

	"github.com/highlevel-go/snapshots/api/sandbox"
	"github.com/spf13/cobra"
)

func sandboxCommand() *cobra.Command {
	var addr string
	cmd := &cobra.Command{
		Use:   "sandbox",
		Short: "Run a stand-in for the service on this machine",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			server, err := sandbox.Listen(addr)
			if err != nil {
				return err
			}
			fmt.Fprintf(cmd.OutOrStdout(), "The sandbox listens on %s until it is interrupted.\nIts agency is %s, and %s is a token with both scopes.\n",
				server.URL, sandbox.CompanyID, sandbox.Token)
			<-cmd.Context().Done()
			ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
			defer cancel()
			return server.Shutdown(ctx)
		},
	}
	cmd.Flags().StringVar(&addr, "addr", "127.0.0.1:8080", "address and port to listen on; port 0 picks a free one")
	return cmd
}
