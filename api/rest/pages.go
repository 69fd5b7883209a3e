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
// behind; empty begins at the start, and page is then called without a cursor. cursor tells an item's own cursor.
//
// It goes on until a page is empty, because a short page is no proof of the end. A cursor that was already used, or a
// last item without one, ends it with an error ([ErrRepeatedCursor] for the former): going on would never end, stopping
// without a word would lose items. An error is the last thing that is yielded.
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
			if len(items) == 0 {
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
			next := cursor(items[len(items)-1])
			if next == "" {
				yield(none, fmt.Errorf("page %d: its last item has no id to go on behind", number))
				return
			}
			if _, again := seen[next]; again {
				yield(none, fmt.Errorf("page %d: %w: it ends at %q, where an earlier one ended", number, ErrRepeatedCursor, next))
				return
			}
			seen[next] = struct{}{}
			at = next
		}
	}
}
