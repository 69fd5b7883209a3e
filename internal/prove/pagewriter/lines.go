package pagewriter

import (
	"regexp"
	"strings"

	"github.com/highlevel-go/snapshots/internal/facts"
)

// writer writes one page.
type writer struct {
	Dialect
	lines []string
	shown []facts.Fact
	depth int // of the arrays that are open
}

// show records that the page shows a fact on a line.
func (w *writer) show(place facts.Place, aspect facts.Aspect, value string, line int) {
	w.shown = append(w.shown, facts.Fact{Place: place, Aspect: aspect, Value: value, Pos: facts.Pos{Line: line}})
}

func (w *writer) showText(s *schema, aspect facts.Aspect, line int) {
	if hash := facts.TextHash(s.prose(aspect)); hash != "" {
		w.show(s.place, aspect, hash, line)
	}
}

// put writes a line and returns its number. Inside an array every line ends with a hard line break.
func (w *writer) put(line string) int {
	if w.depth > 0 && !w.NoBackslash {
		line += `\`
	}
	w.lines = append(w.lines, line)
	return len(w.lines)
}

// block writes lines after an empty line, and returns the number of the first.
func (w *writer) block(lines ...string) int {
	w.put("")
	first := w.put(lines[0])
	for _, line := range lines[1:] {
		w.put(line)
	}
	return first
}

func (w *writer) heading(level int, text string) int {
	if w.Setext && level <= 2 {
		rule := "==="
		if level == 2 {
			rule = "---"
		}
		return w.block(text, rule)
	}
	return w.block(strings.Repeat("#", level) + " " + text)
}

func (w *writer) list(items ...string) int {
	bullet := w.Bullet
	if bullet == "" {
		bullet = "-"
	}
	lines := make([]string, len(items))
	for i, item := range items {
		lines[i] = bullet + " " + item
	}
	return w.block(lines...)
}

// code writes a block of code and returns the number of its first line, fence included.
func (w *writer) code(language string, lines ...string) int {
	first := 0
	switch w.Code {
	case Indented:
		for i, line := range lines {
			lines[i] = "    " + line
		}
		first = w.block(lines...)
	case Tildes:
		first = w.block(append(append([]string{"~~~" + language}, lines...), "~~~")...)
	default:
		first = w.block(append(append([]string{"```" + language}, lines...), "```")...)
	}
	if w.Buttons {
		w.block("Toggle word wrap")
		w.block("Copy")
	}
	return first
}

// json writes a sample as the renderer shows it, in a theme's block of code.
func (w *writer) json(value any) int {
	lines := pretty(value)
	if w.OneLineJSON {
		lines = []string{compact(value)}
	}
	lines = w.arrayBreaks(lines)
	if w.Theme >= Theme52 && len(lines) > 1 {
		var apart []string
		for _, line := range lines {
			blank := ""
			if strings.HasSuffix(line, `\`) {
				blank = `\`
			}
			if n := len(apart); n > 0 && !strings.HasSuffix(apart[n-1], `\`) {
				blank = ""
			} else if n > 0 {
				blank = `\`
			}
			apart = append(apart, blank, line)
		}
		lines = apart
	}
	return w.code("codeBlockLines_e6Vv", append(lines, "")...)
}

// arrayBreaks ends every line of JSON inside an array with a hard line break, as the scraper does.
func (w *writer) arrayBreaks(lines []string) []string {
	if w.NoBackslash || w.OneLineJSON {
		return lines
	}
	out := make([]string, len(lines))
	depth := 0
	for i, line := range lines {
		trimmed := strings.TrimSpace(line)
		if strings.HasSuffix(trimmed, "[") {
			depth++
		} else if trimmed == "]" || trimmed == "]," {
			depth--
		}
		if out[i] = line; depth > 0 {
			out[i] += `\`
		}
	}
	return out
}

var ordinal = regexp.MustCompile(`^(\d+)\.`)

// escape escapes the beginning of a line so that Markdown shows it unchanged.
func (w *writer) escape(text string) string {
	if text != "" && strings.ContainsRune("#+->=~", rune(text[0])) {
		return `\` + w.inline(text)
	}
	return ordinal.ReplaceAllString(w.inline(text), `$1\.`)
}

// inline writes text inside a line.
func (w *writer) inline(text string) string {
	special := "\\*[]`"
	if !w.Unescaped {
		special += "_"
	}
	var out strings.Builder
	for _, r := range text {
		if strings.ContainsRune(special, r) {
			out.WriteByte('\\')
		}
		out.WriteRune(r)
	}
	return out.String()
}

// tick writes a code span, with as many backticks as its text needs.
func tick(text string) string {
	fence := "`"
	for strings.Contains(text, fence) {
		fence += "`"
	}
	if fence == "`" {
		return fence + text + fence
	}
	return fence + " " + text + " " + fence
}

func ticks(texts []string) []string {
	out := make([]string, len(texts))
	for i, text := range texts {
		out[i] = tick(text)
	}
	return out
}
