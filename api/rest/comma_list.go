package rest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
)

// CommaList is a list in a request that is sent as one string with commas between the items. An empty list is omitted (with
// the JSON option omitzero, or omitempty).
type CommaList []string

// String returns the list as it is sent.
func (l CommaList) String() string { return strings.Join(l, ",") }

// IsZero reports whether the list has no items.
func (l CommaList) IsZero() bool { return len(l) == 0 }

// Validate returns an error for an item that is empty or contains a comma.
func (l CommaList) Validate() error {
	for i, item := range l {
		switch {
		case strings.TrimSpace(item) == "":
			return fmt.Errorf("item %d is empty", i+1)
		case strings.Contains(item, ","):
			return fmt.Errorf("item %d, %q, holds a comma, which separates items", i+1, item)
		}
	}
	return nil
}

// MarshalText returns the joined string; JSON uses it as well. It fails if [CommaList.Validate] does.
func (l CommaList) MarshalText() ([]byte, error) {
	if err := l.Validate(); err != nil {
		return nil, err
	}
	return []byte(l.String()), nil
}

// UnmarshalJSON reads a string, or an array of strings, in which null is an error; null and "" are an empty list. Spaces
// around items are removed.
func (l *CommaList) UnmarshalJSON(data []byte) error {
	*l = nil
	data = bytes.TrimSpace(data)
	if len(data) > 0 && data[0] == '[' {
		err := Unmarshal(data, (*[]string)(l))
		if err != nil {
			*l = nil
		}
		return err
	}
	var text string
	if err := json.Unmarshal(data, &text); err != nil {
		return err
	}
	for item := range strings.SplitSeq(text, ",") {
		if item = strings.TrimSpace(item); item != "" {
			*l = append(*l, item)
		}
	}
	return nil
}
