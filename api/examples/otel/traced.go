package main

import (
	"context"
	"net/http"
	"time"

	"go.opentelemetry.io/contrib/instrumentation/net/http/otelhttp"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/trace"

	"github.com/highlevel-go/snapshots/api"
	"github.com/highlevel-go/snapshots/api/rest"
)

// traced makes a client whose requests are spans, each attempt one, below the span that the caller's context holds.
// transport is the program's own; nil is the standard one.
func traced(provider trace.TracerProvider, transport http.RoundTripper, opts ...api.Option) (*api.Client, error) {
	if transport == nil {
		transport = http.DefaultTransport
	}
	instrumented := otelhttp.NewTransport(transport,
		otelhttp.WithTracerProvider(provider),
		otelhttp.WithSpanNameFormatter(func(_ string, r *http.Request) string { return "HTTP " + r.Method }),
	)
	return api.New(append(opts,
		api.WithHTTPClient(&http.Client{Transport: instrumented}),
		api.WithHooks(events()),
	)...)
}

// events notes on the caller's span what no single request shows: pauses, waits for the rate limit, renewed tokens.
func events() api.Hooks {
	note := func(ctx context.Context, name string, attrs ...attribute.KeyValue) {
		trace.SpanFromContext(ctx).AddEvent(name, trace.WithAttributes(attrs...))
	}
	operation := func(op *rest.Operation) attribute.KeyValue { return attribute.String("highlevel.operation", op.ID) }
	return api.Hooks{
		Retry: func(ctx context.Context, a rest.Attempt, pause time.Duration) {
			note(ctx, "retry", operation(a.Operation), attribute.Int("http.response.status_code", a.Status),
				attribute.Int("attempt", a.Number), attribute.Int64("pause_ms", pause.Milliseconds()))
		},
		Wait: func(ctx context.Context, op *rest.Operation, d time.Duration) {
			note(ctx, "rate limit", operation(op), attribute.Int64("waited_ms", d.Milliseconds()))
		},
		Refresh: func(ctx context.Context, op *rest.Operation, err error) {
			note(ctx, "token refresh", operation(op), attribute.Bool("ok", err == nil))
		},
	}
}
