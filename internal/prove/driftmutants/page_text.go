package driftmutants

import (
	"regexp"
	"slices"
	"strings"

	"github.com/highlevel-go/snapshots/internal/facts"
)

// textOperator changes lines of a page: mistakes, damage, and contradictions between the page's parts. They work on pages as
// scrapers wrote them.
type textOperator struct {
	Operator
	mutate change
}

// change finds the sites of an operator.
type change func(*lined) []edited

// Where a finding must be, if not on the changed line.
const (
	nowhere = -1 // the page as a whole is at fault
	around  = -2 // on any line of the page
)

// lined is a page in lines, with what was read from it.
type lined struct {
	source *SourcePage
	lines  []string
}

// edited is a change of some lines: from the line on, so many lines are replaced. Line numbers count from 1.
type edited struct {
	line, drop int
	with       []string
	place      facts.Place
	at         int    // the line of the finding; 0 is the changed line
	gone       string // see Mutant.Gone
	orphan     int    // see Mutant.Orphan
}

func (p *lined) apply(e edited) []byte {
	out := append(slices.Clone(p.lines[:e.line-1]), e.with...)
	return []byte(strings.Join(append(out, p.lines[e.line-1+e.drop:]...), "\n"))
}

// find lists the numbers of the lines that match.
func (p *lined) find(pattern string) []int {
	re := regexp.MustCompile(pattern)
	var out []int
	for i, line := range p.lines {
		if re.MatchString(line) {
			out = append(out, i+1)
		}
	}
	return out
}

// each replaces a pattern in every line that has it, one line at a time.
func each(pattern, with string) change {
	return func(p *lined) []edited {
		re := regexp.MustCompile(pattern)
		var out []edited
		for _, n := range p.find(pattern) {
			out = append(out, edited{line: n, drop: 1, with: []string{re.ReplaceAllString(p.lines[n-1], with)}})
		}
		return out
	}
}

// fieldLines replaces a pattern in the lines of fields, and knows their places.
func fieldLines(pattern, with string) change {
	return func(p *lined) []edited {
		re := regexp.MustCompile(pattern)
		var out []edited
		for _, f := range p.source.Page.Facts {
			if f.Aspect != facts.Present || !strings.HasPrefix(p.lines[f.Pos.Line-1], "**") || !re.MatchString(p.lines[f.Pos.Line-1]) {
				continue
			}
			out = append(out, edited{line: f.Pos.Line, drop: 1, with: []string{re.ReplaceAllString(p.lines[f.Pos.Line-1], with)}, place: f.Place})
		}
		return out
	}
}

// byLine: the finding is known by its line only; a line that was not understood has no place.
func (c change) byLine() change {
	return func(p *lined) []edited {
		out := c(p)
		for i := range out {
			out[i].place = ""
		}
		return out
	}
}

// anywhere accepts the finding on any line: what is gone is reported at the lines around it.
func (c change) anywhere() change {
	return func(p *lined) []edited {
		out := c(p)
		for i := range out {
			out[i].place, out[i].at = "", around
		}
		return out
	}
}

// cutAt keeps the first percent of a page.
func cutAt(percent int) func(*lined) []edited {
	return func(p *lined) []edited {
		keep := len(p.lines) * percent / 100
		return []edited{{line: keep + 1, drop: len(p.lines) - keep, at: nowhere}}
	}
}

func replacedBy(text string) func(*lined) []edited {
	return func(p *lined) []edited {
		return []edited{{line: 1, drop: len(p.lines), with: strings.Split(text, "\n"), at: nowhere}}
	}
}

// section cuts everything from one line to another.
func section(from, to string) func(*lined) []edited {
	return func(p *lined) []edited {
		start, end := p.find(from), p.find(to)
		if len(start) == 0 || len(end) == 0 {
			return nil
		}
		return []edited{{line: start[0], drop: end[0] - start[0], at: nowhere}}
	}
}

