package rest

import (
	"context"
	"iter"
)

// OffsetPages is [Pages] for an operation whose cursor is the number of items before a page. first is the initial offset. id
// returns what identifies an item, so that a service which ignores the offset and sends the same page again is detected: the
// pagination then ends with [ErrRepeatedCursor].
//
// If items are added or removed while the list is read, an item may occur twice or be missed. If the last item of a page is
// also the first of the next one, it is yielded once.
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
