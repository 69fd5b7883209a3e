package rest

import (
	"context"
	"errors"
	"fmt"
	"iter"
)

// ErrRepeatedCursor ends a pagination that would never end, because the service repeats a page.
var ErrRepeatedCursor = errors.New("the service repeats a page")

// Pages ranges over all items of a paginated operation, with one page in memory at a time. first is the cursor to begin
// after; if it is empty, the list is read from the start, and page is called without a cursor. cursor returns the cursor of
// an item.
//
// The list ends with an empty page, because a short page need not be the last one. If the first item of a page is the one of
// the cursor, it is skipped, since it was yielded before: some services begin a page with it, others after it. A page that
// ends at a cursor which was already used ends the list with [ErrRepeatedCursor], and a last item without a cursor ends it
// with an error as well: continuing would never end, and stopping silently would lose items. Nothing of the repeated page is
// yielded, since a service that ignores the cursor sends the same items again. An error is the last thing that is yielded.
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
				yield(none, fmt.Errorf("page %d: its last item has no id to continue after", number))
				return
			}
			seen[next] = struct{}{}
			at = next
		}
	}
}
