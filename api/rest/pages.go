package rest

import (
	"context"
	"errors"
	"fmt"
	"iter"
)

// ErrRepeatedCursor stops a pagination that would go in a circle.
var ErrRepeatedCursor = errors.New("the service repeats a page")

// Pages ranges over all items of a paginated operation, one page in memory at a time. first is the cursor to begin
// after; empty begins at the start, and page is then called without a cursor. cursor tells an item's own cursor.
//
// It goes on until a page is empty, because a short page is no proof of the end. A first item that is the cursor itself is
// left out, since it was yielded before: some services begin a page with it, others after it. A page that ends at a cursor
// which was already used ends it with [ErrRepeatedCursor], and a last item without a cursor with an error as well: going on
// would never end, stopping without a word would lose items. Of the repeated page nothing is yielded, since a service that
// does not heed the cursor sends the same items again. An error is the last thing that is yielded.
func Pages[T any](
	ctx context.Context,
	first string,
	page func(ctx context.Context, cursor string) ([]T, error),
	cursor func(T) string,
) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		var none T
		if ctx == nil {
			yield(none, fmt.Errorf("%w: the context is nil", ErrInvalidRequest))
			return
		}
		at := first
		seen := map[string]struct{}{at: {}}
		for number := 1; ; number++ {
			if ctx.Err() != nil {
				yield(none, ended(ctx, ctx.Err()))
				return
			}
			items, err := page(ctx, at)
			if err != nil {
				yield(none, fmt.Errorf("page %d: %w", number, err))
				return
			}
			if at != "" && len(items) > 0 && cursor(items[0]) == at {
				items = items[1:]
			}
			if len(items) == 0 {
				return
			}
			next := cursor(items[len(items)-1])
			if _, again := seen[next]; again && next != "" {
				yield(none, fmt.Errorf("page %d: %w: it ends at %q, where an earlier one ended", number, ErrRepeatedCursor, next))
				return
			}
			for _, item := range items {
				if !yield(item, nil) {
					return
				}
				if ctx.Err() != nil {
					yield(none, ended(ctx, ctx.Err()))
					return
				}
			}
			if next == "" {
				yield(none, fmt.Errorf("page %d: its last item has no id to go on after", number))
				return
			}
			seen[next] = struct{}{}
			at = next
		}
	}
}
