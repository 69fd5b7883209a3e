package operations

import (
	"context"
	"errors"
	"sync"

	"github.com/highlevel-go/snapshots/api"
)

// Load loads a snapshot into a sub-account; see [api.Client.LoadSnapshot]. If ctx ends after the request was sent, Load
// still waits a while for the response, but not for the push. accepted is called once the service has accepted the load,
// while its push is waited for. The error is a *[PerhapsDoneError] if the snapshot may have been loaded although the service
// has not said so.
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
		return nil, err // only the wait has failed
	}
	return loaded, markPerhapsDone(err)
}
