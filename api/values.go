package api

import "github.com/highlevel-go/snapshots/api/rest"

// Time is a time in a response. It embeds a time.Time, so it has its methods:
//
//	if push.DateAdded.After(yesterday) {
//		fmt.Println(push.DateAdded.Format(time.DateOnly))
//	}
//
// Its fields:
//   - Time time.Time: the time; zero if the text cannot be parsed, which affects no other field
//   - Raw string: the text as received; empty if the value is null or absent
//
// It parses RFC 3339, dates, the local format "10/28/2022, 6:24:54 PM", the format of HTTP, and seconds or milliseconds
// since 1970; without a zone, it assumes UTC. IsZero reports whether nothing was received. String returns the time, or else
// the text. MarshalJSON writes what UnmarshalJSON can read.
type Time = rest.Time

// Strings is a list of strings in a response, in any of the forms that the service uses: an array, a single string, a string
// that itself contains a list ("['a', 'b']"), null, or nothing.
//
//	for asset := range status.Pending.All() {
//		fmt.Println("not there yet:", asset)
//	}
//
// Its fields:
//   - Values []string: the items; nil if none were received
//   - Raw string: the value as received, if it was not an array of strings
//
// All ranges over the items, and Len counts them. IsZero reports whether nothing was received. String joins the items with
// commas. MarshalJSON writes an array; UnmarshalJSON reads any of the forms.
type Strings = rest.Strings

// CommaList is a []string in a request that is sent as one string with commas between the items, such as the relationship
// numbers of a [CreateShareLinkRequest]:
//
//	req := api.CreateShareLinkRequest{SnapshotID: id, ShareType: api.ShareTypeAgencyLink, RelationshipNumbers: api.CommaList{"0-128-926"}}
//
// Validate returns an error for an item that is empty or contains a comma. IsZero reports whether the list is empty; it is
// then omitted. String returns the joined string; MarshalText writes it, and UnmarshalJSON reads it.
type CommaList = rest.CommaList
