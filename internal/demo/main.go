// Command demo calls the operations of the sandbox with the client, and shows each request and response with the line of the
// spec that it was checked against. It needs no account and no network: the sandbox listens only on this machine. It exits
// with 1 if a check fails.
package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/signal"
	"time"

	"github.com/highlevel-go/snapshots/spec"
)

const (
	exitFailed = 1
	exitUsage  = 3
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	os.Exit(run(ctx, os.Args[1:], os.Stdout, os.Stderr))
}

func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	if len(args) > 0 {
		fmt.Fprintln(stderr, "usage: demo (it takes no arguments)")
		return exitUsage
	}
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	d := demo{out: stdout, specFile: "spec/snapshots.yaml", spec: spec.Snapshots}
	if err := d.run(ctx); err != nil {
		fmt.Fprintf(stderr, "demo: %v\n", err)
		return exitFailed
	}
	return 0
}
