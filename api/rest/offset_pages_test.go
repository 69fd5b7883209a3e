package rest

import (
	"context"
	"errors"
	"slices"
	"strings"
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
			pages := OffsetPages(t.Context(), c.first, func(_ context.Context, offset int) ([]string, int, error) {
				asked = append(asked, offset)
				if slices.Equal(c.pages[offset], []string{"fail"}) {
					return nil, 0, boom
				}
				return c.pages[offset], len(c.pages[offset]), nil
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

func TestOffsetPagesCountWhatCannotBeRead(t *testing.T) {
	leak.Check(t)
	for name, c := range map[string]struct {
		list string // an x cannot be read
		size int
		page func(list string, offset, size int) string
		want string
		err  error
	}{
		"at the beginning":       {"xxabcdefg", 5, nil, "abcdefg", nil},
		"in the middle":          {"axxbcdxef", 3, nil, "abcdef", nil},
		"at the end of a page":   {"axxbcx", 3, nil, "abc", nil},
		"a whole page":           {"abxxcd", 2, nil, "abcd", nil},
		"the first page":         {"xxab", 2, nil, "ab", nil},
		"the last page":          {"abxx", 2, nil, "ab", nil},
		"pages of one":           {"axxbx", 1, nil, "ab", nil},
		"everything":             {"xxxx", 2, nil, "", nil},
		"nine pages":             {"axxxxxxxxxb", 1, nil, "ab", nil},
		"ten pages":              {"axxxxxxxxxxb", 1, nil, "a", ErrRepeatedCursor},
		"the offset is ignored":  {"", 2, func(string, int, int) string { return "xx" }, "", ErrRepeatedCursor},
		"ignored, one readable":  {"", 2, func(string, int, int) string { return "xa" }, "a", ErrRepeatedCursor},
		"ignored, two readable":  {"", 2, func(string, int, int) string { return "xab" }, "ab", ErrRepeatedCursor},
		"shifted, none readable": {"", 2, func(_ string, offset, _ int) string { return map[int]string{0: "ab", 2: "bx", 4: "cd"}[offset] }, "abcd", nil},
		"no list":                {"", 2, func(_ string, offset, _ int) string { return map[int]string{0: "ab", 2: "-"}[offset] }, "ab", errNotAList},
	} {
		page := c.page
		if page == nil {
			page = func(list string, offset, size int) string {
				return list[min(offset, len(list)):min(offset+size, len(list))]
			}
		}
		got, asked := "", 0
		var failed error
		for item, err := range OffsetPages(t.Context(), 0, func(_ context.Context, offset int) ([]string, int, error) {
			asked++
			received := page(c.list, offset, c.size)
			if received == "-" {
				return nil, -1, nil
			}
			return slices.DeleteFunc(strings.Split(received, ""), func(s string) bool { return s == "x" || s == "" }), len(received), nil
		}, func(s string) string { return s }) {
			if err != nil {
				failed = err
				continue
			}
			got += item
		}
		if got != c.want || !errors.Is(failed, c.err) || c.err == nil && failed != nil || asked > 15 {
			t.Errorf("%s: got %q after %d pages, want %q; %v", name, got, asked, c.want, failed)
		}
	}
}
