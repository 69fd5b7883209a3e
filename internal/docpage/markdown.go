package docpage

import (
	"encoding/json"
	"regexp"
	"strings"
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

// markdownTokens splits Markdown into tokens, and its front matter off. However a scraper writes a page, the tokens are the same.
func markdownTokens(source string) (meta map[string]string, tokens []token) {
	t := &tokenizer{lines: strings.Split(newlines.Replace(source), "\n")}
	meta = t.frontMatter()
	for t.next < len(t.lines) && len(t.tokens) <= maxTokens { // a page with more is refused
		t.step()
	}
	return meta, sameDialect(t.tokens)
}

type tokenizer struct {
	lines  []string
	next   int
	tokens []token
	blank  bool // the line before was blank
}

// frontMatter reads the lines between two --- at the very top.
func (t *tokenizer) frontMatter() map[string]string {
	meta := map[string]string{}
	t.blank = true
	start := 0
	for start < len(t.lines) && tidy(t.lines[start]) == "" {
		start++
	}
	if start == len(t.lines) || tidy(t.lines[start]) != "---" {
		return meta
	}
	for i := start + 1; i < len(t.lines) && i < start+100; i++ {
		line := tidy(t.lines[i])
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

func (t *tokenizer) add(tok token) { t.tokens = append(t.tokens, tok) }

func (t *tokenizer) step() {
	raw := undressed(t.lines[t.next])
	number := t.next + 1
	if m := fenceStart.FindStringSubmatch(raw); m != nil && !strings.Contains(m[2], "`") {
		t.fenced(m[1], m[2])
		t.blank = false
		return
	}
	text := starBold(tidy(hardBreak(raw)))
	if text == "" || isRule(text) { // a rule that underlines a heading went with it
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
	if m := atxHeading.FindStringSubmatch(hardBreak(raw)); m != nil {
		t.add(token{kind: heading, level: len(m[1]), text: tidy(m[2]), line: number})
		t.blank = true
		return
	}
	if m := listItem.FindStringSubmatch(hardBreak(raw)); m != nil {
		t.add(token{kind: item, text: tidy(m[1]), line: number, first: first})
		return
	}
	if t.next < len(t.lines) {
		if m := setextRule.FindStringSubmatch(t.lines[t.next]); m != nil && !isMarkup(text) {
			level := 2
			if m[1][0] == '=' {
				level = 1
			}
			t.add(token{kind: heading, level: level, text: text, line: number})
			t.next++
			t.blank = true
			return
		}
	}
	if inner := strings.Trim(text, "`"); (inner[:min(1, len(inner))] == "{" || inner[:min(1, len(inner))] == "[") && json.Valid([]byte(inner)) {
		t.add(token{kind: code, lines: []string{inner}, line: number, closed: true})
		return
	}
	t.add(token{kind: paragraphLine, text: text, line: number, first: first})
}

var underlined = regexp.MustCompile(`^__((?:[^_\\]|\\.|_[^_])+)__(?:$|[^_])`)

// starBold writes __bold__ at the start of a line as **bold**, which is the same to Markdown.
func starBold(line string) string {
	if !strings.HasPrefix(line, "__") {
		return line
	}
	if m := underlined.FindStringSubmatchIndex(line); m != nil {
		return "**" + line[m[2]:m[3]] + "**" + line[m[3]+2:]
	}
	return line
}

// isMarkup: a field line above a rule is not a heading.
func isMarkup(text string) bool {
	return strings.HasPrefix(text, "**") || strings.HasPrefix(text, "Example")
}

func isRule(text string) bool {
	return strings.Trim(text, "-* ") == "" && len(text) >= 3 && len(text) <= 1000
}

func (t *tokenizer) fenced(fence, info string) {
	block := token{kind: code, line: t.next + 1, language: strings.TrimSpace(info), fenced: true}
	for t.next++; t.next < len(t.lines); t.next++ {
		line := t.lines[t.next]
		if trimmed := tidy(hardBreak(line)); strings.HasPrefix(trimmed, fence) && strings.Trim(trimmed, fence[:1]) == "" {
			block.closed = true
			t.next++
			break
		}
		block.lines = append(block.lines, strings.Trim(line, "\u200b\u200c\u200d\ufeff\u2060"))
	}
	block.lines = withoutEntities(block.lines)
	t.add(block)
}

func (t *tokenizer) indented() {
	block := token{kind: code, line: t.next + 1, closed: true}
	for ; t.next < len(t.lines); t.next++ {
		line := t.lines[t.next]
		if tidy(line) != "" && !indentedTab.MatchString(line) {
			break
		}
		block.lines = append(block.lines, indentedTab.ReplaceAllString(line, ""))
	}
	for len(block.lines) > 0 && strings.TrimSpace(block.lines[len(block.lines)-1]) == "" {
		block.lines = block.lines[:len(block.lines)-1]
	}
	t.blank = true
	t.add(block)
}
