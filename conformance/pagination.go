package conformance

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/highlevel-go/snapshots/api/rest"
	"github.com/highlevel-go/snapshots/conformance/sample"
)

// pagination is the value of x-pagination.
type pagination struct {
	cursor, items, itemCursor string
	byOffset                  bool // the cursor is the number of items before the page
}

// at returns the value of the cursor parameter in the spec's terms.
func (p *pagination) at(cursor string) any {
	if n, err := strconv.ParseFloat(cursor, 64); err == nil && p.byOffset {
		return n
	}
	return cursor
}

func readPagination(op *openapi3.Operation) (*pagination, error) {
	rule, ok := op.Extensions["x-pagination"].(map[string]any)
	if !ok {
		return nil, nil
	}
	var p pagination
	for name, to := range map[string]*string{"cursor": &p.cursor, "items": &p.items, "item-cursor": &p.itemCursor} {
		if *to, ok = rule[name].(string); !ok {
			return nil, fmt.Errorf("x-pagination has no %s", name)
		}
	}
	cursor := op.Parameters.GetByInAndName("query", p.cursor)
	p.byOffset = cursor != nil && cursor.Schema.Value.Type.Is("integer")
	return &p, nil
}

// pages ranges over several pages with the method that iterates over them.
func (b *binding) pages(t *testing.T) {
	page := func(ids ...string) answer { return answer{status: b.success(), body: b.page(ids...)} }
	first := "z"
	if b.pagination.byOffset {
		first = "7"
	}
	for _, c := range []struct {
		name    string
		answers []answer
		first   string   // cursor of the request
		stop    int      // break after so many items; 0 for never
		want    []string // ids
		cursors []string // of the requests
		fails   error
	}{
		{name: "full, short and empty pages", answers: []answer{page("a", "b"), page("c"), page()},
			want: []string{"a", "b", "c"}, cursors: []string{"", "b", "c"}},
		{name: "nothing", answers: []answer{page()}, cursors: []string{""}},
		{name: "from a cursor on", first: first, answers: []answer{page("a"), page()}, want: []string{"a"}, cursors: []string{first, "a"}},
		{name: "a break", answers: []answer{page("a", "b"), page("c")}, stop: 1, want: []string{"a"}, cursors: []string{""}},
		{name: "a break at the end of a page", answers: []answer{page("a", "b"), page("c")}, stop: 2, want: []string{"a", "b"}, cursors: []string{""}},
		{name: "the same page for ever", answers: []answer{page("a", "b")}, want: []string{"a", "b"}, cursors: []string{"", "b"}, fails: rest.ErrRepeatedCursor},
		{name: "a refusal on the second page", answers: []answer{page("a"), {status: 400, body: `{"message":"no"}`}},
			want: []string{"a"}, cursors: []string{"", "a"}, fails: rest.ErrInvalid},
		{name: "an item without an id at the end of a page", answers: []answer{page("a", ""), page("c")}, want: []string{"a", ""}, cursors: []string{""}, fails: errAny},
	} {
		if b.pagination.byOffset {
			c.cursors = offsets(c.first, c.want, c.cursors)
		}
		if err := b.ranged(t, c.answers, c.first, c.stop, c.want, c.cursors, c.fails); err != nil {
			t.Errorf("%s: %v", c.name, err)
		}
	}
	b.endedPages(t, page("a", "b"))
	w := b.newWire(page())
	values := b.iterate(t, w, reflect.New(b.request).Elem(), nil)
	for _, v := range values.Seq2() {
		if err, _ := v.Interface().(error); !errors.Is(err, rest.ErrInvalidRequest) || len(w.sent) > 0 {
			t.Errorf("an empty request: %d requests, error %v", len(w.sent), err)
		}
	}
}

// offsets returns the cursors of the same pages if cursors count items: each id becomes the number of the items up to it.
func offsets(first string, ids, cursors []string) []string {
	before, _ := strconv.Atoi(first)
	out := slices.Clone(cursors)
	for i := range out[1:] {
		out[i+1] = strconv.Itoa(before + 1 + slices.Index(ids, cursors[i+1]))
	}
	return out
}

