package rest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"reflect"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Request is a call, filled by generated code. The first misuse is recorded: [Do] returns it, and nothing is sent. A Request
// is for one call and is not safe for concurrent use.
type Request struct {
	op     *Operation
	path   []pair // values of the path template
	query  []pair
	header []pair

	rawPath  []pair   // values of path that are already escaped
	rawQuery []string // parts of the query that are already escaped

	contentType string
	payload     []byte                    // body in memory
	open        func() (io.Reader, error) // opens the body again for each attempt

	streams bool // the program reads the response itself
	err     error

	// Most requests need no more than this, and so no further allocations.
	queryRoom  [2]pair
	headerRoom [1]pair
}

type pair struct{ name, value string }

// NewRequest returns a request for a call of op.
func NewRequest(op *Operation) *Request {
	r := &Request{op: op}
	r.query, r.header = r.queryRoom[:0], r.headerRoom[:0]
	if op == nil {
		r.fail(fmt.Errorf("%w: no operation", ErrInvalidRequest))
	}
	return r
}

// SetPath replaces {name} in the path by one segment. Characters with a meaning in a URL are escaped; an empty value and
// control characters are refused, and so is a segment that would be "." or "..".
func (r *Request) SetPath(name, value string) {
	switch {
	case value == "":
		r.misuse("path value %s is empty", name)
	case !utf8.ValidString(value):
		r.notUTF8("path", name)
	case strings.ContainsFunc(value, unicode.IsControl):
		r.misuse("path value %s holds a control character", name)
	case r.op != nil && !strings.Contains(r.op.Path, "{"+name+"}"):
		r.misuse("path %s has no {%s}", r.op.Path, name)
	default:
		r.path = append(r.path, pair{name, value})
	}
}

// AddQuery appends a query parameter; names may occur more than once.
func (r *Request) AddQuery(name, value string) {
	if !utf8.ValidString(name) || !utf8.ValidString(value) {
		r.notUTF8("query", name)
		return
	}
	r.query = append(r.query, pair{name, value})
}

// SetHeader sets a header. Line ends and other control characters are refused, and so are headers that the engine sets
// itself (Authorization, Host, the length and transfer encoding of the body).
func (r *Request) SetHeader(name, value string) {
	if !utf8.ValidString(value) {
		r.notUTF8("header", name)
		return
	}
	if err := checkHeader(name, value); err != nil {
		r.misuse("%w", err)
		return
	}
	r.header = setPair(r.header, http.CanonicalHeaderKey(name), value)
}

// SetJSON sends v as the body, as application/json.
func (r *Request) SetJSON(v any) {
	body, err := json.Marshal(v)
	if err != nil {
		r.misuse("body cannot be written as JSON: %w", err)
		return
	}
	if !utf8.Valid(body) { // raw JSON is written unchanged
		r.notUTF8("body", "")
		return
	}
	if bytes.Contains(body, []byte(`\ufffd`)) { // as encoding/json writes bytes that are not UTF-8
		if name, found := invalidText(reflect.ValueOf(v), ""); found {
			r.notUTF8("body", name)
			return
		}
	}
	r.contentType, r.payload, r.open = "application/json", body, nil
}

// SetForm sends v as the body, as application/x-www-form-urlencoded. Fields in raw are already escaped, such as "a=1&a=2",
// and come after those of v.
func (r *Request) SetForm(v url.Values, raw ...string) {
	if name, found := invalidText(reflect.ValueOf(v), ""); found {
		r.notUTF8("body", name)
		return
	}
	parts := slices.DeleteFunc(append([]string{v.Encode()}, raw...), func(part string) bool { return part == "" })
	r.contentType, r.payload, r.open = "application/x-www-form-urlencoded", []byte(strings.Join(parts, "&")), nil
}

// SetBody sends what open returns as the body, such as a file or a multipart form. open is called once for each attempt; a
// reader that is also an [io.Closer] is closed afterwards.
func (r *Request) SetBody(contentType string, open func() (io.Reader, error)) {
	switch err := checkHeader("Content-Type", contentType); {
	case err != nil:
		r.misuse("%w", err)
	case open == nil:
		r.misuse("body has no way to open it")
	default:
		r.contentType, r.payload, r.open = contentType, nil, open
	}
}

// AddError makes the call fail with err before anything is sent; only the first error is used, and nil is ignored. Generated
// code passes the result of Validate to it.
func (r *Request) AddError(err error) {
	if err != nil {
		if bad, ok := err.(*RequestError); ok && bad.Operation == nil {
			bad.Operation = r.op
		}
		r.fail(err)
	}
}

// notUTF8 refuses a string that would arrive changed, because bytes that are not UTF-8 are replaced on the way.
func (r *Request) notUTF8(in, name string) {
	r.fail(&RequestError{Operation: r.op, Problems: []Problem{{Name: strings.ToValidUTF8(name, "\ufffd"), In: in, Text: "is not valid UTF-8"}}})
}

func (r *Request) misuse(format string, args ...any) {
	r.fail(fmt.Errorf("%w: %w", ErrInvalidRequest, fmt.Errorf(format, args...)))
}

func (r *Request) fail(err error) {
	if r.err == nil {
		r.err = err
	}
}

// value returns the last value of a query parameter, or "".
func (r *Request) value(name string) string {
	for i := len(r.query) - 1; i >= 0; i-- {
		if r.query[i].name == name {
			return r.query[i].value
		}
	}
	return ""
}

func setPair(pairs []pair, name, value string) []pair {
	for i := range pairs {
		if pairs[i].name == name {
			pairs[i].value = value
			return pairs
		}
	}
	return append(pairs, pair{name, value})
}
