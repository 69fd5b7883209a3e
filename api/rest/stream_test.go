package rest

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/highlevel-go/snapshots/api/internal/leak"
)

var opFile = &Operation{Name: "GetFile", Method: "GET", Path: "/file", Accept: "application/pdf", Idempotent: true}

func files(t *testing.T, answer http.HandlerFunc, opts ...Option) *Client {
	t.Helper()
	server := httptest.NewServer(answer)
	t.Cleanup(server.Close)
	c, err := New(append([]Option{WithBaseURL(server.URL), WithToken("secret-token")}, opts...)...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.CloseIdleConnections)
	return c
}

func TestStreamIsReadAsItComesAndAfterTheTimeOfAnAttempt(t *testing.T) {
	leak.Check(t)
	more := make(chan bool)
	c := files(t, func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Accept") != "application/pdf" {
			t.Errorf("accepts %s", r.Header.Get("Accept"))
		}
		io.WriteString(w, "first ")
		w.(http.Flusher).Flush()
		<-more
		io.WriteString(w, "second")
	}, WithTimeout(50*time.Millisecond), WithMaxResponse(3))
	body, err := Open(t.Context(), c, NewRequest(opFile))
	if err != nil {
		t.Fatal(err)
	}
	first := make([]byte, 6)
	if _, err := io.ReadFull(body, first); err != nil || string(first) != "first " {
		t.Fatalf("%q, %v", first, err)
	}
	time.Sleep(60 * time.Millisecond)
	more <- true
	rest, err := io.ReadAll(body)
	if err != nil || string(rest) != "second" {
		t.Errorf("%q, %v", rest, err)
	}
	if err := body.Close(); err != nil {
		t.Error(err)
	}
	if _, err := body.Read(first); err == nil {
		t.Error("it can be read after it was closed")
	}
}

func TestStreamIsCappedWhenTheCallSaysSo(t *testing.T) {
	leak.Check(t)
	c := files(t, func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, "12345") })
	for limit, want := range map[int64]string{4: "1234", 5: "12345"} {
		body, err := Open(t.Context(), c, NewRequest(opFile), CallMaxResponse(limit))
		if err != nil {
			t.Fatal(err)
		}
		data, err := io.ReadAll(body)
		if string(data) != want || errors.Is(err, ErrTooLarge) != (limit == 4) {
			t.Errorf("%q, %v with a cap of %d", data, err, limit)
		}
		body.Close()
	}
}

func TestRefusalOfAStreamIsAnError(t *testing.T) {
	leak.Check(t)
	c := files(t, func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(404)
		io.WriteString(w, `{"message":"no such file"}`)
	})
	body, err := Open(t.Context(), c, NewRequest(opFile))
	if refused, ok := errors.AsType[*Error](err); !ok || refused.Status != 404 || !strings.Contains(err.Error(), "no such file") || body != nil {
		t.Errorf("%v, %v", body, err)
	}
}

func TestTimeOfTheCallEndsAStream(t *testing.T) {
	leak.Check(t)
	c := files(t, func(w http.ResponseWriter, r *http.Request) {
		w.(http.Flusher).Flush()
		<-r.Context().Done()
	})
	body, err := Open(t.Context(), c, NewRequest(opFile), CallTimeout(50*time.Millisecond))
	if err != nil {
		t.Fatal(err)
	}
	defer body.Close()
	if _, err := io.ReadAll(body); !errors.Is(err, context.DeadlineExceeded) || !strings.Contains(err.Error(), "get file: the answer broke off") {
		t.Error(err)
	}
}

func TestCapOfACallReplacesThatOfTheClient(t *testing.T) {
	leak.Check(t)
	c := files(t, func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, `["a","b"]`) }, WithMaxResponse(3))
	if list, err := Do[[]string](t.Context(), c, NewRequest(opFile), CallMaxResponse(100)); err != nil || len(*list) != 2 {
		t.Errorf("%v, %v", list, err)
	}
}

func TestDocumentedSuccessWithoutContent(t *testing.T) {
	leak.Check(t)
	c := files(t, func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(202) })
	op := *opFile
	op.Empty = []int{202}
	var with Response
	if v, err := Do[struct{ A string }](t.Context(), c, NewRequest(&op), CallResponse(&with)); err != nil || v == nil || with.Status != 202 {
		t.Errorf("%v, %v, %d", v, err, with.Status)
	}
	if _, err := Do[struct{ A string }](t.Context(), c, NewRequest(opFile)); err == nil {
		t.Error("an empty answer passed, which is not documented")
	}
}
