package example

import (
	"math"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/highlevel-go/snapshots/gen/internal/lower"
	"github.com/highlevel-go/snapshots/gen/internal/model"
)

// The request of an example must pass Validate. These functions return false if that is not certain.

var uuidPattern = regexp.MustCompile(`^[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$`)

// demandedText reports whether a schema allows a string.
func demandedText(s *openapi3.Schema, text string) bool {
	n := uint64(utf8.RuneCountInString(text))
	switch {
	case !utf8.ValidString(text), strings.TrimSpace(text) == "", strings.ContainsFunc(text, func(r rune) bool { return !unicode.IsPrint(r) && r != '\n' }):
		return false
	case n < s.MinLength, s.MaxLength != nil && n > *s.MaxLength:
		return false
	case lower.CheckedPattern(s) && !regexp.MustCompile(s.Pattern).MatchString(text):
		return false
	case s.Format == "uuid":
		return uuidPattern.MatchString(text)
	case s.Format == "date":
		_, err := time.Parse(time.DateOnly, text)
		return err == nil
	}
	return true
}

// isSendable reports whether text can be sent in a part of the request that has no quotes around it.
func isSendable(text string) bool {
	return text != "." && text != ".." && !strings.ContainsFunc(text, func(r rune) bool { return r < ' ' || r > '~' })
}

// ranges are the ranges of the numeric Go types.
var ranges = map[string][2]float64{
	"int": {math.MinInt32, math.MaxInt32}, "int8": {math.MinInt8, math.MaxInt8}, "int16": {math.MinInt16, math.MaxInt16}, "int32": {math.MinInt32, math.MaxInt32},
	"int64": {-1<<53 + 1, 1<<53 - 1}, "uint": {0, math.MaxUint32}, "uint8": {0, math.MaxUint8}, "uint16": {0, math.MaxUint16}, "uint32": {0, math.MaxUint32},
	"uint64": {0, 1<<53 - 1}, "float64": {-math.MaxFloat64, math.MaxFloat64},
}

// demandedNumber reports whether a schema and a Go type allow a number.
func demandedNumber(s *openapi3.Schema, typ string, n float64) bool {
	limits, known := ranges[typ]
	switch {
	case !known, n < limits[0], n > limits[1], typ != "float64" && n != math.Trunc(n):
		return false
	case s.MultipleOf != nil && *s.MultipleOf > 0 && math.Mod(n, *s.MultipleOf) != 0:
		return false
	}
	return !slices.ContainsFunc(model.Bounds(s), func(b model.Bound) bool { return b.Excludes(n) })
}

// demandedList reports whether a schema allows the number of items, and duplicates if there are any.
func demandedList(s *openapi3.Schema, items []string) bool {
	n := uint64(len(items))
	if n < s.MinItems || s.MaxItems != nil && n > *s.MaxItems {
		return false
	}
	sorted := slices.Sorted(slices.Values(items))
	return !s.UniqueItems || len(slices.Compact(sorted)) == len(items)
}

// demandedSize reports whether a schema allows the number of properties.
func demandedSize(s *openapi3.Schema, properties int) bool {
	n := uint64(properties)
	return s == nil || n >= s.MinProps && (s.MaxProps == nil || n <= *s.MaxProps)
}

// moment parses an RFC 3339 time, or a date, in years that every service knows.
func moment(text string) (time.Time, bool) {
	t, err := time.Parse(time.RFC3339, text)
	if err != nil {
		t, err = time.Parse(time.DateOnly, text)
	}
	return t.UTC(), err == nil && t.Year() >= 1980 && t.Year() < 2100
}
