package main

import (
	"net/http"
	"net/url"
	"strings"

	"github.com/highlevel-go/snapshots/conformance/judge"
)

// show prints an exchange: the request, the response, and where both were checked.
func (d *demo) show(x exchange) {
	r := x.request
	d.line("sent", "%s %s", r.Method, r.URL.EscapedPath())
	for i, pair := range queryInOrder(r.URL.RawQuery) {
		label := "query"
		if i > 0 {
			label = ""
		}
		d.line("", "%-8s%s", label, pair)
	}
	d.line("", "%-8s%s", "headers", headers(r.Header))
	if len(x.body) > 0 {
		d.line("", "%-8s%s", "body", x.body)
	}
	d.verdict(x.requestVerdict, "the request fits %s, %s", x.operation(), x.requestPos)
	if x.status == 0 {
		d.line("received", "no answer")
		return
	}
	d.line("received", "%d %s", x.status, http.StatusText(x.status))
	d.line("", "%-8s%s", "body", x.answer)
	d.verdict(x.answerVerdict, "the answer fits response %d of %s, %s", x.status, x.operation(), x.answerPos)
}

func (d *demo) verdict(v judge.Verdict, fits string, args ...any) {
	if !v.OK() {
		d.line("checked", "NO: %s", violations(v))
		return
	}
	d.line("checked", fits, args...)
}

// queryInOrder lists the decoded parameters of a query in order.
func queryInOrder(raw string) []string {
	var out []string
	for pair := range strings.SplitSeq(raw, "&") {
		name, value, _ := strings.Cut(pair, "=")
		if plain, err := url.QueryUnescape(value); err == nil {
			value = plain
		}
		if name != "" {
			out = append(out, name+" = "+value)
		}
	}
	return out
}

// headers lists the headers of the spec, without the token.
func headers(h http.Header) string {
	shown := "Version: " + h.Get("Version")
	if h.Get("Authorization") != "" {
		shown += ", Authorization: (a token, never shown)"
	}
	return shown
}
