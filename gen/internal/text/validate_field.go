package text

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/highlevel-go/snapshots/gen/internal/lower"
	"github.com/highlevel-go/snapshots/gen/internal/model"
	"github.com/highlevel-go/snapshots/gen/internal/prose"
)

// fieldRules returns the statements that check a field itself.
func (w *writer) fieldRules(f *model.Field) []string {
	r := &rules{writer: w, v: checkedValue(f, "r."), at: where(f)}
	if f.Required && !f.MayBeNull {
		if ok := given(f, r.v); ok != "" {
			r.out = append(r.out, fmt.Sprintf("p.Required(%s, %s)", ok, r.at))
		}
	}
	for _, c := range f.RequiredWhen {
		tests := make([]string, len(c.Values))
		for i, value := range c.Values {
			tests[i] = "r." + c.Other.Name + " == " + w.valueOf(c.Other, value)
		}
		test := strings.Join(tests, " || ")
		if len(tests) > 1 {
			test = "(" + test + ")"
		}
		r.check(test+" && "+absent(f, r.v), strconv.Quote("is required when "+c.Other.Name+" is "+prose.List(c.Values, "or")))
	}
	if f.OnlyWhen {
		r.onlyWhen(f)
	}
	r.field(f)
	if other := f.NotAfter; other != nil { // a missing one is reported separately
		r.check("!r."+other.Name+".IsZero() && "+r.v+".After(r."+other.Name+")", strconv.Quote("must not be later than "+other.Name))
	}
	return r.out
}

// onlyWhen checks that a field is empty unless one of its conditions is true. A missing other field is reported separately.
func (r *rules) onlyWhen(f *model.Field) {
	var tests, when []string
	for _, c := range f.RequiredWhen {
		tests = append(tests, "r."+c.Other.Name+` != ""`)
		for _, value := range c.Values {
			tests = append(tests, "r."+c.Other.Name+" != "+r.valueOf(c.Other, value))
		}
		when = append(when, c.Other.Name+" is "+prose.List(c.Values, "or"))
	}
	r.check(strings.Join(tests, " && ")+" && "+present(f, r.v), strconv.Quote("must be empty unless "+prose.List(when, "or")))
}

// given returns the condition that a required field is set; "" if its zero value may be intended.
func given(f *model.Field, v string) string {
	switch {
	case model.IsNumber(f.Base) && !f.Pointer, f.Base == "bool" && !f.Pointer, f.Shape == lower.ShapeObject && !f.Pointer:
		return ""
	case f.IsText():
		if slices.Contains(lower.EnumValues(f.Schema), "") {
			return ""
		}
		return v + ` != ""`
	case f.Base == "rest.CommaList":
		return "len(" + v + ") > 0"
	case f.Shape == lower.ShapeEnum:
		return ""
	case f.Shape == lower.ShapeArray && f.Schema.MinItems > 0:
		return "len(" + v + ") > 0"
	case strings.HasPrefix(f.Base, "[]"), strings.HasPrefix(f.Base, "map["):
		return v + " != nil"
	}
	return present(f, v)
}

// rules collects the statements that check a value.
type rules struct {
	*writer
	v   string // the value as an expression
	at  place
	out []string
}

// check adds a statement: if the condition test is true, the expression problem is added to the problems.
func (r *rules) check(test, problem string) {
	r.out = append(r.out, fmt.Sprintf("if %s {\np.Add(%s, %s)\n}", test, r.at, problem))
}

// field checks the value of a field.
func (r *rules) field(f *model.Field) {
	v, guard := r.v, "" // an omitted value is not checked
	if !f.Required || f.IsText() || f.Pointer {
		guard = present(f, r.v) + " && "
	}
	if isPointer(f) {
		v = "*" + v
	}
	if f.Base == "rest.CommaList" {
		r.out = append(r.out, fmt.Sprintf("if err := %s.Validate(); err != nil {\np.Add(%s, err.Error())\n}", r.v, r.at))
	}
	if f.Base == "string" && f.In == "path" && !f.Nested {
		r.check(guard+"!isSegment("+v+")", strconv.Quote("cannot be a segment of a path"))
	}
	if slices.Contains(lower.EnumValues(f.Schema), "") && r.enums[f.Base] != nil && !isPointer(f) {
		guard = ""
	}
	r.value(f.Base, v, guard, f.Value)
	if f.Shape == lower.ShapeArray && strings.HasPrefix(f.Base, "[]") {
		given := "len(" + r.v + ") > 0 && " // a list that must not be empty, but is, counts as missing
		if !f.Required && sentEmpty(f) {
			given = r.v + " != nil && "
		}
		r.list(f.Base, r.v, given, f.Value)
	}
}

// value checks the constraints of a schema on a value that is present.
func (r *rules) value(base, v, guard string, value lower.Value) {
	switch e := r.enums[base]; {
	case e != nil:
		r.check(guard+"!"+strings.TrimPrefix(v, "*")+".Known()", notOneOf(e, text(base, value, v)))
	case model.IsNumber(base):
		r.number(base, v, guard, value.Schema)
	case base == "time.Time":
		test := fmt.Sprintf("if err := rest.CheckTime(%s); err != nil {\np.Add(%s, err.Error())\n}", v, r.at)
		if strings.HasPrefix(v, "*") {
			test = "if " + strings.TrimSuffix(guard, " && ") + " {\n" + test + "\n}"
		}
		r.out = append(r.out, test)
	case base == "string":
		r.text(v, guard, value.Schema)
	}
}