// endedPages checks that the end of a context ends the range, also within a page.
func (b *binding) endedPages(t *testing.T, page answer) {
	request, options, err := b.build(b.least())
	if err != nil {
		t.Error(err)
		return
	}
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	w := b.newWire(page)
	client := b.client(t, w, options...)
	out := reflect.ValueOf(client).MethodByName(b.rest.Name).Call([]reflect.Value{
		reflect.ValueOf(ctx), request, reflect.ValueOf(rest.CallHeader("X-Request-Id", "r-1")),
	})
	n := 0
	var last error
	for _, e := range out[0].Seq2() {
		n++
		last, _ = e.Interface().(error)
		cancel()
	}
	if len(w.sent) > 0 && w.sent[0].header.Get("X-Request-Id") != "r-1" {
		t.Error("a range forgets the options of its call")
	}
	if n != 2 || !errors.Is(last, context.Canceled) || len(w.sent) != 1 {
		t.Errorf("a context that ends after one item: %d turns, %d requests, error %v", n, len(w.sent), last)
	}
}

// page returns a page of items with those ids, and otherwise full.
func (b *binding) page(ids ...string) string {
	body, _ := sample.Full(b.answerSchema(b.success())).(map[string]any)
	list, _ := body[b.pagination.items].([]any)
	items := make([]any, len(ids))
	for i, id := range ids {
		item := map[string]any{}
		if len(list) > 0 {
			for name, value := range list[0].(map[string]any) {
				item[name] = value
			}
		}
		item[b.pagination.itemCursor] = id
		items[i] = item
	}
	body[b.pagination.items] = items
	return jsonText(body)
}

func (b *binding) iterate(t testing.TB, w *wire, request reflect.Value, options []rest.Option) reflect.Value {
	client := b.client(t, w, append(options, rest.WithRetry(rest.Retry{Attempts: 1}))...)
	out := reflect.ValueOf(client).MethodByName(b.rest.Name).Call([]reflect.Value{reflect.ValueOf(t.Context()), request})
	return out[0]
}

func (b *binding) ranged(t testing.TB, answers []answer, first string, stop int, want, cursors []string, fails error) error {
	t.Helper()
	key := "query " + b.pagination.cursor
	in := b.example()
	delete(in.params, key)
	if first != "" {
		in.params[key] = b.pagination.at(first)
	}
	request, options, err := b.build(in)
	if err != nil {
		return err
	}
	w := b.newWire(answers...)
	var got []string
	err = nil
	for item, e := range b.iterate(t, w, request, options).Seq2() {
		if e, _ := e.Interface().(error); e != nil {
			if err != nil {
				return fmt.Errorf("a second error: %w", e)
			}
			err = e
			continue
		}
		text, _ := lookup(item, b.pagination.itemCursor)
		if got = append(got, text); len(got) == stop {
			break
		}
		if len(got) > 100 {
			return errors.New("the range does not end")
		}
	}
	if !reflect.DeepEqual(got, want) {
		return fmt.Errorf("items %q, want %q (error %w)", got, want, orNone(err))
	}
	if (err != nil) != (fails != nil) || fails != nil && fails != errAny && !errors.Is(err, fails) {
		return fmt.Errorf("error %w, want %w", orNone(err), orNone(fails))
	}
	var sent []string
	for _, r := range w.sent {
		sent = append(sent, r.url.Query().Get(b.pagination.cursor))
		delete(in.params, key)
		if last := sent[len(sent)-1]; last != "" {
			in.params[key] = b.pagination.at(last)
		}
		if err := b.compare(in, r); err != nil {
			return err
		}
	}
	if !reflect.DeepEqual(sent, cursors) {
		return fmt.Errorf("cursors %q, want %q", sent, cursors)
	}
	for _, v := range w.wrong {
		if v.Response == nil || v.Response.StatusCode < 300 {
			return v.Err()
		}
	}
	return nil
}

func lookup(item reflect.Value, wire string) (string, bool) {
	field, ok := fieldFor(item.Type(), "", wire, nil)
	if !ok {
		return "", false
	}
	return item.FieldByIndex(field.Index).String(), true
}

// errAny is wanted where no sentinel matches the error.
var errAny = errors.New("any")

var errNone = errors.New("none")

func orNone(err error) error {
	if err == nil {
		return errNone
	}
	return err
}
