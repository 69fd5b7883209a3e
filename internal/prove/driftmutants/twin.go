package driftmutants

import (
	"bytes"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/highlevel-go/snapshots/internal/docpage"
	"github.com/highlevel-go/snapshots/internal/drift"
	"github.com/highlevel-go/snapshots/internal/facts"
	"github.com/highlevel-go/snapshots/internal/prove/pagewriter"
)

// Twins returns the Markdown twins of pages.
func Twins(pages []*SourcePage) ([]*SourcePage, error) {
	var out []*SourcePage
	for _, p := range pages {
		text, err := pagewriter.WriteTwin(p.Page.Operation)
		if err != nil {
			return nil, err
		}
		page, err := docpage.Parse(p.ID+".md", text)
		if err != nil {
			return nil, err
		}
		for i, f := range page.Facts { // as what is written next says it
			if of, ok := p.Page.Get(f.Place, f.Aspect); ok {
				page.Facts[i].Prose = of.Prose
			}
		}
		out = append(out, &SourcePage{ID: page.ID, Text: text, Page: page})
	}
	return out, nil
}

// tokensRemoved is an operator that no twin shows.
const tokensRemoved = "token types removed"

// twinUnseen says why a change leaves a twin as it was, or says nothing of what it takes away, by operator.
var twinUnseen = map[string]string{
	"parameter's required flipped": "OpenAPI requires every parameter in a path",
	tokensRemoved:                  "the tokens that a page without Authentication takes are not known",
}

// TwinHides reports whether there is a recorded reason why a change cannot be seen in some twins.
func TwinHides(operator string) bool { return twinUnseen[operator] != "" }

// documentHeading begins the second part of a twin.
var documentHeading = []byte("## OpenAPI Specification\n")

// inTwin reports whether a finding of a mutant points into what differs between it and the twin as it was, or at where
// that begins which has several values.
func inTwin(m *Mutant, aspect facts.Aspect, before []byte, report *drift.Report) bool {
	headBefore, documentBefore, _ := bytes.Cut(before, documentHeading)
	head, document, _ := bytes.Cut(m.Text, documentHeading)
	offset := bytes.Count(head, []byte("\n")) + 1
	lines := strings.Split(string(m.Text), "\n")
	return slices.ContainsFunc(report.Findings, func(f *drift.Finding) bool {
		return slices.Contains(m.Operator.Kinds, f.Kind) && slices.ContainsFunc(f.Sites, func(s drift.Site) bool {
			if s.Page == nil || s.Place != m.Place || s.Page.Pos.Line < 1 {
				return false
			}
			line := s.Page.Pos.Line
			begins := map[facts.Aspect]string{facts.Enum: `"enum": [`, facts.TokenTypes: "- **", facts.Scheme: `-Access": {`}[aspect]
			return begins != "" && strings.Contains(lines[line-1], begins) || differs(headBefore, head, line) || differs(documentBefore, document, line-offset)
		})
	})
}

// differs reports whether a line, counted from 1, is in the part of a text that has changed.
func differs(before, after []byte, line int) bool {
	a, b := bytes.Split(before, []byte("\n")), bytes.Split(after, []byte("\n"))
	same := 0
	for same < min(len(a), len(b)) && bytes.Equal(a[same], b[same]) {
		same++
	}
	tail := 0
	for tail < min(len(a), len(b))-same && bytes.Equal(a[len(a)-1-tail], b[len(b)-1-tail]) {
		tail++
	}
	return line > same && line <= len(b)-tail
}

// TwinTextMutants changes the lines of every twin.
func (b *Baseline) TwinTextMutants() []Outcome { return b.textMutants(twinTextOperators(b.Pages)) }

// twinTextOperators are mistakes and damage of twins: each cell of a table, the heading, the line with the method, Authentication, and
// the document as a whole.
func twinTextOperators(pages []*SourcePage) []textOperator {
	op := func(name string, mutate change, kinds ...string) textOperator {
		return textOperator{Operator{Name: name, Kinds: kinds}, mutate}
	}
	const itself, row = "page-contradicts-itself", "^\\| `"
	cell := func(number int, with string) change {
		return each("^((?:\\|[^|]*){"+itoa(number-1)+"})\\| [^|]* (\\|.*)", "$1| "+with+" $2").in(row)
	}
	all := []textOperator{
		op("name in a table", cell(1, "`other`"), itself),
		op("type in a table", cell(2, "boolean"), itself),
		op("type in a table misspelt", each("^(\\| `[^|]*\\| \\w+)(\\w .*)", "${1}x$2"), itself),
		op("required in a table", each("^(\\| `[^|]*\\|[^|]*\\|) Yes ", "$1 No "), itself),
		op("not required in a table", each("^(\\| `[^|]*\\|[^|]*\\|) No ", "$1 Yes "), itself),
		op("description in a table", cell(4, "Other words"), itself),
		op("row removed", each(row+".*", "").anywhere(), itself),
		op("row twice", func(p *lined) (out []edited) {
			for _, n := range p.find(row) {
				out = append(out, edited{line: n, with: []string{p.lines[n-1]}, at: n + 1})
			}
			return out
		}, itself),
		op("row in a table of another name", each(`^### Query Parameters`, "### Header Parameters").anywhere(), itself),
		op("method of the head", each(`^(GET|POST) (https.*)`, "DELETE $2"), "unreadable"),
		op("host of the head", each(`^(GET|POST) https://[^/]+(.*)`, "$1 https://other.example.com$2"), "unreadable"),
		op("path of the head", each(`^((?:GET|POST) https.*)`, "$1/more"), "unreadable"),
		op("method of the head misspelt", each(`^(GET|POST) (https.*)`, "${1}T $2").anywhere(), itself),
		op("no line with method and address", each(`^(GET|POST) https.*`, "").anywhere(), itself),
		op("heading of another operation", each(`^# .*`, "# Something else altogether now"), "unreadable"),
		op("heading in other words", each(`^(# .*)`, "$1 now"), itself),
		op("kind of token", each(`^- \*\*[\w-]+ [Tt]oken:`, "- **Sub-Account Token:"), "tokens-changed", itself),
		op("ways to get a token", each(`^(- \*\*[\w-]+ [Tt]oken: OAuth Access Token) or Private Integration Token`, "$1"), "methods-changed"),
		op("scopes", each(`^(- \*\*.*\*\*) .*`, "$1 Scopes: `others.write`."), "scopes-added", "scopes-changed", itself),
		op("document of another operation", otherDocument(pages), "unreadable"),
		op("host of the document", each(`"url": "https://services\.leadconnectorhq\.com"`, `"url": "https://other.example.com"`).atMethod(), "unreadable"),
		op("key twice in the document", each(`^(\s+)("(?:type|name|operationId|responses)": )`, "$1${2}null, $2"), "unreadable"),
		op("document refers to a file", each(`"schema": \{`, `"schema": {"$$ref": "other.json#/A", "x":{}},"y":{`), "unreadable"),
		op("document refers to an address", each(`"schema": \{`, `"schema": {"$$ref": "https://other.example.com/a.json#/A", "x":{}},"y":{`), "unreadable"),
		op("10,000 levels in the document", each(`"schema": \{`, `"x":`+strings.Repeat("[", 10_000)+strings.Repeat("]", 10_000)+`,"schema": {`), "unreadable"),
	}
	for _, percent := range []int{10, 30, 50, 70, 90, 98} {
		all = append(all, op(fmt.Sprintf("cut after %d%%", percent), cutAt(percent), "unreadable", "truncated"))
	}
	return all
}

