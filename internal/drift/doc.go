// Package drift compares the documentation with the spec, and explains every difference.
//
// There are three sides: the current pages, the record of what they said when they were last accepted (one for each API
// version), and the curated spec. [Check] always compares the record with the spec, and the pages with the record if there
// are any. Both directions count: what one side lacks is a finding, and so is what it has in addition. Intended differences
// are listed in the [Ledger]; an entry that is no longer true is a finding, too.
package drift
