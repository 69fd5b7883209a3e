package sandbox

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
)

// FaultHeader is the header with which a request asks for a fault in its response. [ParseFault] reads its value.
const FaultHeader = "X-Sandbox-Fault"

// AtOnce is the Cut of a connection that ends before any part of the response is sent.
const AtOnce = -1

// Always is the Times of a fault that lasts until it is lifted.
const Always = -1

// Fault is an error that the sandbox makes on demand. Its JSON form has the names of [ParseFault].
//
// A Status, a Body or a Redirect replaces the answer, and the request is not executed unless Done is set. A fault without these changes
// the usual answer.
type Fault struct {
	Operation string `json:"operation,omitzero"` // id of the operation that it concerns; empty for all

	Status     int               `json:"status,omitzero"`     // of the answer, 200 to 599
	Message    string            `json:"message,omitzero"`    // of an answer in the service's usual form; the status in words unless set
	Header     map[string]string `json:"header,omitempty"`    // set in the answer; an empty value removes the header
	RetryAfter time.Duration     `json:"retryAfter,omitzero"` // sent as Retry-After, in seconds; 0 sends none
	Delay      time.Duration     `json:"delay,omitzero"`      // before the answer
	Cut        int               `json:"cut,omitzero"`        // the connection ends after so many bytes of the body, or [AtOnce]
	Body       string            `json:"body,omitzero"`       // the body as it is, for Header's Content-Type, text/plain unless that is set
	WrongTypes bool              `json:"wrongTypes,omitzero"` // each value in a JSON answer has another type than documented
	Redirect   string            `json:"redirect,omitzero"`   // Location of an answer with status 302, or Status
	Done       bool              `json:"done,omitzero"`       // the request is executed, although the answer is replaced

	Times int     `json:"times,omitzero"` // how many requests it concerns: 0 and 1 are one, [Always] is all until it is lifted
	Rate  float64 `json:"rate,omitzero"`  // share of the requests that it concerns, more than 0 and up to 1, until Times are reached; 0 is each. With a Rate, a Times of 0 is Always
	Seed  uint64  `json:"seed,omitzero"`  // of the random numbers for Rate: the same seed selects the same requests
}

// faultJSON is the JSON form of a fault, in which durations are texts.
type faultJSON struct {
	faultFields
	RetryAfter string `json:"retryAfter,omitzero"`
	Delay      string `json:"delay,omitzero"`
}

type faultFields Fault

// MarshalJSON writes the fault with its durations as texts, such as "1.5s".
func (f Fault) MarshalJSON() ([]byte, error) {
	return json.Marshal(faultJSON{faultFields(f), durationText(f.RetryAfter), durationText(f.Delay)})
}

// UnmarshalJSON reads what [Fault.MarshalJSON] writes. A name that is not one of a fault's is an error.
func (f *Fault) UnmarshalJSON(data []byte) (err error) {
	var in faultJSON
	if err := strictly(data, &in); err != nil {
		return fmt.Errorf("fault: %w", err)
	}
	out := Fault(in.faultFields)
	if out.RetryAfter, err = parseDuration("retryAfter", in.RetryAfter); err != nil {
		return err
	}
	if out.Delay, err = parseDuration("delay", in.Delay); err != nil {
		return err
	}
	*f = out
	return nil
}

func durationText(d time.Duration) string {
	if d == 0 {
		return ""
	}
	return d.String()
}

func parseDuration(name, text string) (time.Duration, error) {
	if text == "" {
		return 0, nil
	}
	d, err := time.ParseDuration(text)
	if err != nil {
		return 0, fmt.Errorf("fault: %s: %q is not a duration such as 1.5s", name, text)
	}
	return d, nil
}

// longestDelay is the maximum delay, so that a mistyped one does not keep a connection open for days.
const longestDelay = time.Hour

// Validate returns an error that lists the problems of the fault.
func (f Fault) Validate() error {
	var problems []error
	add := func(format string, args ...any) { problems = append(problems, fmt.Errorf("fault: "+format, args...)) }
	if f.Operation != "" && !slices.Contains(operationIDs(), f.Operation) {
		add("operation: the sandbox has no operation %q; it has %s", f.Operation, strings.Join(operationIDs(), ", "))
	}
	if f.Status != 0 && (f.Status < 200 || f.Status > 599) {
		add("status: %d is not from 200 to 599", f.Status)
	}
	if f.Redirect != "" && f.Status != 0 && f.Status/100 != 3 {
		add("redirect: status %d is not a redirection", f.Status)
	}
	if f.RetryAfter < 0 {
		add("retryAfter: %v is negative", f.RetryAfter)
	}
	if f.Delay < 0 || f.Delay > longestDelay {
		add("delay: %v is not from 0 to %v", f.Delay, longestDelay)
	}
	if f.Cut < AtOnce {
		add("cut: %d is not a number of bytes, nor %d for at once", f.Cut, AtOnce)
	}
	if f.Times < Always {
		add("times: %d is not a number of requests, nor %d for always", f.Times, Always)
	}
	if !(f.Rate >= 0 && f.Rate <= 1) {
		add("rate: %v is not from 0 to 1", f.Rate)
	}
	if strings.ContainsAny(f.Redirect, "\r\n\x00") {
		add("redirect: it cannot stand in a header")
	}
	for _, name := range slices.Sorted(maps.Keys(f.Header)) {
		if !isHeaderName(name) || strings.ContainsAny(f.Header[name], "\r\n\x00") {
			add("header: %q: it cannot be sent", name)
		}
		switch http.CanonicalHeaderKey(name) {
		case "Content-Length", "Transfer-Encoding":
			add("header: %s follows from the body; use cut for one that breaks off", name)
		}
	}
	problems = append(problems, f.contradictions()...)
	if f.does() == "" {
		add("it changes nothing; set one of status, header, retryAfter, delay, cut, body, wrongTypes, redirect")
	}
	return errors.Join(problems...)
}

