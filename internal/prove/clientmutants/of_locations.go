package clientmutants

// ofLocations are operators on what the client of sub-accounts alone has.
func ofLocations() []Operator {
	return []Operator{
		{Name: "parameter in the body", Breaks: "locationId travels in the body as well", File: operations,
			Pattern: "(?s)(type UpdateRequest struct.*?LocationID string )`json:\"-\"`", With: "$1`json:\"locationId\"`"},
		{Name: "wrong verb for PUT", Breaks: "an operation uses another method", File: operations, Pattern: `Method:(\s+)"PUT"`, With: `Method:$1"PATCH"`},
		{Name: "wrong verb for DELETE", Breaks: "an operation uses another method", File: operations, Pattern: `Method:(\s+)"DELETE"`, With: `Method:$1"POST"`},
		{Name: "PUT repeated", Breaks: "a load of a snapshot is sent again", File: operations,
			Pattern: `(Path:\s+"/locations/\{locationId\}",\n.*\n.*Statuses:\s+\[\]int\{200, 400, 401, 429\},)(\n\tScopes)`, With: "$1\n\tIdempotent: true,$2"},
		{Name: "cursor of another field", Breaks: "pages are told apart by something else", File: operations, Pattern: `return item\.ID`, With: "return item.Name[:0] + \"x\""},
		{Name: "first offset not used", Breaks: "a range begins at the start", File: operations, Pattern: `rest\.OffsetPages\(ctx, req\.Skip,`, With: `rest.OffsetPages(ctx, 0,`},
		{Name: "cursors for offsets", Breaks: "the offset is counted in pages", File: operations, Pattern: `req\.Skip = offset`, With: "req.Skip = min(offset, 1)"},
		{Name: "skip moved down", Breaks: "a negative offset is sent", File: operations, Pattern: `r\.Skip < 0`, With: "r.Skip < -5"},
		{Name: "skip under another condition", Breaks: "the offset is sent with a limit only", File: operations, Pattern: `if req\.Skip != 0 \{`, With: `if req.Skip != 0 && req.Limit != 0 {`},
		{Name: "limit under another condition", Breaks: "the limit is sent with an offset only", File: operations, Pattern: `if req\.Limit != 0 \{`, With: `if req.Limit != 0 && req.Skip != 0 {`},
		{Name: "no is yes", Breaks: "an account at Twilio is deleted that was to stay", File: operations,
			Pattern: `strconv\.FormatBool\(req\.DeleteTwilioAccount\)`, With: `strconv.FormatBool(req.DeleteTwilioAccount || true)`},
		{Name: "no is left out", Breaks: "false is not sent where it is required", File: operations,
			Pattern: `^\tr\.AddQuery\("deleteTwilioAccount", .*\)$`, With: "\tif req.DeleteTwilioAccount {\n\t$0\n\t}"},
		{Name: "object not checked", Breaks: "a broken object in the body is sent", File: operations, Pattern: `^\t\tr\.\w+\.check\(.*\)\n`, With: ""},
		{Name: "object checked at another place", Breaks: "the error names another property", File: operations, Pattern: `\.check\(p, "(\w+)", "body", "(\w+)"\)`, With: `.check(p, "$1", "body", "${2}s")`},
		{Name: "empty object checked", Breaks: "an object that was left out is refused", File: operations, Pattern: `if !isZero\(r\.(\w+)\) \{`, With: `if !isZero(r.$1) || true {`},
		{Name: "part of an object not checked", Breaks: "a missing value inside an object is sent", File: models, Pattern: `^\tp\.Required\(.*\)\n`, With: ""},
		{Name: "another operation's descriptor", Breaks: "one operation is sent as another", File: operations, Pattern: `rest\.NewRequest\(&OperationTag\)`, With: `rest.NewRequest(&OperationCustomField)`},
		{Name: "body as a form", Breaks: "the body is a form", File: operations, Pattern: `r\.SetJSON\(req\)`, With: `r.SetForm(map[string][]string{"name": {"x"}})`},
		{Name: "body of a part", Breaks: "only a part of the body is sent", File: operations, Pattern: `r\.SetJSON\(req\)`, With: `r.SetJSON(map[string]any{"name": "x"})`},
	}
}
