package main

import (
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"strings"
	"sync"

	"github.com/highlevel-go/snapshots/api"
	"github.com/highlevel-go/snapshots/conformance/judge"
	"github.com/highlevel-go/snapshots/internal/drift"
	"github.com/highlevel-go/snapshots/internal/facts"
)

// observer collects what is not in the spec, each once.
type observer struct {
	mu   sync.Mutex
	list []*drift.Finding
}

// note adds a finding for each violation of a message.
func (o *observer) note(v judge.Verdict) {
	for _, x := range v.Violations {
		o.add(finding(v, x))
	}
}

func (o *observer) add(f *drift.Finding) {
	o.mu.Lock()
	defer o.mu.Unlock()
	for _, have := range o.list {
		if have.ID == f.ID && have.Message == f.Message {
			return
		}
	}
	o.list = append(o.list, f)
}

func (o *observer) findings() []*drift.Finding {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.list
}

// date adds a finding for a date that the client cannot parse.
func (o *observer) date(at api.Time) {
	if at.Raw == "" || !at.Time.IsZero() {
		return
	}
	o.add(&drift.Finding{
		ID: "observed|get-snapshot-push|response.200.data[].dateAdded", Kind: "observed", Severity: drift.Warning,
		Message: fmt.Sprintf("a date has the form %s, which the client cannot read", mask(at.Raw)),
		Sites:   []drift.Site{{Operation: "get-snapshot-push", Place: "response.200.data[].dateAdded"}},
		Wire:    "the date stays a text", Go: "DateAdded.Time is zero, DateAdded.Raw holds the text",
		Fix: "teach the client this form",
	})
}

// finding turns a violation into a finding of package drift.
func finding(v judge.Verdict, x judge.Violation) *drift.Finding {
	operation := x.Operation
	if operation == "" {
		operation = v.Request.Method + " " + v.Request.URL.Path
	}
	place := placeOf(x)
	site := drift.Site{Operation: operation, Place: facts.Place(place)}
	if file, line, ok := strings.Cut(x.Pos, ":"); ok {
		if n, err := strconv.Atoi(line); err == nil {
			site.Spec = &drift.Side{Says: x.Text, Pos: facts.Pos{File: file, Line: n}}
		}
	}
	f := &drift.Finding{
		ID: "observed|" + operation + "|" + place, Kind: "observed", Severity: drift.Error,
		Message: x.Where + ": " + x.Text, Sites: []drift.Site{site},
		Wire: "the service answers otherwise than the spec says", Go: "what comes of it depends on the field; see the message",
		Fix: "look at the cassette, and change spec/snapshots.yaml if the service means it",
	}
	switch {
	case x.Status == 0:
		f.Wire, f.Fix = "the client sends what the spec does not allow", "this is a fault of the client or its options"
	case x.Rule == judge.ExtraKey || x.Rule == judge.UndeclaredHeader:
		f.Severity, f.Go = drift.Warning, "none; the client passes over it"
	}
	return f
}

// placeOf returns response.200.data[].name for a violation at "body /data/0/name" of a 200.
func placeOf(x judge.Violation) string {
	if x.Status == 0 {
		return strings.Replace(x.Where, " ", ".", 1)
	}
	place := "response." + strconv.Itoa(x.Status)
	rest, isBody := strings.CutPrefix(x.Where, "body")
	if !isBody {
		if x.Rule == judge.Status {
			return place
		}
		return place + "." + strings.Replace(x.Where, " ", ".", 1)
	}
	for step := range strings.SplitSeq(strings.TrimPrefix(strings.TrimSpace(rest), "/"), "/") {
		if _, err := strconv.Atoi(step); err == nil {
			place += "[]"
		} else if step != "" {
			place += "." + step
		}
	}
	return place
}

// print writes the findings for people or programs.
func print(w io.Writer, list []*drift.Finding, asJSON bool) error {
	if asJSON {
		out := json.NewEncoder(w)
		out.SetIndent("", "  ")
		if list == nil {
			list = []*drift.Finding{}
		}
		return out.Encode(list)
	}
	if len(list) == 0 {
		_, err := fmt.Fprintln(w, "nothing was observed that the spec does not foresee")
		return err
	}
	for _, f := range list {
		where := ""
		if s := f.Sites[0].Spec; s != nil {
			where = fmt.Sprintf(" (%s:%d)", s.Pos.File, s.Pos.Line)
		}
		if _, err := fmt.Fprintf(w, "%s: %s: %s%s\n", f.Severity, f.ID, f.Message, where); err != nil {
			return err
		}
	}
	return nil
}
