package rest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"

	"github.com/highlevel-go/snapshots/api/internal/leak"
)

func TestPages(t *testing.T) {
	leak.Check(t)
	boom := errors.New("boom")
	for _, c := range []struct {
		name    string
		first   string
		pages   map[string][]string // by cursor
		fails   string              // cursor that fails
		want    []string
		asked   []string
		wantErr error
	}{
		{"until an empty page", "", map[string][]string{"": {"a", "b"}, "b": {"c"}, "c": {"d", "e"}, "e": nil}, "-", []string{"a", "b", "c", "d", "e"}, []string{"", "b", "c", "e"}, nil},
		{"nothing", "", map[string][]string{"": nil}, "-", nil, []string{""}, nil},
		{"resumed", "b", map[string][]string{"b": {"c"}, "c": nil}, "-", []string{"c"}, []string{"b", "c"}, nil},
		{"repeated", "", map[string][]string{"": {"a"}, "a": {"b"}, "b": {"c", "a"}}, "-", []string{"a", "b"}, []string{"", "a", "b"}, ErrRepeatedCursor},
		{"stuck", "", map[string][]string{"": {"a", "b"}, "b": {"a", "b"}}, "-", []string{"a", "b"}, []string{"", "b"}, ErrRepeatedCursor},
		{"each page begins with the cursor", "", map[string][]string{"": {"a", "b"}, "b": {"b", "c"}, "c": {"c", "d"}, "d": {"d"}}, "-", []string{"a", "b", "c", "d"}, []string{"", "b", "c", "d"}, nil},
		{"resumed, with the cursor", "b", map[string][]string{"b": {"b", "c"}, "c": {"c"}}, "-", []string{"c"}, []string{"b", "c"}, nil},
		{"back to the first cursor", "x", map[string][]string{"x": {"y", "x"}}, "-", nil, []string{"x"}, ErrRepeatedCursor},
		{"fails", "", map[string][]string{"": {"a"}}, "a", []string{"a"}, []string{"", "a"}, boom},
	} {
		t.Run(c.name, func(t *testing.T) {
			var got, asked []string
			var failed error
			for item, err := range Pages(t.Context(), c.first, func(_ context.Context, cursor string) ([]string, error) {
				asked = append(asked, cursor)
				if cursor == c.fails {
					return nil, boom
				}
				return c.pages[cursor], nil
			}, func(s string) string { return s }) {
				if err != nil {
					failed = err
					continue
				}
				if failed != nil {
					t.Error("an item after the error")
				}
				got = append(got, item)
			}
			if !slices.Equal(got, c.want) || !slices.Equal(asked, c.asked) || !errors.Is(failed, c.wantErr) {
				t.Errorf("got %q, asked %q, error %v", got, asked, failed)
			}
		})
	}
}

func TestPagesStopAtOnce(t *testing.T) {
	leak.Check(t)
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	asked := 0
	pages := Pages(ctx, "", func(context.Context, string) ([]int, error) {
		asked++
		return []int{asked*10 + 1, asked*10 + 2}, nil
	}, func(i int) string { return fmt.Sprint(i) })
	for range pages {
		break
	}
	if asked != 1 {
		t.Errorf("%d pages for one item", asked)
	}
	var last error
	items := 0
	for _, err := range pages {
		if err != nil {
			last = err
			continue
		}
		items++
		cancel()
	}
	if items != 1 || !errors.Is(last, context.Canceled) {
		t.Errorf("%d items after the context ended, error %v", items, last)
	}
	before := asked
	for _, err := range pages {
		last = err
	}
	if asked != before || !errors.Is(last, context.Canceled) {
		t.Errorf("%d pages were asked for after the context had ended, error %v", asked-before, last)
	}
}

func TestPagesRefuseAnItemWithoutCursor(t *testing.T) {
	leak.Check(t)
	var last error
	for _, err := range Pages(t.Context(), "", func(context.Context, string) ([]int, error) { return []int{1}, nil }, func(int) string { return "" }) {
		last = err
	}
	if last == nil {
		t.Error("the pages end without a word")
	}
}
