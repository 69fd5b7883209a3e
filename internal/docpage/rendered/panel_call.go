package rendered

import (
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/highlevel-go/snapshots/internal/docpage/page"
	"github.com/highlevel-go/snapshots/internal/docpage/rendered/grammar"
	"github.com/highlevel-go/snapshots/internal/docpage/rendered/jsonsample"
	"github.com/highlevel-go/snapshots/internal/docpage/rendered/sections"
	"github.com/highlevel-go/snapshots/internal/docpage/rendered/sidepanel"
	"github.com/highlevel-go/snapshots/internal/facts"
)

// compareCall checks that the sample call is one of this operation.
func (w panelCheck) compareCall(s *sections.Sections, panel sidepanel.Panel) {
	c := panel.Call
	if c.At == 0 {
		return
	}
	for _, word := range c.Unknown {
		w.Contradict(word.Line, "", "", "a part of the sample call that was not understood: %q", page.FirstWords(word.Text))
	}
	server, path := panel.SplitAddress(s.Address)
	if c.Address != "" && server != "" {
		called, _, _ := strings.Cut(c.Address, "?")
		if !sidepanel.SameRoute(server+path, called) {
			w.Contradict(c.At, facts.OperationPlace, facts.Path, "the sample call goes to %s, the page's head says %s", called, server+path)
		}
	}
	if c.Verb != s.Verb {
		w.Contradict(c.At, facts.OperationPlace, facts.Method, "the sample call sends %s, the page's head says %s", c.Verb, s.Verb)
	}
	bearer := strings.HasPrefix(panel.Scheme, "http bearer") || panel.Scheme == "oauth2"
	if sends := strings.HasPrefix(c.Header("Authorization"), "bearer "); sends != bearer && panel.Schemes == 1 {
		said := "does not send"
		if sends {
			said = "sends"
		}
		w.Contradict(c.At, facts.AuthPlace, facts.Scheme, "the sample call %s a bearer token, the page's authorization is %q", said, panel.Scheme)
	}
	w.compareMedia(c, "Content-Type", facts.BodyPlace)
	if first := w.firstSuccess(); first != "" {
		w.compareMedia(c, "Accept", first)
	}
	for _, h := range c.Headers {
		if !grammar.IgnoredHeader(h.Name) && !strings.EqualFold(h.Name, "Cookie") && !slices.Contains(panel.Keys, h.Name) && !w.declares("header", h.Name) {
			w.Contradict(h.Line, facts.Param("header", h.Name), facts.Present, "the sample call sends the header %s, which the tables do not have", h.Name)
		}
	}
	names, values := sidepanel.QueryOf(c.Address)
	for i, name := range names {
		place := facts.Param("query", name)
		if w.says(place, facts.Present) == "" {
			w.Contradict(c.At, place, facts.Present, "the sample call sends the query parameter %s, which the tables do not have", name)
		} else if example, ok := w.known[claim{place, facts.Example}]; ok && w.isScalar(place) && !slices.Contains([]string{example.Value, w.says(place, facts.Default)}, facts.Canonical(values[i])) { // a default takes precedence
			w.Contradict(c.At, place, facts.Example, "the sample call sends %s=%s, the example of the parameter is %s", name, values[i], example.Value)
		}
	}
	if panel.Form.HasSample {
		sent, err := jsonsample.Parse(strings.Split(c.Data, "\n"))
		if err != nil || facts.CanonicalValue(jsonsample.Plain(sent)) != facts.CanonicalValue(jsonsample.Plain(panel.Form.Sample)) {
			w.Contradict(max(c.At, c.DataAt), facts.BodyPlace, facts.Sample, "the sample call sends another body than the form shows")
		}
	}
}

func (w panelCheck) isScalar(place facts.Place) bool {
	kind := w.says(place, facts.Type)
	return kind != "array" && kind != "object"
}

// declares reports whether the tables have a parameter, ignoring case.
func (w panelCheck) declares(in, name string) bool {
	return slices.ContainsFunc(w.Facts, func(f facts.Fact) bool {
		return f.Aspect == facts.Present && strings.EqualFold(string(f.Place), string(facts.Param(in, name)))
	})
}

// firstSuccess returns the place of the response that the sample call accepts: the first success, by its full status, that
// has a body.
func (w panelCheck) firstSuccess() facts.Place {
	for _, f := range w.Facts {
		if steps, err := f.Place.Steps(); f.Aspect == facts.MediaType && err == nil && len(steps) == 2 && steps[0].Name == "response" && success.MatchString(steps[1].Name) {
			return f.Place
		}
	}
	return ""
}

var success = regexp.MustCompile(`^2\d\d$`)

// compareMedia checks that a call sends and accepts a media type that the page names at the root, or nothing if it names
// none.
func (w panelCheck) compareMedia(c sidepanel.Call, header string, root facts.Place) {
	sent := c.Header(header)
	var named []string
	for _, f := range w.Facts {
		if f.Aspect == facts.MediaType && f.Place.Under(root) {
			named = append(named, f.Value)
		}
	}
	switch {
	case sent == "" && len(named) > 0:
		w.Contradict(c.At, root, facts.MediaType, "the sample call has no header %s, the page names %s", header, strings.Join(slices.Compact(named), ", "))
	case sent != "" && !slices.ContainsFunc(named, func(media string) bool { return matchesMedia(sent, media) }) && sent != "*/*":
		w.Contradict(c.At, root, facts.MediaType, "the sample call has the header %s: %s, which the page does not name", header, sent)
	}
}

// matchesMedia reports whether a media type is one of those that a header lists, which may contain wildcards.
func matchesMedia(header, media string) bool {
	for accepted := range strings.SplitSeq(header, ",") {
		if ok, err := path.Match(strings.TrimSpace(accepted), media); ok && err == nil {
			return true
		}
	}
	return false
}
