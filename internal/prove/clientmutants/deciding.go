package clientmutants

// deciding are the operators on what an answer means, and what is done about it.
func deciding() []Operator {
	return []Operator{
		{Name: "429 unknown", Breaks: "a 429 is not named", Rule: `j.is = append(j.is, ErrRateLimited) -> _ = j`},
		{Name: "422 unknown", Breaks: "a 422 is not named", Rule: `s == http.StatusUnprocessableEntity -> false`},
		{Name: "401 unknown", Breaks: "a 401 is not named", Rule: `j.is = append(j.is, ErrUnauthorized) -> _ = j`},
		{Name: "403 misnamed", Breaks: "a 403 counts as a fault of the service", Rule: `append(j.is, ErrForbidden) -> append(j.is, ErrServer)`},
		{Name: "5xx unknown", Breaks: "a fault of the service is not named", Rule: `s >= 500 -> s >= 600`},
		{Name: "reasons not read", Breaks: "the service's words mean nothing", Rule: `strings.Contains(t, r.text) -> t == r.text`},

		{Name: "repeats everything", Breaks: "a POST is sent again after a fault", In: "worthRepeating", Rule: `k.idempotent() -> true`},
		{Name: "repeats nothing", Breaks: "a GET is not sent again after a fault", In: "worthRepeating", Rule: `k.idempotent() -> false`},
		{Name: "429 not repeated", Breaks: "a busy service is not asked again", In: "worthRepeating", Rule: `e.Status == 429 -> false`},
		{Name: "503 not repeated", Breaks: "of the service's faults only a 500 is repeated", In: "worthRepeating", Rule: `e.Is(ErrServer) -> e.Status == 500`},
		{Name: "daily limit repeated", Breaks: "a spent day is asked again", In: "worthRepeating", Rule: `e.Is(ErrDailyLimit) -> false`},
		{Name: "refusals repeated", Breaks: "a 400 is sent again", In: "worthRepeating", Rule: `i && e.brokeOff -> i`},
		{Name: "idempotent by hand ignored", Breaks: "a call cannot be called idempotent", Rule: `return *k.conf.idempotent -> return k.req.op.Idempotent`},
		{Name: "no end", Hangs: true, Breaks: "a busy service is asked for ever", Rule: `t >= c.conf.retry.Attempts -> t >= 50`},
		{Name: "one attempt less", Breaks: "the last attempt is not made", Rule: `t >= c.conf.retry.Attempts -> t >= c.conf.retry.Attempts-1`},
		{Name: "Retry-After ignored", Breaks: "the service's wait is not kept", In: "pause", Rule: `a := e.RetryAfter -> a := 0 * e.RetryAfter`},
		{Name: "waits too long", Hangs: true, Breaks: "a call waits longer than it may", In: "pause", Rule: `a > r.MaxPause -> a > 1000*r.MaxPause`},
		{Name: "no jitter", Breaks: "all come back at once", In: "pause", Rule: `rand.Float64() * b -> rand.Float64() * 0 * b`},
		{Name: "repeats past the deadline", Breaks: "a pause goes beyond the deadline", In: "outlasts", Rule: `a && b < c -> !a && b < c`},
		{Name: "pause that cannot be stopped", Hangs: true, Breaks: "a pause goes on after its call has ended", In: "sleep", Rule: `<-k.ctx.Done() -> <-make(chan struct{})`},
		{Name: "silence sure", Breaks: "a POST without an answer is sent again", Rule: `unsent: a || b -> unsent: true`},
		{Name: "timeout ignored", Hangs: true, Breaks: "the timeout of a client or a call has no effect", Rule: `c.timeout = d -> c.timeout = 1000 * d`},

		{Name: "timeout not done", Breaks: "an answer that did not come proves that nothing was done", In: "Effect", Rule: `e.unsent -> true`},
		{Name: "refused connection perhaps done", Breaks: "what never reached the service is perhaps done", In: "Effect", Rule: `e.unsent -> false`},
		{Name: "refusal perhaps done", Breaks: "a 4xx leaves open whether anything was done", In: "effectOfStatus", Rule: `s >= 400 && s <= 499 -> false`},
		{Name: "408 not done", Breaks: "a gateway's 408 proves that nothing was done", In: "effectOfStatus", Rule: `s == http.StatusRequestTimeout -> false`},
		{Name: "unreadable success perhaps done", Breaks: "a success that cannot be read leaves open whether it was done", In: "effectOfStatus", Rule: `s >= 200 && s <= 299 -> false`},
		{Name: "error in a success done", Breaks: "a refusal with status 200 counts as done", In: "Effect", Rule: `errors.Is(e, errErrorInSuccess) -> false`},
		{Name: "earlier attempt forgotten", Breaks: "the last attempt alone tells the effect", In: "Effect", Rule: `max(e, a.earlier) -> e`},
		{Name: "least of several effects", Breaks: "of several errors the least effect counts", In: "effectIn", Rule: `max(e, o) -> min(e, o)`},
		{Name: "not sent unmarked", Breaks: "what was not sent is perhaps done", In: "notSent", Rule: `&withEffect{EffectNone, e} -> e`},

		{Name: "scope not checked", Breaks: "a call is sent for which the token is known to lack the scope", In: "checkToken", Rule: `!slices.Contains(i.Scopes, s) -> false`},
		{Name: "level not checked", Breaks: "a call is sent with a token of another level", In: "checkToken", Rule: `!accepts(o.TokenTypes, t) -> false`},
		{Name: "kind not checked", Breaks: "a call is sent with a token of another kind", In: "checkToken", Rule: `!accepts(o.AuthMethods, t) -> false`},
		{Name: "share not kept", Breaks: "the whole budget is spent", In: "own", Rule: `float64(w.limit) * w.share -> float64(w.limit)`},

		{Name: "no renewal", Breaks: "a refused token is not replaced", In: "authorize", Rule: `k.renewed || b -> true || b`},
		{Name: "renewal for everything", Breaks: "a token is replaced for a missing scope", In: "authorize", Rule: `errors.Is(e, ErrInvalidToken) -> errors.Is(e, ErrUnauthorized)`},
		{Name: "token not asked for again", Breaks: "the refused token is sent again", In: "authorize", Rule: `c.fetchToken(k, t) -> c.fetchToken(k, "")`},

		{Name: "short page ends", Breaks: "items after a short page are lost", In: "Pages", Rule: `len(p) == 0 -> len(p) <= 1`},
		{Name: "circle not seen", Hangs: true, Breaks: "a repeated page goes on for ever", In: "Pages", Rule: `a && n != "" -> a && n == ""`},
		{Name: "error swallowed by pages", Breaks: "a failed page ends the range like an empty one", In: "Pages", Rule: `y(v, fmt.Errorf("page %d: %w", n, e)) ->`},
		{Name: "break not seen", Breaks: "a range goes on after its loop has ended", In: "Pages", Rule: `if !y(i, nil) { return } -> if !y(i, nil) { break }`},
		{Name: "items twice", Breaks: "the items of a page come twice", In: "Pages", Rule: `!y(i, nil) -> !y(i, nil) || !y(i, nil)`},
		{Name: "id missing", Breaks: "an item without id ends the range like the last one", In: "Pages", Rule: `if n == "" { y(v, e); return } -> if n == "" { return }`},
		{Name: "cursor of the first item", Breaks: "the next page begins after the first item", In: "Pages", Rule: `c(p[len(p)-1]) -> c(p[0])`},
		{Name: "page's context not asked", Breaks: "a range goes on after its context has ended", In: "Pages", Rule: `c.Err() != nil -> false`},
	}
}
