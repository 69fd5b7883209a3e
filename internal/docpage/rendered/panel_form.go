package rendered

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"github.com/highlevel-go/snapshots/internal/docpage/page"
	"github.com/highlevel-go/snapshots/internal/docpage/rendered/grammar"
	"github.com/highlevel-go/snapshots/internal/docpage/rendered/sections"
	"github.com/highlevel-go/snapshots/internal/docpage/rendered/sidepanel"
	"github.com/highlevel-go/snapshots/internal/docpage/rendered/token"
	"github.com/highlevel-go/snapshots/internal/facts"
)

// compareForm checks that the form has the same parameters and the same body as the page.
func (w panelCheck) compareForm(s *sections.Sections, panel sidepanel.Panel) {
	form := panel.Form
	server, _ := panel.SplitAddress(s.Address)
	if form.BaseURL != "" && server != "" && !strings.HasPrefix(s.Address, strings.TrimRight(form.BaseURL, "/")) {
		w.Contradict(form.BaseAt, facts.OperationPlace, facts.Server, "the form's base URL is %s, the page's head says %s", form.BaseURL, server)
	}
	for _, tok := range form.Unknown {
		w.Report(page.Uncertain, tok.Line, "a line of the form that was not understood: %q", page.FirstWords(tok.Text))
	}
	if !form.Started {
		return
	}
	if w.lostHeading(s, form) {
		return
	}
	w.compareParams(form)
	w.compareFormBody(form)
}

// lostHeading reports, also as an issue, whether the heading between two tables of parameters is missing: the form has the
// first parameters of a table in the same place as the table, and the others elsewhere.
func (w panelCheck) lostHeading(s *sections.Sections, form sidepanel.Form) bool {
	params := w.Params()
	var last page.Param // for which form and table agree
	for _, param := range params {
		if _, ok := form.Params[param.In+"."+param.Name]; ok {
			last = param
			continue
		}
		isSameTable := last.In == param.In && !slices.ContainsFunc(s.Request, func(tok token.Token) bool {
			return tok.Kind == token.Heading && tok.Line > last.Pos.Line && tok.Line < param.Pos.Line
		})
		for _, other := range []string{"path", "query", "header", "cookie"} {
			_, elsewhere := form.Params[other+"."+param.Name]
			hasTable := slices.ContainsFunc(params, func(p page.Param) bool { return p.In == other })
			if elsewhere && isSameTable && !hasTable {
				w.Report(page.Unread, param.Pos.Line, "the heading of the %s parameters is missing above %s", other, param.Name)
				return true
			}
		}
	}
	return false
}

func (w panelCheck) compareParams(form sidepanel.Form) {
	for _, key := range slices.Sorted(maps.Keys(form.Params)) {
		shown := form.Params[key]
		in, name, _ := strings.Cut(key, ".")
		if in == "header" && grammar.IgnoredHeader(name) {
			continue
		}
		place := facts.Param(in, name)
		if w.says(place, facts.Present) == "" {
			w.Contradict(shown.Line, place, facts.Present, "the form has the %s parameter %s, the tables do not", in, name)
		} else if required := w.says(place, facts.Required) != ""; required != shown.Required {
			w.Contradict(shown.Line, place, facts.Required, "the form and the tables differ in whether %s is required", name)
		} else {
			w.compareOptions(place, shown)
		}
	}
	for _, param := range w.Params() {
		if _, ok := form.Params[param.In+"."+param.Name]; !ok {
			w.Contradict(param.Pos.Line, param.Place, facts.Present, "the tables have the %s parameter %s, the form does not", param.In, param.Name)
		}
	}
}

