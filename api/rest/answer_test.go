package rest

import (
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"github.com/highlevel-go/snapshots/api/internal/leak"
)

func TestASuccessThatCannotBeReadIsAnError(t *testing.T) {
	leak.Check(t)
	for name, a := range map[string]reply{
		"empty":                {body: ""},
		"space":                {body: " \n"},
		"null":                 {body: "null"},
		"HTML":                 {body: "<html><title>Oops</title></html>", kind: "text/html"},
		"plain text":           {body: "error code: 1010", kind: "text/plain"},
		"cut off":              {body: `{"a":1`},
		"followed by text":     {body: `{"a":1}x`},
		"two values":           {body: `{"a":1}{"a":1}`},
		"deeply nested":        {body: strings.Repeat("[", 100_000) + strings.Repeat("]", 100_000)},
		"deep in a field":      {body: `{"a":1,"x":` + strings.Repeat("[", 5000) + strings.Repeat("]", 5000) + "}"},
		"a text":               {body: `"text"`},
		"broken off after it":  {stream: io.MultiReader(strings.NewReader(`{"a":1}`), brokenReader{}), length: 12},
		"broken off inside it": {stream: io.MultiReader(strings.NewReader(`{"a"`), brokenReader{}), length: -1},
		"a part":               {status: 206, body: `{"a":1}`},
		"encoded":              {body: `{"a":1}`, header: http.Header{"Content-Encoding": {"br"}}},
		"after a huge header":  {body: `{"a":1}`, header: http.Header{"X-Extra": {strings.Repeat("x", 4<<20)}}},
	} {
		a.status = max(a.status, 200)
		s, v, err := callScript(t, opGet, []reply{a})
		e, refused := errors.AsType[*Error](err)
		if v != nil || !refused || !errors.Is(err, ErrUndecodable) || e.Status != a.status || len(err.Error()) > 4096 || s.open != 0 {
			t.Errorf("answer that is %s: result %v, error %v, %d bodies left open", name, v, err, s.open)
		}
	}
	for body, word := range map[string]string{"": "empty", "null": "null", `{"x":`: "JSON", "<html>": "text/html"} {
		kind := ""
		if body == "<html>" {
			kind = "text/html"
		}
		if _, _, err := callScript(t, opGet, []reply{{status: 200, kind: kind, body: body}}); err == nil || !strings.Contains(err.Error(), word) {
			t.Errorf("the error of %q is %v, and should mention %q", body, err, word)
		}
	}
}

func TestNoMoreIsReadThanTheCap(t *testing.T) {
	leak.Check(t)
	for _, c := range []struct {
		name     string
		status   int
		announce int64
		limit    int64 // of the client
		most     int64 // bytes that may be read
		is       error
	}{
		{"announces more than the cap", 200, 11 << 20, 10 << 20, 1 << 20, ErrTooLarge},
		{"is larger than the cap", 200, -1, 4096, 1 << 16, ErrTooLarge},
		{"is a refusal without end", 400, -1, 10 << 20, 1 << 20, ErrInvalid},
	} {
		body := &endlessReader{begin: strings.NewReader(`{"a":1}`)}
		_, v, err := callScript(t, opGet, []reply{{status: c.status, stream: body, length: c.announce}}, WithMaxResponse(c.limit))
		e, _ := errors.AsType[*Error](err)
		if v != nil || !errors.Is(err, c.is) || e == nil || !e.Truncated || len(e.Body) > maxKept || body.read > c.most {
			t.Errorf("answer that %s: %d bytes read, error %v", c.name, body.read, err)
		}
	}
}

