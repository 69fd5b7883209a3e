package main

import (
	"context"
	"errors"
	"strings"

	"github.com/highlevel-go/snapshots/api"
	"github.com/highlevel-go/snapshots/api/oauth"
	"github.com/highlevel-go/snapshots/cmd/snapshots/internal/connect"
	"github.com/highlevel-go/snapshots/cmd/snapshots/internal/operations"
	"github.com/highlevel-go/snapshots/cmd/snapshots/internal/tokens"
)

// The exit codes; snapshots help exit-codes explains them.
const (
	exitOK          = 0
	exitFailed      = 1
	exitUsage       = 2
	exitToken       = 3
	exitRateLimit   = 4
	exitPerhapsDone = 5
	exitInterrupted = 130
)

// exitCode returns the exit code for the error of a command. That a change may have been done takes precedence over an
// interrupt, because somebody has to look at the service.
func exitCode(ctx context.Context, err error) int {
	_, usage := errors.AsType[*usageError](err)
	_, rows := errors.AsType[*operations.RowsError](err)
	switch {
	case operations.PerhapsDone(err):
		return exitPerhapsDone
	case ctx.Err() != nil:
		return exitInterrupted
	case usage, rows, errors.Is(err, api.ErrInvalidRequest), errors.Is(err, connect.ErrNoCompany), errors.Is(err, connect.ErrSettings),
		errors.Is(err, operations.ErrEmptyName):
		return exitUsage
	case errors.Is(err, api.ErrRateLimited), errors.Is(err, api.ErrDailyLimit):
		return exitRateLimit
	case errors.Is(err, api.ErrBadVersion), errors.Is(err, api.ErrBlocked): // neither is about the token, whatever its status
		return exitFailed
	case errors.Is(err, tokens.ErrNoToken), errors.Is(err, api.ErrTokenSource), errors.Is(err, oauth.ErrAuthorizeAgain),
		errors.Is(err, oauth.ErrNoToken), errors.Is(err, api.ErrUnauthorized), errors.Is(err, api.ErrForbidden),
		errors.Is(err, api.ErrMissingScope), errors.Is(err, api.ErrTokenType), errors.Is(err, api.ErrLocationAccess):
		return exitToken
	}
	return exitFailed
}

// nextStep returns what to do after an error that does not say so itself, or "".
func nextStep(err error, code int) string {
	if _, ok := errors.AsType[*checksError](err); ok && code != exitInterrupted {
		return ""
	}
	switch code {
	case exitUsage:
		return "Run snapshots COMMAND --help for the flags of a command, and snapshots help settings for the environment."
	case exitToken:
		switch {
		case errors.Is(err, tokens.ErrNoToken):
			return ""
		case errors.Is(err, tokens.ErrExchange):
			return "Look at the id, the secret and the redirect URL of the app, and log in again: a code can be used only once."
		case errors.Is(err, oauth.ErrAuthorizeAgain):
			return "Log in again with snapshots auth login."
		}
		return "Run snapshots token for what is known about the token, and snapshots doctor to try it."
	case exitRateLimit:
		if errors.Is(err, api.ErrDailyLimit) {
			return "The requests of the day are used up. Continue tomorrow; a share of many rows continues where it stopped."
		}
		return "Other programs with the same token may be spending the limit. Try again in a minute."
	case exitPerhapsDone:
		return "Look at the service before doing it again: it may be done already, and a second share link can end the first."
	case exitInterrupted:
		_, many := errors.AsType[*api.BulkError](err)
		if load, ok := errors.AsType[*api.LoadError](err); many || ok && load.Accepted {
			return "It was interrupted."
		}
		return "It was interrupted. Nothing was changed."
	}
	if advice := operations.Advice(err); advice != "" {
		return strings.ToUpper(advice[:1]) + advice[1:] + "."
	}
	if errors.Is(err, api.ErrNoAnswer) || errors.Is(err, api.ErrServer) {
		return "Nothing was changed. Try again; snapshots doctor shows whether the service can be reached."
	}
	return ""
}
