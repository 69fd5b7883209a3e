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

// shellWords splits a command line as a shell does: words in single or double quotes, lines that continue after a backslash.
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
		case quote == 0 && r == '\\' && (i+1 == len(text) || unicode.IsSpace(text[i+1])): // the line continues
		default:
			if started == 0 {
				started = line
			}
			switch {
			case quote == 0 && r == '\\':
				i++
				word.WriteRune(text[i])
			case quote == 0 && (r == '\'' || r == '"'):
				quote = r
			case r == quote:
				quote = 0
			default:
				word.WriteRune(r)
			}
		}
		if r == '\n' && tok.Fenced { // in HTML a whole block is on the line where it begins
			line++
		}
	}
	end()
	return out
}
