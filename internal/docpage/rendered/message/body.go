package message

import (
	"strings"

	"github.com/highlevel-go/snapshots/internal/docpage/rendered/fields"
	"github.com/highlevel-go/snapshots/internal/docpage/rendered/grammar"
	"github.com/highlevel-go/snapshots/internal/docpage/rendered/token"
)

// reader reads what requests and responses have in common: bodies and their samples.
type reader struct{ *fields.Reader }

// Body is a request or response body in one media type.
type Body struct {
	MediaType string
	Line      int // of the media type
	Heading   int // of the body's heading, 0 if there is none
	Required  bool
	IsArray   bool
	Unnamed   bool // the page does not show the media type; it is the usual one
	Prose     []string
	Entries   []*fields.Entry
	Sample    any
	HasSample bool
	Printed   token.Token // the block of code that the sample was read from
	tabs      []string    // names of the examples in the tabs above it
	auto      bool        // one of the tabs is that of a sample generated from the schema
	Keys      []string    // of the schema's root, if there is a form but no sample
	Examples  [][2]string
	NoSchema  bool
}

// addTab adds a tab above the body: that of its schema, of the sample generated from the schema, or of a named example.
func (b *Body) addTab(tok token.Token) {
	w := strings.ToLower(token.Plain(tok.Text))
	if b.auto = b.auto || grammar.IsAutoTab(w); !grammar.IsTab(w) {
		b.tabs = append(b.tabs, token.Unescape(tok.Text))
	}
}

// hasOnlyNamed reports whether all samples below the fields are named examples, which may have titles.
func (b *Body) hasOnlyNamed() bool { return len(b.tabs) > 0 && !b.auto }

func (b *Body) setSample(value any, printed token.Token) {
	if !b.HasSample {
		b.Sample, b.HasSample, b.Printed = value, true, printed
	}
}

// jsonFirst sorts media types as facts do.
func jsonFirst(a, b Body) int {
	rank := func(b Body) int {
		if strings.HasSuffix(b.MediaType, "json") {
			return 0
		}
		return 1
	}
	return rank(a) - rank(b)
}
