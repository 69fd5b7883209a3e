package operations

import (
	"context"
	"errors"
	"sync"

	"github.com/highlevel-go/snapshots/api"
)

// Load puts a snapshot into a sub-account; see [api.Client.LoadSnapshot]. When ctx ends after the request was sent, the answer is
// still waited for, for a while, but not the push. accepted is called once the service is known to have accepted the load, while
// its push is waited for. The error is a *[PerhapsDoneError] when the snapshot may have been loaded although the service has not
// said so.
func Load(ctx context.Context, client *api.Client, request api.LoadSnapshotRequest, accepted func()) (*api.LoadedSnapshot, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	longer, cancel := withGracePeriod(ctx)
	defer cancel()
	if request.Wait != nil {
		wait, progress := *request.Wait, request.Wait.Progress
		once := sync.OnceFunc(func() {
			accepted()
			context.AfterFunc(ctx, cancel)
		})
		wait.Progress = func(s *api.PushStatus) {
			once()
			if progress != nil {
				progress(s)
			}
		}
		request.Wait = &wait
	}
	loaded, err := client.LoadSnapshot(longer, request)
	if failed, ok := errors.AsType[*api.LoadError](err); ok && failed.Accepted {
		return nil, err // only the waiting has failed
	}
	return loaded, markPerhapsDone(err)
}
