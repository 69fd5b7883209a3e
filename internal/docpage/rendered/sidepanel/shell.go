package sidepanel

import (
	"strings"
	"unicode"

	"github.com/highlevel-go/snapshots/internal/docpage/rendered/token"
)

// shellWord is a word of a command line.
type shellWord struct {
	Text string
	Line int
}

// shellWords takes a command line apart as a shell does: words in single or double quotes, lines that go on after a
// backslash.
func shellWords(tok token.Token) []shellWord {
	var out []shellWord
	var word strings.Builder
	line, started := tok.FirstLine(), 0 // started: the line on which the word begins, 0 between words
	end := func() {
		if started > 0 {
			out = append(out, shellWord{word.String(), started})
		}
		word.Reset()
		started = 0
	}
	quote := rune(0)
	text := []rune(strings.Join(tok.Lines, "\n"))
	for i := 0; i < len(text); i++ {
		r := text[i]
		switch {
		case quote == 0 && (r == ' ' || r == '\t' || r == '\n'):
			end()
		case quote == 0 && r == '\\' && i+1 < len(text) && !unicode.IsSpace(text[i+1]):
			i++
			r = text[i]
			fallthrough
		case quote != 0 && r != quote, quote == 0 && r != '\'' && r != '"' && r != '\\':
			if started == 0 {
				started = line
			}
			word.WriteRune(r)
		case r == '\\': // the line goes on
		default:
			if started == 0 {
				started = line
			}
			if quote == 0 {
				quote = r
			} else {
				quote = 0
			}
		}
		if r == '\n' && tok.Fenced { // in HTML all of a block stands where it begins
			line++
		}
	}
	end()
	return out
}
