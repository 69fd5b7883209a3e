package conformance

import (
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/highlevel-go/snapshots/api/rest"
)

// tolerance sets the fields that accept any form (dates and lists of strings whose form the service leaves open) to values
// of other forms: none may affect another field.
func (b *binding) tolerance(t *testing.T) {
	s := b.answerSchema(b.success())
	if s == nil {
		return
	}
	_, result, err := b.ask(t, b.right())
	if err != nil {
		t.Error(err)
		return
	}
	var faults []error
	fields := tolerant(reflect.TypeOf(result), s, nil, nil, &faults)
	for _, err := range faults {
		t.Error(err)
	}
	for _, f := range fields {
		for _, form := range forms(f.kind) {
			if err := b.inForm(t, s, f, form); err != nil {
				t.Errorf("/%s as %s: %v", strings.Join(f.path, "/"), jsonText(form.value), err)
			}
		}
	}
}

// tolerantField is a field of a response that accepts any form.
type tolerantField struct {
	path []string
	kind reflect.Type
}

var (
	anyTime    = reflect.TypeFor[rest.Time]()
	anyStrings = reflect.TypeFor[rest.Strings]()
)

// tolerant finds the fields that must accept any form according to the spec. Their Go type must do so.
func tolerant(v reflect.Type, s *openapi3.Schema, path []string, above []*openapi3.Schema, faults *[]error) []tolerantField {
	if s == nil || slices.Contains(above, s) {
		return nil
	}
	for v.Kind() == reflect.Pointer {
		v = v.Elem()
	}
	above = append(slices.Clip(above), s)
	want := reflect.Type(nil)
	switch {
	case s.Extensions["x-go-type"] == "Time" || s.Format == "date-time":
		want = anyTime
	case s.Type.Is("array") && s.Items != nil && s.Items.Value.Type.Is("string") && len(s.Items.Value.Enum) == 0 && s.Items.Value.Format == "":
		want = anyStrings
	}
	if want != nil && len(path) == 0 {
		return nil // the response itself: there is no other field that could be lost
	}
	if want != nil {
		if v != want {
			*faults = append(*faults, fmt.Errorf("/%s is a %s, and must be a %s, or a value of another form makes the whole answer undecodable",
				strings.Join(path, "/"), v, want))
			return nil
		}
		return []tolerantField{{slices.Clone(path), v}}
	}
	var out []tolerantField
	switch {
	case v.Kind() == reflect.Struct:
		for name, ref := range s.Properties {
			if field, ok := fieldFor(v, "", name, extensions(ref)); ok {
				out = append(out, tolerant(field.Type, ref.Value, append(slices.Clip(path), name), above, faults)...)
			}
		}
	case v.Kind() == reflect.Slice && s.Items != nil:
		out = tolerant(v.Elem(), s.Items.Value, append(slices.Clip(path), "0"), above, faults)
	}
	return out
}

// form is a value in some form, and the value that the field should have.
type form struct {
	value any
	want  any // a time.Time, or []string
}

