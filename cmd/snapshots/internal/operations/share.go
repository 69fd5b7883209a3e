package operations

import (
	"context"

	"github.com/highlevel-go/snapshots/api"
)

// MakeLink creates a share link. If ctx ends after the request was sent, MakeLink still waits a while for the response. The
// error is a *[PerhapsDoneError] if the link may have been created.
func MakeLink(ctx context.Context, client *api.Client, request api.CreateShareLinkRequest) (*api.ShareLink, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	ctx, cancel := withGracePeriod(ctx)
	defer cancel()
	link, err := client.CreateShareLink(ctx, request)
	return link, markPerhapsDone(err)
}
