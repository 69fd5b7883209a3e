package dates_test

import (
	"testing"
	"time"

	"github.com/highlevel-go/snapshots/cmd/snapshots/internal/dates"
)

func TestDatesAreReadInTheZoneOfNow(t *testing.T) {
	zone := time.FixedZone("", 2*60*60)
	now := time.Date(2025, 10, 8, 15, 30, 0, 0, zone)
	for _, c := range []struct{ text, start, end string }{
		{"2025-10-01", "2025-10-01T00:00:00+02:00", "2025-10-01T23:59:59.999+02:00"},
		{"today", "2025-10-08T00:00:00+02:00", "2025-10-08T23:59:59.999+02:00"},
		{"yesterday", "2025-10-07T00:00:00+02:00", "2025-10-07T23:59:59.999+02:00"},
		{"now", "2025-10-08T15:30:00+02:00", "2025-10-08T15:30:00+02:00"},
		{"2025-10-01T12:00:00Z", "2025-10-01T12:00:00Z", "2025-10-01T12:00:00Z"},
		{" 2025-10-01T12:00:00.5-05:00 ", "2025-10-01T12:00:00.5-05:00", "2025-10-01T12:00:00.5-05:00"},
		{"-7d", "2025-10-01T15:30:00+02:00", "2025-10-01T15:30:00+02:00"},
		{"-2w", "2025-09-24T15:30:00+02:00", "2025-09-24T15:30:00+02:00"},
		{"-36h", "2025-10-07T03:30:00+02:00", "2025-10-07T03:30:00+02:00"},
		{"-90m", "2025-10-08T14:00:00+02:00", "2025-10-08T14:00:00+02:00"},
	} {
		start, err := dates.Start(c.text, now)
		if err != nil || start.Format(time.RFC3339Nano) != c.start {
			t.Errorf("Start(%q) is %s, %v; want %s", c.text, start.Format(time.RFC3339Nano), err, c.start)
		}
		end, err := dates.End(c.text, now)
		if err != nil || end.Format(time.RFC3339Nano) != c.end {
			t.Errorf("End(%q) is %s, %v; want %s", c.text, end.Format(time.RFC3339Nano), err, c.end)
		}
	}
}

// A day on which the clocks change is a whole day, too.
func TestDayEndsWhereTheNextOneBegins(t *testing.T) {
	zone, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Skip("this machine has no zones:", err)
	}
	end, err := dates.End("2025-10-26", time.Now().In(zone))
	if err != nil || !end.Equal(time.Date(2025, 10, 27, 0, 0, 0, 0, zone).Add(-time.Millisecond)) {
		t.Errorf("the day ends at %v, %v", end, err)
	}
}

func TestInvalidDatesNameTheForms(t *testing.T) {
	for _, text := range []string{"", "-", "-d", "-7", "-7y", "--7d", "7d", "01.10.2025", "2025-13-01", "2025-10-01 12:00", "10-10-2022 12:00 AM", "-99999999999d", "tomorrow"} {
		if got, err := dates.Start(text, time.Now()); err == nil {
			t.Errorf("%q is read as %v", text, got)
		}
	}
}
