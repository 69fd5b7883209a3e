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
)