// in keeps the changes of lines that match a pattern.
func (c change) in(pattern string) change {
	re := regexp.MustCompile(pattern)
	return func(p *lined) []edited {
		return slices.DeleteFunc(c(p), func(e edited) bool { return !re.MatchString(p.lines[e.line-1]) })
	}
}

// atMethod: what the head contradicts is reported at its line with the method.
func (c change) atMethod() change {
	return func(p *lined) []edited {
		out := c(p)
		for i := range out {
			out[i].at = p.find(`^(GET|POST) https`)[0]
		}
		return out
	}
}

// otherDocument puts the document of the next page into a twin.
func otherDocument(pages []*SourcePage) change {
	return func(p *lined) []edited {
		i := slices.IndexFunc(pages, func(s *SourcePage) bool { return s.ID == p.source.ID })
		_, document, _ := bytes.Cut(pages[(i+1)%len(pages)].Text, documentHeading)
		from := p.find(`^## OpenAPI Specification`)[0]
		return []edited{{line: from + 1, drop: len(p.lines) - from, with: strings.Split(string(document), "\n"), at: p.find(`^(GET|POST) https`)[0]}}
	}
}

// TwinCosmetics makes every change of every twin that means nothing.
func (b *Baseline) TwinCosmetics() []CosmeticResult {
	return b.cosmetics([]cosmeticOperator{
		{"CRLF", everywhere(`\n`, "\r\n")},
		{"trailing blanks", everywhere(`\n`, "  \n")},
		{"two blank lines for one", everywhere(`\n\n([#*A-Z-])`, "\n\n\n$1")},
		{"no line end at the end of the file", everywhere(`\n+$`, "")},
		{"byte order mark", everywhere(`^`, "\ufeff")},
		{"front matter", everywhere(`^`, "---\ntitle: Something\n---\n\n")},
		{"closed headings", everywhere(`(?m)^(#+) (.*)$`, "$1 $2 $1")},
		{"star bullets", everywhere(`(?m)^- `, "* ")},
		{"wide cells", everywhere(`(?m)^\| `, "|    ")},
		{"narrow cells", everywhere(` \| `, "|")},
		{"a column more", everywhere("(?m)^(\\| `.*)$", "$1 new |")},
		{"another word for required", everywhere(`\| Yes \|`, "| Always |")},
		{"types in full", everywhere(`\| string \|`, "| string (text) |")},
		{"another fence", everywhere("(?m)^```", "~~~~")},
		{"a section more", everywhere("## Parameters\n", "## Rate limits\n\nMany.\n\n## Parameters\n")},
		{"other words before the tokens", everywhere("Send `.*\n", "Present one of these:\n")},
		{"words about the scopes", everywhere(`No scopes required\.`, "There are no scopes for this one.")},
		{"the document indented with tabs", everywhere(`(?m)^  `, "\t")},
		{"the document on one line", compactDocument},
		{"another title of the API", everywhere(`"title": "API"`, `"title": "Another API"`)},
		{"an extension of the API", everywhere(`"info": \{`, `"info": {"x-new": {"a": [1]},`)},
		{"a tag in the document", everywhere(`"responses": `, `"tags": ["Kettles"], "responses": `)},
	})
}

// compactDocument writes the document without white space.
func compactDocument(p *SourcePage) []string {
	head, document, _ := bytes.Cut(p.Text, documentHeading)
	text := strings.TrimSuffix(strings.TrimPrefix(strings.TrimSpace(string(document)), "```json\n"), "```")
	var out bytes.Buffer
	if err := json.Compact(&out, []byte(text)); err != nil {
		return []string{err.Error()} // which is no page
	}
	return []string{string(head) + string(documentHeading) + "\n```json\n" + out.String() + "\n```\n"}
}
