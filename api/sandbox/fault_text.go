package sandbox

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
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

func (f *Fault) setPair(name, value string) (err error) {
	number := func(to *int) {
		if *to, err = strconv.Atoi(value); err != nil {
			err = fmt.Errorf("fault: %s: %q is not a number", name, value)
		}
	}
	flag := func(to *bool) {
		if *to = true; value != "" {
			if *to, err = strconv.ParseBool(value); err != nil {
				err = fmt.Errorf("fault: %s: %q is neither true nor false", name, value)
			}
		}
	}
	switch name {
	case "operation":
		f.Operation = value
	case "status":
		number(&f.Status)
	case "message":
		f.Message = value
	case "header":
		header, text, ok := strings.Cut(value, ":")
		if !ok {
			return fmt.Errorf("fault: header: %q is not NAME: VALUE", value)
		}
		if f.Header == nil {
			f.Header = map[string]string{}
		}
		f.Header[strings.TrimSpace(header)] = strings.TrimSpace(text)
	case "retryAfter":
		f.RetryAfter, err = parseDuration(name, value)
	case "delay":
		f.Delay, err = parseDuration(name, value)
	case "cut":
		number(&f.Cut)
	case "body":
		f.Body = value
	case "wrongTypes":
		flag(&f.WrongTypes)
	case "redirect":
		f.Redirect = value
	case "done":
		flag(&f.Done)
	case "times":
		number(&f.Times)
	case "rate":
		if f.Rate, err = strconv.ParseFloat(value, 64); err != nil {
			err = fmt.Errorf("fault: rate: %q is not a number", value)
		}
	case "seed":
		if f.Seed, err = strconv.ParseUint(value, 10, 64); err != nil {
			err = fmt.Errorf("fault: seed: %q is not a whole number", value)
		}
	default:
		err = fmt.Errorf("fault: %q is not one of operation, status, message, header, retryAfter, delay, cut, body, wrongTypes, redirect, done, times, rate, seed", name)
	}
	return err
}
