package rest

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/highlevel-go/snapshots/api/internal/leak"
)

// jwt returns a token in the format of the service.
func jwt(payload string) string {
	return "e30." + base64.RawURLEncoding.EncodeToString([]byte(payload)) + ".c2ln"
}

func TestWhatIsKnownAboutAToken(t *testing.T) {
	leak.Check(t)
	end := time.Unix(1900000000, 0).UTC()
	for name, c := range map[string]struct {
		token Token
		want  TokenInfo
	}{
		"opaque":          {Token{Value: "abc"}, TokenInfo{}},
		"nothing":         {Token{}, TokenInfo{}},
		"private":         {Token{Value: "pit-01234567-89ab-cdef-0123-456789abcdef"}, TokenInfo{Kind: PrivateIntegrationToken}},
		"private, agency": {Token{Value: "pit-x", Type: AgencyToken}, TokenInfo{Kind: PrivateIntegrationToken, Type: AgencyToken}},
		"agency": {Token{Value: jwt(`{"authClass":"Company","authClassId":"c1","oauthMeta":{"scopes":["a","b"],"client":"x"},"iat":1,"exp":1900000000}`)},
			TokenInfo{Kind: OAuthAccessToken, Type: AgencyToken, CompanyID: "c1", Scopes: []string{"a", "b"}, Expires: end}},
		"location": {Token{Value: jwt(`{"authClass":"Location","authClassId":"l1","companyId":"c1","scope":"a b"}`)},
			TokenInfo{Kind: OAuthAccessToken, Type: SubAccountToken, CompanyID: "c1", LocationID: "l1", Scopes: []string{"a", "b"}}},
		"scopes with commas": {Token{Value: jwt(`{"authClass":"Company","scope":"a,b, c"}`)},
			TokenInfo{Kind: OAuthAccessToken, Type: AgencyToken, Scopes: []string{"a", "b", "c"}}},
		"scopes in one item": {Token{Value: jwt(`{"authClass":"Company","oauthMeta":{"scopes":["a b","b,c"," "]}}`)},
			TokenInfo{Kind: OAuthAccessToken, Type: AgencyToken, Scopes: []string{"a", "b", "c"}}},
		"scopes of a source in one item": {Token{Value: "x", Scopes: []string{"a b,c", ""}}, TokenInfo{Scopes: []string{"a", "b", "c"}}},
		"no scope of a source":           {Token{Value: "x", Scopes: []string{"", " "}}, TokenInfo{}},
		"what its source knows counts": {Token{Value: jwt(`{"authClass":"Location","authClassId":"l1","exp":1,"oauthMeta":{"scopes":["a"]}}`), Type: AgencyToken, CompanyID: "c", Scopes: []string{"b"}, Expires: end},
			TokenInfo{Kind: OAuthAccessToken, Type: AgencyToken, CompanyID: "c", LocationID: "l1", Scopes: []string{"b"}, Expires: end}},
		"another level": {Token{Value: jwt(`{"authClass":"User"}`)}, TokenInfo{Kind: OAuthAccessToken}},
		"wrong types":   {Token{Value: jwt(`{"authClass":1,"authClassId":{},"oauthMeta":[],"exp":"x","scope":[1,null,""],"scopes":{}}`)}, TokenInfo{Kind: OAuthAccessToken}},
		"padded":        {Token{Value: "e30." + base64.URLEncoding.EncodeToString([]byte(`{"authClass":"Company"}`)) + ".c2ln"}, TokenInfo{Kind: OAuthAccessToken, Type: AgencyToken}},
		"not base64":    {Token{Value: "a.!!.c"}, TokenInfo{}},
		"not JSON":      {Token{Value: jwt(`{`)}, TokenInfo{}},
		"not an object": {Token{Value: jwt(`[]`)}, TokenInfo{}},
		"null":          {Token{Value: jwt(`null`)}, TokenInfo{}},
		"two parts":     {Token{Value: "a.b"}, TokenInfo{}},
		"deep":          {Token{Value: jwt(strings.Repeat(`{"a":`, 20000))}, TokenInfo{}},
		"end of time":   {Token{Value: jwt(`{"exp":1e300}`)}, TokenInfo{Kind: OAuthAccessToken}},
	} {
		if got := c.token.Info(); !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s: %+v, want %+v", name, got, c.want)
		}
	}
}

// sourceOf supplies one token.
type sourceOf struct{ token Token }

func (s *sourceOf) Token(context.Context, string) (Token, error) { return s.token, nil }

