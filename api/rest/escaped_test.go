package rest

import (
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

func TestATokenThatIsRepeatedInEscapesIsBlankedToo(t *testing.T) {
	const token = "secretTOKEN/qrs+tu"
	for name, body := range map[string]string{
		"JSON slash":      `{"message":"bad secretTOKEN\/qrs+tu","traceId":"secretTOKEN\/qrs+tu"}`,
		"JSON unicode":    `{"message":"bad secret\u0054OKEN/qrs\u002Btu"}`,
		"HTML entities":   `<html><title>bad secretTOKEN&#47;qrs&#x2B;tu</title></html>`,
		"in an address":   `{"message":"GET /x?token=secretTOKEN%2Fqrs%2btu"}`,
		"JSON inside one": `{"message":"{\"t\":\"secretTOKEN\\/qrs+tu\"}"}`,
	} {
		t.Run(name, func(t *testing.T) {
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
				w.WriteHeader(http.StatusUnauthorized)
				fmt.Fprint(w, body)
			}))
			defer server.Close()
			client, err := New(WithBaseURL(server.URL), WithToken(token))
			if err != nil {
				t.Fatal(err)
			}
			defer client.CloseIdleConnections()
			_, err = Do[struct{ A string }](t.Context(), client, NewRequest(&Operation{ID: "get-a", Name: "A", Method: "GET", Path: "/a"}))
			e, ok := errors.AsType[*Error](err)
			if !ok {
				t.Fatalf("error %v", err)
			}
			for _, said := range []string{err.Error(), fmt.Sprintf("%+v", err), fmt.Sprintf("%#v", e), fmt.Sprint(e.LogValue()), string(e.Body), e.TraceID, strings.Join(e.Messages, " ")} {
				plain := strings.NewReplacer(`\/`, "/", `\\`, "").Replace(said)
				if strings.Contains(plain, token) || strings.Contains(said, "qrs") {
					t.Errorf("the token is shown: %s", said)
				}
			}
		})
	}
}

func TestASuccessThatHoldsNothingKnownIsNoSuccess(t *testing.T) {
	type link struct {
		ID  string `json:"id"`
		URL string `json:"shareLink"`
	}
	type list struct {
		Items []link `json:"data"`
	}
	ask := func(body string) *Client {
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, body) }))
		t.Cleanup(server.Close)
		client, err := New(WithBaseURL(server.URL), WithToken("t"))
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(client.CloseIdleConnections)
		return client
	}
	request := func() *Request {
		return NewRequest(&Operation{ID: "get-a", Name: "A", Method: "GET", Path: "/a"})
	}
	for _, body := range []string{`{}`, `{"statusCode":401,"message":"Invalid JWT"}`, `{"id":null,"shareLink":null}`} {
		if v, err := Do[link](t.Context(), ask(body), request()); !errors.Is(err, ErrUndecodable) {
			t.Errorf("%s: %+v, %v", body, v, err)
		}
	}
	if v, err := Do[list](t.Context(), ask(`{"items":[]}`), request()); !errors.Is(err, ErrUndecodable) {
		t.Errorf("a list under another name: %+v, %v", v, err)
	}
	if v, err := Do[list](t.Context(), ask(`{"data":[]}`), request()); err != nil || v.Items == nil {
		t.Errorf("a list with nothing in it is an answer: %+v, %v", v, err)
	}
}