// contradictions lists settings that would have no effect because of others.
func (f Fault) contradictions() (problems []error) {
	add := func(on bool, text string) {
		if on {
			problems = append(problems, errors.New("fault: "+text))
		}
	}
	header := http.Header{}
	for name := range f.Header {
		header.Set(name, "set")
	}
	bodiless := f.Status != 0 && !bodyAllowed(f.Status)
	add(bodiless && f.Body != "", fmt.Sprintf("body: an answer with status %d has none", f.Status))
	add(bodiless && f.Message != "", fmt.Sprintf("message: an answer with status %d has no body", f.Status))
	add(bodiless && f.Cut > 0, fmt.Sprintf("cut: an answer with status %d has no body; %d cuts it at once", f.Status, AtOnce))
	add(bodiless && f.WrongTypes, fmt.Sprintf("wrongTypes: an answer with status %d has no body", f.Status))
	add(f.Message != "" && !f.replaces(), "message: it is that of an answer with a status")
	add(f.Message != "" && f.Body != "", "message: body is the whole answer")
	add(f.Done && !f.replaces(), "done: what the request asks for is done anyway, unless status, body or redirect is set")
	add(f.WrongTypes && f.Body != "" && !json.Valid([]byte(f.Body)), "wrongTypes: body is not JSON")
	add(f.RetryAfter > 0 && header.Get("Retry-After") != "", "retryAfter: header has a Retry-After as well")
	add(f.Redirect != "" && header.Get("Location") != "", "redirect: header has a Location as well")
	add(f.Seed != 0 && f.Rate == 0, "seed: it is for rate")
	return problems
}

// replaces reports whether the fault replaces the response.
func (f Fault) replaces() bool { return f.Status != 0 || f.Body != "" || f.Redirect != "" }

// does describes what the fault does to a response, for the log; "" for nothing.
func (f Fault) does() string {
	var all []string
	add := func(on bool, text string) {
		if on {
			all = append(all, text)
		}
	}
	add(f.Status != 0, "status "+strconv.Itoa(f.Status))
	add(f.Redirect != "", "redirect")
	add(f.Body != "", "body")
	add(len(f.Header) > 0, "header")
	add(f.RetryAfter > 0, "retry after "+f.RetryAfter.String())
	add(f.Delay > 0, "delay "+f.Delay.String())
	add(f.Cut != 0, "cut")
	add(f.WrongTypes, "wrong types")
	return strings.Join(all, ", ")
}

// isHeaderName reports whether a string is a token of RFC 9110.
func isHeaderName(text string) bool {
	return text != "" && !strings.ContainsFunc(text, func(r rune) bool {
		return r <= ' ' || r >= 0x7f || strings.ContainsRune(`"(),/:;<=>?@[\]{}`, r)
	})
}

// answer returns the response of a fault that replaces the usual one.
func (f Fault) answer() *answer {
	status := f.Status
	switch {
	case status != 0:
	case f.Redirect != "":
		status = http.StatusFound
	default:
		status = http.StatusOK
	}
	if f.Body != "" {
		return &answer{status: status, kind: "text/plain; charset=utf-8", body: []byte(f.Body)}
	}
	return refuse(status, cmp.Or(f.Message, http.StatusText(status)))
}

// change applies the fault to a response.
func (f Fault) change(a *answer) {
	if f.WrongTypes {
		a.body = wrongTypes(a.body)
	}
	a.cut, a.delay = f.Cut, f.Delay
	if f.RetryAfter > 0 {
		a.set("Retry-After", strconv.FormatFloat(f.RetryAfter.Seconds(), 'f', -1, 64))
	}
	if f.Redirect != "" {
		a.set("Location", f.Redirect)
	}
	for name, value := range f.Header {
		a.set(name, value)
	}
}

// wrongTypes changes the type of each value in a JSON document: a string becomes an object, any other value a string. Of
// lists and objects only empty ones change; of others, the values in them. A body that is not JSON is unchanged.
func wrongTypes(body []byte) []byte {
	var v any
	if json.Unmarshal(body, &v) != nil {
		return body
	}
	body, _ = json.Marshal(wrongType(v)) // it was JSON, so it is again
	return body
}

func wrongType(v any) any {
	switch v := v.(type) {
	case string:
		return map[string]any{"unexpected": v}
	case []any:
		if len(v) == 0 {
			return "none"
		}
		for i := range v {
			v[i] = wrongType(v[i])
		}
		return v
	case map[string]any:
		if len(v) == 0 {
			return "none"
		}
		for name := range v {
			v[name] = wrongType(v[name])
		}
		return v
	default:
		return fmt.Sprint(v)
	}
}
