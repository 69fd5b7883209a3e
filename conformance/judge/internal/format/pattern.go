package format

import (
	"fmt"
	"regexp"
	"sync"
	"time"

	"github.com/dlclark/regexp2/v2"
	"github.com/santhosh-tekuri/jsonschema/v6"
)

// alike matches the patterns that have the same meaning in ECMA 262 and Go.
var alike = regexp.MustCompile(`^(?:[^\\.(\[]|\\[dDwW^$\\.*+?()\[\]{}|/-]|\((?:\?:|[^?])|\[\^?[^\[\]\\^])*$`)

// foreign matches the escapes and groups of other dialects, which the library for ECMA 262 also accepts.
var foreign = regexp.MustCompile(`^(?:[^\\\[(]|\\[^a-zA-Z]|\\[bBcdDfknpPrsStuvwWx]|\[(?:[^\]\\]|\\.)*\]?|\((?:\?[:=!<]|[^?]|$))*(?:\\[ACEFGHIJKLMNOQRTUVXYZaeghijlmoqyz]|\(\?[^:=!<])`)

// longestMatch is how long a match may take. Patterns that Go can compile need no such limit.
const longestMatch = 250 * time.Millisecond

// patterns are those compiled so far, since a schema is used often.
var patterns sync.Map

// Pattern compiles a regular expression of ECMA 262, as used in JSON Schema.
func Pattern(text string) (jsonschema.Regexp, error) {
	if known, ok := patterns.Load(text); ok {
		return known.(jsonschema.Regexp), nil
	}
	re, err := compile(text)
	if err == nil {
		patterns.Store(text, re)
	}
	return re, err
}

func compile(text string) (jsonschema.Regexp, error) {
	if alike.MatchString(text) {
		if re, err := regexp.Compile(text); err == nil {
			return re, nil
		}
	}
	if other := foreign.FindString(text); other != "" {
		return nil, fmt.Errorf("%q is not of ECMA 262", other)
	}
	re, err := regexp2.Compile(text, regexp2.ECMAScript|regexp2.Unicode)
	if err != nil { // without the flag u, it may escape more than necessary
		re, err = regexp2.Compile(text, regexp2.ECMAScript)
	}
	if err != nil {
		return nil, err
	}
	re.MatchTimeout = longestMatch
	return Backtracking{re}, nil
}

// Backtracking is a pattern that Go's own regular expressions cannot express. Matching it can take unlimited time.
type Backtracking struct{ *regexp2.Regexp }

// Match looks for a match. It tries again if there is no result in time, since the machine may have been busy.
func (b Backtracking) Match(s string) (found bool, err error) {
	if found, err = b.Regexp.MatchString(s); err != nil {
		found, err = b.Regexp.MatchString(s)
	}
	return found, err
}

// MatchString reports whether a match can be found in time.
func (b Backtracking) MatchString(s string) bool {
	found, err := b.Match(s)
	return err == nil && found
}