func TestEverySuccessIsReadWhateverItsStatusAndEncoding(t *testing.T) {
	leak.Check(t)
	inUTF16 := func(order binary.AppendByteOrder) string {
		var wide []byte
		for _, unit := range utf16.Encode([]rune("\ufeff{\"a\":1}")) {
			wide = order.AppendUint16(wide, unit)
		}
		return string(wide)
	}
	for name, a := range map[string]reply{
		"200": right, "201": {status: 201, body: right.body}, "202": {status: 202, body: right.body}, "203": {status: 203, body: right.body},
		"UTF-16LE": {status: 200, body: inUTF16(binary.LittleEndian)}, "UTF-16BE": {status: 200, body: inUTF16(binary.BigEndian)},
		"identity":        {status: 200, body: right.body, header: http.Header{"Content-Encoding": {"Identity"}}},
		"byte order mark": {status: 200, body: "\ufeff" + right.body},
		"unknown keys":    {status: 200, body: `{"a":1,"unforeseen":{"deep":[1,null,"text"]}}`},
	} {
		s := &scripted{replies: []reply{a}}
		v, err := Do[struct {
			A int `json:"a"`
		}](t.Context(), s.client(t), NewRequest(opGet))
		if err != nil || v.A != 1 || s.open != 0 {
			t.Errorf("%s: %+v, %v", name, v, err)
		}
	}
}

func TestStatusesWithTheirErrorsInEveryFormOfBody(t *testing.T) {
	leak.Check(t)
	kinds := map[int]error{400: ErrInvalid, 401: ErrUnauthorized, 403: ErrForbidden, 404: ErrNotFound, 422: ErrInvalid, 429: ErrRateLimited}
	for _, status := range []int{400, 401, 403, 404, 405, 409, 418, 422, 429, 500, 502, 503, 504, 599} {
		for _, a := range []reply{
			{body: fmt.Sprintf(`{"statusCode":%d,"message":"first words"}`, status)},
			{body: `{"message":["first words","second words"],"error":"Oops","traceId":"t-1"}`},
			{body: fmt.Sprintf(`{"status":%d,"error":{"code":"c","message":"first words"}}`, status)},
			{body: `first words`, kind: "text/plain"},
			{body: `<html><head><title>first words</title></head><body>` + strings.Repeat("x", 1<<17) + `</body></html>`, kind: "text/html"},
		} {
			a.status = status
			_, v, err := callScript(t, opGet, []reply{a})
			e, ok := errors.AsType[*Error](err)
			if v != nil || !ok || e.Status != status || e.Operation != opGet || !slices.Contains(e.Messages, "first words") ||
				!strings.HasPrefix(err.Error(), "thing: ") || !strings.Contains(err.Error(), "first words") || !strings.Contains(err.Error(), fmt.Sprint(status)) {
				t.Errorf("%d with %.60s: result %v, error %v", status, a.body, v, err)
			}
			for _, kind := range []error{ErrInvalid, ErrUnauthorized, ErrForbidden, ErrNotFound, ErrRateLimited} {
				if is := errors.Is(err, kind); is != (kinds[status] == kind) {
					t.Errorf("%d: errors.Is(err, %q) is %v", status, kind, is)
				}
			}
			if is := errors.Is(err, ErrServer); is != (status >= 500) {
				t.Errorf("%d: errors.Is(err, ErrServer) is %v", status, is)
			}
		}
	}
}

func TestARedirectIsNotFollowed(t *testing.T) {
	leak.Check(t)
	for _, status := range []int{301, 302, 303, 307, 308} {
		for _, to := range []string{"https://elsewhere.test/", "https://service.test/", "/thing"} {
			for _, timeout := range []time.Duration{0, time.Minute} { // with a timeout, the program's client sends the request itself
				s := &scripted{replies: []reply{{status: status, header: http.Header{"Location": {to}}}, right}}
				v, err := Do[map[string]any](t.Context(), s.client(t, WithHTTPClient(&http.Client{Transport: s, Timeout: timeout})), NewRequest(opGet))
				if v != nil || !errors.Is(err, ErrRedirect) || len(s.sent) != 1 {
					t.Errorf("%d to %s: %d requests, result %v, error %v", status, to, len(s.sent), v, err)
				}
			}
		}
	}
}

