package fields

import (
	"github.com/highlevel-go/snapshots/internal/docpage/rendered/grammar"
	"github.com/highlevel-go/snapshots/internal/docpage/rendered/token"
)

// isChoice reports whether the next list has the values of the previous field: a discriminator, whose values choose between
// schemas. The schemas follow like the variants of a union.
func (r *Reader) isChoice(e *Entry) bool {
	if e == nil || e.Kind != Field || e.Enum == nil {
		return false
	}
	for i, value := range e.Enum.Values {
		if tok := r.Peek(i); tok.Kind != token.Item || token.Unescape(tok.Text) != value {
			return false
		}
	}
	return r.Peek(len(e.Enum.Values)).Kind != token.Item
}

// union reads the titles of the variants, and the variants themselves if the source marks them. If there is a choice, the
// values of the field with that name select the variant.
func (r *Reader) union(kind string, line int, choice string) *Entry {
	e := &Entry{Kind: Union, Line: line, Name: kind, Choice: choice}
	for ; r.Peek(0).Kind == token.Item && !grammar.IsMediaType(r.Peek(0).Text); r.Next++ {
		e.Titles = append(e.Titles, token.Unescape(r.Peek(0).Text))
	}
	for r.Peek(0).Kind == token.Open {
		r.Next++
		e.HasInner = true
		for {
			e.Variants = append(e.Variants, r.list(false, nil))
			if r.Next == 0 || r.Next > len(r.Tokens) || r.Tokens[r.Next-1].Kind != token.NextVariant {
				break
			}
		}
	}
	return e
}
