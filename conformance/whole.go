package conformance

import (
	"encoding/binary"
	"encoding/json"
	"errors"
	"io"
	"maps"
	"net/http"
	"reflect"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/highlevel-go/snapshots/api/rest"
)

// whole looks at what an answer is read from: all of it, as it is, once.
func (b *binding) whole(t *testing.T) {
	right := b.right()
	var object map[string]any
	if json.Unmarshal([]byte(right.body), &object) != nil {
		return // the checks below take an object apart
	}
	mustFail := func(what string, a answer) {
		t.Helper()
		a.status = right.status
		if _, result, err := b.ask(t, a); err == nil || result != nil || !errors.Is(err, rest.ErrUndecodable) {
			t.Errorf("answer that %s: result %v, error %v", what, result, err)
		}
	}
	mustFail("breaks off behind its value", answer{stream: io.MultiReader(strings.NewReader(right.body), broken{}), length: int64(len(right.body)) + 5})
	mustFail("breaks off inside its value", answer{stream: io.MultiReader(strings.NewReader(right.body[:len(right.body)/2]), broken{}), length: -1})
	mustFail("is encoded in a way that was not asked for", answer{body: right.body, header: http.Header{"Content-Encoding": {"br"}}})
	if _, own := object["statusCode"]; !own {
		for _, body := range []string{
			`{"statusCode":401,"message":"first words"}`, `{"statusCode":400,"message":"first words"}`, `{"status":"599","message":"first words"}`,
		} {
			mustFail("is a refusal inside a success", answer{body: body})
			_, _, err := b.ask(t, answer{status: right.status, body: body})
			if e := (*rest.Error)(nil); !errors.As(err, &e) || !slices.Equal(e.Messages, []string{"first words"}) || !strings.Contains(err.Error(), "first words") || !strings.Contains(err.Error(), "refusal") {
				t.Errorf("the words do not say that %s is a refusal inside a success: %v", body, err)
			}
		}
	}
	if _, _, err := b.ask(t, answer{status: right.status, body: right.body, header: http.Header{"X-Extra": {strings.Repeat("x", 4<<20)}}}); !errors.Is(err, rest.ErrTooLarge) {
		t.Errorf("answer with a header of 4 MiB: %v", err)
	}
	for _, order := range []binary.AppendByteOrder{binary.LittleEndian, binary.BigEndian} {
		var wide []byte
		for _, unit := range utf16.Encode([]rune("\ufeff" + right.body)) {
			wide = order.AppendUint16(wide, unit)
		}
		if _, result, err := b.ask(t, answer{status: right.status, body: string(wide)}); err != nil || decoded(b.answerSchema(right.status), right.body, result) != nil {
			t.Errorf("answer in UTF-16, %v: %v", order, err)
		}
	}
	if _, result, err := b.ask(t, answer{status: right.status, body: "\ufeff" + right.body}); err != nil || decoded(b.answerSchema(right.status), right.body, result) != nil {
		t.Errorf("answer that begins with a byte order mark: %v", err)
	}
	b.repeatedKeys(t, object)
	b.longRefusal(t)
	b.closes(t)
}

type broken struct{}

func (broken) Read([]byte) (int, error) { return 0, io.ErrUnexpectedEOF }

// repeatedKeys says that of a key that comes twice the last value counts, and nothing of the first is mixed in.
func (b *binding) repeatedKeys(t *testing.T, object map[string]any) {
	for _, name := range slices.Sorted(maps.Keys(object)) {
		var bare any
		switch v := object[name].(type) {
		case map[string]any:
			bare = map[string]any{}
		case []any:
			if len(v) == 0 {
				continue
			}
			if _, objects := v[0].(map[string]any); !objects {
				continue
			}
			bare = []any{map[string]any{}}
		default:
			continue
		}
		key := jsonText(name) + ":"
		twice := "{" + key + jsonText(object[name]) + "," + key + jsonText(bare) + "}"
		_, got, err := b.ask(t, answer{status: b.success(), body: twice})
		_, want, _ := b.ask(t, answer{status: b.success(), body: "{" + key + jsonText(bare) + "}"})
		if err == nil && !reflect.DeepEqual(got, want) {
			t.Errorf("answer that has %s twice: %+v, want %+v", name, got, want)
		}
	}
}

// longRefusal is a refusal without end: a little of it must do.
func (b *binding) longRefusal(t *testing.T) {
	body := &counter{Reader: endless{}}
	_, _, err := b.ask(t, answer{status: 400, stream: body, length: -1})
	var refused *rest.Error
	if !errors.As(err, &refused) || !refused.Truncated || body.n > 1<<20 || len(refused.Body) > 1<<17 {
		t.Errorf("a refusal without end: %d bytes of it were read, error %v", body.n, err)
	}
}

// closes says that every body is closed, so that connections are given back.
func (b *binding) closes(t *testing.T) {
	for _, a := range []answer{b.right(), {status: 400, body: `{}`}, {status: b.success(), body: "no JSON"}} {
		w, _, _ := b.ask(t, a)
		if n := w.open.Load(); n != 0 {
			t.Errorf("after an answer of %d, %d bodies are left open", a.status, n)
		}
	}
}

// counted is a body that counts whether it was closed.
type counted struct {
	io.ReadCloser
	closed func()
}

func (c *counted) Close() error {
	c.closed()
	return c.ReadCloser.Close()
}
