package message

import (
	"strings"

	"github.com/highlevel-go/snapshots/internal/docpage/rendered/fields"
	"github.com/highlevel-go/snapshots/internal/docpage/rendered/token"
)

// reader reads what a request and a response have both: bodies and their samples.
type reader struct{ *fields.Reader }

// Body is a request or response body in one media type.
type Body struct {
	MediaType string
	Line      int // of the media type
	Heading   int // of the body's heading, 0 where there is none
	Required  bool
	IsArray   bool
	Unnamed   bool // the page does not show the media type; it is the usual one
	Prose     []string
	Entries   []*fields.Entry
	Sample    any
	HasSample bool
	Printed   token.Token // the block of code that the sample was read from
	tabs      []string    // names of the examples in the tabs above it
	auto      bool        // one of the tabs is that of a sample made from the schema
	Keys      []string    // of the schema's root, where there is no sample but a form
	Examples  [][2]string
	NoSchema  bool
}

func (b *Body) setSample(value any, printed token.Token) {
	if !b.HasSample {
		b.Sample, b.HasSample, b.Printed = value, true, printed
	}
}

// jsonFirst orders media types as facts do.
func jsonFirst(a, b Body) int {
	rank := func(b Body) int {
		if strings.HasSuffix(b.MediaType, "json") {
			return 0
		}
		return 1
	}
	return rank(a) - rank(b)
}
