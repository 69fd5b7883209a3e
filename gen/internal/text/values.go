package text

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/highlevel-go/snapshots/gen/internal/lower"
	"github.com/highlevel-go/snapshots/gen/internal/model"
)

// present returns the condition under which an optional field is sent.
func present(f *model.Field, v string) string {
	switch {
	case f.Nullable && strings.HasSuffix(v, "."+checkedValue(f, "")): // of its value
		return v + " != nil"
	case f.Nullable:
		return "!" + v + ".IsZero()"
	case f.Pointer, f.Base == "any", f.Base == "json.RawMessage":
		return v + " != nil"
	case f.Base == "rest.CommaList", strings.HasPrefix(f.Base, "[]"), strings.HasPrefix(f.Base, "map["), f.Base == "url.Values":
		return "len(" + v + ") > 0"
	case f.Base == "time.Time", f.Base == "rest.Time", f.Base == "rest.Strings", f.Shape == lower.ShapeUnion:
		return "!" + v + ".IsZero()"
	case f.Base == "bool":
		return v
	case f.Base == "File":
		return v + ".Data != nil"
	case f.Shape == lower.ShapeObject:
		return "!isZero(" + v + ")"
	case f.IsText():
		return v + ` != ""`
	}
	return v + " != 0"
}

// checkedValue returns the expression of a field's value, to check it: a pointer, or a list or map, if null is possible.
func checkedValue(f *model.Field, holder string) string {
	v := holder + f.Name
	switch {
	case !f.Nullable:
		return v
	case isListOrMap(f.Base):
		return v + ".Get()"
	}
	return v + ".Value"
}

func isListOrMap(base string) bool {
	return strings.HasPrefix(base, "[]") && base != "[]byte" || strings.HasPrefix(base, "map[")
}

// isPointer reports whether a field is checked through a pointer.
func isPointer(f *model.Field) bool { return f.Pointer || f.Nullable && !isListOrMap(f.Base) }

// absent returns the opposite of present.
func absent(f *model.Field, v string) string {
	test := present(f, v)
	for _, operator := range [][2]string{{" > 0", " == 0"}, {` != ""`, ` == ""`}} {
		if rest, ok := strings.CutSuffix(test, operator[0]); ok {
			return rest + operator[1]
		}
	}
	if rest, ok := strings.CutPrefix(test, "!"); ok {
		return rest
	}
	return "!(" + test + ")"
}

// anyPresent returns the condition under which an optional body is sent.
func anyPresent(fields []*model.Field, holder string) string {
	tests := make([]string, len(fields))
	for i, f := range fields {
		tests[i] = present(f, holder+f.Name)
		if v, ok := strings.CutPrefix(tests[i], "len("); ok && sentEmpty(f) {
			tests[i] = strings.Replace(v, ") > 0", " != nil", 1)
		}
	}
	return strings.Join(tests, " ||\n")
}

// sentEmpty reports whether a list that is empty, but not nil, is sent: in JSON.
func sentEmpty(f *model.Field) bool {
	return f.Nested || f.Request != nil && f.In == "body" && f.Request.Body.Kind == lower.BodyJSON
}

// text returns the expression of a scalar as text for the wire; "" if it is not a scalar. v is the plain value.
func text(base string, value lower.Value, v string) string {
	format := scalarFormats[base]
	if value.Shape == lower.ShapeEnum && format == "" {
		format = "string(%s)"
		if t, _ := lower.EnumType(value.Schema); t == "integer" {
			format = "strconv.Itoa(int(%s))"
		}
	}
	if format == "" {
		return ""
	}
	return fmt.Sprintf(format, v)
}

// scalarFormats are the expressions of scalars by their Go types.
var scalarFormats = map[string]string{
	"string": "%s", "rest.CommaList": "%s.String()", "time.Time": "rest.FormatTime(%s)", "[]byte": "base64.StdEncoding.EncodeToString(%s)",
	"bool": "strconv.FormatBool(%s)", "float64": "strconv.FormatFloat(%s, 'f', -1, 64)", "int": "strconv.Itoa(%s)", "int64": "strconv.FormatInt(%s, 10)",
	"int8": formatInt, "int16": formatInt, "int32": formatInt,
	"uint": formatUint, "uint8": formatUint, "uint16": formatUint, "uint32": formatUint, "uint64": formatUint,
}

const (
	formatInt  = "strconv.FormatInt(int64(%s), 10)"
	formatUint = "strconv.FormatUint(uint64(%s), 10)"
)

// fieldText returns the expression of a field as text for the wire; "" if it is not a scalar.
func fieldText(f *model.Field, v string) string {
	if f.ScalarChoices || f.Base == "any" {
		return scalarText(f, v)
	}
	if f.Pointer {
		v = "*" + v
	}
	return text(f.Base, f.Value, v)
}

// scalarText returns the expression of a value that may be a string, a number or a boolean. With anything else the call
// fails.
func scalarText(f *model.Field, v string) string {
	return fmt.Sprintf("scalarText(r, %q, %s)", f.Wire, v)
}

// itemText returns the expression of one item of a list; "" if an item is not a scalar.
func itemText(f *model.Field, v string) string {
	base, ok := strings.CutPrefix(f.Base, "[]")
	if !ok || f.Item == nil {
		return ""
	}
	if f.Item.ScalarChoices || base == "any" {
		return scalarText(f, v)
	}
	return text(base, *f.Item, v)
}

// valueOf returns a value of a string field in Go: its constant if there is one.
func (w *writer) valueOf(f *model.Field, value string) string {
	if e := w.enums[f.Base]; e != nil {
		for _, c := range e.Values {
			if c.Wire == value {
				return c.Name
			}
		}
	}
	return strconv.Quote(value)
}

// place is where a value is, in Go expressions.
type place struct{ field, in, name string }

// String returns the place as arguments.
func (p place) String() string { return strings.Join([]string{p.field, p.in, p.name}, ", ") }

// where returns the place of a field.
func where(f *model.Field) place {
	if f.Nested {
		return place{plus("field", "."+f.Name), "in", plus("name", "."+f.Wire)}
	}
	return place{strconv.Quote(f.Name), strconv.Quote(f.In), strconv.Quote(f.Wire)}
}

// inside returns the place of an item of a list or map; key is the expression of its index or name.
func (p place) inside(key string) place {
	return place{plus(plus(p.field, "[")+" + "+key, "]"), p.in, plus(plus(p.name, "[")+" + "+key, "]")}
}

// plus appends text to the expression of a string.
func plus(expression, text string) string {
	if before, ok := strings.CutSuffix(expression, `"`); ok {
		return before + strconv.Quote(text)[1:]
	}
	return expression + " + " + strconv.Quote(text)
}
