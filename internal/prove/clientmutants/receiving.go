package clientmutants

// receiving are the operators on how an answer is read.
func receiving() []Operator {
	return []Operator{
		{Name: "201 ignored", Breaks: "only 200 counts as a success", Rule: `a.status >= 200 && a.status <= 299 -> a.status == 200`},
		{Name: "203 ignored", Breaks: "some 2xx do not count as a success", Rule: `a.status >= 200 && a.status <= 299 -> a.status >= 200 && a.status <= 202`},
		{Name: "refusal passes", Breaks: "4xx counts as a success", Rule: `a.status >= 200 && a.status <= 299 -> a.status >= 200 && a.status <= 499`},
		{Name: "redirect passes", Breaks: "3xx counts as a success", Rule: `a.status >= 200 && a.status <= 299 -> a.status >= 200 && a.status <= 399`},
		{Name: "redirects followed", Breaks: "the token goes where a redirect says", Rule: `http.ErrUseLastResponse -> nil`},
		{Name: "refusals not judged", Breaks: "every answer is decoded", In: "checkStatus", Rule: `!a.success() -> false`},
		{Name: "no cap", Breaks: "an answer without end is read", Rule: `c.maxBody = b -> c.maxBody = b << 20`},
		{Name: "cut at the cap", Breaks: "half an answer passes for a whole one", In: "checkStatus", Rule: `a.more -> false`},
		{Name: "answer's body left open", Breaks: "connections are not given back", Rule: `_ = r.Body.Close() -> _ = r`},
		{Name: "broken answer is whole", Breaks: "an answer that broke off counts", Rule: `a.brokeOff = true -> a.cause = nil`},
		{Name: "encoding not seen", Breaks: "an encoded answer is read as it is", Rule: `e != "" && !strings.EqualFold(e, "identity") -> e == "x"`},
		{Name: "refusal not cut", Breaks: "a refusal without end is kept", Rule: `min(l, maxRefusal) -> max(l, maxRefusal)`},

		{Name: "trailing data", Breaks: "what follows the value is not looked at", In: "decode", Rule: `!d.ended() -> false`},
		{Name: "unknown keys refused", Breaks: "a new key spoils the answer", In: "readObject", Rule: `return d.skipValue() -> return errSyntax`},
		{Name: "null passes", Breaks: "null counts as a result", In: "decode", Rule: `string(b) == "null" && o -> string(b) == "none" && o`},
		{Name: "empty passes", Breaks: "nothing counts as a result", In: "decode", Rule: `return nil, errors.New("the answer is empty") -> return nil, nil`},
		{Name: "BOM is a fault", Breaks: "a byte order mark spoils an answer", In: "plain", Rule: `bytes.TrimPrefix(b, p) -> b`},
		{Name: "repeated names mixed", Breaks: "of a repeated name the values are mixed", In: "readObject", Rule: `w >= len(s) || s[w]&b != 0 -> false`},
		{Name: "any depth", Breaks: "nesting is not bounded", In: "New", Rule: `defaultMaxDepth -> 1 << 40`},
		{Name: "fault swallowed", Breaks: "an answer that cannot be read passes for an empty one", In: "Do", Rule: `m, e := decode(b, c, d, v, l...) -> m, e := decode(b, c, d, v, l...); e = nil`},
		{Name: "result beside an error", Breaks: "a result comes with an error", In: "Do", Rule: `m, e := decode(b, c, d, v, l...) -> m, e := decode(b, c, d, v, l...); if e != nil { return v, e }`},
		{Name: "nil for nothing", Breaks: "neither result nor error comes", In: "Do", Rule: `return v, nil -> return nil, nil`},
		{Name: "content not checked", Breaks: "a refusal inside a success is a success", In: "Do", Rule: `checkContent(o, a, v, m) -> error(nil)`},

		{Name: "words without operation", Breaks: "the error does not say what was called", Rule: `fmt.Errorf("%s: %w", r.op, r.err) -> r.err`},
		{Name: "status lost", Breaks: "the error has no status", In: "errorOf", Rule: `Status: v -> Status: 0`},
		{Name: "code lost", Breaks: "the code is not told", In: "errorOf", Rule: `Code: v -> Code: ""`},
		{Name: "messages lost", Breaks: "the service's words are not kept", In: "errorOf", Rule: `Messages: v -> Messages: nil`},
		{Name: "list of messages lost", Breaks: "a list of words is not read", In: "texts", Rule: `[]any -> []string`},
		{Name: "trace lost", Breaks: "the trace id is not told", In: "errorOf", Rule: `TraceID: cmp.Or(t, v, w) -> TraceID: cmp.Or("", v, w)`},
		{Name: "rate lost", Breaks: "the budget is not told", In: "errorOf", Rule: `Rate: v -> Rate: Rate{}`},
		{Name: "header of a refusal lost", Breaks: "the header is not kept", In: "errorOf", Rule: `Header: v -> Header: nil`},
		{Name: "body of a refusal lost", Breaks: "the body is not kept", In: "errorOf", Rule: `Body: v -> Body: nil`},
		{Name: "attempts lost", Breaks: "how often it was tried is not told", In: "errorOf", Rule: `Attempts: v -> Attempts: 0`},
		{Name: "Retry-After not told", Breaks: "how long to wait is not told", Rule: `e.RetryAfter, e.waitSet = v -> _, _ = v`},
		{Name: "token repeated", Breaks: "an error repeats the token that the service repeats", In: "errorOf", Rule: `e.Redact(t) -> _ = t`},
		{Name: "response not kept", Breaks: "what came along with an answer is not told", In: "observe", Rule: `*t = r -> _, _ = t, r`},
		{Name: "cause lost", Breaks: "why no answer came is not told", Rule: `[]error{ErrNoAnswer, e} -> []error{ErrNoAnswer}`},
	}
}
