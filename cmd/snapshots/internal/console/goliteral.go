package console

import (
	"fmt"
	"reflect"
	"strconv"
	"strings"
	"time"
)

// literals writes values as Go and collects the packages they need.
type literals map[string]bool

// write returns a value as Go. A value that cannot be written is set to zero, so that value and text agree.
func (l literals) write(v reflect.Value) string {
	if text := l.text(v); text != "" {
		return text
	}
	v.SetZero()
	return ""
}

// text returns a value as Go, or "" if it cannot be written.
func (l literals) text(v reflect.Value) string {
	if v.Type() == reflect.TypeFor[time.Time]() {
		at := v.Interface().(time.Time).UTC()
		l["time"] = true
		return fmt.Sprintf("time.Date(%d, %d, %d, %d, %d, %d, %d, time.UTC)", at.Year(), at.Month(), at.Day(), at.Hour(), at.Minute(), at.Second(), at.Nanosecond())
	}
	switch v.Kind() {
	case reflect.String:
		return strconv.Quote(v.String())
	case reflect.Bool:
		return strconv.FormatBool(v.Bool())
	case reflect.Int, reflect.Int32, reflect.Int64:
		return strconv.FormatInt(v.Int(), 10)
	case reflect.Float64:
		return strconv.FormatFloat(v.Float(), 'g', -1, 64)
	case reflect.Pointer:
		return l.pointer(v)
	case reflect.Slice:
		var b strings.Builder
		for i := range v.Len() {
			item := l.text(v.Index(i))
			if item == "" {
				return ""
			}
			if inner := v.Type().Elem(); inner.Kind() == reflect.Struct && inner != reflect.TypeFor[time.Time]() {
				item = strings.TrimPrefix(item, inner.String()) // the element type follows from the type of the list
			}
			b.WriteString(item + ", ")
		}
		return l.name(v.Type()) + "{" + strings.TrimSuffix(b.String(), ", ") + "}"
	case reflect.Struct:
		return l.structure(v)
	}
	return ""
}

func (l literals) pointer(v reflect.Value) string {
	inner := v.Type().Elem()
	text := l.text(v.Elem())
	switch {
	case text == "":
		return ""
	case inner.Kind() == reflect.Struct && inner != reflect.TypeFor[time.Time]():
		return "&" + text
	case inner.PkgPath() != "", inner.Kind() == reflect.Int32, inner.Kind() == reflect.Int64, inner.Kind() == reflect.Float64:
		text = l.name(inner) + "(" + text + ")"
	}
	return "new(" + text + ")"
}

// structure writes the fields that are not zero, one on each line.
func (l literals) structure(v reflect.Value) string {
	var b strings.Builder
	for i := range v.NumField() {
		field := v.Type().Field(i)
		switch {
		case v.Field(i).IsZero():
		case !field.IsExported():
			return ""
		default:
			if text := l.write(v.Field(i)); text != "" {
				b.WriteString(field.Name + ": " + text + ",\n")
			}
		}
	}
	if b.Len() == 0 {
		return l.name(v.Type()) + "{}"
	}
	return l.name(v.Type()) + "{\n" + b.String() + "}"
}

// name returns the name of a type and adds its package.
func (l literals) name(t reflect.Type) string {
	for inner := t; ; inner = inner.Elem() {
		if inner.PkgPath() != "" {
			l[inner.PkgPath()] = true
		}
		if inner.Name() != "" || inner.Kind() != reflect.Slice && inner.Kind() != reflect.Pointer {
			return t.String()
		}
	}
}