// compareOptions checks that the options of the form are the values of an enum, joined without spaces.
func (w panelCheck) compareOptions(place facts.Place, shown sidepanel.FormParam) {
	if shown.Options == "" {
		return
	}
	in := place
	if w.says(place, facts.Type) == "array" {
		in = place.Items()
	}
	values := facts.Texts(w.says(in, facts.Enum))
	if values == nil && w.says(in, facts.Type) == "boolean" {
		values = []string{"true", "false"}
	}
	if values == nil && shown.Several {
		w.Report(page.Uncertain, shown.Shown.Line, "a line of the form that was not understood: %q", page.FirstWords(shown.Shown.Text))
	} else if glued := strings.Join(strings.Fields(strings.Join(values, "")), ""); glued != shown.Options {
		w.Contradict(shown.Line, place, facts.Enum, "the form offers the values %s for %s, the tables %q", shown.Options, place, values)
	}
}

func (w panelCheck) compareFormBody(form sidepanel.Form) {
	body, has := w.known[claim{facts.BodyPlace, facts.Present}]
	switch {
	case has && form.BodyAt == 0:
		w.Contradict(body.Pos.Line, facts.BodyPlace, facts.Present, "the page has a body, its form has none")
		return
	case form.BodyAt > 0 && !has:
		w.Contradict(form.BodyAt, facts.BodyPlace, facts.Present, "the form has a body, the page has none")
		return
	case form.BodyAt == 0:
		return
	}
	if required := w.says(facts.BodyPlace, facts.Required) != ""; required != form.Required {
		w.Contradict(form.BodyAt, facts.BodyPlace, facts.Required, "the form and the page differ in whether the body is required")
	}
	if form.HasSample {
		examples := w.exampleNames(facts.BodyPlace) // each has a tab
		var others []string
		for i, tok := range form.Body {
			if slices.Contains(examples, token.Plain(tok.Text)) || sidepanel.IsFormText(strings.ToLower(token.Plain(tok.Text))) {
				continue
			}
			if tok.Kind == token.Item && i > 0 && form.Body[i-1].Kind == token.Item {
				others = append(others, token.Plain(tok.Text))
				continue
			}
			w.Report(page.Uncertain, tok.Line, "a line of the form that was not understood: %q", page.FirstWords(tok.Text))
		}
		if len(others) > 0 {
			w.ReportAt(page.Uncertain, form.BodyAt, facts.BodyPlace, "the form names the examples %q of the body, which the page does not show", others)
		}
		return
	}
	w.compareBodyFields(form)
}

func (w panelCheck) exampleNames(place facts.Place) (names []string) {
	var examples [][2]string
	_ = json.Unmarshal([]byte(w.says(place, facts.Examples)), &examples) // none if the fact is missing
	for _, example := range examples {
		names = append(names, example[0])
	}
	return names
}

// compareBodyFields checks the form of a body that is not JSON: it has a line for each field, and one for its values if they
// are few.
func (w panelCheck) compareBodyFields(form sidepanel.Form) {
	has := func(name string) bool { return w.says(facts.BodyPlace.Property(name), facts.Present) != "" }
	met := map[facts.Place]bool{}
	isAbout := func(name, text string) bool {
		return w.says(facts.BodyPlace.Property(name), facts.Text) == facts.TextHash(text)
	}
	for _, shown := range form.Fields(has, isAbout) {
		place := facts.BodyPlace.Property(shown.Name)
		if !has(shown.Name) {
			w.Contradict(shown.Line, place, facts.Present, "the form has a line %q, and the body no such field", page.FirstWords(shown.Text))
			continue
		}
		met[place] = true
		if shown.Required != (w.says(place, facts.Required) != "") {
			w.Contradict(shown.Line, place, facts.Required, "the form and the page differ in whether %s is required", shown.Name)
		}
		w.compareOptions(place, sidepanel.FormParam{Line: shown.Line, Options: shown.Options})
	}
	for _, f := range w.Facts {
		steps, err := f.Place.Steps()
		if len(met) > 0 && err == nil && f.Aspect == facts.Present && len(steps) == 2 && steps[0].Name == "body" && !met[f.Place] {
			w.Contradict(f.Pos.Line, f.Place, facts.Present, "the body has the field %s, the form does not", steps[1].Name)
		}
	}
}
