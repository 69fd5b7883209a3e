package clientmutants

// nearlyRight are operators on generated code that a suite could overlook: a value that is nearly right, a step that is left
// out in one case only, a fault that shows under a second condition.
func nearlyRight() []Operator {
	return []Operator{
		{Name: "method in small letters", Breaks: "the method is spelt in another way", File: operations, Pattern: `Method:(\s+)"GET"`, With: `Method:$1"get"`},
		{Name: "query after the check of another", Breaks: "a query parameter is trimmed", File: operations,
			Pattern: `r\.AddQuery\("companyId", req\.CompanyID\)`, With: `r.AddQuery("companyId", string([]rune(req.CompanyID)[:min(20, len([]rune(req.CompanyID)))]))`},
		{Name: "limit capped", Breaks: "a large limit is made smaller", File: operations, Pattern: `strconv\.Itoa\(req\.Limit\)`, With: `strconv.Itoa(min(req.Limit, 100))`},
		{Name: "default limit sent", Breaks: "a limit is sent that nobody asked for", File: operations,
			Pattern: `if req\.Limit != 0 \{`, With: "if req.Limit == 0 {\n\t\treq.Limit = 20\n\t}\n\t{"},
		{Name: "segment not checked", Breaks: "what is no segment passes Validate", File: operations, Pattern: `!isSegment\(r\.(\w+)\)`, With: `!isSegment(r.$1[:0]+"x")`},
		{Name: "validated before the fallback", Breaks: "the client's company does not count", File: operations,
			Pattern: `(\treq\.CompanyID = cmp\.Or.*\n)(\tr := rest\.NewRequest\(&Operation(?:Create|Update|Snapshots|LatestPush)\w*\)\n)(\tr\.AddError\(req\.Validate\(\)\)\n)`, With: "$2$3$1"},
		{Name: "own page size", Breaks: "pages are of one item", File: operations, Pattern: `req\.\w+ = (cursor|offset)`, With: "$0\n\t\treq.Limit = 1"},
		{Name: "options lost by pages", Breaks: "options have no effect in a range", File: operations, Pattern: `(c\.\w+Page\(ctx, req.*), opts\.\.\.\)`, With: `$1)`},
		{Name: "error of a page lost", Breaks: "a failed page is an empty one", File: operations, Pattern: `if err != nil \{\n\t\t\treturn nil,( 0,)? err\n\t\t\}\n\t\treturn page`, With: "if err != nil {\n\t\t\treturn nil,$1 nil\n\t\t}\n\t\treturn page"},
		{Name: "enum in another case", Breaks: "an enum value in capitals counts as known", File: models,
			Pattern: `return slices\.Contains\((\w+)s\(\), v\)`, With: `return slices.ContainsFunc(${1}s(), func(k $1) bool { return len(k) == len(v) })`},
	}
}
