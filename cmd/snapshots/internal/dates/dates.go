// Package dates reads moments as people write them on a command line.
package dates

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Forms says which forms Start and End accept, for help texts and errors.
const Forms = `a date (2025-10-01), a moment (2025-10-01T15:04:05Z), or a time ago (-7d, -36h, -90m, -2w)`

// Start returns the moment at which what the text names begins: of a date, its first moment in the zone of now.
func Start(text string, now time.Time) (time.Time, error) {
	t, _, err := parse(text, now)
	return t, err
}

// End returns the moment at which what the text names ends: of a date, its last millisecond in the zone of now, so that the whole
// day lies before it.
func End(text string, now time.Time) (time.Time, error) {
	t, day, err := parse(text, now)
	if err == nil && day {
		y, m, d := t.Date()
		t = startOfDay(y, m, d+1, t.Location()).Add(-time.Millisecond)
	}
	return t, err
}

// startOfDay returns the first moment of a day. Where the clocks change at midnight, that is not 00:00, or the first of two.
func startOfDay(y int, m time.Month, d int, zone *time.Location) time.Time {
	const step = 15 * time.Minute // all zones differ by whole quarters of an hour
	day := time.Date(y, m, d, 12, 0, 0, 0, zone).Day()
	t := time.Date(y, m, d, 0, 0, 0, 0, zone)
	for t.Day() != day {
		t = t.Add(step)
	}
	for t.Add(-step).Day() == day {
		t = t.Add(-step)
	}
	return t
}

// firstYear keeps out what is misspelled, and the zero time, which means that none is given.
const firstYear = 1970

// parse reads a text; day reports whether it names a whole day.
func parse(text string, now time.Time) (t time.Time, day bool, err error) {
	text = strings.TrimSpace(text)
	switch text {
	case "now":
		return now, false, nil
	case "today", "yesterday":
		y, m, d := now.Date()
		if text == "yesterday" {
			d--
		}
		return startOfDay(y, m, d, now.Location()), true, nil
	}
	if ago, found := strings.CutPrefix(text, "-"); found {
		t, err := before(ago, now)
		return t, false, err
	}
	if t, err := time.Parse(time.DateOnly, text); err == nil && t.Year() >= firstYear {
		y, m, d := t.Date()
		return startOfDay(y, m, d, now.Location()), true, nil
	}
	if t, err := time.Parse(time.RFC3339, text); err == nil && t.Year() >= firstYear {
		return t, false, nil
	}
	return time.Time{}, false, fmt.Errorf("%q is not %s", text, Forms)
}

// before returns the moment that lies so long before now. Days and weeks are those of the calendar, whatever the clocks do.
func before(ago string, now time.Time) (time.Time, error) {
	if ago == "" {
		return time.Time{}, fmt.Errorf("%q is not %s", "-", Forms)
	}
	count, err := strconv.Atoi(ago[:len(ago)-1])
	if err != nil || count < 0 || count > 1_000_000 {
		return time.Time{}, fmt.Errorf("%q is not %s", "-"+ago, Forms)
	}
	switch ago[len(ago)-1] {
	case 'w':
		return now.AddDate(0, 0, -7*count), nil
	case 'd':
		return now.AddDate(0, 0, -count), nil
	case 'h':
		return now.Add(-time.Duration(count) * time.Hour), nil
	case 'm':
		return now.Add(-time.Duration(count) * time.Minute), nil
	}
	return time.Time{}, fmt.Errorf("%q is not %s", "-"+ago, Forms)
}

// Show writes a moment with its zone.
func Show(t time.Time) string { return t.Format("2006-01-02 15:04:05 -07:00") }
