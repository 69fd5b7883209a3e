package sandbox

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"
)

// spellings write a text in each way that a place of a request allows.
var spellings = []func(string) string{
	func(s string) string { return s },
	func(s string) string { return strings.ReplaceAll(url.PathEscape(s), "-", "%2d") },
	func(s string) string {
		var b strings.Builder
		for _, c := range []byte(s) {
			fmt.Fprintf(&b, "%%%02X", c)
		}
		return b.String()
	},
	func(s string) string {
		var b strings.Builder
		for _, c := range s {
			fmt.Fprintf(&b, `\u%04x`, c)
		}
		return b.String()
	},
	func(s string) string { return "&#" + fmt.Sprint(s[0]) + ";" + s[1:] },
}

// A known token is not in the log, in any place of a request and beside any other text.
func FuzzTokenIsNotInTheLog(f *testing.F) {
	for place := range 5 {
		for spelling := range spellings {
			f.Add(place, spelling, place%2 == 0, `{"a": "`, `"}`)
			f.Add(place, spelling, place%2 == 1, "a=b&c=", "&refresh_token=")
		}
	}
	const secret = "one-Secret-of-4-tests"
	s := New(WithToken(secret), WithRateLimit(1_000_000, time.Second, false), WithDailyLimit(1e9), WithLogSize(1))
	f.Fuzz(func(t *testing.T, place, spelling int, authorized bool, before, after string) {
		spell := spellings[uint(spelling)%uint(len(spellings))]
		text := before + " " + spell(secret) + " " + after
		if place = int(uint(place) % 5); place == 2 && strings.ContainsAny(text, "\r\n\x00") || place < 2 && strings.ContainsAny(text, "\\&") {
			return // which cannot be sent there
		}
		r := &http.Request{Method: "POST", Host: "sandbox.test", URL: &url.URL{Scheme: "http", Host: "sandbox.test", Path: "/x"}, Header: http.Header{}}
		if authorized {
			r.Header.Set("Authorization", "Bearer "+secret)
		}
		body := ""
		switch place {
		case 0:
			r.URL.Path = "/" + before + "/" + secret + "/" + after
			r.URL.RawPath = "/" + url.PathEscape(before) + "/" + spell(secret) + "/" + url.PathEscape(after)
		case 1:
			r.URL.RawQuery = "q=" + url.QueryEscape(before) + "+" + spell(secret) + "+" + url.QueryEscape(after)
		case 2:
			r.Header.Set("X-Note", text)
		case 3:
			body = text
		case 4:
			body = text
			r.Header.Set("Content-Type", "application/json")
		}
		r.Body = http.NoBody
		if body != "" {
			next, err := http.NewRequest("POST", "http://sandbox.test/x", strings.NewReader(body))
			if err != nil {
				t.Fatal(err)
			}
			next.Header = r.Header
			r = next
		}
		if _, err := s.RoundTrip(r); err != nil {
			t.Fatal(err)
		}
		log := s.Requests()
		e := log[len(log)-1]
		all := fmt.Sprintf("%s %s %s %s %v %v %s %s", e.Path, e.Query, e.Host, e.Refused, e.RequestHeader, e.ResponseHeader, e.RequestBody, e.ResponseBody)
		if strings.Contains(all, secret) || strings.Contains(unescape(all), secret) {
			t.Errorf("the token is in the log: %q", all)
		}
	})
}
