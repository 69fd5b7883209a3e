package operations

import (
	"context"

	"github.com/highlevel-go/snapshots/api"
)

// Share is a share link to make.
type Share struct {
	Snapshot            api.Snapshot
	Type                api.ShareType
	RelationshipNumbers []string // of the agencies that may import, for an agency link
	Locations           []string // ids of the sub-accounts that may import, for a location link
}

func (s Share) request() api.CreateShareLinkRequest {
	return api.CreateShareLinkRequest{SnapshotID: s.Snapshot.ID, ShareType: s.Type, RelationshipNumbers: s.RelationshipNumbers, ShareLocationIDs: s.Locations}
}

// MakeLink makes a share link. When ctx ends after the request was sent, the answer is still waited for, for a while. The error
// is a *[PerhapsDoneError] when the link may have been made.
func MakeLink(ctx context.Context, client *api.Client, s Share) (*api.ShareLink, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	ctx, cancel := toItsEnd(ctx)
	defer cancel()
	link, err := client.CreateShareLink(ctx, s.request())
	return link, markPerhapsDone(err)
}
