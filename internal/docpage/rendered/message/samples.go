package message

import (
	"strings"

	"github.com/highlevel-go/snapshots/internal/docpage/page"
	"github.com/highlevel-go/snapshots/internal/docpage/rendered/fields"
	"github.com/highlevel-go/snapshots/internal/docpage/rendered/jsonsample"
	"github.com/highlevel-go/snapshots/internal/docpage/rendered/token"
	"github.com/highlevel-go/snapshots/internal/facts"
)

// samples reads the JSON below the fields of a body. The first block is generated from the schema if there is a tab for it;
// the tabs name the others, which may have a title above them.
func (r reader) samples(b *Body) {
	names, isNamed := b.tabs, len(b.tabs) > 0
	defer func() {
		for _, name := range names {
			r.Page.Report(page.Contradiction, b.Line, "there is a tab %s, and no example for it", page.Quote(name))
		}
	}()
	for first := true; r.Next < len(r.Tokens); first = false {
		made := first && (b.auto || !isNamed)
		title, ahead := "", 0
		if isNamed && !made {
			for r.Peek(ahead).Kind == token.ParagraphLine {
				title += r.Peek(ahead).Text
				ahead++
			}
		}
		tok := r.Peek(ahead)
		if tok.Kind != token.Code {
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
			b.Examples = append(b.Examples, [2]string{fields.FreeName(b.Examples, name), facts.CanonicalValue(jsonsample.Plain(value))})
		}
		r.Next += ahead + 1
	}
}

// sampleValue returns the JSON of a block, or its text if the body has another media type.
func (r reader) sampleValue(b *Body, tok token.Token) any {
	value, err := jsonsample.Parse(tok.Lines)
	if err == nil {
		if key := jsonsample.RepeatedKey(value); key != "" {
			r.Page.Report(page.Contradiction, tok.Line, "the printed JSON has the key %s twice in one object", page.Quote(key))
		}
		return value
	}
	if strings.Contains(b.MediaType, "json") {
		if !tok.Closed {
			r.Page.Report(page.Truncated, tok.Line, "the sample of the body is cut off")
		} else {
			r.Page.Report(page.Unread, tok.Line, "the sample of the body is not JSON: %v", err)
		}
	}
	return strings.Join(tok.Lines, "\n")
}
