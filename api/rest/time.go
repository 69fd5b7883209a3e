package rest

import (
	"encoding/json"
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// Time is a time as the service wrote it. A text that cannot be parsed leaves the time zero and is stored in Raw, so that an
// invalid date affects only its own field.
//
// It parses RFC 3339 with any fraction, also without seconds or a zone; 2006-01-02; the local format "10/28/2022, 6:24:54
// PM"; the format of HTTP, "Fri, 28 Oct 2022 18:24:54 GMT"; a number of seconds or milliseconds since 1970, if that is in
// 1973 or later; null. Without a zone it assumes UTC, because the service does not say which one it means.
type Time struct {
	time.Time        // zero when Raw could not be read
	Raw       string // the text as received; empty for null, for an absent value, and for a Time made by a program
}

// layouts are tried in order. time.Parse accepts a fraction after any seconds.
var layouts = []string{
	time.RFC3339,
	"2006-01-02T15:04:05",
	"2006-01-02T15:04:05Z0700",
	"2006-01-02T15:04Z07:00",
	"2006-01-02T15:04",
	"2006-01-02 15:04:05",
	"2006-01-02 15:04:05Z07:00",
	"2006-01-02",
	"1/2/2006, 3:04:05 PM",
	"1/2/2006, 3:04 PM",
	"1/2/2006, 15:04:05",
	"1/2/2006",
	"Mon, 02 Jan 2006 15:04:05 GMT",
}

// JavaScript writes U+202F (narrow no-break space) or U+00A0 before AM and PM in some locales.
var spaces = strings.NewReplacer("\u202f", " ", "\u00a0", " ")

// ParseTime parses text in one of the formats of [Time]; ok is false for any other text.
func ParseTime(text string) (t time.Time, ok bool) {
	if strings.ContainsFunc(text, func(r rune) bool { return r >= utf8.RuneSelf }) {
		text = spaces.Replace(text)
	}
	text = strings.TrimSpace(text)
	if text == "" || len(text) > 64 {
		return time.Time{}, false
	}
	if isNumber(text) {
		n, err := strconv.ParseFloat(text, 64)
		if err != nil {
			return time.Time{}, false
		}
		return fromEpoch(n)
	}
	for _, layout := range layouts {
		if len(text) < len("1/2/2006") || strings.Contains(layout, "/") != strings.Contains(text, "/") {
			continue // each failed attempt allocates an error, and a list can contain very many times
		}
		if t, err := time.Parse(layout, text); err == nil {
			return sensible(t)
		}
	}
	return time.Time{}, false
}

// fromEpoch converts a number of seconds, or of milliseconds if it would be after the year 5138 as seconds. A small number
// is more likely a year (2022), a day (20221028) or a placeholder for no date (0) than a time shortly after 1970, when the
// service did not exist.
func fromEpoch(n float64) (time.Time, bool) {
	const secondsBegin, secondsEnd, millisEnd = 1e8, 1e11, 2.5e14 // 1e8 s is in 1973, 2.5e14 ms in the year 9892
	switch size := math.Abs(n); {
	case size < secondsBegin:
		return time.Time{}, false
	case size < secondsEnd:
		return sensible(time.UnixMicro(int64(math.Round(n * 1e6))).UTC()) // a float64 is not more precise
	case size < millisEnd:
		return sensible(time.UnixMicro(int64(math.Round(n * 1e3))).UTC())
	default:
		return time.Time{}, false
	}
}

// sensible refuses a time that cannot be written as RFC 3339.
func sensible(t time.Time) (time.Time, bool) {
	if y := t.UTC().Year(); y < 0 || y > 9999 {
		return time.Time{}, false
	}
	return t, true
}

// UnmarshalJSON never fails on valid JSON: a value that it cannot read is stored in Raw.
func (t *Time) UnmarshalJSON(data []byte) error { return unmarshal(data, t) }

func (t *Time) readJSON(d *decoder) error {
	*t = Time{}
	var err error
	switch c := d.next(); {
	case c == 'n':
		return d.literal("null")
	case c == '"':
		t.Raw, err = d.text()
	case isNumberStart(c):
		var digits []byte
		digits, err = d.number()
		t.Raw = string(digits)
	default:
		t.Raw, err = d.other("a text")
		return err
	}
	if err == nil {
		t.Time, _ = ParseTime(t.Raw)
	}
	return err
}

// MarshalJSON returns the received text if there is one, else RFC 3339; null for a zero Time.
func (t Time) MarshalJSON() ([]byte, error) {
	switch {
	case t.Raw != "":
		return json.Marshal(t.Raw)
	case t.Time.IsZero():
		return []byte("null"), nil
	default:
		return json.Marshal(t.Time)
	}
}

// IsZero reports whether nothing was received: neither a time nor a text. With the JSON option omitzero such a Time is
// omitted.
func (t Time) IsZero() bool { return t.Raw == "" && t.Time.IsZero() }

// String returns RFC 3339 if the time is known, else the text as received.
func (t Time) String() string {
	if t.Time.IsZero() {
		return t.Raw
	}
	return t.Time.Format(time.RFC3339Nano)
}

// CheckTime returns an error for a time that RFC 3339 cannot represent: one outside of the years 0 to 9999.
func CheckTime(t time.Time) error {
	if _, ok := sensible(t); !ok {
		return fmt.Errorf("is in the year %d; a date has a year of four digits", t.UTC().Year())
	}
	return nil
}

// FormatTime formats a time as the service reads it in query parameters: RFC 3339 in UTC, with a fraction only if there is
// one.
func FormatTime(t time.Time) string { return t.UTC().Format(time.RFC3339Nano) }
