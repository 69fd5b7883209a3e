package operations

import (
	"context"
	"errors"

	"github.com/highlevel-go/snapshots/api"
)

// Load puts a snapshot into a sub-account; see [api.Client.LoadSnapshot]. Where it does not wait for the push, the answer is still
// waited for when ctx ends after the request was sent, for a while. The error is a *[PerhapsDoneError] when the snapshot may have
// been loaded although the service has not said so.
func Load(ctx context.Context, client *api.Client, request api.LoadSnapshotRequest) (*api.LoadedSnapshot, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if request.Wait == nil {
		var cancel context.CancelFunc
		ctx, cancel = toItsEnd(ctx)
		defer cancel()
	}
	loaded, err := client.LoadSnapshot(ctx, request)
	if failed, ok := errors.AsType[*api.LoadError](err); ok && failed.Accepted {
		return nil, err // only the waiting has failed
	}
	return loaded, markPerhapsDone(err)
}
