package clientmutants

// ofSnapshots are operators on what the client of snapshots alone has.
func ofSnapshots() []Operator {
	return []Operator{
		{Name: "parameter in the body", Breaks: "companyId travels in the body as well", File: operations,
			Pattern: "(?s)(type CreateShareLinkRequest struct.*?CompanyID string )`json:\"-\"`", With: "$1`json:\"companyId\"`"},
		{Name: "list beside another kind of link", Breaks: "a list is sent that its kind of link does not use", File: operations,
			Pattern: `r\.ShareType != "" && r\.ShareType != ShareType(\w+) && len`, With: `r.ShareType == "" && r.ShareType != ShareType$1 && len`},
		{Name: "condition turned round", Breaks: "a condition holds where it should not", File: operations,
			Pattern: `== ShareType(\w+) && len\(`, With: "!= ShareType$1 && len("},
		{Name: "period turned round", Breaks: "periods that are valid are refused", File: operations,
			Pattern: `r\.From\.After\(r\.To\)`, With: "r.From.Before(r.To)"},
		{Name: "list not checked", Breaks: "a broken list is sent", File: operations,
			Pattern: `err := r\.\w+\.Validate\(\); err != nil`, With: "err := error(nil); err != nil"},
		{Name: "period's ends mixed up", Breaks: "from carries the end", File: operations,
			Pattern: `rest\.FormatTime\(req\.From\)`, With: "rest.FormatTime(req.To)"},
		{Name: "local time", Breaks: "a moment is sent in another form", File: operations,
			Pattern: `rest\.FormatTime\(req\.(\w+)\)`, With: `req.$1.Format("01-02-2006 15:04 PM")`},
		{Name: "cursor of another field", Breaks: "the next page begins behind something else", File: operations,
			Pattern: `return item\.ID`, With: "return item.LocationID"},
		{Name: "first cursor not used", Breaks: "a range begins at the start", File: operations,
			Pattern: `rest\.Pages\(ctx, req\.Cursor,`, With: `rest.Pages(ctx, "",`},

		{Name: "company for snapshot", Breaks: "a path value is the company's id", File: operations,
			Pattern: `r\.SetPath\("snapshotId", req\.SnapshotID\)`, With: `r.SetPath("snapshotId", req.CompanyID)`},
		{Name: "cursor under another condition", Breaks: "the cursor is sent with a limit only", File: operations,
			Pattern: `if req\.Cursor != "" \{`, With: `if req.Cursor != "" && req.Limit != 0 {`},
		{Name: "limit under another condition", Breaks: "the limit is sent with a cursor only", File: operations,
			Pattern: `if req\.Limit != 0 \{`, With: `if req.Limit != 0 && req.Cursor != "" {`},
		{Name: "to is later", Breaks: "the period ends a day later", File: operations, Pattern: `rest\.FormatTime\(req\.To\)`, With: `rest.FormatTime(req.To.AddDate(0, 0, 1))`},
		{Name: "equal ends refused", Breaks: "a period of a moment is refused", File: operations, Pattern: `r\.From\.After\(r\.To\)`, With: `!r.From.Before(r.To)`},
		{Name: "two of the checks swapped", Breaks: "the wrong list is asked for", File: operations,
			Pattern: `r\.ShareType == ShareTypeAgencyLink && len\(r\.RelationshipNumbers\)`, With: `r.ShareType == ShareTypeAgencyLink && len(r.ShareLocationIDs)`},
		{Name: "lists change places", Breaks: "relationship numbers travel as locations", File: operations,
			Pattern: `r\.SetJSON\(req\)`, With: "req.RelationshipNumbers, req.ShareLocationIDs = req.ShareLocationIDs, req.RelationshipNumbers\n\tr.SetJSON(req)"},
		{Name: "body as a form", Breaks: "the body is a form", File: operations, Pattern: `r\.SetJSON\(req\)`, With: `r.SetForm(map[string][]string{"snapshot_id": {req.SnapshotID}, "share_type": {string(req.ShareType)}})`},
		{Name: "another operation's descriptor", Breaks: "one operation is sent as another", File: operations, Pattern: `rest\.NewRequest\(&OperationLatestPush\)`, With: `rest.NewRequest(&OperationPushes)`},
		{Name: "text for a time", Breaks: "a date is kept as a text", File: models, Pattern: `DateAdded rest\.Time`, With: "DateAdded string"},
	}
}
