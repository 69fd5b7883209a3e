package rest

import (
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/highlevel-go/snapshots/api/internal/leak"
)

func TestEscapedTokenIsRedacted(t *testing.T) {
	leak.Check(t)
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
				plain := strings.NewReplacer(`\`, "").Replace(said)
				if strings.Contains(plain, token) || strings.Contains(said, "qrs") {
					t.Errorf("the token is shown: %s", said)
				}
			}
		})
	}
}

// askFor returns the result of a call for a response with status 200.
func askFor[T any](t *testing.T, body string) (*T, error) {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, body) }))
	defer server.Close()
	client, err := New(WithBaseURL(server.URL), WithToken(faultToken))
	if err != nil {
		t.Fatal(err)
	}
	defer client.CloseIdleConnections()
	return Do[T](t.Context(), client, NewRequest(&Operation{ID: "get-a", Name: "A", Method: "GET", Path: "/a"}))
}

func TestErrorInASuccessIsAnError(t *testing.T) {
	leak.Check(t)
	type link struct {
		ID string `json:"id"`
	}
	type list struct {
		Items []link `json:"items,omitzero"`
	}
	if v, err := askFor[list](t, `{"items":[],"statusCode":500,"message":"boom"}`); !errors.Is(err, ErrUndecodable) || !strings.Contains(err.Error(), "boom") {
		t.Errorf("a refusal beside an empty list: %+v, %v", v, err)
	}
	for _, body := range []string{`{"items":[]}`, `{"items":null}`, `{"items":[],"statusCode":200,"message":"ok","error":null,"traceId":"t"}`, `{"items":[{"id":"x"}],"statusCode":500}`} {
		if v, err := askFor[list](t, body); err != nil {
			t.Errorf("%s: %+v, %v", body, v, err)
		}
	}
	for _, body := range []string{`[null]`, `["x"]`, `{}`} {
		if v, err := askFor[[]link](t, body); !errors.Is(err, ErrUndecodable) {
			t.Errorf("a list of %s: %+v, %v", body, v, err)
		}
	}
	type own struct { // its documented names are those of an error
		ID         string   `json:"id"`
		Message    string   `json:"message"`
		StatusCode int      `json:"statusCode"`
		Success    bool     `json:"success"`
		Errors     []string `json:"errors"`
	}
	for body, isError := range map[string]bool{
		`{"statusCode":401,"message":"no"}`: true, `{"message":"no","success":false}`: true, `{"message":"no","error":"denied"}`: true,
		`{"statusCode":200,"message":"done"}`: false, `{"success":true}`: false, `{"errors":["row 3"],"success":true}`: false,
		`{"id":"1","statusCode":401,"success":false}`: false, `{"message":"done"}`: false,
	} {
		if v, err := askFor[own](t, body); errors.Is(err, errErrorInSuccess) != isError || !isError && err != nil {
			t.Errorf("%s: %+v, %v", body, v, err)
		}
	}
	ask := func(body string) (*link, error) { return askFor[link](t, body) }
	for body, word := range map[string]string{
		`{"statusCode":401,"message":"Invalid JWT"}`: "Invalid JWT",
		`{"statusCode":"401","message":"no"}`:        "no",
		`{"status":422,"message":["no"]}`:            "no",
		`{"message":"Unauthorized"}`:                 "only message: Unauthorized",
		`{"error":{"message":"no"},"success":false}`: "an error in its body: no",
		`{"data":{"id":"x"}}`:                        "only data",
		`{"ID":"x","Id":"y"}`:                        "only ID, Id",
	} {
		if v, err := ask(body); !errors.Is(err, ErrUndecodable) || !strings.Contains(err.Error(), word) {
			t.Errorf("%s: %+v, %v", body, v, err)
		}
	}
	for _, body := range []string{`{"id":"x","statusCode":404}`, `{"id":"x","status":"completed"}`, `{}`, `{"id":null}`, `{"id":"", "message":"m"}`} { // every field is optional
		if v, err := ask(body); err != nil {
			t.Errorf("%s: %+v, %v", body, v, err)
		}
	}
}

func TestTokenBeyondASCIIIsRedacted(t *testing.T) {
	leak.Check(t)
	const token = "t\u00f6k\u00ean-1"
	for _, text := range []string{token, `t\u00F6k\u00ean-1`, "t%c3%B6k%C3%AAn-1", "t&#246;k&#xEA;n-1", "% " + token} {
		if got := string(redact([]byte(text), Token{Value: token})); strings.Contains(got, "n-1") {
			t.Errorf("%s is shown as %s", text, got)
		}
		if got := redactText(text, Token{Value: token}); strings.Contains(got, "n-1") {
			t.Errorf("%s is shown as %s", text, got)
		}
	}
}
