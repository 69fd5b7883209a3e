package operations

import (
	"context"

	"github.com/highlevel-go/snapshots/api"
)

// MakeLink makes a share link. When ctx ends after the request was sent, the answer is still waited for, for a while. The error
// is a *[PerhapsDoneError] when the link may have been made.
func MakeLink(ctx context.Context, client *api.Client, request api.CreateShareLinkRequest) (*api.ShareLink, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	ctx, cancel := withGracePeriod(ctx)
	defer cancel()
	link, err := client.CreateShareLink(ctx, request)
	return link, markPerhapsDone(err)
}
