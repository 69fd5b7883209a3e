package conformance

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/highlevel-go/snapshots/api/rest"
	"github.com/highlevel-go/snapshots/conformance/sample"
)

// refusals makes calls that must be refused before anything is sent.
func (b *binding) refusals(t *testing.T) {
	for _, r := range b.refusable() {
		err := b.refused(t, r.input, r.place, r.options...)
		if err == nil {
			err = b.reportedAlone(r)
		}
		if err != nil {
			t.Errorf("%s: %v", r.name, err)
		}
	}
	b.allAtOnce(t)
	b.commas(t)
}

// reportedAlone checks that the error of the call reports the one fault of an input and what would be right, and nothing
// else.
func (b *binding) reportedAlone(r refusal) error {
	request, options, err := b.build(r.input)
	if err != nil {
		return err
	}
	c, err := b.make(append(append([]rest.Option{rest.WithBaseURL(base), rest.WithToken(token),
		rest.WithHTTPClient(&http.Client{Transport: refuseAll{}})}, options...), r.options...)...)
	if err != nil {
		return err
	}
	_, err = b.call(context.Background(), c, request)
	var told *rest.RequestError
	if !errors.As(err, &told) {
		return fmt.Errorf("the error is no *rest.RequestError: %w", err)
	}
	for i, x := range told.Problems {
		below := strings.TrimPrefix(x.Name, r.place.name)
		if x.In != r.place.in || below == x.Name || below != "" && !strings.ContainsAny(below[:1], ".[") {
			return fmt.Errorf("%s is right, and the error names it: %w", x.Name, err)
		}
		if slices.Contains(told.Problems[:i], x) {
			return fmt.Errorf("the error has the same problem twice: %w", err)
		}
	}
	for _, word := range r.says {
		if text := told.Problems[0].Text; !strings.Contains(text, word) && !(len(r.place.schema.Enum) > 0 && namesLister.MatchString(text)) {
			return fmt.Errorf("the text %q lacks %q", told.Problems[0].Text, word)
		}
	}
	return nil
}

// namesLister matches the error about an enum of many values, which names the function that lists them.
var namesLister = regexp.MustCompile(` is not one of [A-Z]\w*\(\)`)

// refused calls with an invalid input; it returns nil if that was refused locally, with an error that names the place.
func (b *binding) refused(t testing.TB, in input, p place, opts ...rest.Option) error {
	t.Helper()
	request, options, err := b.build(in)
	if err != nil {
		return err
	}
	w := b.newWire(b.right())
	result, err := b.call(t.Context(), b.client(t, w, append(options, opts...)...), request)
	switch {
	case len(w.sent) > 0:
		return fmt.Errorf("was sent: %s %s", w.sent[0].method, w.sent[0].url)
	case err == nil:
		return errors.New("no error came, although nothing was sent")
	case result != nil:
		return fmt.Errorf("a result came with the error %w", err)
	case !errors.Is(err, rest.ErrInvalidRequest):
		return fmt.Errorf("the error is no ErrInvalidRequest: %w", err)
	case !strings.HasPrefix(err.Error(), b.rest.String()+": "):
		return fmt.Errorf("the error does not begin with the operation: %w", err)
	}
	if !strings.Contains(err.Error(), p.name) || !strings.Contains(err.Error(), b.fieldName(p.key)) {
		return fmt.Errorf("the error names neither %s nor its field: %w", p.key, err)
	}
	var problems *rest.RequestError
	if !errors.As(err, &problems) {
		return fmt.Errorf("the error is no *rest.RequestError, which lists every fault: %w", err)
	}
	if problems.Operation == nil || problems.Operation.ID != b.id {
		return fmt.Errorf("the error names the operation %v", problems.Operation)
	}
	if !slices.ContainsFunc(problems.Problems, func(x rest.Problem) bool { return x.In == p.in && x.Name == p.name }) {
		return fmt.Errorf("the error does not name %s: %w", p.key, err)
	}
	for _, x := range problems.Problems {
		if _, ok := b.request.FieldByName(strings.FieldsFunc(x.Field, func(r rune) bool { return r == '.' || r == '[' })[0]); !ok {
			return fmt.Errorf("the error names a field %s, which %s does not have", x.Field, b.request)
		}
		if field, _, _ := strings.Cut(x.Field, "."); x.Name == p.name && x.In == p.in && b.fieldName(p.key) != field {
			return fmt.Errorf("the error names the field %s for %s, which is %s", x.Field, p.key, b.fieldName(p.key))
		}
	}
	return nil
}

// noticed reports whether a client can detect that a value is missing: it cannot if zero, false, an empty object or null is
// a value.
func (b *binding) noticed(p place) bool {
	index, ok := b.fields[p.key]
	if !ok {
		return true
	}
	if p.in == "body" && (p.schema.Nullable || p.schema.Type.Includes("null")) {
		return false // it is sent as null
	}
	switch kind := b.request.FieldByIndex(index).Type.Kind(); kind {
	case reflect.String, reflect.Slice, reflect.Map, reflect.Pointer, reflect.Interface:
		return true
	default:
		return p.moment() || kind != reflect.Struct && p.schema.VisitJSON(sample.Normal(reflect.Zero(b.request.FieldByIndex(index).Type).Interface())) != nil
	}
}

func (b *binding) fieldName(key string) string {
	index, ok := b.fields[key]
	if !ok {
		return ""
	}
	return b.request.FieldByIndex(index).Name
}

// allAtOnce omits everything that is required: the error must list it all.
func (b *binding) allAtOnce(t *testing.T) {
	var missing []place
	for _, p := range b.places() {
		if p.required && !p.always() && b.noticed(p) {
			missing = append(missing, p)
		}
	}
	for _, p := range missing {
		if b.body != nil && !b.op.RequestBody.Value.Required && strings.HasPrefix(p.key, "body") {
			continue // without any of its fields the body itself is omitted
		}
		in := input{params: map[string]any{}}
		if b.body != nil && b.fields["body"] == nil {
			in.body = map[string]any{}
		}
		if err := b.refused(t, in, p); err != nil {
			t.Errorf("with everything missing: %v", err)
		}
	}
}

// commas puts a comma into an item of a list that is sent with commas between its items: it would arrive as two.
func (b *binding) commas(t *testing.T) {
	for _, p := range b.places() {
		index, ok := b.fields[p.key]
		if !p.list() || !ok {
			continue
		}
		request, options, err := b.build(b.exampleFor(p))
		if err != nil {
			t.Fatal(err)
		}
		field := request.FieldByIndex(index)
		field.Set(reflect.Append(field, reflect.ValueOf("a,b").Convert(field.Type().Elem())))
		w := b.newWire(b.right())
		_, err = b.call(t.Context(), b.client(t, w, options...), request)
		if len(w.sent) > 0 || !errors.Is(err, rest.ErrInvalidRequest) || !strings.Contains(err.Error(), p.name) {
			t.Errorf("%s with a comma inside an item: %d requests, error %v", p.key, len(w.sent), err)
		}
	}
}
