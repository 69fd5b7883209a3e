package sandbox

import "time"

// Dates is a form in which dateAdded is written. It is not known which one the service sends: some are in its documentation, and others
// are what JavaScript writes.
type Dates int

const (
	DatesISO         Dates = iota // 2022-10-28T18:24:54.000Z, the documented format
	DatesLocal                    // 10/28/2022, 6:24:54 PM, the documented example, in UTC
	DatesNarrowSpace              // the same with U+202F before PM, as newer JavaScript writes it
	DatesMixed                    // each push uses the next of the formats above
)

// WithDates sets how dates are written. The default is [DatesISO].
func WithDates(d Dates) Option {
	return func(s *Sandbox) {
		if d < DatesISO || d > DatesMixed {
			s.fail("WithDates: %d is not one of the forms", d)
			return
		}
		s.dates = d
	}
}

func (d Dates) format(t time.Time) string {
	switch d {
	case DatesLocal:
		return t.UTC().Format("1/2/2006, 3:04:05 PM")
	case DatesNarrowSpace:
		return t.UTC().Format("1/2/2006, 3:04:05\u202fPM")
	default:
		return t.UTC().Format("2006-01-02T15:04:05.000Z")
	}
}
