package docpage

import (
	"strings"

	"github.com/highlevel-go/snapshots/internal/facts"
)

// samples reads the JSON below the fields of a body. The first block is made from the schema where there is a tab for it;
// the others are named by the tabs, and may have a title above.
func (r messageReader) samples(b *bodyPart, names []string, auto bool) {
	isNamed := len(names) > 0
	defer func() {
		for _, name := range names {
			r.page.Report(Contradiction, b.line, "there is a tab %s, and no example behind it", quoteShort(name))
		}
	}()
	for first := true; r.next < len(r.tokens); first = false {
		made := first && !b.hasSample && (auto || !isNamed)
		title, ahead := "", 0
		if isNamed && !made {
			for r.peek(ahead).kind == paragraphLine {
				title += r.peek(ahead).text
				ahead++
			}
		}
		tok := r.peek(ahead)
		if tok.kind != code {
			return
		}
		value := r.sampleValue(b, tok)
		if made {
			b.setSample(value, tok)
		} else {
			name := "Example"
			if len(names) > 0 {
				name, names = names[0], names[1:]
			} else if title != "" {
				name = title
			}
			b.examples = append(b.examples, [2]string{freeName(b.examples, name), facts.CanonicalValue(plainValue(value))})
		}
		r.next += ahead + 1
	}
}

// sampleValue is the JSON of a block, or its text where the body is of another type.
func (r messageReader) sampleValue(b *bodyPart, tok token) any {
	value, err := parseSample(tok.lines)
	if err == nil {
		if key := repeatedKey(value); key != "" {
			r.page.Report(Contradiction, tok.line, "the printed JSON has the key %s twice in one object", quoteShort(key))
		}
		return value
	}
	if strings.Contains(b.mediaType, "json") {
		if !tok.closed {
			r.page.Report(Truncated, tok.line, "the sample of the body is cut off")
		} else {
			r.page.Report(Unread, tok.line, "the sample of the body is not JSON: %v", err)
		}
	}
	return strings.Join(tok.lines, "\n")
}
