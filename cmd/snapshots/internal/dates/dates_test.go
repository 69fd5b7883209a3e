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

// A day on which the clocks change is a whole day, too, also where they change at midnight: then there is no 00:00, or there are
// two.
func TestDayEndsBeforeTheNextOneBegins(t *testing.T) {
	for _, c := range []struct{ zone, day, start, end string }{
		{"Europe/Berlin", "2025-10-26", "2025-10-26T00:00:00+02:00", "2025-10-26T23:59:59.999+01:00"},
		{"Europe/Berlin", "2025-03-30", "2025-03-30T00:00:00+01:00", "2025-03-30T23:59:59.999+02:00"},
		{"America/Sao_Paulo", "2018-11-04", "2018-11-04T01:00:00-02:00", "2018-11-04T23:59:59.999-02:00"},
		{"America/Sao_Paulo", "2018-11-03", "2018-11-03T00:00:00-03:00", "2018-11-03T23:59:59.999-03:00"},
		{"America/Sao_Paulo", "2018-02-17", "2018-02-17T00:00:00-02:00", "2018-02-17T23:59:59.999-03:00"},
		{"Africa/Cairo", "2026-04-24", "2026-04-24T01:00:00+03:00", "2026-04-24T23:59:59.999+03:00"},
		{"America/Havana", "2025-11-02", "2025-11-02T00:00:00-04:00", "2025-11-02T23:59:59.999-05:00"},
		{"Australia/Lord_Howe", "2025-10-05", "2025-10-05T00:00:00+10:30", "2025-10-05T23:59:59.999+11:00"},
	} {
		zone, err := time.LoadLocation(c.zone)
		if err != nil {
			t.Skip("this machine has no zones:", err)
		}
		start, err := dates.Start(c.day, time.Now().In(zone))
		if err != nil || start.Format(time.RFC3339Nano) != c.start {
			t.Errorf("%s: %s begins at %v, %v", c.zone, c.day, start, err)
		}
		end, err := dates.End(c.day, time.Now().In(zone))
		if err != nil || end.Format(time.RFC3339Nano) != c.end {
			t.Errorf("%s: %s ends at %v, %v", c.zone, c.day, end, err)
		}
	}
}

func TestInvalidDatesNameTheForms(t *testing.T) {
	for _, text := range []string{"", "-", "-d", "-7", "-7y", "--7d", "7d", "01.10.2025", "2025-13-01", "2025-10-01 12:00", "10-10-2022 12:00 AM", "-99999999999d", "tomorrow", "0001-01-01", "0001-01-01T00:00:00Z", "2025-02-30"} {
		if got, err := dates.Start(text, time.Now()); err == nil {
			t.Errorf("%q is read as %v", text, got)
		}
	}
}
