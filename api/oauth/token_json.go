package oauth

import (
	"bytes"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// Encode returns the token as JSON with its secrets, for a store. Decoding the result with encoding/json returns the same
// token.
func (t Token) Encode() ([]byte, error) {
	type stored Token // without methods
	return json.Marshal(stored(t))
}

// UnmarshalJSON decodes a response of the service, which uses two spellings of its names, and what [Token.Encode] returned.
// If a value occurs in several spellings, the one with underscores is used; null and values of a wrong type count as absent.
func (t *Token) UnmarshalJSON(data []byte) error {
	f, err := readFields(data)
	if err != nil {
		return err
	}
	*t = Token{
		AccessToken: f.text("access_token"), RefreshToken: f.text("refresh_token"), Scope: f.list("scope"),
		UserType: f.text("user_type"), CompanyID: f.id("company_id"), LocationID: f.id("location_id"), UserID: f.id("user_id"),
		Expires: f.moment("expires"), Issued: f.moment("issued"), lifetime: f.seconds("expires_in"),
	}
	return nil
}

// fields are the members of a JSON object, by their names in lower case without separators.
type fields map[string][]field

type field struct {
	name  string
	value json.RawMessage
}

var separators = strings.NewReplacer("_", "", "-", "")

func readFields(data []byte) (fields, error) {
	d := json.NewDecoder(bytes.NewReader(data))
	if open, err := d.Token(); err != nil {
		return nil, err
	} else if open != json.Delim('{') {
		return nil, errors.New("token: the JSON is not an object; a printed token cannot be read back, use Token.Encode")
	}
	f := fields{}
	for d.More() {
		name, err := d.Token()
		if err != nil {
			return nil, err
		}
		var one field
		one.name = name.(string) // a name is a string, otherwise there was an error
		if err := d.Decode(&one.value); err != nil {
			return nil, err
		}
		key := separators.Replace(strings.ToLower(one.name))
		f[key] = append(f[key], one)
	}
	_, err := d.Token() // the end of the object
	return f, err
}

// first decodes the value of a name, given with underscores. It prefers that spelling, then the one with capitals, then any
// other; of several with the same spelling, the last. A value that decode refuses counts as absent.
func first[T any](f fields, name string, decode func(json.RawMessage) (T, bool)) T {
	camel := camelCase(name)
	rank := func(o field) int {
		switch o.name {
		case name:
			return 0
		case camel:
			return 1
		default:
			return 2
		}
	}
	found := slices.Clone(f[separators.Replace(name)])
	slices.Reverse(found)
	slices.SortStableFunc(found, func(a, b field) int { return rank(a) - rank(b) })
	for _, o := range found {
		if v, ok := decode(o.value); ok {
			return v
		}
	}
	var absent T
	return absent
}

func camelCase(name string) string {
	words := strings.Split(name, "_")
	for i, word := range words[1:] {
		words[i+1] = strings.ToUpper(word[:1]) + word[1:]
	}
	return strings.Join(words, "")
}

func (f fields) text(name string) string { return first(f, name, decodeText) }

// id accepts a number as well, which some systems use for ids.
func (f fields) id(name string) string {
	return first(f, name, func(raw json.RawMessage) (string, bool) {
		var n json.Number
		if raw[0] != '"' && json.Unmarshal(raw, &n) == nil && n != "" {
			return n.String(), true
		}
		return decodeText(raw)
	})
}

// list joins a list of strings with spaces.
func (f fields) list(name string) string {
	return first(f, name, func(raw json.RawMessage) (string, bool) {
		var all []string
		if json.Unmarshal(raw, &all) == nil && len(all) > 0 {
			return strings.Join(all, " "), true
		}
		text, ok := decodeText(raw)
		return strings.ReplaceAll(text, ",", " "), ok
	})
}

func (f fields) moment(name string) time.Time {
	return first(f, name, func(raw json.RawMessage) (time.Time, bool) {
		var at time.Time
		err := json.Unmarshal(raw, &at)
		return at, err == nil && !at.IsZero()
	})
}

// seconds accepts a number, also in quotes. A value that is not positive, or longer than any token is valid, counts as
// absent.
func (f fields) seconds(name string) time.Duration {
	return first(f, name, func(raw json.RawMessage) (time.Duration, bool) {
		var n json.Number
		if json.Unmarshal(raw, &n) != nil {
			return 0, false
		}
		s, err := n.Float64()
		return time.Duration(s * float64(time.Second)), err == nil && s > 0 && s < 1e9
	})
}

// decodeText refuses a string that is not valid UTF-8: a token with U+FFFD in it would be another token.
func decodeText(raw json.RawMessage) (string, bool) {
	var s string
	err := json.Unmarshal(raw, &s)
	return s, err == nil && s != "" && !strings.ContainsRune(s, utf8.RuneError)
}