// list checks how many items a list has.
func (r *rules) list(base, v, given string, value lower.Value) {
	s := value.Schema
	if n := s.MinItems; (n > 1 || n == 1 && !strings.HasPrefix(given, "len(")) && n < math.MaxInt32 {
		r.check(fmt.Sprintf("%slen(%s) < %d", given, v, n), strconv.Quote("must have at least "+count(int64(n), "item")))
	}
	if n := s.MaxItems; n != nil && *n < math.MaxInt32 {
		r.check(fmt.Sprintf("len(%s) > %d", v, *n), strconv.Quote("must have at most "+count(int64(*n), "item")))
	}
	if base = base[2:]; value.Item != nil && s.UniqueItems && (base == "string" || base == "bool" || model.IsNumber(base) || r.enums[base] != nil) {
		r.check("hasDuplicate("+v+")", strconv.Quote("must not have an item twice"))
	}
}

func (r *rules) number(base, v, guard string, s *openapi3.Schema) {
	for _, b := range model.Bounds(s) {
		if test, ok := outOfBounds(b, base, v); ok {
			r.check(guard+test, strconv.Quote("must be "+b.String()))
		}
	}
	if n := s.MultipleOf; n != nil && base != "float64" && *n > 1 && *n == math.Trunc(*n) && *n <= limits[base][1] {
		r.check(fmt.Sprintf("%s%s%%%.0f != 0", guard, v, *n), strconv.Quote(fmt.Sprintf("must be a multiple of %.0f", *n)))
	}
}

func (r *rules) text(v, guard string, s *openapi3.Schema) {
	if n := s.MinLength; (n > 1 || n == 1 && (guard == "" || v[0] == '*')) && n < math.MaxInt32 { // 1 for a field: the check that it is set has the same effect
		r.check(fmt.Sprintf("%sutf8.RuneCountInString(%s) < %d", guard, v, n), strconv.Quote("must have at least "+count(int64(n), "character")))
	}
	if n := s.MaxLength; n != nil && *n < math.MaxInt32 {
		notNil := "" // the zero value is short enough, unless it is nil
		if strings.HasPrefix(v, "*") {
			notNil = guard
		}
		r.check(fmt.Sprintf("%sutf8.RuneCountInString(%s) > %d", notNil, v, *n), strconv.Quote("must have at most "+count(int64(*n), "character")))
	}
	if lower.CheckedPattern(s) {
		r.check(fmt.Sprintf("%s!%s.MatchString(%s)", guard, r.pattern(s.Pattern), v), strconv.Quote("does not match "+s.Pattern))
	}
	for _, format := range []struct{ name, function, problem string }{
		{"date", "isDate", "is not a date such as 2026-01-31"},
		{"uuid", "isUUID", "is not a UUID such as 123e4567-e89b-12d3-a456-426614174000"},
	} {
		if s.Format == format.name {
			r.check(fmt.Sprintf("%s!%s(%s)", guard, format.function, v), strconv.Quote(format.problem))
		}
	}
}

// pattern returns the variable for a regular expression; equal ones share it.
func (w *writer) pattern(p string) string {
	i := slices.Index(w.patterns, p)
	if i < 0 {
		i = len(w.patterns)
		w.patterns = append(w.patterns, p)
	}
	return "pattern" + strconv.Itoa(i+1)
}

// limits are the ranges of the Go types; those of 64 bits as far as a float64 is exact.
var limits = map[string][2]float64{
	"int": {math.MinInt32, math.MaxInt32}, "int8": {math.MinInt8, math.MaxInt8}, "int16": {math.MinInt16, math.MaxInt16},
	"int32": {math.MinInt32, math.MaxInt32}, "int64": {-1 << 53, 1 << 53},
	"uint": {0, math.MaxUint32}, "uint8": {0, math.MaxUint8}, "uint16": {0, math.MaxUint16}, "uint32": {0, math.MaxUint32}, "uint64": {0, 1 << 53},
	"float64": {math.Inf(-1), math.Inf(1)},
}

// outOfBounds returns the comparison that finds a number out of bounds; false if the type cannot be out of bounds, or the
// bound does not fit the type.
func outOfBounds(b model.Bound, base, v string) (string, bool) {
	least, most, format := limits[base][0], limits[base][1], byte('f')
	switch {
	case base == "float64":
		format = 'g'
	case b.At != math.Trunc(b.At) && b.Min:
		b.At, b.Exclusive = math.Ceil(b.At), false
	case b.At != math.Trunc(b.At):
		b.At, b.Exclusive = math.Floor(b.At), false
	}
	if b.At < least || b.At > most || b.Min && !b.Exclusive && b.At == least || !b.Min && !b.Exclusive && b.At == most || math.IsInf(b.At, 0) {
		return "", false
	}
	op := map[[2]bool]string{{true, true}: "<=", {true, false}: "<", {false, true}: ">=", {false, false}: ">"}[[2]bool{b.Min, b.Exclusive}]
	return v + " " + op + " " + strconv.FormatFloat(b.At, format, -1, 64), true
}

// notOneOf returns the expression of the problem that a value is not in an enum.
func notOneOf(e *model.Enum, text string) string {
	var values []string
	for _, v := range e.Values {
		values = append(values, cmp.Or(v.Wire, `""`))
	}
	problem := " is not one of " + strings.Join(values, ", ")
	if len(values) > 12 {
		problem = " is not one of " + e.Lister + "()"
	}
	if e.Base == "string" {
		text = "strconv.Quote(" + text + ")"
	}
	return text + " + " + strconv.Quote(problem)
}
