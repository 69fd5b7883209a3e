package clientmutants

// decoding are the operators on how values are read from an answer, and on what a success must hold.
func decoding() []Operator {
	return []Operator{
		{Name: "names in any case", Breaks: "a name of another case fills a field", In: "find", Rule: `f.list[n].name == string(b) -> strings.EqualFold(f.list[n].name, string(b))`},
		{Name: "misfit counts as fit", Breaks: "a value of another type is an empty item", In: "mismatch", Rule: `return false, e -> return true, e`},
		{Name: "misfit not recorded", Breaks: "nobody learns of a value of another type", In: "mismatch", Rule: `d.record(w, r) -> _ = r`},
		{Name: "misfit spoils the answer", Breaks: "a value of another type is an error", In: "mismatch", Rule: `return false, e -> return false, errSyntax`},
		{Name: "misfit without its path", Breaks: "a mismatch does not say where", In: "record", Rule: `Path: p -> Path: ""`},
		{Name: "misfit without its text", Breaks: "a mismatch does not say what came", In: "record", Rule: `Raw: r -> Raw: ""`},
		{Name: "mismatches not told", Breaks: "mismatches do not reach the caller", In: "Do", Rule: `r.Mismatches = m -> _, _ = r, m`},
		{Name: "token in a mismatch", Breaks: "a mismatch repeats the token", In: "Do", Rule: `redactMismatches(m, t) ->`},
		{Name: "number not a text", Breaks: "an id that came as a number is lost", In: "readText", Rule: `isNumberStart(c) -> false`},
		{Name: "invalid UTF-8 not flagged", Breaks: "an altered text passes for what came", In: "text", Rule: `!o -> o && false`},
		{Name: "overflow accepted", Breaks: "a number that does not fit is another one", In: "setInt", Rule: `e != nil || v.OverflowInt(n) -> e != nil`},
		{Name: "bad base64 kept", Breaks: "half of a text in base64 passes for all", In: "readBase64", Rule: `if b != nil { d.record(w, r); return false, nil } -> _ = b`},
		{Name: "null item kept", Breaks: "null in a list is an item", In: "newItemReader", Rule: `d.next() != 'n' -> true`},
		{Name: "misfit item kept", Breaks: "an item of another type stays in the list", In: "newSliceReader", Rule: `!f -> f && false`},

		{Name: "success without its value", Breaks: "a created link without its address passes", In: "checkContent", Rule: `slices.IndexFunc(l, f) -> -1`},
		{Name: "error in a success not seen", Breaks: "a refusal with status 200 passes for an empty list", In: "errorInSuccess", Rule: `saysError(o, d, c) -> saysError(o, d, c) && false`},
		{Name: "status in a body not read", Breaks: "a statusCode of 4xx in a body is not seen", In: "saysError", Rule: `e && c < 600 -> e && c < 0`},
		{Name: "documented 204 refused", Breaks: "a documented success without content is a fault", In: "isDocumentedAsEmpty", Rule: `slices.Contains(s, http.StatusNoContent) -> false`},
	}
}
