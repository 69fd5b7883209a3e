package main

import (
	"cmp"
	"fmt"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// rules are the statements of a Validate or check method: every problem at once, in the order of the fields.
func (g *generator) rules(fields []*field) []string {
	return slices.Concat(g.rulesByField(fields)...)
}

func (g *generator) rulesByField(fields []*field) [][]string {
	out := make([][]string, len(fields))
	named := byWire(fields)
	for i, f := range fields {
		out[i] = append(g.fieldRules(f, named), g.inner(f)...)
	}
	return out
}

func (g *generator) fieldRules(f *field, named map[string]*field) []string {
	v := "r." + f.Name
	var out []string
	if f.required {
		if ok := f.given(v); ok != "" {
			out = append(out, fmt.Sprintf("p.Required(%s, %s)", ok, f.where()))
		}
	}
	out = append(out, g.conditional(f, v, named)...)
	out = append(out, g.values(f, v)...)
	out = append(out, g.notAfter(f, v, named)...)
	return out
}

// where are the arguments that name a field in a problem.
func (f *field) where() string {
	if f.nested {
		return fmt.Sprintf("field + %q, in, name + %q", "."+f.Name, "."+f.wire)
	}
	return fmt.Sprintf("%q, %q, %q", f.Name, f.in, f.wire)
}

func (f *field) add(text string) string { return fmt.Sprintf("p.Add(%s, %s)", f.where(), text) }

// given is the condition that a required field is there; "" when its zero value may be meant.
func (f *field) given(v string) string {
	switch {
	case f.isNumber() && !f.pointer, f.base == "bool" && !f.pointer, f.shape == shapeObject && !f.pointer:
		return ""
	case f.isText():
		if slices.Contains(enumValues(f.schema), "") {
			return ""
		}
		return v + ` != ""`
	case f.base == "rest.CommaList":
		return "len(" + v + ") > 0"
	case f.shape == shapeEnum:
		return ""
	case f.shape == shapeArray && f.schema.MinItems > 0:
		return "len(" + v + ") > 0"
	case strings.HasPrefix(f.base, "[]"), strings.HasPrefix(f.base, "map["):
		return v + " != nil"
	}
	return f.present(v)
}

// conditional writes x-required-when.
func (g *generator) conditional(f *field, v string, named map[string]*field) []string {
	var out []string
	for _, c := range conditions(f) {
		other := named[c.property]
		at := f.at.at("x-required-when", c.property)
		switch {
		case other == nil:
			g.fault(at, "x-required-when names %q, which is no field of the same request", c.property)
			continue
		case !other.isText() || other.pointer:
			g.fault(at, "x-required-when names %q, which is not a text", c.property)
			continue
		}
		var tests []string
		for _, value := range c.values {
			if known := enumValues(other.schema); len(known) > 0 && !slices.Contains(known, value) {
				g.fault(at, "x-required-when: %q is no value of %s (%s)", value, c.property, list(known, "or"))
			}
			tests = append(tests, fmt.Sprintf("r.%s == %s", other.Name, g.literal(other, value)))
		}
		test := strings.Join(tests, " || ")
		if len(tests) > 1 {
			test = "(" + test + ")"
		}
		missing := "!(" + f.present(v) + ")"
		if rest, ok := strings.CutSuffix(f.present(v), " > 0"); ok {
			missing = rest + " == 0"
		} else if rest, ok := strings.CutSuffix(f.present(v), ` != ""`); ok {
			missing = rest + ` == ""`
		} else if rest, ok := strings.CutPrefix(f.present(v), "!"); ok {
			missing = rest
		}
		words := fmt.Sprintf("is required when %s is %s", other.Name, list(c.values, "or"))
		out = append(out, fmt.Sprintf("if %s && %s {\n%s\n}", test, missing, f.add(strconv.Quote(words))))
	}
	return out
}

// literal is a value of another field: its constant when there is one.
func (g *generator) literal(f *field, value string) string {
	if e := g.enums[f.base]; e != nil {
		for _, c := range e.Values {
			if c.wire == value {
				return c.Name
			}
		}
	}
	return strconv.Quote(value)
}

func (g *generator) notAfter(f *field, v string, named map[string]*field) []string {
	name, ok := f.ext["x-not-after"].(string)
	if !ok {
		return nil
	}
	other := named[name]
	at := f.at.at("x-not-after")
	switch {
	case other == nil:
		g.fault(at, "x-not-after names %q, which is no field of the same request", name)
		return nil
	case f.base != "time.Time" || other.base != "time.Time":
		g.fault(at, "x-not-after needs two moments (format: date-time); %s and %s are %s and %s", f.wire, name, f.base, other.base)
		return nil
	}
	test := v + ".After(r." + other.Name + ")"
	if !other.required || !f.required {
		test = "!r." + other.Name + ".IsZero() && " + test
	} else {
		test = "!r." + other.Name + ".IsZero() && " + test // a missing end is its own problem
	}
	return []string{fmt.Sprintf("if %s {\n%s\n}", test, f.add(strconv.Quote("must not be later than "+other.Name)))}
}

// values are the constraints on what is there.
func (g *generator) values(f *field, v string) []string {
	var out []string
	check := func(test, words string) {
		out = append(out, fmt.Sprintf("if %s {\n%s\n}", test, f.add(words)))
	}
	guard := "" // what is left out is not looked at
	if !f.required || f.isText() {
		guard = f.present(v) + " && "
	}
	value := v
	if f.pointer {
		value = "*" + v
	}
	switch {
	case f.base == "rest.CommaList":
		out = append(out, fmt.Sprintf("if err := %s.Validate(); err != nil {\n%s\n}", v, f.add("err.Error()")))
	case f.shape == shapeEnum && g.enums[f.base] != nil:
		e := g.enums[f.base]
		if slices.Contains(enumValues(f.schema), "") {
			guard = ""
		}
		check(guard+"!"+v+".Known()", notOneOf(e, f.text(v)))
	case strings.HasPrefix(f.base, "[]") && g.enums[f.base[2:]] != nil:
		e := g.enums[f.base[2:]]
		out = append(out, fmt.Sprintf("for _, item := range %s {\nif !item.Known() {\n%s\n}\n}", v, f.add(notOneOf(e, f.item("item")))))
	case f.isNumber():
		for _, b := range f.bounds() {
			if test, ok := b.test(f.base, value); ok {
				check(guard+test, strconv.Quote("must be "+b.words()))
			}
		}
	case f.base == "string":
		if f.in == "path" && !f.nested {
			g.uses["isSegment"] = true
			check(guard+"!isSegment("+value+")", strconv.Quote("cannot be a segment of a path"))
		}
		g.textRules(f, value, guard, check)
	}
	if f.shape == shapeArray && strings.HasPrefix(f.base, "[]") {
		if n := f.schema.MinItems; n > 1 && n < math.MaxInt32 { // 1: that it is required says as much
			check(fmt.Sprintf("len(%s) > 0 && len(%s) < %d", v, v, n), strconv.Quote("must have at least "+count(int64(n), "item")))
		}
		if n := f.schema.MaxItems; n != nil && *n < math.MaxInt32 {
			check(fmt.Sprintf("len(%s) > %d", v, *n), strconv.Quote("must have at most "+count(int64(*n), "item")))
		}
	}
	return out
}

func (g *generator) textRules(f *field, value, guard string, check func(test, words string)) {
	s := f.schema
	if n := s.MinLength; n > 1 && n < math.MaxInt32 {
		check(fmt.Sprintf("%sutf8.RuneCountInString(%s) < %d", guard, value, n), strconv.Quote("must have at least "+count(int64(n), "character")))
	}
	if n := s.MaxLength; n != nil && *n < math.MaxInt32 {
		behind := "" // the zero value is short enough, unless it is nil
		if f.pointer {
			behind = guard
		}
		check(fmt.Sprintf("%sutf8.RuneCountInString(%s) > %d", behind, value, *n), strconv.Quote("must have at most "+count(int64(*n), "character")))
	}
	if s.Pattern != "" {
		if _, err := regexp.Compile(s.Pattern); err == nil { // what RE2 lacks is left to the service
			check(fmt.Sprintf("%s!%s.MatchString(%s)", guard, g.pattern(s.Pattern), value), strconv.Quote("does not match "+s.Pattern))
		}
	}
	if s.Format == "date" {
		g.uses["isDate"] = true
		check(fmt.Sprintf("%s!isDate(%s)", guard, value), strconv.Quote("is not a date such as 2026-01-31"))
	}
}

// pattern is the variable of a regular expression; the same one serves everywhere.
func (g *generator) pattern(p string) string {
	for i, q := range g.patterns {
		if p == q {
			return "pattern" + itoa(i+1)
		}
	}
	g.patterns = append(g.patterns, p)
	return "pattern" + itoa(len(g.patterns))
}

// test is the comparison that finds a number out of bounds; none when the type cannot be out of them, or the bound does not
// fit the type.
func (b bound) test(base, v string) (string, bool) {
	least, most := math.Inf(-1), math.Inf(1)
	limit := b.at
	if base != "float64" {
		ranges := map[string][2]float64{
			"int": {math.MinInt32, math.MaxInt32}, "int8": {math.MinInt8, math.MaxInt8}, "int16": {math.MinInt16, math.MaxInt16},
			"int32": {math.MinInt32, math.MaxInt32}, "int64": {-1 << 53, 1 << 53},
			"uint": {0, math.MaxUint32}, "uint8": {0, math.MaxUint8}, "uint16": {0, math.MaxUint16}, "uint32": {0, math.MaxUint32}, "uint64": {0, 1 << 53},
		}
		r := ranges[base]
		least, most = r[0], r[1]
		if limit != math.Trunc(limit) {
			if b.min {
				limit, b.exclusive = math.Ceil(limit), false
			} else {
				limit, b.exclusive = math.Floor(limit), false
			}
		}
	}
	if limit < least || limit > most || b.min && !b.exclusive && limit == least || !b.min && !b.exclusive && limit == most || math.IsInf(limit, 0) {
		return "", false
	}
	op := map[[2]bool]string{{true, true}: "<=", {true, false}: "<", {false, true}: ">=", {false, false}: ">"}[[2]bool{b.min, b.exclusive}]
	literal := strconv.FormatFloat(limit, 'f', -1, 64)
	if base == "float64" {
		literal = strconv.FormatFloat(limit, 'g', -1, 64)
	}
	return v + " " + op + " " + literal, true
}

// notOneOf is the expression of the words for a value that an enum does not have.
func notOneOf(e *enumView, text string) string {
	var values []string
	for _, v := range e.Values {
		values = append(values, cmp.Or(v.wire, `""`))
	}
	words := " is not one of " + strings.Join(values, ", ")
	if len(values) > 12 {
		words = " is none of " + e.Lister + "()"
	}
	if e.Base == "string" {
		text = "strconv.Quote(" + text + ")"
	}
	return text + " + " + strconv.Quote(words)
}
