package docpage

import "strings"

// messageReader reads what a request and a response have both: bodies and their samples.
type messageReader struct{ *fieldReader }

// bodyPart is a request or response body in one media type.
type bodyPart struct {
	mediaType string
	line      int // of the media type
	heading   int // of the body's heading, 0 where there is none
	required  bool
	isArray   bool
	unnamed   bool // the page does not show the media type; it is the usual one
	prose     []string
	entries   []*entry
	sample    any
	hasSample bool
	printed   token    // the block of code that the sample was read from
	tabs      []string // names of the examples in the tabs above it
	auto      bool     // one of the tabs is that of a sample made from the schema
	keys      []string // of the schema's root, where there is no sample but a form
	examples  [][2]string
	noSchema  bool
}

func (b *bodyPart) setSample(value any, printed token) {
	if !b.hasSample {
		b.sample, b.hasSample, b.printed = value, true, printed
	}
}

// jsonFirst orders media types as facts do.
func jsonFirst(a, b bodyPart) int {
	rank := func(b bodyPart) int {
		if strings.HasSuffix(b.mediaType, "json") {
			return 0
		}
		return 1
	}
	return rank(a) - rank(b)
}
