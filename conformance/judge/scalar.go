package judge

import (
	"encoding/json"
	"errors"
	"regexp"
	"slices"
	"strconv"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/highlevel-go/snapshots/conformance/judge/internal/schema"
)

var (
	jsonInteger = regexp.MustCompile(`^-?(0|[1-9][0-9]*)$`)
	jsonNumber  = regexp.MustCompile(`^-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?$`)
)

// reading is the value of a string that is not JSON, and the faults in how it is written.
type reading struct {
	value  any
	faults []Violation
}

// scalar reads a string as one of the schemas describes it: a number, a boolean, or the string itself. Outside of JSON the
// same characters may be any of them, so a reading that fits a schema is right.
func (c *check) scalar(schemas []*openapi3.Schema, pos, where, text string) reading {
	out := reading{value: text, faults: badForm(schemas, pos, where, text)}
	candidates := meanings(text, len(out.faults) > 0)
	for _, value := range candidates {
		if slices.ContainsFunc(schemas, func(s *openapi3.Schema) bool { return c.fits(s, value) }) {
			out.value = value
			return out
		}
	}
	// No reading fits. A message about a number is more helpful than one about a string.
	if !slices.ContainsFunc(schemas, func(s *openapi3.Schema) bool { return s.Type == nil || schema.MayBe(s, "string") }) {
		out.value = candidates[0]
	}
	return out
}

// meanings returns the values that a string may represent; if loosely is true, they include numbers and booleans in forms
// that JSON does not have.
func meanings(text string, loosely bool) []any {
	var out []any
	if number, err := strconv.ParseFloat(text, 64); jsonNumber.MatchString(text) {
		out = append(out, json.Number(text))
	} else if integer, bad := strconv.ParseInt(text, 10, 64); loosely && bad == nil {
		out = append(out, json.Number(strconv.FormatInt(integer, 10)))
	} else if loosely && err == nil && number-number == 0 { // neither infinite nor NaN
		out = append(out, json.Number(strconv.FormatFloat(number, 'g', -1, 64)))
	}
	if truth, err := strconv.ParseBool(text); err == nil && (loosely || text == "true" || text == "false") {
		out = append(out, truth)
	}
	return append(out, text)
}

// badForm judges a string that represents a number or a boolean, by every schema that may describe it.
func badForm(schemas []*openapi3.Schema, pos, where, text string) []Violation {
	var out []Violation
	for _, s := range schemas {
		violation, bad := badFormOf(s, where, text)
		if !bad {
			return nil
		}
		violation.Pos = pos
		out = []Violation{violation}
	}
	return out
}

func badFormOf(s *openapi3.Schema, where, text string) (Violation, bool) {
	bad := func(what string) (Violation, bool) {
		return Violation{Rule: NumberForm, Where: where, Text: show(text) + what}, true
	}
	for _, p := range schema.Conjuncts(s) {
		switch {
		case p.Type.Is("integer") && !jsonInteger.MatchString(text):
			return bad(" is not an integer in plain digits")
		case p.Type.Is("number") && !jsonNumber.MatchString(text):
			return bad(" is not a number in plain digits")
		case p.Type.Is("boolean") && text != "true" && text != "false":
			return bad(" is neither true nor false")
		}
		if _, err := strconv.ParseInt(text, 10, 64); p.Type.Is("integer") && errors.Is(err, strconv.ErrRange) {
			return Violation{Rule: Schema, Keyword: "type", Where: where, Text: show(text) + " is beyond the integers of 64 bits"}, true
		}
	}
	return Violation{}, false
}
