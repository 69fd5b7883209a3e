package frommarkdown

import (
	"encoding/json"
	"regexp"
	"strings"

	"github.com/highlevel-go/snapshots/internal/docpage/rendered/token"
)

var (
	fenceStart  = regexp.MustCompile("^ {0,3}(`{3,}|~{3,})(.*)$")
	atxHeading  = regexp.MustCompile(`^ {0,3}(#{1,6})(?:\s+(.*?))?\s*#*\s*$`)
	listItem    = regexp.MustCompile(`^\s{0,6}[-*+•]\s+(.*)$`)
	setextRule  = regexp.MustCompile(`^ {0,3}(=+|-{2,})\s*$`)
	metaLine    = regexp.MustCompile(`^([A-Za-z_][\w-]*)\s*:\s*(.*)$`)
	indentedTab = regexp.MustCompile(`^(?:    |\t)`)
)

var newlines = strings.NewReplacer("\r\n", "\n", "\r", "\n")

// Tokens splits off the front matter of Markdown, and splits the rest into tokens. They do not depend on how a scraper
// writes the page.
func Tokens(source string) (meta map[string]string, tokens []token.Token) {
	t := &tokenizer{lines: strings.Split(newlines.Replace(source), "\n")}
	meta = t.frontMatter()
	for t.next < len(t.lines) {
		if t.step(); len(t.tokens) > token.Max { // the page is rejected
			return meta, t.tokens
		}
	}
	return meta, normalize(t.tokens)
}

type tokenizer struct {
	lines  []string
	next   int
	tokens []token.Token
	blank  bool // the previous line was blank
}

// frontMatter reads the lines between two --- at the top.
func (t *tokenizer) frontMatter() map[string]string {
	meta := map[string]string{}
	t.blank = true
	start := 0
	for start < len(t.lines) && token.Tidy(t.lines[start]) == "" {
		start++
	}
	if start == len(t.lines) || token.Tidy(t.lines[start]) != "---" {
		return meta
	}
	for i := start + 1; i < len(t.lines) && i < start+100; i++ {
		line := token.Tidy(t.lines[i])
		if line == "---" || line == "..." {
			t.next = i + 1
			return meta
		}
		if m := metaLine.FindStringSubmatch(line); m != nil {
			meta[strings.ToLower(m[1])] = strings.Trim(m[2], `"'`)
		}
	}
	return map[string]string{} // a rule, not front matter
}

func (t *tokenizer) add(tok token.Token) { t.tokens = append(t.tokens, tok) }

func (t *tokenizer) step() {
	raw := withoutMarkup(t.lines[t.next])
	number := t.next + 1
	if m := fenceStart.FindStringSubmatch(raw); m != nil && !strings.Contains(m[2], "`") {
		t.fenced(m[1], m[2])
		t.blank = false
		return
	}
	text := starBold(token.Tidy(token.HardBreak(raw)))
	if text == "" || isRule(text) { // a rule that underlines a heading was read with it
		t.blank = true
		t.next++
		return
	}
	if t.blank && indentedTab.MatchString(raw) && !listItem.MatchString(raw) {
		t.indented()
		return
	}
	t.next++
	first := t.blank
	t.blank = false
	if m := atxHeading.FindStringSubmatch(token.HardBreak(raw)); m != nil {
		t.add(token.Token{Kind: token.Heading, Level: len(m[1]), Text: token.Tidy(m[2]), Line: number})
		t.blank = true
		return
	}
	if m := listItem.FindStringSubmatch(token.HardBreak(raw)); m != nil {
		t.add(token.Token{Kind: token.Item, Text: token.Tidy(m[1]), Line: number, First: first})
		return
	}
	if t.next < len(t.lines) {
		if m := setextRule.FindStringSubmatch(t.lines[t.next]); m != nil && !isMarkup(text) {
			level := 2
			if m[1][0] == '=' {
				level = 1
			}
			t.add(token.Token{Kind: token.Heading, Level: level, Text: text, Line: number})
			t.next++
			t.blank = true
			return
		}
	}
	if inner := strings.Trim(text, "`"); (strings.HasPrefix(inner, "{") || strings.HasPrefix(inner, "[")) && json.Valid([]byte(inner)) {
		t.add(token.Token{Kind: token.Code, Lines: []string{inner}, Line: number, Closed: true})
		return
	}
	t.add(token.Token{Kind: token.ParagraphLine, Text: text, Line: number, First: first})
}

var underlined = regexp.MustCompile(`^__((?:[^_\\]|\\.|_[^_])+)__(?:$|[^_])`)

// starBold rewrites __bold__ at the start of a line as **bold**, which means the same in Markdown.
func starBold(line string) string {
	if !strings.HasPrefix(line, "__") {
		return line
	}
	if m := underlined.FindStringSubmatchIndex(line); m != nil {
		return "**" + line[m[2]:m[3]] + "**" + line[m[3]+2:]
	}
	return line
}

// isMarkup reports whether a line above a rule is the line of a field, not a heading.
func isMarkup(text string) bool {
	return strings.HasPrefix(text, "**") || strings.HasPrefix(text, "Example")
}

func isRule(text string) bool {
	return strings.Trim(text, "-* ") == "" && len(text) >= 3 && len(text) <= 1000
}

func (t *tokenizer) fenced(fence, info string) {
	block := token.Token{Kind: token.Code, Line: t.next + 1, Language: strings.TrimSpace(info), Fenced: true}
	for t.next++; t.next < len(t.lines); t.next++ {
		line := t.lines[t.next]
		if trimmed := token.Tidy(token.HardBreak(line)); strings.HasPrefix(trimmed, fence) && strings.Trim(trimmed, fence[:1]) == "" {
			block.Closed = true
			t.next++
			break
		}
		block.Lines = append(block.Lines, strings.Trim(line, "\u200b\u200c\u200d\ufeff\u2060"))
	}
	block.Lines = withoutEntities(block.Lines)
	t.add(block)
}

func (t *tokenizer) indented() {
	block := token.Token{Kind: token.Code, Line: t.next + 1, Closed: true}
	for ; t.next < len(t.lines); t.next++ {
		line := t.lines[t.next]
		if token.Tidy(line) != "" && !indentedTab.MatchString(line) {
			break
		}
		block.Lines = append(block.Lines, indentedTab.ReplaceAllString(line, ""))
	}
	for len(block.Lines) > 0 && strings.TrimSpace(block.Lines[len(block.Lines)-1]) == "" {
		block.Lines = block.Lines[:len(block.Lines)-1]
	}
	t.blank = true
	t.add(block)
}
