package rest

import (
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/highlevel-go/snapshots/api/internal/leak"
)

func TestClonesShareBudgetAndToken(t *testing.T) {
	leak.Check(t)
	synctest.Test(t, func(t *testing.T) {
		b := NewLocalBudget(10, time.Second)
		c, _ := record(t, WithBudget(b))
		other, err := c.With(WithUserAgent("other"), WithDefault("companyId", "c2"))
		if err != nil {
			t.Fatal(err)
		}
		if c.Default("companyId") != "" || other.Default("companyId") != "c2" {
			t.Error("the clone's default leaked")
		}
		same, err := c.With(WithUserAgent("same budget"))
		if err != nil {
			t.Fatal(err)
		}
		begin := time.Now()
		for range 10 {
			for _, client := range []*Client{c, same} {
				if err := Send(t.Context(), client, NewRequest(opGet)); err != nil {
					t.Fatal(err)
				}
			}
		}
		if took := time.Since(begin); took < time.Second {
			t.Errorf("20 requests at 10 a second took %v", took)
		}
		if err := Send(t.Context(), other, NewRequest(opGet)); err != nil {
			t.Fatal(err)
		}
		if len(b.queues) != 2 {
			t.Errorf("%d budgets, want one for each company", len(b.queues))
		}
	})
}

func TestMiddlewareIsPassedFromTheFirstToTheLast(t *testing.T) {
	leak.Check(t)
	var order []string
	mark := func(name string) func(http.RoundTripper) http.RoundTripper {
		return func(next http.RoundTripper) http.RoundTripper {
			return tripper(func(r *http.Request) (*http.Response, error) {
				order = append(order, name)
				return next.RoundTrip(r)
			})
		}
	}
	c, _ := record(t, WithMiddleware(mark("a"), mark("b")), WithMiddleware(mark("c")))
	if err := Send(t.Context(), c, NewRequest(opGet)); err != nil || strings.Join(order, "") != "abc" {
		t.Errorf("%v, %v", order, err)
	}
}