func TestCallThatItsTokenIsKnownNotToServeForIsNotSent(t *testing.T) {
	leak.Check(t)
	needs := &Operation{ID: "n", Name: "MakeThing", Method: "GET", Path: "/things", Idempotent: true,
		Scopes: []string{"things.readonly", "things.write"}, TokenTypes: []string{AgencyToken}, AuthMethods: []string{OAuthAccessToken}}
	anything := &Operation{ID: "a", Name: "AnyThing", Method: "GET", Path: "/things", Idempotent: true}
	all := `"oauthMeta":{"scopes":["things.readonly","things.write"]}`
	for name, c := range map[string]struct {
		token Token
		op    *Operation
		is    error
		words string
	}{
		"scope by its source":  {Token{Value: "x", Scopes: []string{"things.readonly"}}, needs, ErrMissingScope, "needs things.write"},
		"scope by the token":   {Token{Value: jwt(`{"oauthMeta":{"scopes":["things.write"]}}`)}, needs, ErrMissingScope, "needs things.readonly"},
		"level by its source":  {Token{Value: "x", Type: "sub-account token"}, needs, ErrTokenType, `"Agency Token"`},
		"level by the token":   {Token{Value: jwt(`{"authClass":"Location",` + all + `}`)}, needs, ErrTokenType, `"Sub-Account Token"`},
		"kind by its prefix":   {Token{Value: "pit-x\r\n"}, needs, ErrTokenType, PrivateIntegrationToken},
		"all there":            {Token{Value: jwt(`{"authClass":"Company",` + all + `}`)}, needs, nil, ""},
		"more than needed":     {Token{Value: "x", Type: "agency token", Scopes: []string{"other", "things.write", "things.readonly"}}, needs, nil, ""},
		"nothing known":        {Token{Value: "x"}, needs, nil, ""},
		"no scopes named":      {Token{Value: jwt(`{"authClass":"Company","oauthMeta":{"scopes":[]}}`)}, needs, nil, ""},
		"unknown level":        {Token{Value: jwt(`{"authClass":"Robot",` + all + `}`)}, needs, nil, ""},
		"nothing needed":       {Token{Value: jwt(`{"authClass":"Location","oauthMeta":{"scopes":["x"]}}`)}, anything, nil, ""},
		"private, any allowed": {Token{Value: "pit-x"}, anything, nil, ""},
	} {
		client, seen := record(t, WithTokenSource(&sourceOf{c.token}))
		for range 2 { // the second time from the cache
			err := Send(t.Context(), client, NewRequest(c.op))
			if c.is == nil && err != nil || !errors.Is(err, c.is) || c.is != nil && !strings.Contains(err.Error(), c.words) {
				t.Errorf("%s: %v", name, err)
			}
			if c.is != nil && strings.Contains(err.Error(), c.token.Value) && len(c.token.Value) > 3 {
				t.Errorf("%s: the token is in %v", name, err)
			}
		}
		want := 2
		if c.is != nil {
			want = 0
		}
		if len(*seen) != want {
			t.Errorf("%s: %d requests, want %d", name, len(*seen), want)
		}
	}
}

// A new token of the same source is examined again.
func TestEachTokenIsCheckedByItself(t *testing.T) {
	leak.Check(t)
	s := &sourceOf{Token{Value: jwt(`{"authClass":"Location"}`)}}
	client, _ := record(t, WithTokenSource(s))
	op := &Operation{ID: "n", Name: "MakeThing", Method: "GET", Path: "/things", TokenTypes: []string{AgencyToken}, Scopes: []string{"x"}}
	if err := Send(t.Context(), client, NewRequest(op)); !errors.Is(err, ErrTokenType) {
		t.Error(err)
	}
	s.token.Value = jwt(`{"authClass":"Company"}`)
	if err := Send(t.Context(), client, NewRequest(op)); err != nil {
		t.Error(err)
	}
	s.token.Scopes = []string{"y"}
	if err := Send(t.Context(), client, NewRequest(op)); !errors.Is(err, ErrMissingScope) {
		t.Error(err)
	}
}

func TestTokenInfoOfAClient(t *testing.T) {
	leak.Check(t)
	client, seen := record(t, WithToken(" pit-x\n"))
	if info, err := client.TokenInfo(t.Context()); err != nil || info.Kind != PrivateIntegrationToken || len(*seen) != 0 {
		t.Errorf("%+v, %v", info, err)
	}
	bare, err := New(WithBaseURL("https://service.test"))
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]*Client{"nil": nil, "zero": {}, "without a token": bare} {
		if _, err := c.TokenInfo(t.Context()); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
	broken, _ := record(t, WithTokenSource(TokenFunc(func(context.Context) (string, error) {
		return "", errors.New("refused: Bearer abcdefgh1234")
	})))
	if _, err := broken.TokenInfo(t.Context()); err == nil || strings.Contains(err.Error(), "abcdefgh") {
		t.Errorf("error is %v", err)
	}
}

func TestRedactedErrorIsTheSameToErrorsIs(t *testing.T) {
	leak.Check(t)
	broken := errors.New("broken")
	err := RedactError(fmt.Errorf("%w: s3cret/1 and s3cret%%2F1, eyJhbGciOi.eyJzdWIi.c2ln", broken), "", "s3cret/1")
	if !errors.Is(err, broken) || strings.Contains(err.Error(), "s3cret") || strings.Contains(err.Error(), "eyJ") {
		t.Errorf("error is %v", err)
	}
	if err := RedactError(broken, "", "x"); err != broken {
		t.Errorf("an error without a secret becomes %#v", err)
	}
}
