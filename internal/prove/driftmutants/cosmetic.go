package driftmutants

import (
	"regexp"
	"slices"
	"strings"

	"github.com/highlevel-go/snapshots/internal/prove/pagewriter"
)

// cosmeticOperator changes the look of a page but not its meaning. It must cause no finding.
type cosmeticOperator struct {
	Name   string
	mutate func(p *SourcePage) []string
}

func everywhere(pattern, with string) func(*SourcePage) []string {
	re := regexp.MustCompile(pattern)
	return func(p *SourcePage) []string {
		return []string{re.ReplaceAllString(string(p.Text), with)}
	}
}

// rewritten writes the page in another dialect, from what it says.
func rewritten(d pagewriter.Dialect) func(*SourcePage) []string {
	return func(p *SourcePage) []string {
		written, err := pagewriter.Write(p.Page.Operation, d)
		if err != nil {
			return nil
		}
		return []string{string(written.Text)}
	}
}

// atEveryGap inserts a paragraph at every blank line between the parts of the page where a site puts such things.
func atEveryGap(paragraph string) func(*SourcePage) []string {
	return func(p *SourcePage) []string {
		lines := strings.Split(string(p.Text), "\n")
		var out []string
		for i, line := range lines {
			if line == "" && i > 0 && i+1 < len(lines) && strings.HasPrefix(lines[i+1], "#") {
				out = append(out, strings.Join(slices.Concat(lines[:i], []string{"", paragraph, ""}, lines[i+1:]), "\n"))
			}
		}
		return out
	}
}

func cosmeticOperators() []cosmeticOperator {
	all := []cosmeticOperator{
		{"other date of the scrape", everywhere(`scraped: .*`, "scraped: 2027-03-04T05:06:07.890Z")},
		{"other hash of a CSS class", everywhere(`codeBlockLines_\w+`, "codeBlockLines_Xy12")},
		{"no class on code", everywhere("```(codeBlockLines_\\w+|openapi-explorer.*)", "```")},
		{"CRLF", everywhere(`\n`, "\r\n")},
		{"trailing blanks", everywhere(`([^\s\\])\n`, "$1   \n")},
		{"two blank lines for one", everywhere(`\n\n([#*A-Z-])`, "\n\n\n$1")},
		{"no line end at the end of the file", everywhere(`\n+$`, "")},
		{"byte order mark", everywhere(`^`, "\ufeff")},
		{"footer", everywhere(`\n*$`, "\n\n[Previous\n\nSnapshots](https://marketplace.gohighlevel.com/docs/x) [Next\n\nUsers](https://marketplace.gohighlevel.com/docs/y)\n\nCopyright © 2027 Somebody\n")},
		{"other words of the feedback", everywhere(`★★★★★`, "★★★★☆ (17)")},
		{"suffix of the self links", everywhere(`/index\.html`, "")},
		{"no fragment of the skip link", everywhere(`#__docusaurus_skipToContent_fallback`, "")},
		{"zero-width characters gone", everywhere("\u200b", "")},
		{"zero-width characters in headings", everywhere(`(?m)^(#+ \w+)`, "$1\u200b")},
		{"no front matter", everywhere(`(?s)^---\n.*?\n---\n`, "")},
		{"front matter of another page", everywhere(`source: .*`, "source: https://marketplace.gohighlevel.com/docs/ghl/users/get-user")},
		{"other front matter", everywhere(`(?s)^---\n.*?\n---\n`, "---\ntitle: \"x\"\nauthor: someone\ntags: [a, b]\n---\n")},
		{"other scheme description", everywhere(`description: [^\n]*`, "description: Use a token.")},
		{"buttons between the parts", atEveryGap("Copy")},
		{"button in the panel", everywhere(`Send API Request`, "Copy\n\nSend API Request")},
		{"sample call with its headers in another order", everywhere(`(-H 'Accept[^\n]*\\\n)(-H 'Authorization[^\n]*)\n`, "$2 \\\n$1")},
		{"languages of the sample call", everywhere(`- nodejs\n- python\n`, "- nodejs\n- python\n- rust\n")},
		{"star bullets", everywhere(`(?m)^- `, "* ")},
		{"underscores without a backslash", everywhere(`\\_`, "_")},
		{"sections of the head in another order", requirementsLast},
		{"properties in another order", reordered},
		{"parameters in another order", rewritten(pagewriter.Dialect{ThemeOrder: true})},
	}
	for _, d := range pagewriter.Dialects {
		if !d.NoLinks && d != (pagewriter.Dialect{Name: d.Name}) {
			all = append(all, cosmeticOperator{"rewritten: " + d.Name, rewritten(d)})
		}
	}
	return all
}

// requirementsLast swaps the lists under Requirements.
func requirementsLast(p *SourcePage) []string {
	re := regexp.MustCompile(`(?s)(#### Auth Method\(s\)\n\n[^\n]*\n\n)(#### Token Type\(s\)\n\n[^\n]*\n\n)`)
	return []string{re.ReplaceAllString(string(p.Text), "$2$1")}
}

// reordered writes the fields of every object the other way round.
func reordered(p *SourcePage) []string {
	op := clone(p.Page.Operation)
	slices.Reverse(op.Facts)
	written, err := pagewriter.Write(op, pagewriter.Dialect{})
	if err != nil {
		return nil
	}
	return []string{string(written.Text)}
}

// CosmeticResult is the outcome of a cosmetic change.
type CosmeticResult struct {
	Name     string
	Sites    int
	Findings []string // there must be none
}

// Cosmetics makes every cosmetic change of every page.
func (b *Baseline) Cosmetics() []CosmeticResult { return b.cosmetics(cosmeticOperators()) }

func (b *Baseline) cosmetics(operators []cosmeticOperator) []CosmeticResult {
	var out []CosmeticResult
	for _, operator := range operators {
		s := CosmeticResult{Name: operator.Name}
		for _, source := range b.Pages {
			for _, text := range spread(operator.mutate(source), b.Sites) {
				if text == string(source.Text) {
					continue
				}
				s.Sites++
				for _, f := range b.CheckPage(source.ID+".md", []byte(text)).Findings {
					s.Findings = append(s.Findings, source.ID+": "+f.ID)
				}
			}
		}
		out = append(out, s)
	}
	return out
}
