package clientmutants

// nearlyRight are operators on generated code that a suite could overlook: a value that is nearly right, a step that is left
// out in one case only, a fault that shows under a second condition.
func nearlyRight() []Operator {
	return []Operator{
		{Name: "method in small letters", Breaks: "the method is spelt in another way", File: operations, Pattern: `Method:(\s+)"GET"`, With: `Method:$1"get"`},
		{Name: "company for snapshot", Breaks: "a path value is the company's id", File: operations,
			Pattern: `r\.SetPath\("snapshotId", req\.SnapshotID\)`, With: `r.SetPath("snapshotId", req.CompanyID)`},
		{Name: "query after the check of another", Breaks: "a query parameter is trimmed", File: operations,
			Pattern: `r\.AddQuery\("companyId", req\.CompanyID\)`, With: `r.AddQuery("companyId", string([]rune(req.CompanyID)[:min(20, len([]rune(req.CompanyID)))]))`},
		{Name: "cursor under another condition", Breaks: "the cursor is sent with a limit only", File: operations,
			Pattern: `if req\.Cursor != "" \{`, With: `if req.Cursor != "" && req.Limit != 0 {`},
		{Name: "limit under another condition", Breaks: "the limit is sent with a cursor only", File: operations,
			Pattern: `if req\.Limit != 0 \{`, With: `if req.Limit != 0 && req.Cursor != "" {`},
		{Name: "limit capped", Breaks: "a large limit is made smaller", File: operations, Pattern: `strconv\.Itoa\(req\.Limit\)`, With: `strconv.Itoa(min(req.Limit, 100))`},
		{Name: "default limit sent", Breaks: "a limit is sent that nobody asked for", File: operations,
			Pattern: `if req\.Limit != 0 \{`, With: "if req.Limit == 0 {\n\t\treq.Limit = 20\n\t}\n\t{"},
		{Name: "to is later", Breaks: "the period ends a day later", File: operations, Pattern: `rest\.FormatTime\(req\.To\)`, With: `rest.FormatTime(req.To.AddDate(0, 0, 1))`},
		{Name: "equal ends refused", Breaks: "a period of a moment is refused", File: operations, Pattern: `r\.From\.After\(r\.To\)`, With: `!r.From.Before(r.To)`},
		{Name: "two of the checks swapped", Breaks: "the wrong list is asked for", File: operations,
			Pattern: `r\.ShareType == ShareTypeAgencyLink && len\(r\.RelationshipNumbers\)`, With: `r.ShareType == ShareTypeAgencyLink && len(r.ShareLocationIDs)`},
		{Name: "lists change places", Breaks: "relationship numbers travel as locations", File: operations,
			Pattern: `r\.SetJSON\(req\)`, With: "req.RelationshipNumbers, req.ShareLocationIDs = req.ShareLocationIDs, req.RelationshipNumbers\n\tr.SetJSON(req)"},
		{Name: "segment not checked", Breaks: "what is no segment passes Validate", File: operations, Pattern: `!isSegment\(r\.(\w+)\)`, With: `!isSegment(r.$1[:0]+"x")`},
		{Name: "body as a form", Breaks: "the body is a form", File: operations, Pattern: `r\.SetJSON\(req\)`, With: `r.SetForm(map[string][]string{"snapshot_id": {req.SnapshotID}, "share_type": {string(req.ShareType)}})`},
		{Name: "validated before the fallback", Breaks: "the client's company does not count", File: operations,
			Pattern: `(\treq\.CompanyID = cmp\.Or.*\n)(\tr := .*\n)(\tr\.AddError\(req\.Validate\(\)\)\n)`, With: "$2$3$1"},
		{Name: "another operation's descriptor", Breaks: "one operation is sent as another", File: operations, Pattern: `rest\.NewRequest\(&OperationLatestPush\)`, With: `rest.NewRequest(&OperationPushes)`},
		{Name: "own page size", Breaks: "pages are of one item", File: operations, Pattern: `req\.Cursor = cursor`, With: "req.Cursor = cursor\n\t\treq.Limit = 1"},
		{Name: "options lost by pages", Breaks: "options have no effect in a range", File: operations, Pattern: `c\.PushesPage\(ctx, req, opts\.\.\.\)`, With: `c.PushesPage(ctx, req)`},
		{Name: "error of a page lost", Breaks: "a failed page is an empty one", File: operations, Pattern: `if err != nil \{\n\t\t\treturn nil, err\n\t\t\}\n\t\treturn page\.Data`, With: "if err != nil {\n\t\t\treturn nil, nil\n\t\t}\n\t\treturn page.Data"},
		{Name: "enum in another case", Breaks: "an enum value in capitals counts as known", File: models,
			Pattern: `return slices\.Contains\(ShareTypes\(\), v\)`, With: `return slices.ContainsFunc(ShareTypes(), func(k ShareType) bool { return len(k) == len(v) })`},
		{Name: "text for a time", Breaks: "a date is kept as a text", File: models, Pattern: `DateAdded rest\.Time`, With: "DateAdded string"},
	}
}
