package facts

import (
	"encoding/json"
	"strings"

	"github.com/highlevel-go/snapshots/internal/oas"
)

// SampleLine finds where a printed JSON value begins to differ from another one: the number of lines before the first key
// or value that old has not, or before the object from which one of old's keys is missing. It is 0 where nothing differs,
// or where one of the two is not JSON.
func SampleLine(old, printed string) int {
	value, ok := decodeNumbers(old)
	if !ok {
		return 0
	}
	s := &sampleScan{decoder: json.NewDecoder(strings.NewReader(printed)), text: printed}
	s.decoder.UseNumber()
	if !s.compare(value, 0) && s.found {
		return s.line
	}
	return 0
}

func decodeNumbers(text string) (any, bool) {
	decoder := json.NewDecoder(strings.NewReader(text))
	decoder.UseNumber()
	var value any
	return value, decoder.Decode(&value) == nil
}

// sampleScan walks through printed JSON beside a decoded value.
type sampleScan struct {
	decoder *json.Decoder
	text    string
	at      int64 // lines are counted up to here
	lines   int
	line    int // of the difference
	found   bool
}

// here is the line of the token that was just read.
func (s *sampleScan) here() int {
	offset := s.decoder.InputOffset()
	s.lines += strings.Count(s.text[s.at:offset], "\n")
	s.at = offset
	return s.lines
}

func (s *sampleScan) differs(line int) bool {
	s.line, s.found = line, true
	return false
}

// compare reports whether the next printed value is the old one; it stops at the first difference.
func (s *sampleScan) compare(old any, depth int) bool {
	token, err := s.decoder.Token()
	if err != nil || depth > oas.MaxDepth {
		return false
	}
	line := s.here()
	switch token {
	case json.Delim('{'):
		if object, ok := old.(map[string]any); ok {
			return s.object(object, line, depth)
		}
		return s.differs(line)
	case json.Delim('['):
		if list, ok := old.([]any); ok {
			return s.list(list, line, depth)
		}
		return s.differs(line)
	}
	if CanonicalValue(token) != CanonicalValue(old) {
		return s.differs(line)
	}
	return true
}

func (s *sampleScan) object(old map[string]any, line, depth int) bool {
	met := 0
	for s.decoder.More() {
		key, err := s.decoder.Token()
		if err != nil {
			return false
		}
		at := s.here()
		name, _ := key.(string)
		value, ok := old[name]
		if !ok {
			return s.differs(at)
		}
		met++
		if !s.compare(value, depth+1) {
			return false
		}
	}
	if _, err := s.decoder.Token(); err != nil {
		return false
	}
	if met < len(old) {
		return s.differs(line)
	}
	return true
}

func (s *sampleScan) list(old []any, line, depth int) bool {
	met := 0
	for ; s.decoder.More(); met++ {
		if met == len(old) {
			_, err := s.decoder.Token()
			return err == nil && s.differs(s.here())
		}
		if !s.compare(old[met], depth+1) {
			return false
		}
	}
	if _, err := s.decoder.Token(); err != nil {
		return false
	}
	if met < len(old) {
		return s.differs(line)
	}
	return true
}
