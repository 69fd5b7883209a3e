// Package dates parses times as people write them on a command line.
package dates

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// Forms lists the forms that Start and End accept, for help texts and errors.
const Forms = `a date (2025-10-01), a time (2025-10-01T15:04:05Z), or a relative time (-7d, -36h, -90m, -2w)`

// Start parses a time. A date is its first instant in the zone of now.
func Start(text string, now time.Time) (time.Time, error) {
	t, _, err := parse(text, now)
	return t, err
}

// End is [Start] for the end of a period: a date is its last millisecond in the zone of now, so that the period includes the day.
func End(text string, now time.Time) (time.Time, error) {
	t, day, err := parse(text, now)
	if err == nil && day {
		y, m, d := t.Date()
		t = startOfDay(y, m, d+1, t.Location()).Add(-time.Millisecond)
	}
	return t, err
}

// Period parses the times of the flags --from and --to.
func Period(from, to string, now time.Time) (begin, end time.Time, err error) {
	if begin, err = Start(from, now); err != nil {
		return begin, end, fmt.Errorf("--from: %w", err)
	}
	if end, err = End(to, now); err != nil {
		return begin, end, fmt.Errorf("--to: %w", err)
	}
	if begin.After(end) {
		return begin, end, fmt.Errorf("--from %s is later than --to %s", Show(begin), Show(end))
	}
	return begin, end, nil
}

// startOfDay returns the first instant of a day. If the clocks change at midnight, that is not 00:00, or the first of two.
func startOfDay(y int, m time.Month, d int, zone *time.Location) time.Time {
	const step = 15 * time.Minute // the offsets of all zones differ by multiples of 15 minutes
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

// firstYear is the earliest valid year of a date; an earlier one is a typing error, or the zero time, which means no time.
const firstYear = 1970

// parse parses text; day reports whether it is a date without a time.
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
	if m := ago.FindStringSubmatch(text); m != nil {
		count, err := strconv.Atoi(m[1])
		return before(now, count, m[2]), false, err
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

// ago matches a time relative to now. Its number is small enough for every unit.
var ago = regexp.MustCompile(`^-([0-9]{1,6})([wdhm])$`)

// before returns the time that is count units before now. Days and weeks are calendar days and weeks, even if the clocks
// change.
func before(now time.Time, count int, unit string) time.Time {
	switch unit {
	case "w":
		return now.AddDate(0, 0, -7*count)
	case "d":
		return now.AddDate(0, 0, -count)
	case "h":
		return now.Add(-time.Duration(count) * time.Hour)
	default:
		return now.Add(-time.Duration(count) * time.Minute)
	}
}

// Show formats a time with its zone.
func Show(t time.Time) string { return t.Format("2006-01-02 15:04:05 -07:00") }
