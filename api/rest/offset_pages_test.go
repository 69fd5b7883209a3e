package rest

import (
	"context"
	"errors"
	"slices"
	"testing"

	"github.com/highlevel-go/snapshots/api/internal/leak"
)

func TestOffsetPages(t *testing.T) {
	leak.Check(t)
	boom := errors.New("boom")
	for _, c := range []struct {
		name    string
		first   int
		pages   map[int][]string // by offset
		want    []string
		asked   []int
		wantErr error
	}{
		{"until an empty page", 0, map[int][]string{0: {"a", "b"}, 2: {"c"}, 3: {"d", "e"}}, []string{"a", "b", "c", "d", "e"}, []int{0, 2, 3, 5}, nil},
		{"nothing", 0, nil, nil, []int{0}, nil},
		{"resumed", 7, map[int][]string{7: {"h"}}, []string{"h"}, []int{7, 8}, nil},
		{"the service ignores the offset", 0, map[int][]string{0: {"a", "b"}, 2: {"a", "b"}}, []string{"a", "b"}, []int{0, 2}, ErrRepeatedCursor},
		{"an item was added in front", 0, map[int][]string{0: {"a", "b"}, 2: {"b", "c"}}, []string{"a", "b", "c"}, []int{0, 2, 4}, nil},
		{"fails", 0, map[int][]string{0: {"a"}, 1: {"fail"}}, []string{"a"}, []int{0, 1}, boom},
	} {
		t.Run(c.name, func(t *testing.T) {
			var asked []int
			pages := OffsetPages(t.Context(), c.first, func(_ context.Context, offset int) ([]string, error) {
				asked = append(asked, offset)
				if slices.Equal(c.pages[offset], []string{"fail"}) {
					return nil, boom
				}
				return c.pages[offset], nil
			}, func(s string) string { return s })
			for range 2 { // a sequence can be iterated again
				asked = nil
				var got []string
				var failed error
				for item, err := range pages {
					if err != nil {
						failed = err
						continue
					}
					got = append(got, item)
				}
				if !slices.Equal(got, c.want) || !slices.Equal(asked, c.asked) || !errors.Is(failed, c.wantErr) {
					t.Errorf("got %q, asked %v, error %v", got, asked, failed)
				}
			}
		})
	}
}
