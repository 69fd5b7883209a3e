package rest

import (
	"fmt"
	"strconv"
	"strings"
)

// Mismatch is a value in a response that does not fit its documented type. Its field is empty, or its item omitted, and
// nothing else is lost. A string that is not valid UTF-8 is a mismatch too, and so is such a name in a map; U+FFFD replaces
// the invalid bytes.
type Mismatch struct {
	Path string // its place, as a JSON Pointer: "/data/0/locationId"
	Want string // what is documented: "a text"
	Raw  string // the value received, as JSON, without tokens; its first 4 KiB
}

// String returns for example "/shareLink is an object, not a text".
func (m Mismatch) String() string {
	where := m.Path
	if where == "" {
		where = "the answer"
	}
	return fmt.Sprintf("%s is %s, not %s", where, kindOf([]byte(m.Raw)), m.Want)
}

// MismatchError is the error of [Unmarshal] if values did not fit their types.
type MismatchError struct {
	Mismatches []Mismatch // in the order of the JSON; never empty
}

// Error describes the first mismatch.
func (e *MismatchError) Error() string {
	text := e.Mismatches[0].String()
	if n := len(e.Mismatches) - 1; n > 0 {
		text += fmt.Sprintf(", and %d more", n)
	}
	return text
}

// Unmarshal decodes JSON into v, a pointer, as [Do] decodes a response: names match exactly, and a value that does not fit
// its type leaves its field empty. It then returns a *[MismatchError]; everything else has been decoded. Generated code
// decodes unions with it.
func Unmarshal(data []byte, v any) error {
	mismatches, err := decode(data, "", defaultMaxDepth, v)
	if err == nil && len(mismatches) > 0 {
		err = &MismatchError{mismatches}
	}
	return err
}

// Mismatches are limited in number and size, because a response can contain millions.
const (
	maxMismatches = 100
	maxRaw        = 4 << 10
)

// step is the name or index of a value in an object or array.
type step struct {
	name  string
	index int
	named bool
}

// pointer returns the first maxRaw bytes of a path as a JSON Pointer: a name can be as long as the response.
func pointer(path []step) string {
	var b strings.Builder
	for _, s := range path {
		b.WriteByte('/')
		if s.named {
			b.WriteString(strings.NewReplacer("~", "~0", "/", "~1").Replace(s.name[:min(len(s.name), maxRaw)]))
		} else {
			b.WriteString(strconv.Itoa(s.index))
		}
		if b.Len() > maxRaw {
			return b.String()[:maxRaw]
		}
	}
	return b.String()
}

// redactMismatches removes the token, which a service may repeat anywhere. If a response does not fit as a whole, its raw
// text is removed too: it may be a new token, and the error has the body of the response.
func redactMismatches(list []Mismatch, t Token) {
	for i := range list {
		if list[i].Path == "" {
			list[i].Raw = ""
		}
		list[i].Path, list[i].Raw = redactText(list[i].Path, t), redactText(list[i].Raw, t)
	}
}
