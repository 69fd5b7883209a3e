package conformance

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"time"

	"github.com/getkin/kin-openapi/openapi3"
)

var timeType = reflect.TypeFor[time.Time]()

// assign sets a Go field to a JSON value, by the field's type and the names of the schema. It does not use the JSON tags of
// the field, which are among the things to be tested.
func assign(field reflect.Value, s *openapi3.Schema, value any) error {
	if field.Kind() == reflect.Pointer {
		field.Set(reflect.New(field.Type().Elem()))
		return assign(field.Elem(), s, value)
	}
	switch v := value.(type) {
	case nil:
		return nil
	case string:
		return assignText(field, s, v)
	case float64:
		switch {
		case field.CanInt():
			field.SetInt(int64(v))
			return nil
		case field.CanUint():
			field.SetUint(uint64(v))
			return nil
		case field.CanFloat():
			field.SetFloat(v)
			return nil
		}
	case bool:
		if field.Kind() == reflect.Bool {
			field.SetBool(v)
			return nil
		}
	case []any:
		if field.Kind() == reflect.Slice {
			list := reflect.MakeSlice(field.Type(), len(v), len(v))
			for i := range v {
				if err := assign(list.Index(i), s.Items.Value, v[i]); err != nil {
					return err
				}
			}
			field.Set(list)
			return nil
		}
	case map[string]any:
		if done, err := assignObject(field, s, v); done {
			return err
		}
	}
	// A union or a map: it must decode JSON itself.
	text, err := json.Marshal(value)
	if err == nil {
		err = json.Unmarshal(text, field.Addr().Interface())
	}
	return err
}

func assignText(field reflect.Value, s *openapi3.Schema, text string) error {
	bytes := field.Kind() == reflect.Slice && field.Type().Elem().Kind() == reflect.Uint8
	switch {
	case bytes && s != nil && s.Format == "binary":
		field.SetBytes([]byte(text))
	case field.Kind() == reflect.Struct && s != nil && s.Format == "binary": // a file of a form
		field.FieldByName("Name").SetString("file.bin")
		field.FieldByName("Data").SetBytes([]byte(text))
	case field.Type() == timeType:
		layout := time.RFC3339
		if s != nil && s.Format == "date" {
			layout = time.DateOnly
		}
		at, err := time.Parse(layout, text)
		if err != nil {
			return err
		}
		field.Set(reflect.ValueOf(at))
	case field.Kind() == reflect.String:
		field.SetString(text)
	case field.Kind() == reflect.Slice && field.Type().Elem().Kind() == reflect.String:
		items := reflect.MakeSlice(field.Type(), 0, 0)
		if text != "" {
			for item := range strings.SplitSeq(text, ",") {
				items = reflect.Append(items, reflect.ValueOf(item).Convert(field.Type().Elem()))
			}
		}
		field.Set(items)
	case field.Kind() == reflect.Interface && field.NumMethod() == 0:
		field.Set(reflect.ValueOf(text))
	default: // bytes, and types that decode a string themselves
		if err := json.Unmarshal([]byte(jsonText(text)), field.Addr().Interface()); err != nil {
			return fmt.Errorf("a text does not go into a %s: %w", field.Type(), err)
		}
	}
	return nil
}

func assignObject(field reflect.Value, s *openapi3.Schema, object map[string]any) (done bool, err error) {
	if field.Kind() != reflect.Struct || s == nil || len(s.Properties) == 0 {
		return false, nil
	}
	for name, value := range object {
		ref := s.Properties[name]
		if ref == nil {
			return false, nil
		}
		inner, ok := fieldFor(field.Type(), "", name, extensions(ref))
		if !ok {
			return false, nil
		}
		if err := assign(field.FieldByIndex(inner.Index), ref.Value, value); err != nil {
			return true, fmt.Errorf("%s: %w", name, err)
		}
	}
	return true, nil
}