func forms(kind reflect.Type) []form {
	at := time.Date(2022, 10, 28, 18, 24, 54, 0, time.UTC)
	if kind == anyTime {
		return []form{
			{"2022-10-28T18:24:54Z", at}, {"2022-10-28T18:24:54.000Z", at}, {"2022-10-28T18:24:54.123456Z", at.Add(123456 * time.Microsecond)}, {"2022-10-28T20:24:54+02:00", at},
			{"10/28/2022, 6:24:54 PM", at}, {"10/28/2022, 6:24:54\u202fPM", at}, {"2022-10-28", at.Truncate(24 * time.Hour)},
			{float64(at.UnixMilli()), at}, {float64(at.Unix()), at},
			{"2022-10-28 18:24:54", at}, {"2022-10-28T18:24:54", at}, {"10/28/2022, 18:24:54", at}, {"10/28/2022, 6:24\u00a0PM", at.Add(-54 * time.Second)},
			{"10/28/2022", at.Truncate(24 * time.Hour)}, {"1666981494000", at}, {float64(at.Unix()) + 0.5, at.Add(500 * time.Millisecond)},
			{1e8, time.Unix(1e8, 0)}, {-1e9, time.Unix(-1e9, 0)}, {-86400.0, time.Time{}}, {2022.0, time.Time{}}, {"20221028", time.Time{}}, {0.0, time.Time{}}, {1e20, time.Time{}}, {-1e20, time.Time{}}, {2.5e14, time.Time{}}, {"", time.Time{}},
			{nil, time.Time{}}, {"soon", time.Time{}}, {true, time.Time{}}, {[]any{"x"}, time.Time{}}, {map[string]any{"a": 1.0}, time.Time{}},
		}
	}
	return []form{
		{[]any{"a", "b"}, []string{"a", "b"}}, {[]any{}, []string{}}, {nil, []string(nil)}, {"one", []string{"one"}},
		{"['a', 'b']", []string{"a", "b"}}, {"['a','b']", []string{"a", "b"}}, {`["a","b"]`, []string{"a", "b"}}, {"", []string{}},
		{[]any{"a", nil, 7.0, "b"}, []string{"a", "7", "b"}}, {"[a, b]", []string{"a", "b"}}, {"[]", []string{}}, {" one ", []string{"one"}},
		{`['a\'b', "c,d"]`, []string{"a'b", "c,d"}}, {"['a'", []string{"['a'"}}, {"['a'], ['b']", []string{"a", "b"}}, {"[a", []string{"[a"}},
		{"['a' 'b']", []string{"['a' 'b']"}}, {"['a']x", []string{"['a']x"}}, {"[,]", []string{"[,]"}},
		{7.0, []string(nil)}, {map[string]any{"a": 1.0}, []string(nil)},
	}
}

func (b *binding) inForm(t *testing.T, s *openapi3.Schema, f tolerantField, form form) error {
	t.Helper()
	var whole any
	if err := json.Unmarshal([]byte(b.right().body), &whole); err != nil {
		return err
	}
	put(whole, f.path, form.value)
	_, result, err := b.ask(t, answer{status: b.success(), body: jsonText(whole)})
	if err != nil {
		return fmt.Errorf("the answer is refused: %w", err)
	}
	field := reflect.ValueOf(result)
	at := s
	for _, step := range f.path {
		for field.Kind() == reflect.Pointer {
			field = field.Elem()
		}
		if i, err := strconv.Atoi(step); err == nil {
			field, at = field.Index(i), items(at)
			continue
		}
		ref := propertyRef(at, step)
		at = ref.Value
		found, _ := fieldFor(field.Type(), "", step, extensions(ref))
		field = field.FieldByIndex(found.Index)
	}
	if err := understood(field.Interface(), form); err != nil {
		return err
	}
	again, err := encoded(result)
	if err != nil {
		return err
	}
	drop(whole, f.path)
	drop(again, f.path)
	return changed("", whole, again)
}

func understood(got any, f form) error {
	switch v := got.(type) {
	case rest.Time:
		if want, _ := f.want.(time.Time); !v.Time.Equal(want) {
			return fmt.Errorf("it is read as %v, want %v", v.Time, want)
		}
		if v.Raw == "" && f.value != nil && f.value != "" {
			return errors.New("what was received is not kept")
		}
	case rest.Strings:
		want, _ := f.want.([]string)
		if !slices.Equal(v.Values, want) || (v.Values == nil) != (want == nil) {
			return fmt.Errorf("it is read as %q, want %q", v.Values, want)
		}
		if _, isList := f.value.([]any); !isList && f.value != nil && v.Raw == "" && f.value != "" {
			return errors.New("what was received is not kept")
		}
	}
	return nil
}

func put(v any, path []string, value any) {
	last := len(path) - 1
	if parent, ok := walk(v, path[:last]).(map[string]any); ok {
		parent[path[last]] = value
	}
}

func drop(v any, path []string) {
	last := len(path) - 1
	if parent, ok := walk(v, path[:last]).(map[string]any); ok {
		delete(parent, path[last])
	}
}

func walk(v any, path []string) any {
	for _, step := range path {
		switch inner := v.(type) {
		case map[string]any:
			v = inner[step]
		case []any:
			i, err := strconv.Atoi(step)
			if err != nil || i >= len(inner) {
				return nil
			}
			v = inner[i]
		}
	}
	return v
}