// inSample changes lines inside the printed samples of responses.
func inSample(pattern, with string) change {
	return func(p *lined) []edited {
		var out []edited
		re := regexp.MustCompile(pattern)
		fence := 0
		for i, line := range p.lines {
			switch {
			case strings.HasPrefix(line, "```codeBlockLines"):
				fence = i + 1
			case strings.HasPrefix(line, "```"):
				fence = 0
			case fence > 0 && re.MatchString(line):
				out = append(out, edited{line: i + 1, drop: 1, with: []string{re.ReplaceAllString(line, with)}})
			}
		}
		return out
	}
}

// pageTextOperators are the changes of a page's lines.
func pageTextOperators() []textOperator {
	op := func(name string, mutate change, kinds ...string) textOperator {
		return textOperator{Operator{Name: name, Kinds: kinds}, mutate}
	}
	broken := []string{"truncated", "unreadable", "skeleton", "unread-line"}
	all := []textOperator{
		op("cut at 20 %", cutAt(20), broken...),
		op("cut at 40 %", cutAt(40), broken...),
		op("cut at 60 %", cutAt(60), broken...),
		op("cut at 80 %", cutAt(80), broken...),
		op("last lines missing", cutAt(97), broken...),
		op("empty", replacedBy(""), "unreadable"),
		op("white space only", replacedBy(" \n\n \t\n"), "unreadable"),
		op("404 page", replacedBy("# Page Not Found\n\nWe could not find what you were looking for."), "unreadable"),
		op("challenge instead of the page", replacedBy("# Just a moment...\n\nChecking your browser before you go on."), "unreadable"),
		op("error of a proxy", replacedBy("<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>"), "unreadable"),
		op("binary", replacedBy("\x00\x01\x02\x03"), "unreadable"),
		op("skeleton: no parameters, no schemas", skeleton, "skeleton", "truncated", "hollow-page"),
		op("saved before it was rendered: no host", each(`^(GET|POST) https?://[^/]+/`, "$1 /"), "skeleton"),
		op("half rendered: responses without schemas", section(`^- 20[01]$`, `^## Share your feedback`), "skeleton", "truncated", "hollow-page"),
		op("request section missing", section(`^## Request`, `^## Responses`), "truncated", "skeleton"),
		op("responses section missing", section(`^## Responses`, `^## Share your feedback`), "truncated", "skeleton"),
		op("method's block missing", func(p *lined) []edited {
			n := p.find(`^(GET|POST) https?://`)[0]
			return []edited{{line: n - 1, drop: 3, at: nowhere}}
		}, "unreadable"),
		op("page of another operation", otherPage, "unknown-page"),

		op("type misspelt", fieldLines(`(\*\* )(string|number|object)`, "${1}strin").byLine(), "unknown-label"),
		op("type of another language", fieldLines(`(\*\* )(string|number)`, "${1}varchar").byLine(), "unknown-label"),
		op("label torn off", fieldLines(`(\*\*) (string|number|object).*?(\\?)$`, "$1$3").anywhere(), "property-removed", "parameter-removed", "unread-line", "unknown-label", "type-removed", "required-removed"),
		op("required only gone from the table", fieldLines(`required(\\?)$`, "$1"), "required-removed"),
		op("name changed in the table only", fieldLines(`^\*\*(\w)`, "**x$1"), "parameter-renamed", "property-renamed"),
		op("field's line missing", func(p *lined) []edited {
			var out []edited
			for _, e := range fieldLines(`^\*\*`, "")(p) {
				e.with, e.at, e.gone = []string{strings.Repeat(`\`, strings.Count(p.lines[e.line-1][len(p.lines[e.line-1])-1:], `\`))}, nowhere, e.place.Last().Name
				for e.orphan = e.line + 1; strings.Trim(p.lines[e.orphan-1], `\`) == ""; e.orphan++ {
				}
				out = append(out, e)
			}
			return out
		}, "property-removed", "parameter-removed", "property-flattened", "incomplete-schema", "unread-line"),
		op("field's line twice", func(p *lined) []edited {
			var out []edited
			for _, e := range fieldLines(`^\*\*`, "**")(p) {
				blank := strings.Repeat(`\`, strings.Count(p.lines[e.line-1][len(p.lines[e.line-1])-1:], `\`))
				out = append(out, edited{line: e.line, drop: 1, with: []string{p.lines[e.line-1], blank, p.lines[e.line-1]}, at: around})
			}
			return out
		}, "page-contradicts-itself", "property-added", "property-moved", "incomplete-schema"),
		op("closing bracket missing", each(`^\\\]$`, "").anywhere(), "truncated", "unread-line"),
		op("opening bracket missing", each(`^Array \\\[\\$`, "").anywhere(), "unread-line", "truncated"),
		op("bracket too many", func(p *lined) []edited {
			var out []edited
			for _, n := range p.find("^```codeBlock") {
				out = append(out, edited{line: n, with: []string{`\]`, ""}})
			}
			return out
		}, "unread-line"),
		op("unknown requirement", each(`^#### Token Type\(s\)$`, "#### Moon Phase(s)"), "unread-line"),
		op("unknown kind of parameters", each(`^### Query Parameters$`, "### Matrix Parameters"), "unread-line"),
		op("parameters under another heading", each(`^### Query Parameters$`, "### Header Parameters").anywhere(), "parameter-moved"),
		op("body's heading without required", each(`^### Body \*\*required\*\*$`, "### Body"), "required-removed"),
		op("body's heading says list", each(`^### Body \*\*required\*\*$`, "### Body array **required**"), "type-changed", "unread-line", "page-contradicts-itself"),
		op("line of a stranger in the request", func(p *lined) []edited {
			return []edited{{line: p.find(`^### Header Parameters`)[0], with: []string{"Something that no renderer writes", ""}}}
		}, "unread-line"),
		op("line of a stranger under Requirements", func(p *lined) []edited {
			return []edited{{line: p.find(`^#### Auth Method`)[0], with: []string{"Something that no renderer writes", ""}}}
		}, "unread-line"),
		op("status gone from the list only", each(`^- (200|201|400|401)$`, "").anywhere(), "page-contradicts-itself", "unread-line", "truncated"),
		op("status renamed in the list only", each(`^- (20[01])$`, "- 206"), "response-renamed"),
		op("description of a status missing", each(`^(Bad [Rr]equest|Unauthorized)$`, "").anywhere(), "text-removed"),
		op("media type of a response missing", func(p *lined) []edited {
			var out []edited
			for _, n := range p.find(`^- application/json$`) {
				if n > p.find(`^## Responses`)[0] {
					out = append(out, edited{line: n, drop: 1, with: []string{""}, at: nowhere})
				}
			}
			return out
		}, "unread-line", "media-type-removed"),
		op("media type misspelt", each(`^- application/json$`, "- aplication json").anywhere(), "unread-line", "media-type-removed", "text-added"),
		op("possible values garbled", each("^\\*\\*Possible values:\\*\\* .*$", "**Possible values:** one of several"), "unread-line"),
		op("possible values cut", each("^(\\*\\*Possible values:\\*\\*.*)\\\\\\]$", "$1"), "unread-line"),
		op("example's tick missing", each("^(Example:`[^`]+)`\\\\?$", "$1"), "unread-line", "example-changed"),
		op("sample's value changed", inSample(`: "([^"]*)"`, `: "other$1"`), "sample-changed"),
		op("sample's key changed", inSample(`"(\w+)":`, `"other_$1":`), "sample-changed"),
		op("sample is not JSON", inSample(`^\{$`, "{{").anywhere(), "unread-line", "truncated"),
		op("sample with another kind of space", inSample(`(: "[^"]*) ([^"]*")`, "$1\u202f$2"), "sample-changed"),
		op("example with another kind of space", each("^(Example:[^ ]*\\S) (\\S.*)$", "$1\u202f$2"), "example-changed"),
		op("sample's fence missing", each("^```codeBlock.*$", "").anywhere(), "unread-line", "truncated", "sample-removed"),
		op("sample call with another method", each(`^curl -L '`, "curl -L -X PATCH '"), "page-contradicts-itself"),
		op("sample call to another path", each(`^(curl -L '[^']*)'`, "$1/more'"), "page-contradicts-itself"),
		op("sample call to another host", each(`^(curl -L )'https://[^/]*`, "$1'https://other.example.com"), "page-contradicts-itself"),
		op("form with another base URL", each(`^https://services\.leadconnectorhq\.com$`, "https://other.example.com"), "page-contradicts-itself"),
		op("form requires otherwise", each(` — (query|path|header)required$`, " — $1"), "page-contradicts-itself"),
		op("form names otherwise", each(`^(\w+) — (query|path|header)`, "other$1 — $2"), "page-contradicts-itself"),
		op("form places otherwise", each(`^(\w+) — query`, "$1 — header"), "page-contradicts-itself"),
		op("own links name two pages", each(`^(## Request .*/)[a-z-]+(/index)`, "${1}some-other-page$2").anywhere(), "page-contradicts-itself"),
		op("method only in the head", each(`^(GET|POST) https`, "DELETE https"), "method-changed"),
		op("path only in the head", each(`^((?:GET|POST) \S+)$`, "$1/more"), "path-changed"),
		op("host only in the head", each(`^(GET|POST) https://[^/]+/`, "$1 https://other.example.com/"), "server-changed"),
	}
	return all
}

// skeleton keeps what a page holds before its scripts run: headings, the list of statuses and their descriptions.
func skeleton(p *lined) []edited {
	request, responses := p.find(`^## Request`)[0], p.find(`^## Responses`)[0]
	var kept []string
	kept = append(kept, p.lines[request-1], "")
	kept = append(kept, p.lines[responses-1], "")
	for _, n := range p.find(`^- \d\d\d$`) {
		kept = append(kept, p.lines[n-1])
	}
	kept = append(kept, "", "Success", "", "Bad Request", "", "Unauthorized")
	return []edited{{line: request, drop: len(p.lines) - request + 1, with: kept, at: nowhere}}
}

// otherPage is a page of an operation that the record does not hold.
func otherPage(p *lined) []edited {
	text := strings.ReplaceAll(strings.Join(p.lines, "\n"), "/"+p.source.ID, "/create-something-else")
	text = strings.ReplaceAll(text, "/docs/ghl/snapshots/", "/docs/ghl/elsewhere/")
	text = strings.ReplaceAll(text, "leadconnectorhq.com/snapshots/", "leadconnectorhq.com/elsewhere/")
	return []edited{{line: 1, drop: len(p.lines), with: strings.Split(text, "\n"), at: nowhere}}
}

// PageTextMutants changes the lines of every page.
func (b *Baseline) PageTextMutants() []Outcome { return b.textMutants(pageTextOperators()) }

func (b *Baseline) textMutants(operators []textOperator) []Outcome {
	var out []Outcome
	type site struct {
		page *lined
		edit edited
	}
	for _, operator := range operators {
		var sites []site
		for _, source := range b.Pages {
			p := &lined{source, strings.Split(string(source.Text), "\n")}
			for _, e := range operator.mutate(p) {
				sites = append(sites, site{p, e})
			}
		}
		for _, s := range spread(sites, b.Sites) {
			e, source := s.edit, s.page.source
			text := s.page.apply(e)
			m := &Mutant{Operator: &operator.Operator, Site: source.ID + " line " + itoa(e.line), Text: text, Place: e.place, Line: e.at, Gone: e.gone, Orphan: e.orphan}
			switch e.at {
			case 0:
				m.Line = e.line
			case nowhere, around:
				m.Line = 0
			}
			o := assess(m, b.CheckPage(source.ID+".md", text), pageOf, b.Record)
			if e.at == nowhere && e.gone == "" {
				o.RightLine = o.RightKind // the page as a whole is at fault
			}
			out = append(out, o)
		}
	}
	return out
}
