package rest

import (
	"context"
	"errors"
	"fmt"
	"iter"
)

// OffsetPages is [Pages] for an operation whose cursor is the number of items before a page. first is the initial offset.
// page returns the items of a page, and how many were received: [CallListLength] counts those that could not be read too, as
// the service does. id returns what identifies an item, so that a service which ignores the offset and sends the same page
// again is detected: the pagination then ends with [ErrRepeatedCursor].
//
// The list ends with a page of which nothing was received. A page without an item that can be read is followed by the next
// one, but ten of them in a row end the list with [ErrRepeatedCursor]. A page whose items are not a list ends it with an error.
//
// If items are added or removed while the list is read, an item may occur twice or be missed. If the last item of a page is
// also the first of the next one, it is yielded once.
func OffsetPages[T any](
	ctx context.Context,
	first int,
	page func(ctx context.Context, offset int) (items []T, received int, err error),
	id func(T) string,
) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		offset, last := first, ""
		Pages(ctx, "", func(ctx context.Context, _ string) ([]T, error) {
			for range maxUnreadPages {
				items, received, err := page(ctx, offset)
				switch {
				case err != nil:
					return nil, err
				case received < 0:
					return nil, errNotAList
				case received == 0 && len(items) == 0:
					return nil, nil
				}
				offset += max(received, len(items))
				if len(items) > 0 && last != "" && id(items[0]) == last {
					items = items[1:]
				}
				if len(items) > 0 {
					last = id(items[len(items)-1])
					return items, nil
				}
			}
			return nil, fmt.Errorf("%w: %d pages in a row have no new item that can be read; the last ended at offset %d", ErrRepeatedCursor, maxUnreadPages, offset)
		}, id)(yield)
	}
}

// maxUnreadPages is how many pages in a row may have no item that can be read. Only such an item shows whether the service
// ignores the offset.
const maxUnreadPages = 10

var errNotAList = errors.New("the items of the page are not a list, so it is unknown whether others follow")
