package rest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"reflect"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// A parameter in a style of OpenAPI (a list, an object, a label, a matrix) is laid out by generated code. Here its parts
// are converted to strings and escaped, so that no part contains a delimiter, and the result is put into the request unchanged.

// StyleParts returns the parts of a parameter as strings that are escaped for the place and the style: a value becomes a
// string, a list a []string, an object a map[string]string. The places are those of OpenAPI, and "reserved" for a query
// parameter that may contain reserved characters. The parts of an object in the style deepObject are not escaped.
func StyleParts(in, style string, value any) (any, error) {
	if name, found := invalidText(reflect.ValueOf(value), ""); found {
		return nil, fmt.Errorf("%w: %s is not valid UTF-8", ErrInvalidRequest, name)
	}
	if times, ok := value.([]time.Time); ok {
		texts := make([]string, len(times))
		for i, t := range times {
			texts[i] = FormatTime(t)
		}
		value = texts
	}
	data, err := json.Marshal(value)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrInvalidRequest, err)
	}
	var v any
	d := json.NewDecoder(bytes.NewReader(data))
	d.UseNumber()
	if err := d.Decode(&v); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrInvalidRequest, err)
	}
	if style == "deepObject" {
		_, isList := v.([]any)
		if _, isObject := v.(map[string]any); !isObject && !isList {
			return nil, fmt.Errorf("%w: the style deepObject writes an object, and no other value", ErrInvalidRequest)
		}
		if holdsNull(v) {
			return nil, fmt.Errorf("%w: a parameter cannot hold null", ErrInvalidRequest)
		}
		return value, nil
	}
	switch v := v.(type) {
	case []any:
		parts := make([]string, len(v))
		for i, item := range v {
			if parts[i], err = stylePart(in, style, item); err != nil {
				return nil, err
			}
		}
		return parts, nil
	case map[string]any:
		parts := make(map[string]string, len(v))
		for key, item := range v {
			text, err := stylePart(in, style, item)
			if err != nil {
				return nil, fmt.Errorf("%s: %w", key, err)
			}
			if in == "header" { // where = separates a name from its value
				key, text = strings.ReplaceAll(key, "=", "%3D"), strings.ReplaceAll(text, "=", "%3D")
			}
			parts[escapePart(in, style, key)] = text
		}
		return parts, nil
	}
	return stylePart(in, style, v)
}

// holdsNull reports whether a JSON value is null, or contains null at any depth.
func holdsNull(v any) bool {
	switch v := v.(type) {
	case nil:
		return true
	case []any:
		return slices.ContainsFunc(v, holdsNull)
	case map[string]any:
		for _, item := range v {
			if holdsNull(item) {
				return true
			}
		}
	}
	return false
}

// stylePart returns a scalar as an escaped string.
func stylePart(in, style string, value any) (string, error) {
	switch value.(type) {
	case nil, []any, map[string]any:
		return "", fmt.Errorf("%w: a parameter can hold texts, numbers and booleans, a list of them or an object of them, but no null, list or object inside", ErrInvalidRequest)
	}
	text := fmt.Sprint(value)
	if style == "spaceDelimited" && strings.Contains(text, " ") { // it cannot be distinguished from the delimiter, however it is escaped
		return "", fmt.Errorf("%w: %q holds a space, which separates the items", ErrInvalidRequest, text)
	}
	return escapePart(in, style, text), nil
}

// escapePart escapes the characters that have a meaning in a place.
func escapePart(in, style, text string) string {
	keep := "-_.~"
	switch {
	case in == "header": // not a URL: only the delimiters are escaped
		return strings.NewReplacer("%", "%25", ",", "%2C").Replace(text)
	case in == "reserved":
		keep += ":/?@!$'()*;"
	case style == "label":
		keep = "-_~"
	}
	return escape(text, keep)
}

// escape writes every byte that is neither a letter, a digit nor in keep as %XX.
func escape(text, keep string) string {
	var b strings.Builder
	for i := range len(text) {
		c := text[i]
		if 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || strings.IndexByte(keep, c) >= 0 {
			b.WriteByte(c)
		} else {
			fmt.Fprintf(&b, "%%%02X", c)
		}
	}
	return b.String()
}

// SetRawPath is [Request.SetPath] for a segment that is already escaped.
func (r *Request) SetRawPath(name, segment string) {
	plain, err := url.PathUnescape(segment)
	switch {
	case err != nil:
		r.misuse("path value %s: %w", name, err)
	case strings.ContainsAny(segment, "/?#") || strings.ContainsFunc(segment, func(c rune) bool { return c <= ' ' || c > '~' }):
		r.misuse("path value %s is not escaped", name)
	default:
		r.SetPath(name, plain)
		r.rawPath = append(r.rawPath, pair{name, segment})
	}
}

// AddRawQuery adds text to the query that is already escaped, such as "a=1&a=2". It comes after what [Request.AddQuery]
// adds.
func (r *Request) AddRawQuery(text string) {
	if strings.ContainsFunc(text, func(c rune) bool { return c <= ' ' || c > '~' || c == '#' }) {
		r.misuse("a part of the query is not escaped")
		return
	}
	if text != "" {
		r.rawQuery = append(r.rawQuery, text)
	}
}

// AddCookie adds a cookie. Characters that a cookie cannot contain, such as a space or a semicolon, are written as %XX.
func (r *Request) AddCookie(name, value string) {
	if !utf8.ValidString(value) {
		r.notUTF8("cookie", name)
		return
	}
	r.AddRawCookies(name + "=" + escapeCookie(value))
}

func escapeCookie(value string) string { return escape(value, "!#$'()*+-./:<=>?@[]^_`{|}~") }

// AddRawCookies adds cookies whose values are already escaped, such as "a=1&a=2".
func (r *Request) AddRawCookies(text string) {
	for text := range strings.SplitSeq(text, "&") {
		name, value, _ := strings.Cut(text, "=")
		switch {
		case name == "" || strings.ContainsFunc(name, notToken):
			r.misuse("%q is not the name of a cookie", name)
			return
		case strings.ContainsFunc(value, func(c rune) bool { return c <= ' ' || c > '~' || strings.ContainsRune(`";\`, c) }):
			r.misuse("the value of cookie %s is not escaped", name)
			return
		}
		if before := lastValue(r.header, "Cookie"); before != "" {
			text = before + "; " + text
		}
		r.header = setPair(r.header, http.CanonicalHeaderKey("Cookie"), text)
	}
}
