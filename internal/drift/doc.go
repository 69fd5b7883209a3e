// Package drift compares what the documentation says with what the spec says, and explains every difference.
//
// Three sides take part: the pages as they are now, the record of what they said when they were last accepted (one for each API version),
// and the curated spec. [Check] compares the record with the spec, always, and the pages with the record where there are
// any. Both directions count: what one side lacks is as much a finding as what it has too many. Differences on purpose are
// listed in the [Ledger]; it fails as well when one of them is no longer true.
package drift
