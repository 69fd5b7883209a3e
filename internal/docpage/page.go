package docpage

import "github.com/highlevel-go/snapshots/internal/docpage/page"

// What reading a page gives; see package page.
type (
	Page      = page.Page
	Issue     = page.Issue
	IssueKind = page.IssueKind
)

// The kinds of issues.
const (
	Unread        = page.Unread
	UnknownLabel  = page.UnknownLabel
	Truncated     = page.Truncated
	Skeleton      = page.Skeleton
	Uncertain     = page.Uncertain
	Contradiction = page.Contradiction
	Fault         = page.Fault
)

// OwnAddresses lists what the head of a page's HTML says its address is.
func OwnAddresses(pageHTML []byte) []string { return page.OwnAddresses(pageHTML) }

// MainScript is the address of the main script that a page names, as it names it; "" where it names none.
func MainScript(pageHTML []byte) string {
	_, main := page.Scripts(pageHTML)
	return main
}
