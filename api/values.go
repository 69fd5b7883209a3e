package api

import "github.com/highlevel-go/snapshots/api/rest"

// Time is a moment in an answer. It embeds a time.Time, so it has the methods of one:
//
//	if push.DateAdded.After(yesterday) {
//		fmt.Println(push.DateAdded.Format(time.DateOnly))
//	}
//
// Its fields:
//   - Time time.Time: the moment; zero when the text could not be read, which spoils nothing beside it
//   - Raw string: the text as received; empty for null and for what was not there
//
// Read are RFC 3339, dates alone, the local form "10/28/2022, 6:24:54 PM", the form of HTTP, and seconds or milliseconds since 1970; without
// a zone, UTC. IsZero reports whether nothing was received. String returns the moment, or else the text. MarshalJSON writes what can be read back;
// UnmarshalJSON reads.
type Time = rest.Time

// Strings is a list of texts in an answer, whichever way the service wrote it: an array, one text, a text that itself holds a list
// ("['a', 'b']"), null, or nothing.
//
//	for asset := range status.Pending.All() {
//		fmt.Println("not there yet:", asset)
//	}
//
// Its fields:
//   - Values []string: the items; nil when none were received
//   - Raw string: the value as received, where it was not an array of texts
//
// All ranges over the items, and Len counts them. IsZero reports whether nothing was received. String joins the items with commas.
// MarshalJSON writes an array; UnmarshalJSON reads any of the forms.
type Strings = rest.Strings

// CommaList is a []string in a request that travels as one text with commas between the items, such as the relationship numbers of a
// [CreateShareLinkRequest]:
//
//	req := api.CreateShareLinkRequest{SnapshotID: id, ShareType: api.ShareTypeAgencyLink, RelationshipNumbers: api.CommaList{"0-128-926"}}
//
// Validate refuses an item that is empty or has a comma. IsZero reports whether the list is empty, and is then left out. String returns the
// text; MarshalText writes it, and UnmarshalJSON reads it.
type CommaList = rest.CommaList
