package docpage

// checkTruncation finds out whether the page is all there. A page that ends too early must not read as one from which things
// were removed.
func checkTruncation(p *Page, s *sections, request requestPart, responses []responsePart, panel panel, skeletons int) {
	if len(s.request) == 0 && (len(s.response) == 0 || panel.form.bodyAt > 0 || panel.shownParams()) { // an operation that takes nothing has none
		p.Report(Truncated, s.end, "the page has no ## Request, or ends before it")
		return
	}
	if len(s.response) == 0 {
		p.Report(Truncated, s.end, "the page ends before ## Responses")
		return
	}
	if skeletons > 0 || isSkeleton(request, responses, panel) {
		p.Report(Skeleton, s.response[0].line, "the page was saved before its parameters and schemas were rendered; fetch it again")
		return
	}
	if len(responses) == 0 && !panel.ended {
		p.Report(Truncated, s.end, "the page ends before its list of responses")
		return
	}
	if panel.cut > 0 {
		p.Report(Truncated, panel.cut, "the block of code that begins here does not end")
	}
	if !panel.ended {
		p.Report(Truncated, s.end, "the page ends before the form with which every page closes")
	}
}

// isSkeleton: statuses and their descriptions are part of the static page; parameters and schemas are not, and come in
// last. The form beside them can be there before: what it knows of must then stand in the page too.
func isSkeleton(request requestPart, responses []responsePart, panel panel) bool {
	for _, part := range responses {
		if len(part.bodies) > 0 || len(part.headers) > 0 {
			return false
		}
	}
	if len(request.params) > 0 || len(request.bodies) > 0 {
		return false
	}
	unrendered := panel.scheme == "" && panel.call.at == 0
	return unrendered || panel.shownParams() || panel.form.bodyAt > 0 || panel.call.header("Accept") != ""
}
