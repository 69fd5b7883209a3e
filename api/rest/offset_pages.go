package rest

import (
	"context"
	"iter"
)

// OffsetPages is [Pages] for an operation whose cursor is the number of items before a page. first is where to begin; id tells
// items apart, so that a service which does not heed the offset, and sends the same page again, ends it with
// [ErrRepeatedCursor].
//
// Such a list shifts when an item comes or goes while it is read: an item may then come twice, or be missed. The item that
// ended a page is left out where it begins the next one.
func OffsetPages[T any](
	ctx context.Context,
	first int,
	page func(ctx context.Context, offset int) ([]T, error),
	id func(T) string,
) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		offset := first
		Pages(ctx, "", func(ctx context.Context, _ string) ([]T, error) {
			items, err := page(ctx, offset)
			offset += len(items)
			return items, err
		}, id)(yield)
	}
}
