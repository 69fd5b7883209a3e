package conformance

import (
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"github.com/highlevel-go/snapshots/api/rest"
)

// answers passes every documented response to the client, and checks the result.
func (b *binding) answers(t *testing.T) {
	for _, status := range b.statuses() {
		bodies, err := b.bodies(status)
		if err != nil {
			t.Error(err)
			continue
		}
		for _, f := range bodies {
			if err := b.answered(t, status, f.body); err != nil {
				t.Errorf("%s: %v", f.name, err)
			}
		}
	}
	b.otherSuccess(t)
	b.unknownKeys(t)
}

// answered passes one documented response to the client. The judge must accept it, and the client must lose nothing.
func (b *binding) answered(t testing.TB, status int, body string) error {
	t.Helper()
	w, result, err := b.ask(t, b.documented(status, body))
	for _, v := range w.wrong {
		return v.Err()
	}
	if isSuccess(status) {
		if name := b.lacking(body); name != "" {
			if !errors.Is(err, rest.ErrUndecodable) || !strings.Contains(err.Error(), name) || !strings.Contains(err.Error(), "did process") {
				return fmt.Errorf("a success without %s: the error is %w", name, orNone(err))
			}
			return nil
		}
		if err != nil && reportsFailure(body) && strings.Contains(err.Error(), "an error in its body") {
			return nil
		}
		if err != nil {
			return fmt.Errorf("a documented success failed: %w", err)
		}
		if s := b.answerSchema(status); s != nil {
			return decoded(s, body, result)
		}
		return nil
	}
	return b.refusedBy(status, body, result, err)
}

// reportsFailure reports whether a field of a response means that the call failed, so that a client may return an error
// although the status is a success.
func reportsFailure(body string) bool {
	var object map[string]any
	if json.Unmarshal([]byte(body), &object) != nil {
		return false
	}
	for _, name := range []string{"success", "succeeded", "succeded", "ok", "status", "statusCode", "code"} {
		switch value := strings.ToLower(fmt.Sprint(object[name])); value {
		case "false", "0", "error", "fail", "failed", "failure":
			return true
		default:
			if code, err := strconv.ParseFloat(value, 64); err == nil && code >= 400 && code < 600 {
				return true
			}
		}
	}
	return false
}

// lacking returns what a response lacks of the values that the operation is for (x-required-in-success), or "".
func (b *binding) lacking(body string) string {
	var answer any
	if json.Unmarshal([]byte(body), &answer) != nil {
		return ""
	}
	for _, name := range texts(b.op.Extensions["x-required-in-success"]) {
		value := answer
		for step := range strings.SplitSeq(name, "/") {
			object, _ := value.(map[string]any)
			value = object[step]
		}
		if holdsNothing(value) {
			return name
		}
	}
	return ""
}

// holdsNothing reports whether a value is zero, or contains only strings without a visible character.
func holdsNothing(value any) bool {
	switch v := value.(type) {
	case string:
		return !strings.ContainsFunc(v, func(r rune) bool { return unicode.IsGraphic(r) && !unicode.IsSpace(r) })
	case map[string]any:
		for _, inner := range v {
			if !holdsNothing(inner) {
				return false
			}
		}
		return true
	}
	return isZero(value)
}

// ask makes the documented call once, and responds with a.
func (b *binding) ask(t testing.TB, a answer, more ...rest.Option) (*wire, any, error) {
	t.Helper()
	request, options, err := b.build(b.example())
	if err != nil {
		t.Fatal(err)
	}
	w := b.newWire(a, b.right())
	options = append(append(options, rest.WithRetry(rest.Retry{Attempts: 1})), more...)
	result, err := b.call(t.Context(), b.client(t, w, options...), request)
	return w, result, err
}

// otherSuccess responds with a 2xx other than the documented one: success codes have changed in place before.
func (b *binding) otherSuccess(t *testing.T) {
	right := b.right()
	for _, status := range []int{200, 201, 202, 203} {
		_, result, err := b.ask(t, answer{status: status, body: right.body})
		if err != nil {
			t.Errorf("status %d with the documented body: %v", status, err)
			continue
		}
		if s := b.answerSchema(b.success()); s != nil {
			if err := decoded(s, right.body, result); err != nil {
				t.Errorf("status %d: %v", status, err)
			}
		}
	}
}

// unknownKeys adds keys to the response that the spec does not have; the client must ignore them.
func (b *binding) unknownKeys(t *testing.T) {
	right := b.right()
	var value any
	if json.Unmarshal([]byte(right.body), &value) != nil {
		return
	}
	addUnknownKeys(value)
	_, result, err := b.ask(t, answer{status: right.status, body: jsonText(value)})
	if err != nil {
		t.Errorf("keys that the spec does not know: %v", err)
		return
	}
	if err := decoded(b.answerSchema(right.status), right.body, result); err != nil {
		t.Errorf("keys that the spec does not know: %v", err)
	}
}

func addUnknownKeys(value any) {
	switch v := value.(type) {
	case map[string]any:
		for _, inner := range v {
			addUnknownKeys(inner)
		}
		v["unforeseen"] = map[string]any{"deep": []any{1.0, nil, "text"}}
	case []any:
		for _, inner := range v {
			addUnknownKeys(inner)
		}
	}
}
