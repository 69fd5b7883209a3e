package api

import "github.com/highlevel-go/snapshots/api/rest"

// Time is a moment as the service wrote it: read where it can be, kept as text where it cannot.
type Time = rest.Time

// Strings is a list of texts, whichever way the service wrote it.
type Strings = rest.Strings

// CommaList is a list in a request that travels as one text with commas.
type CommaList = rest.CommaList
