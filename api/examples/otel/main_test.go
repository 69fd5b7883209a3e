package main

import (
	"context"
	"strings"
	"testing"

	sdk "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/sdk/trace/tracetest"

	"github.com/highlevel-go/snapshots/api"
	"github.com/highlevel-go/snapshots/api/sandbox"
)

func TestEachAttemptIsASpanAndRetriesAreEvents(t *testing.T) {
	var out strings.Builder
	if err := run(t.Context(), &out); err != nil {
		t.Fatal(err)
	}
	const want = "HTTP GET 503\nHTTP GET 200\naudit, retry\n"
	if out.String() != want {
		t.Errorf("spans are\n%swant\n%s", out.String(), want)
	}
}

func TestSpansBelongToTheCallersSpanAndHoldNoToken(t *testing.T) {
	spans := tracetest.NewSpanRecorder()
	provider := sdk.NewTracerProvider(sdk.WithSpanProcessor(spans))
	service := sandbox.New()
	client, err := traced(provider, service, api.WithToken(sandbox.Token), api.WithCompany(sandbox.CompanyID))
	if err != nil {
		t.Fatal(err)
	}
	ctx, parent := provider.Tracer("test").Start(context.Background(), "parent")
	if _, err := client.Snapshots(ctx, api.SnapshotsRequest{}); err != nil {
		t.Fatal(err)
	}
	ended := spans.Ended()
	if len(ended) != 1 || ended[0].Parent().SpanID() != parent.SpanContext().SpanID() {
		t.Fatalf("%d spans", len(ended))
	}
	for _, a := range ended[0].Attributes() {
		if strings.Contains(a.Value.String(), sandbox.Token) {
			t.Errorf("%s holds the token", a.Key)
		}
	}
}
