package sandbox

import (
	"cmp"
	"errors"
	"fmt"
	"reflect"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// ParseFault reads a fault from a JSON object, or from NAME=VALUE pairs between semicolons:
//
//	{"status": 429, "retryAfter": "2s", "times": 3}
//	status=429; retryAfter=2s; times=3
//
// The names are operation, status, message, header, retryAfter, delay, cut, body, wrongTypes, redirect, done, times, rate
// and seed. As a pair, header is "header=NAME: VALUE" and may be repeated; a value with a semicolon needs JSON. A fault that is
// invalid, as [Fault.Validate] reports it, is an error.
func ParseFault(text string) (Fault, error) {
	if !utf8.ValidString(text) {
		return Fault{}, errors.New("fault: the text is not valid UTF-8")
	}
	text = strings.TrimSpace(text)
	var f Fault
	var err error
	if strings.HasPrefix(text, "{") {
		err = f.UnmarshalJSON([]byte(text))
	} else {
		f, err = parsePairs(text)
	}
	if err == nil {
		err = f.Validate()
	}
	if err != nil {
		return Fault{}, err
	}
	return f, nil
}

func parsePairs(text string) (f Fault, err error) {
	seen := map[string]bool{}
	for pair := range strings.SplitSeq(text, ";") {
		name, value, _ := strings.Cut(pair, "=")
		name, value = strings.TrimSpace(name), strings.TrimSpace(value)
		if name == "" && value == "" {
			continue
		}
		if seen[name] && name != "header" {
			return f, fmt.Errorf("fault: %s is there twice", name)
		}
		seen[name] = true
		if err := f.setPair(name, value); err != nil {
			return f, err
		}
	}
	return f, nil
}

// setPair sets the field that has the name in JSON.
func (f *Fault) setPair(name, value string) error {
	fields := reflect.ValueOf(f).Elem()
	var names []string
	for i := range fields.NumField() {
		tag, _, _ := strings.Cut(fields.Type().Field(i).Tag.Get("json"), ",")
		if tag == name {
			return setText(fields.Field(i).Addr().Interface(), name, value)
		}
		names = append(names, tag)
	}
	return fmt.Errorf("fault: %q is not one of %s", name, strings.Join(names, ", "))
}

// setText sets a field to the value of a pair.
func setText(field any, name, value string) (err error) {
	wrong := "not a number"
	switch field := field.(type) {
	case *string:
		*field = value
	case *time.Duration:
		*field, err = parseDuration(name, value)
		return err
	case *int:
		*field, err = strconv.Atoi(value)
	case *float64:
		*field, err = strconv.ParseFloat(value, 64)
	case *uint64:
		*field, err = strconv.ParseUint(value, 10, 64)
		wrong = "not a whole number"
	case *bool:
		*field, err = strconv.ParseBool(cmp.Or(value, "true"))
		wrong = "neither true nor false"
	case *map[string]string:
		header, text, ok := strings.Cut(value, ":")
		if !ok {
			return fmt.Errorf("fault: %s: %q is not NAME: VALUE", name, value)
		}
		if *field == nil {
			*field = map[string]string{}
		}
		(*field)[strings.TrimSpace(header)] = strings.TrimSpace(text)
	}
	if err != nil {
		return fmt.Errorf("fault: %s: %q is %s", name, value, wrong)
	}
	return nil
}