func TestRetryAfterIsReadInEveryForm(t *testing.T) {
	leak.Check(t)
	for _, c := range []struct {
		wait   time.Duration
		header http.Header
	}{
		{90 * time.Second, http.Header{"Retry-After": {"Mon, 01 Jan 2024 00:01:30 GMT"}, "Date": {"Mon, 01 Jan 2024 00:00:00 GMT"}}},
		{1500 * time.Millisecond, http.Header{"Retry-After": {" 1.5 "}}},
		{0, http.Header{"Retry-After": {"Mon, 01 Jan 2024 00:00:00 GMT"}, "Date": {"Mon, 01 Jan 2024 00:01:30 GMT"}}},
		{48 * time.Hour, http.Header{"Retry-After": {"1e9"}}}, // an unreasonable value is still a long wait
		{48 * time.Hour, http.Header{"Retry-After": {"Mon, 01 Jan 2924 00:00:00 GMT"}}},
		{0, http.Header{"Retry-After": {"soon"}}}, {0, http.Header{"Retry-After": {"-5"}}}, {0, http.Header{"Retry-After": {"Inf"}}},
		{0, http.Header{"Retry-After": {"NaN"}}}, {0, http.Header{"Retry-After": {"1e"}}}, {0, http.Header{"Retry-After": {"Mon, 01 Jan 2924"}}},
	} {
		var e *Error
		if err := refusedWith(t, 503, "", `{}`, c.header); !errors.As(err, &e) || e.RetryAfter != c.wait {
			t.Errorf("%v is read as %v, want %v", c.header, e.RetryAfter, c.wait)
		}
	}
	var e *Error
	spent := http.Header{"X-Ratelimit-Daily-Remaining": {"0"}, "X-Ratelimit-Daily-Reset": {"90000"}}
	if err := refusedWith(t, 429, "", `{}`, spent); !errors.As(err, &e) || e.RetryAfter != 90*time.Second {
		t.Errorf("a day that is spent: %v does not say when the next begins", err)
	}
}

// If a name occurs twice, the last value is used, without anything of the first.
func TestOnlyTheLastValueOfARepeatedNameIsRead(t *testing.T) {
	leak.Check(t)
	type item struct {
		ID   string `json:"id,omitzero"`
		Name string `json:"name,omitzero"`
	}
	type page struct {
		Item  item   `json:"item,omitzero"`
		Items []item `json:"items,omitzero"`
	}
	for twice, once := range map[string]string{
		`{"item":{"id":"1","name":"n"},"item":{"id":"2"}}`:               `{"item":{"id":"2"}}`,
		`{"items":[{"id":"1","name":"n"}],"items":[{"id":"2"}]}`:         `{"items":[{"id":"2"}]}`,
		`{"items":[{"id":"1","name":"n"}],"\u0069tems":[{"id":"2"},{}]}`: `{"items":[{"id":"2"},{}]}`,
	} {
		s := &scripted{replies: []reply{{status: 200, body: twice}}}
		v, err := Do[page](t.Context(), s.client(t), NewRequest(opGet))
		if got, _ := json.Marshal(v); err != nil || string(got) != once {
			t.Errorf("%s is read as %s, %v", twice, got, err)
		}
	}
}

func TestASuccessWithoutAValueIsOneWhereItIsDocumented(t *testing.T) {
	leak.Check(t)
	op := &Operation{ID: "read", Method: "GET", Path: "/thing", Statuses: []int{200, 204}, NullSuccess: true, RequiredInSuccess: []string{"a"}}
	for _, a := range []reply{{status: 204}, {status: 200, body: " null\n"}} {
		if _, v, err := callScript(t, op, []reply{a}); err != nil || v == nil || len(*v) > 0 {
			t.Errorf("%d %q: %v, %v", a.status, a.body, v, err)
		}
		if _, v, err := callScript(t, opGet, []reply{a}); !errors.Is(err, ErrUndecodable) {
			t.Errorf("%d %q where it is not documented: %v, %v", a.status, a.body, v, err)
		}
	}
	empty := &Operation{ID: "drop", Method: "DELETE", Path: "/thing", Statuses: []int{204}}
	s := &scripted{replies: []reply{{status: 200, body: `{"succeded":true}`}}}
	if err := Send(t.Context(), s.client(t), NewRequest(empty)); err != nil {
		t.Errorf("200 beside a documented 204: %v", err)
	}
}
