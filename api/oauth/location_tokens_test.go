package oauth

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"testing"

	"github.com/highlevel-go/snapshots/api/internal/leak"
	subaccounts "github.com/highlevel-go/snapshots/api/locations"
	"github.com/highlevel-go/snapshots/api/rest"
)

// route gives an issuer's answers, and keeps who was asked with which token.
type route struct {
	*locationIssuer
	sent []string
}

func (r *route) RoundTrip(q *http.Request) (*http.Response, error) {
	r.sent = append(r.sent, q.URL.Path+" "+strings.TrimPrefix(q.Header.Get("Authorization"), "Bearer "))
	if strings.HasPrefix(q.Header.Get("Authorization"), "Bearer agency") && strings.HasPrefix(q.URL.Path, "/locations/") {
		q = q.Clone(q.Context())
		q.Header.Set("Authorization", "Bearer location-secret-999")
	}
	return r.locationIssuer.RoundTrip(q)
}

// keyBudget keeps whose requests it was asked for.
type keyBudget struct{ keys []string }

func TestAnOperationOfASubAccountGetsItsTokenByItself(t *testing.T) {
	leak.Check(t)
	r := &route{locationIssuer: &locationIssuer{lives: 3600}}
	budget := &keyBudget{}
	options := []rest.Option{rest.WithHTTPClient(&http.Client{Transport: r}), rest.WithRetry(rest.Retry{Attempts: 1}), rest.WithBudget(budget),
		rest.WithToken("agency-secret"), rest.WithDefault("companyId", "agency")}
	agency, err := NewClient(options...)
	if err != nil {
		t.Fatal(err)
	}
	client, err := subaccounts.New(append(options, rest.WithLocationTokens(agency.LocationTokens()))...)
	if err != nil {
		t.Fatal(err)
	}
	for _, id := range []string{"a", "a", "b"} {
		if _, err := client.Tags(t.Context(), subaccounts.TagsRequest{LocationID: id}); err != nil {
			t.Error(err)
		}
	}
	for range client.Search(t.Context(), subaccounts.SearchRequest{}) { // the agency's token serves
	}
	r.refused.Store(1) // the token of a is revoked
	if _, err := client.Tags(t.Context(), subaccounts.TagsRequest{LocationID: "a"}); err != nil {
		t.Error(err)
	}
	const asks = "/oauth/locationToken agency-secret"
	want := []string{asks, "/locations/a/tags location-secret-1", "/locations/a/tags location-secret-1", asks, "/locations/b/tags location-secret-2",
		"/locations/search agency-secret", "/locations/a/tags location-secret-1", asks, "/locations/a/tags location-secret-3"}
	if got := strings.Join(r.sent, "\n"); got != strings.Join(want, "\n") {
		t.Errorf("sent\n%s\nwant\n%s", got, strings.Join(want, "\n"))
	}
	if k := budget.keys; len(k) != len(want) || k[1] != k[2] || k[1] == k[4] || k[0] != k[5] || k[0] == k[1] || strings.Contains(strings.Join(k, " "), "secret") {
		t.Errorf("budgets %q", k)
	}
	plain, err := NewClient(rest.WithToken("agency-secret")) // which agency is not said
	if err != nil {
		t.Fatal(err)
	}
	client, err = subaccounts.New(append(options, rest.WithLocationTokens(plain.LocationTokens()))...)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := client.Tags(t.Context(), subaccounts.TagsRequest{LocationID: "a"}); !errors.Is(err, rest.ErrTokenSource) || rest.EffectOf(err) != rest.EffectNone {
		t.Error(err)
	}
}

func (b *keyBudget) Take(_ context.Context, key string) (func(rest.Outcome), error) {
	b.keys = append(b.keys, key)
	return func(rest.Outcome) {}, nil
}
