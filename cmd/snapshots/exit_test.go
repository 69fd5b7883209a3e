package main

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"github.com/highlevel-go/snapshots/api"
	"github.com/highlevel-go/snapshots/api/oauth"
	"github.com/highlevel-go/snapshots/cmd/snapshots/internal/connect"
	"github.com/highlevel-go/snapshots/cmd/snapshots/internal/operations"
	"github.com/highlevel-go/snapshots/cmd/snapshots/internal/tokens"
)

func TestExitCodes(t *testing.T) {
	going := context.Background()
	interrupted, cancel := context.WithCancel(going)
	cancel()
	for _, c := range []struct {
		ctx  context.Context
		err  error
		want int
	}{
		{going, errors.New("any"), exitFailed},
		{going, api.ErrNotFound, exitFailed},
		{going, api.ErrServer, exitFailed},
		{going, &usageError{errors.New("flag")}, exitUsage},
		{going, connect.ErrNoCompany, exitUsage},
		{going, connect.ErrSettings, exitUsage},
		{going, operations.ErrEmptyName, exitUsage},
		{going, api.ErrInvalidRequest, exitUsage},
		{going, tokens.ErrNoToken, exitToken},
		{going, oauth.ErrAuthorizeAgain, exitToken},
		{going, errors.Join(api.ErrUnauthorized, api.ErrInvalidToken), exitToken},
		{going, errors.Join(api.ErrUnauthorized, api.ErrBadVersion), exitFailed},
		{going, errors.Join(api.ErrForbidden, api.ErrBlocked), exitFailed},
		{going, api.ErrLocationAccess, exitToken},
		{going, api.ErrRateLimited, exitRateLimit},
		{going, api.ErrDailyLimit, exitRateLimit},
		{going, &operations.PerhapsDoneError{Err: api.ErrServer}, exitPerhapsDone},
		{interrupted, context.Canceled, exitInterrupted},
		{interrupted, api.ErrNoAnswer, exitInterrupted},
		{interrupted, &usageError{context.Canceled}, exitInterrupted},
		{interrupted, &operations.PerhapsDoneError{Err: api.ErrNoAnswer}, exitPerhapsDone},
	} {
		if got := exitCode(c.ctx, fmt.Errorf("wrapped: %w", c.err)); got != c.want {
			t.Errorf("%v (%v): %d, want %d", c.err, c.ctx.Err(), got, c.want)
		}
	}
}
