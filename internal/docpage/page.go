package docpage

import "github.com/highlevel-go/snapshots/internal/docpage/page"

// The result of reading a page; see package page.
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

// OwnAddresses lists the addresses that the head of a page's HTML gives as its own.
func OwnAddresses(pageHTML []byte) []string { return page.OwnAddresses(pageHTML) }

// MainScript returns the address of the main script as the page gives it; "" if it gives none.
func MainScript(pageHTML []byte) string {
	_, main := page.Scripts(pageHTML)
	return main
}
