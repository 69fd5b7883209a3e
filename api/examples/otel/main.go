// Command otel shows a client whose calls are traced with OpenTelemetry, through a transport of the program's own. It calls
// a sandbox on this machine and prints the spans.
package main

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"os"
	"time"

	sdk "go.opentelemetry.io/otel/sdk/trace"

	"github.com/highlevel-go/snapshots/api"
	"github.com/highlevel-go/snapshots/api/sandbox"
)

func main() {
	if err := run(context.Background(), os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(ctx context.Context, out io.Writer) error {
	service, err := sandbox.Start()
	if err != nil {
		return err
	}
	defer service.Close()
	service.FailNext(&api.OperationSnapshots, http.StatusServiceUnavailable, "down for a moment")

	provider := sdk.NewTracerProvider(sdk.WithSyncer(printer{out})) // a program sends spans to its collector here
	defer func() { _ = provider.Shutdown(context.WithoutCancel(ctx)) }()

	transport := http.DefaultTransport.(*http.Transport).Clone() // the program's own: proxies, TLS, pools as it likes
	defer transport.CloseIdleConnections()
	client, err := traced(provider, transport, api.WithBaseURL(service.URL), api.WithToken(sandbox.Token),
		api.WithCompany(sandbox.CompanyID), api.WithRetry(api.Retry{Backoff: time.Millisecond}))
	if err != nil {
		return err
	}

	ctx, span := provider.Tracer("onboarding").Start(ctx, "audit")
	_, err = client.Snapshots(ctx, api.SnapshotsRequest{})
	span.End()
	return err
}

// printer writes one line for each span.
type printer struct{ out io.Writer }

func (p printer) ExportSpans(_ context.Context, spans []sdk.ReadOnlySpan) error {
	for _, s := range spans {
		if _, err := fmt.Fprint(p.out, s.Name()); err != nil {
			return err
		}
		for _, a := range s.Attributes() {
			if a.Key == "http.response.status_code" {
				_, _ = fmt.Fprint(p.out, " ", a.Value.AsInt64())
			}
		}
		for _, e := range s.Events() {
			_, _ = fmt.Fprint(p.out, ", ", e.Name)
		}
		_, _ = fmt.Fprintln(p.out)
	}
	return nil
}

func (printer) Shutdown(context.Context) error { return nil }
