package conformance

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode"

	"pgregory.net/rapid"

	"github.com/highlevel-go/snapshots/conformance/sample"
)

// randomRequests sends random valid inputs. A failure is shrunk, and written as a test that makes the same call.
func (b *binding) randomRequests(t *testing.T) {
	var last input
	defer func() {
		if t.Failed() {
			b.writeTest(t, last)
		}
	}()
	rapid.Check(t, func(r *rapid.T) {
		last = b.draw(r)
		if err := b.send(t, last); err != nil {
			r.Fatal(err)
		}
	})
}

// randomAnswers passes random documented responses to the client.
func (b *binding) randomAnswers(t *testing.T) {
	for _, status := range b.statuses() {
		s := b.answerSchema(status)
		if s == nil {
			continue
		}
		t.Run(fmt.Sprint(status), func(t *testing.T) {
			rapid.Check(t, func(r *rapid.T) {
				body := jsonText(sample.Received(s, sample.Valid(s).Draw(r, "answer")))
				if err := b.answered(t, status, body); err != nil {
					r.Fatalf("%s: %v", body, err)
				}
			})
		})
	}
}

// draw returns a random valid input.
func (b *binding) draw(r *rapid.T) input {
	in := input{params: map[string]any{}}
	if b.body != nil {
		in.body = map[string]any{}
		if b.fields["body"] != nil {
			in.body = sample.Filled(b.body, sample.Sent(b.body, sample.Valid(b.body).Draw(r, "body")))
			if in.body == "" {
				in.body = sample.Full(b.body) // an empty string counts as omitted
			}
		}
	}
	for _, p := range b.places() {
		if p.required || p.always() || rapid.Bool().Draw(r, "has "+p.key) {
			value := p.draw(r)
			if list, ok := value.([]any); ok && p.in != "body" {
				value = slices.DeleteFunc(list, isZero)
			}
			if p.in == "body" && isForm(b.media) {
				if _, isText := value.(string); !isText {
					value = undelimited(value)
				}
			}
			if p.in == "body" || !isZero(value) { // in a URL an empty list is absent
				p.set(in, value)
			} else if p.required || p.always() {
				p.set(in, p.get(b.example()))
			}
		}
	}
	b.complete(in)
	return in
}

func (p place) draw(r *rapid.T) any {
	switch {
	case p.list():
		item := rapid.StringMatching(`[^,\s\x00-\x1f]([^,\x00-\x1f]{0,10}[^,\s\x00-\x1f])?`)
		item = item.Filter(func(s string) bool { return strings.TrimSpace(s) != "" }) // Unicode has more spaces
		return strings.Join(rapid.SliceOfN(item, 1, 4).Draw(r, p.key), ",")
	case p.text() && p.in == "header":
		return rapid.StringMatching(`[!-~]([ -~]{0,20}[!-~])?`).Draw(r, p.key)
	case p.moment():
		return sample.Moment().Draw(r, p.key)
	case p.text() && (p.schema.Pattern != "" || p.schema.MinLength > 0 || p.schema.MaxLength != nil):
		text, _ := sample.Valid(p.schema).Draw(r, p.key).(string)
		if !p.accepts(text) {
			return sample.Full(p.schema)
		}
		return text
	case p.text():
		text := rapid.String().Draw(r, p.key)
		if p.in == "path" {
			text = strings.Map(func(c rune) rune {
				if control(c) {
					return -1
				}
				return c
			}, text)
		}
		if !p.accepts(text) {
			return "x"
		}
		return text
	case p.schema.Type.Includes("integer"):
		value, _ := sample.Valid(p.schema).Draw(r, p.key).(float64)
		if value == 0 && !p.required {
			return 1.0 // zero means omitted
		}
		return value
	default:
		value := sample.Filled(p.schema, sample.Sent(p.schema, sample.Valid(p.schema).Draw(r, p.key)))
		if p.in == "body" {
			return value
		}
		if value = undelimited(value); p.schema.VisitJSON(value) != nil {
			return sample.Full(p.schema)
		}
		return value
	}
}

// undelimited removes from the strings of a value the characters that end an item in some style of parameters, which no
// style can carry.
func undelimited(value any) any {
	switch v := value.(type) {
	case string:
		text := strings.Map(func(c rune) rune {
			if control(c) || unicode.IsSpace(c) || strings.ContainsRune(",|;.=", c) {
				return -1
			}
			return c
		}, v)
		if text == "" {
			return "x"
		}
		return text
	case []any:
		for i := range v {
			v[i] = undelimited(v[i])
		}
	case map[string]any:
		for name := range v {
			v[name] = undelimited(v[name])
		}
	}
	return value
}

// writeTest writes a failing call as Go, for the debugger and for a regression test.
func (b *binding) writeTest(t *testing.T, in input) {
	t.Helper()
	request, _, err := b.build(in)
	if err != nil {
		t.Logf("the input that failed cannot be built: %v", err)
		return
	}
	text := fmt.Sprintf(`// The smallest request that failed; the wire should carry %s
func Test%sRegression(t *testing.T) {
	_, err := client.%s(t.Context(), %#v)
	if err != nil {
		t.Fatal(err)
	}
}
`, jsonText(map[string]any{"parameters": in.params, "body": in.body}), b.rest.Name, b.name, request.Interface())
	file := filepath.Join(t.ArtifactDir(), b.id+"_regression_test.go.txt")
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Log(err)
	}
	t.Logf("written to %s (kept with -artifacts):\n%s", file, text)
}
