package rest

import (
	"context"
	"errors"
	"net/http"
	"testing"

	"github.com/highlevel-go/snapshots/api/internal/leak"
)

func TestASubAccountsTokenIsSentWhereNoOtherServes(t *testing.T) {
	leak.Check(t)
	both, sub := []string{AgencyToken, SubAccountToken}, []string{SubAccountToken}
	for name, c := range map[string]struct {
		types []string
		path  string
		fill  func(*Request)
		opts  []Option
		want  string
	}{
		"in the path":                {sub, "/thing/{locationId}", func(r *Request) { r.SetPath("locationId", "l") }, nil, "Bearer of-l"},
		"in the query":               {sub, "/thing", func(r *Request) { r.AddQuery("locationId", "m") }, nil, "Bearer of-m"},
		"by default":                 {sub, "/thing", func(*Request) {}, []Option{WithDefault("locationId", "d")}, "Bearer of-d"},
		"the agency's serves":        {both, "/thing/{locationId}", func(r *Request) { r.SetPath("locationId", "l") }, nil, "Bearer agency"},
		"nothing is said of tokens":  {nil, "/thing/{locationId}", func(r *Request) { r.SetPath("locationId", "l") }, nil, "Bearer agency"},
		"of no sub-account":          {sub, "/thing", func(*Request) {}, nil, "Bearer agency"},
		"taken away":                 {sub, "/thing/{locationId}", func(r *Request) { r.SetPath("locationId", "l") }, []Option{WithLocationTokens(nil)}, "Bearer agency"},
		"there is none":              {sub, "/thing/{locationId}", func(r *Request) { r.SetPath("locationId", "none") }, nil, ""},
		"it is not to be had at all": {sub, "/thing/{locationId}", func(r *Request) { r.SetPath("locationId", "fails") }, nil, ""},
	} {
		sent := ""
		transport := roundTripFunc(func(r *http.Request) (*http.Response, error) {
			sent = r.Header.Get("Authorization")
			return nil, errors.New("cut off")
		})
		client, err := New(append([]Option{WithBaseURL("https://service.test"), WithToken("agency"), WithBudget(nil), WithRetry(Retry{Attempts: 1}),
			WithHTTPClient(&http.Client{Transport: transport}), WithLocationTokens(func(id string) (TokenSource, error) {
				switch id {
				case "none":
					return nil, nil
				case "fails":
					return nil, errors.New("no")
				}
				return TokenFunc(func(context.Context) (string, error) { return "of-" + id, nil }), nil
			})}, c.opts...)...)
		if err != nil {
			t.Fatal(err)
		}
		op := &Operation{ID: "get-thing", Method: "GET", Path: c.path, TokenTypes: c.types}
		r := NewRequest(op)
		c.fill(r)
		err = Send(t.Context(), client, r)
		if sent != c.want || (c.want == "") != errors.Is(err, ErrTokenSource) || c.want == "" && EffectOf(err) != EffectNone {
			t.Errorf("%s: sent %q, want %q (%v)", name, sent, c.want, err)
		}
	}
}
