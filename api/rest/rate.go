package rest

import (
	"math"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// Rate is what the headers of one response say about the rate limit. What the service did not say is zero; the Has fields
// distinguish that from a zero that it did say.
type Rate struct {
	Limit        int           // requests allowed in each interval
	Remaining    int           // of these, still available
	HasRemaining bool          // the service sent Remaining
	Interval     time.Duration // length of the interval

	DailyLimit     int           // requests allowed in each day
	DailyRemaining int           // of these, still available
	HasDaily       bool          // the service sent DailyRemaining
	DailyReset     time.Duration // time until the daily limit is reset; the unit of the header is assumed to be milliseconds
}

// Headers of the rate limit, in canonical spelling.
const (
	headerLimit          = "X-Ratelimit-Max"
	headerRemaining      = "X-Ratelimit-Remaining"
	headerInterval       = "X-Ratelimit-Interval-Milliseconds"
	headerDailyLimit     = "X-Ratelimit-Limit-Daily"
	headerDailyRemaining = "X-Ratelimit-Daily-Remaining"
	headerDailyReset     = "X-Ratelimit-Daily-Reset"
)

// Larger values are unreasonable and are ignored.
const (
	maxCount    = 1 << 30
	maxInterval = time.Hour
	maxReset    = 48 * time.Hour
)

// ParseRate reads the rate limit from the headers of a response. A value that is not a number, negative or unreasonably
// large is ignored.
func ParseRate(h http.Header) Rate {
	var r Rate
	r.Limit, _ = count(h, headerLimit)
	r.Remaining, r.HasRemaining = count(h, headerRemaining)
	r.Interval = millis(h, headerInterval, maxInterval)
	r.DailyLimit, _ = count(h, headerDailyLimit)
	r.DailyRemaining, r.HasDaily = count(h, headerDailyRemaining)
	r.DailyReset = millis(h, headerDailyReset, maxReset)
	return r
}

// count returns the first value of a header as a number. Unlike Header.Get it does not canonicalize the name, which is not
// needed for these constants.
func count(h http.Header, name string) (int, bool) {
	n, ok := number(h, name)
	if !ok || n > maxCount {
		return 0, false
	}
	return int(n), true
}

func millis(h http.Header, name string, limit time.Duration) time.Duration {
	n, ok := number(h, name)
	if !ok || n > limit.Milliseconds() {
		return 0
	}
	return time.Duration(n) * time.Millisecond
}

func number(h http.Header, name string) (int64, bool) {
	values := h[name]
	if len(values) == 0 {
		return 0, false
	}
	n, err := strconv.ParseInt(strings.TrimSpace(values[0]), 10, 64)
	return n, err == nil && n >= 0
}

// RetryAfter parses a Retry-After header: seconds, or a date, which is compared with the Date header of the response so that
// a wrong local clock does not matter. An unreasonably long wait is limited, since it still asks for a long wait. ok is
// false if the header is absent or invalid.
func RetryAfter(h http.Header, now time.Time) (wait time.Duration, ok bool) {
	text := strings.TrimSpace(h.Get("Retry-After"))
	if text == "" {
		return 0, false
	}
	if seconds, err := strconv.ParseFloat(text, 64); err == nil {
		if !(seconds >= 0) || math.IsInf(seconds, 0) {
			return 0, false
		}
		return time.Duration(min(seconds, maxReset.Seconds()) * float64(time.Second)), true
	}
	at, err := http.ParseTime(text)
	if err != nil {
		return 0, false
	}
	if date, err := http.ParseTime(h.Get("Date")); err == nil {
		now = date
	}
	return min(max(at.Sub(now), 0), maxReset), true
}
