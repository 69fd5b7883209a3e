package rendered

import (
	"github.com/highlevel-go/snapshots/internal/docpage/page"
	"github.com/highlevel-go/snapshots/internal/docpage/rendered/message"
	"github.com/highlevel-go/snapshots/internal/docpage/rendered/sections"
	"github.com/highlevel-go/snapshots/internal/docpage/rendered/sidepanel"
)

// checkTruncation checks whether the page is complete. A page that ends too early must not be read as one from which
// something was removed.
func checkTruncation(p *page.Page, s *sections.Sections, request message.Request, responses []message.Response, panel sidepanel.Panel, skeletons int) {
	if len(s.Request) == 0 && (len(s.Response) == 0 || panel.Form.BodyAt > 0 || panel.ShownParams()) { // an operation without parameters and body has none
		p.Report(page.Truncated, s.End, "the page has no ## Request, or ends before it")
		return
	}
	if len(s.Response) == 0 {
		p.Report(page.Truncated, s.End, "the page ends before ## Responses")
		return
	}
	if skeletons > 0 || isSkeleton(request, responses, panel) {
		p.Report(page.Skeleton, s.Response[0].Line, "the page was saved before its parameters and schemas were rendered; fetch it again")
		return
	}
	if len(responses) == 0 && !panel.Ended {
		p.Report(page.Truncated, s.End, "the page ends before its list of responses")
		return
	}
	if len(responses) == 0 && p.Judgeable() { // every operation has one
		p.Report(page.Truncated, s.Response[0].Line, "the list of statuses is missing below ## Responses")
	}
	if panel.Cut > 0 {
		p.Report(page.Truncated, panel.Cut, "the block of code that begins here does not end")
	}
	if !panel.Ended {
		p.Report(page.Truncated, s.End, "the page ends before the form with which every page closes")
	}
}

// isSkeleton reports whether a page was saved before it was fully rendered. Statuses and their descriptions are part of the
// static page; parameters and schemas are not, and are rendered last. The form next to them may be rendered earlier: what it
// shows must then be in the page, too.
func isSkeleton(request message.Request, responses []message.Response, panel sidepanel.Panel) bool {
	for _, part := range responses {
		if len(part.Bodies) > 0 || len(part.Headers) > 0 {
			return false
		}
	}
	if len(request.Params) > 0 || len(request.Bodies) > 0 {
		return false
	}
	unrendered := panel.Scheme == "" && panel.Call.At == 0
	return unrendered || panel.ShownParams() || panel.Form.BodyAt > 0 || panel.Call.Header("Accept") != ""
}
