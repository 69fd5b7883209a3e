package schema

import (
	"errors"
	"time"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/highlevel-go/snapshots/conformance/judge/internal/format"
)

// Bounds on how many times the parts of a value are compared with a schema: of one value, and of all values of a message.
// Schemas that refer to themselves in several branches of a choice double the number with each level of the value. Every
// fault contains its path, so fewer of them are allowed if values are deep.
const (
	stepsForPart        = 500
	stepsForLevel       = 20_000_000
	stepsForMessage     = 4_000_000
	stepsForMessagePart = 100
)

// Bounds on how long the patterns that Go's regular expressions cannot read may take for a message, and for each part of it.
const (
	longestPatterns = time.Second
	patternsForPart = 100 * time.Microsecond
)

var (
	errTooManySteps = errors.New("the schema takes more steps than can be made: it refers to itself in several branches of a choice")
	errTooSlow      = errors.New("the patterns of the schema take longer than can be waited for: they backtrack")
)

// limits is what remains for a message.
type limits struct {
	message  int // steps for all values
	value    int // steps for the value that is being judged
	size     int // of the largest value
	time     time.Duration
	exceeded error
}

// Exceeded returns the limit that ended the judgement of a message, or nil.
func (l *limits) Exceeded() error { return l.exceeded }

// begin sets the limit for a value with the given number of parts and levels.
func (l *limits) begin(size, depth int) {
	l.value = min(stepsForPart*size, (stepsForLevel+stepsForMessagePart*size)/depth)
	more := max(0, size-l.size)
	l.message += stepsForMessagePart * more
	l.time += patternsForPart * time.Duration(more)
	l.size = max(l.size, size)
}

// step counts a comparison. The library can only be stopped by a panic, which [Message.judge] recovers.
func (l *limits) step() {
	l.value--
	l.message--
	if l.value < 0 || l.message < 0 {
		l.exceeded = errTooManySteps
		panic(l.exceeded)
	}
}

// matches reports whether a string matches a pattern. If there is not enough time to find out, the message is not judged any
// further.
func (l *limits) matches(pattern jsonschema.Regexp, text string) bool {
	slow, isSlow := pattern.(format.Backtracking)
	if !isSlow {
		return pattern.MatchString(text)
	}
	if l.exceeded != nil {
		return false
	}
	began := time.Now()
	found, err := slow.Match(text)
	if l.time -= time.Since(began); l.time < 0 || err != nil {
		l.exceeded = errTooSlow
	}
	return found
}

// pattern compiles a pattern of a schema; its matches count towards the limits of the message that is being judged.
func (s *Set) pattern(text string) (jsonschema.Regexp, error) {
	compiled, err := format.Pattern(text)
	if err != nil {
		return nil, err
	}
	return counted{compiled, s}, nil
}

type counted struct {
	jsonschema.Regexp
	set *Set
}

// MatchString reports whether there is a match, or ends the judgement of the message.
func (c counted) MatchString(text string) bool {
	found := c.set.current.matches(c.Regexp, text)
	if exceeded := c.set.current.exceeded; exceeded != nil {
		panic(exceeded)
	}
	return found
}

// stepKeyword makes a schema count its steps.
const stepKeyword = "x-judge-step"

// counting is a vocabulary whose keyword counts the steps.
func (s *Set) counting() *jsonschema.Vocabulary {
	return &jsonschema.Vocabulary{
		URL: address + "steps",
		Compile: func(_ *jsonschema.CompilerContext, object map[string]any) (jsonschema.SchemaExt, error) {
			if object[stepKeyword] == nil {
				return nil, nil
			}
			return step{s}, nil
		},
	}
}

type step struct{ set *Set }

func (s step) Validate(*jsonschema.ValidatorContext, any) { s.set.current.step() }
