package conformance

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"path"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/highlevel-go/snapshots/api/rest"
	"github.com/highlevel-go/snapshots/conformance/sample"
)

// answers gives every documented answer to the client, and checks the result.
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

// withoutSchema is an answer whose content has no schema that the suite reads, or that has no content.
func (b *binding) withoutSchema(status int) answer {
	switch name, media := b.answerMedia(status); {
	case media == nil:
		return b.documented(status, "")
	case isJSON(name):
		return b.documented(status, "{}")
	}
	return b.documented(status, "text")
}

// fixture is an answer with a name.
type fixture struct{ name, body string }

// bodies returns the fixtures of a status, or, without fixtures, samples of its schema.
func (b *binding) bodies(status int) ([]fixture, error) {
	var out []fixture
	if b.fixtures != nil {
		files, err := fs.Glob(b.fixtures, path.Join(b.id, strconv.Itoa(status)+"*.json"))
		if err != nil {
			return nil, err
		}
		slices.Sort(files)
		for _, file := range files {
			text, err := fs.ReadFile(b.fixtures, file)
			if err != nil {
				return nil, err
			}
			out = append(out, fixture{file, string(text)})
		}
		if len(out) == 0 && !b.partly {
			return nil, fmt.Errorf("status %d has no fixture; write fixtures/%s/%d.json%s", status, b.id, status,
				lineOf(b.response(status).Value.Origin))
		}
	}
	s := b.answerSchema(status)
	if s == nil {
		return append(out, fixture{"an answer without a schema", b.withoutSchema(status).body}), nil
	}
	out = append(out, fixture{fmt.Sprintf("%d, full", status), jsonText(sample.Received(s, sample.Full(s)))})
	for _, w := range sample.Variants(s) {
		out = append(out, fixture{fmt.Sprintf("%d, another choice", status), jsonText(sample.Received(s, w))})
	}
	return out, nil
}

// answerSchema is the schema of a status's JSON; nil when it has no content.
func (b *binding) answerSchema(status int) *openapi3.Schema {
	name, media := b.answerMedia(status)
	if media == nil || media.Schema == nil || !isJSON(name) {
		return nil
	}
	return media.Schema.Value
}

// answerMedia is what an answer is in, JSON first; nil when it has no content.
func (b *binding) answerMedia(status int) (name string, media *openapi3.MediaType) {
	ref := b.response(status)
	if ref == nil || b.method == http.MethodHead {
		return "", nil
	}
	name = sentAs(ref.Value.Content)
	return name, ref.Value.Content[name]
}

// documented is an answer with a body, in the media type that the spec says.
func (b *binding) documented(status int, body string) answer {
	name, media := b.answerMedia(status)
	if media == nil || name == "*/*" || name == "application/*" {
		name = "application/json"
	}
	header := http.Header{}
	if body != "" {
		header.Set("Content-Type", strings.ReplaceAll(name, "/*", "/plain"))
	}
	if ref := b.response(status); ref != nil {
		for name, h := range ref.Value.Headers {
			if h.Value.Required && h.Value.Schema != nil && header.Get(name) == "" {
				header.Set(name, fmt.Sprint(sample.Full(h.Value.Schema.Value)))
			}
		}
	}
	return answer{status, body, header}
}

// answered gives the client one documented answer; the judge must find it right, and the client must lose nothing.
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

// reportsFailure reports whether a field of an answer means that the call failed, so that a client may return an error although the
// status is a success.
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

// lacking is what an answer lacks of what the operation is for (x-required-in-success); "" for nothing.
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

// holdsNothing reports whether a value is zero, or texts without a character that can be seen.
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

// ask makes the documented call once, and answers it.
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

// refusedBy compares the client's error with the service's refusal.
func (b *binding) refusedBy(status int, body string, result any, err error) error {
	var refused *rest.Error
	switch {
	case err == nil:
		return fmt.Errorf("status %d is no error", status)
	case result != nil:
		return fmt.Errorf("a result came with the error %w", err)
	case !errors.As(err, &refused):
		return fmt.Errorf("the error is not a *rest.Error: %w", err)
	case refused.Status != status:
		return fmt.Errorf("the error has status %d, the answer %d", refused.Status, status)
	case refused.Operation == nil || refused.Operation.ID != b.id:
		return fmt.Errorf("the error names the operation %v", refused.Operation)
	case !strings.HasPrefix(err.Error(), b.rest.String()+": "):
		return fmt.Errorf("the error does not begin with the operation: %w", err)
	case strings.Contains(err.Error(), token) || strings.Contains(fmt.Sprintf("%+v %#v", refused, refused.Header), token):
		return errors.New("the error shows the token")
	case !strings.Contains(err.Error(), strconv.Itoa(status)):
		return fmt.Errorf("the error does not name the status %d: %w", status, err)
	}
	for _, text := range messagesOf(body) {
		if !slices.Contains(refused.Messages, text) {
			return fmt.Errorf("the error's messages %q lack %q", refused.Messages, text)
		}
	}
	for status, kind := range sentinels {
		if is := errors.Is(err, kind); is != (status == refused.Status || status == 400 && refused.Status == 422) && status != 404 {
			return fmt.Errorf("status %d: errors.Is(err, %q) is %v", refused.Status, kind, is)
		}
	}
	return nil
}

// sentinels are what every error of a status is. (A 400 can be an ErrNotFound as well, by its words.)
var sentinels = map[int]error{
	400: rest.ErrInvalid, 401: rest.ErrUnauthorized, 403: rest.ErrForbidden, 404: rest.ErrNotFound, 429: rest.ErrRateLimited,
}

// messagesOf are the messages of a refusal, where the service usually has them.
func messagesOf(body string) []string {
	var v struct {
		Message any `json:"message"`
	}
	if json.Unmarshal([]byte(body), &v) != nil {
		return nil
	}
	var out []string
	switch m := v.Message.(type) {
	case string:
		out = append(out, strings.TrimSpace(m))
	case []any:
		for _, item := range m {
			if text, ok := item.(string); ok {
				out = append(out, strings.TrimSpace(text))
			}
		}
	}
	return slices.DeleteFunc(out, func(s string) bool { return s == "" })
}

// otherSuccess answers with another 2xx than the documented one: success codes have changed in place before.
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

// unknownKeys adds keys to the answer that the spec does not know; they must not disturb.
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
