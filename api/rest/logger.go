package rest

import (
	"context"
	"errors"
	"log/slog"
	"time"
)

// WithLogger logs to l: attempts at level debug, waits at info; retries, refused tokens and values of a wrong type at warn.
// Log lines name the operation, but contain no token, parameter or body.
func WithLogger(l *slog.Logger) Option {
	return func(c *config) error {
		if l == nil {
			return errors.New("logger is nil")
		}
		return WithHooks(logHooks(l))(c)
	}
}

func logHooks(l *slog.Logger) Hooks {
	return Hooks{
		AttemptEnd: func(ctx context.Context, a Attempt) {
			if !l.Enabled(ctx, slog.LevelDebug) {
				return
			}
			attrs := []slog.Attr{
				slog.String("operation", a.Operation.ID),
				slog.Int("attempt", a.Number),
				slog.Duration("duration", a.Duration),
			}
			if a.Status != 0 {
				attrs = append(attrs, slog.Int("status", a.Status))
			}
			if a.Rate.HasRemaining {
				attrs = append(attrs, slog.Int("remaining", a.Rate.Remaining))
			}
			if a.Err != nil {
				attrs = append(attrs, slog.Any("error", a.Err))
			}
			l.LogAttrs(ctx, slog.LevelDebug, "request sent", attrs...)
		},
		Retry: func(ctx context.Context, a Attempt, pause time.Duration) {
			l.LogAttrs(ctx, slog.LevelWarn, "request will be sent again",
				slog.String("operation", a.Operation.ID), slog.Int("attempt", a.Number),
				slog.Duration("pause", pause), slog.Any("error", a.Err))
		},
		Wait: func(ctx context.Context, op *Operation, d time.Duration) {
			l.LogAttrs(ctx, slog.LevelInfo, "waited for the rate limit",
				slog.String("operation", op.ID), slog.Duration("waited", d))
		},
		Mismatches: func(ctx context.Context, op *Operation, m []Mismatch) {
			l.LogAttrs(ctx, slog.LevelWarn, "values of the answer do not fit their types",
				slog.String("operation", op.ID), slog.Int("values", len(m)), slog.String("first", m[0].String()))
		},
		Refresh: func(ctx context.Context, op *Operation, err error) {
			if err != nil {
				l.LogAttrs(ctx, slog.LevelWarn, "token was refused, and no new one was obtained",
					slog.String("operation", op.ID), slog.Any("error", err))
				return
			}
			l.LogAttrs(ctx, slog.LevelInfo, "token was refused, and replaced", slog.String("operation", op.ID))
		},
	}
}
