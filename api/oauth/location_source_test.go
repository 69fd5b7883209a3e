package oauth

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/highlevel-go/snapshots/api/internal/leak"
	"github.com/highlevel-go/snapshots/api/rest"
)

// locationIssuer gives tokens of locations, and serves things to the newest one.
type locationIssuer struct {
	asked, atOnce atomic.Int64
	most          atomic.Int64
	delay         time.Duration
	fault         atomic.Int64 // a status that every request for a token is answered with; 0 for none
	refused       atomic.Int64 // tokens up to this number are refused
	lives         int
}

func (i *locationIssuer) RoundTrip(r *http.Request) (*http.Response, error) {
	answer := func(status int, body string) (*http.Response, error) {
		return &http.Response{StatusCode: status, Header: http.Header{}, Body: io.NopCloser(strings.NewReader(body)), Request: r}, nil
	}
	if r.URL.Path != "/oauth/locationToken" {
		var n int64
		if _, err := fmt.Sscanf(r.Header.Get("Authorization"), "Bearer location-secret-%d", &n); err != nil || n <= i.refused.Load() {
			return answer(401, `{"message":"Invalid JWT"}`)
		}
		return answer(200, `{"id":"x","tags":[],"locations":[]}`)
	}
	n := i.asked.Add(1)
	i.most.Store(max(i.most.Load(), i.atOnce.Add(1)))
	defer i.atOnce.Add(-1)
	time.Sleep(i.delay)
	if status := i.fault.Load(); status != 0 {
		return answer(int(status), `{"message":"Location is not active"}`)
	}
	_ = r.ParseForm()
	if r.PostForm.Get("companyId") != "agency" || r.Header.Get("Authorization") != "Bearer agency-secret" {
		return answer(401, `{"message":"no"}`)
	}
	return answer(200, fmt.Sprintf(`{"access_token":"location-secret-%d","expires_in":%d,"locationId":%q}`, n, i.lives, r.PostForm.Get("locationId")))
}

// locationClient returns a client of a sub-account whose tokens the issuer gives.
func locationClient(t *testing.T, i *locationIssuer) (*LocationSource, *rest.Client) {
	t.Helper()
	options := []rest.Option{rest.WithHTTPClient(&http.Client{Transport: i}), rest.WithRetry(rest.Retry{Attempts: 1}), rest.WithBudget(nil)}
	agency, err := NewClient(append(options, rest.WithToken("agency-secret"), rest.WithDefault("companyId", "agency"))...)
	if err != nil {
		t.Fatal(err)
	}
	s, err := agency.LocationSource(LocationTokenRequest{LocationID: "loc"})
	if err != nil {
		t.Fatal(err)
	}
	c, err := rest.New(append(options, rest.WithBaseURL("https://service.test"), rest.WithTokenSource(s))...)
	if err != nil {
		t.Fatal(err)
	}
	return s, c
}

var getThing = rest.Operation{ID: "get-thing", Name: "GetThing", Method: "GET", Path: "/thing", Idempotent: true}

func TestALocationsTokenIsGotAndRenewedByItself(t *testing.T) {
	leak.Check(t)
	synctest.Test(t, func(t *testing.T) {
		i := &locationIssuer{lives: 3600, delay: time.Second}
		s, c := locationClient(t, i)
		call := func() {
			t.Helper()
			if err := rest.Send(t.Context(), c, rest.NewRequest(&getThing)); err != nil {
				t.Error(err)
			}
		}
		if i.asked.Load() != 0 {
			t.Error("asked before a call needs it")
		}
		for turn := range int64(3) { // at the beginning, and after the token has ended
			var all sync.WaitGroup
			for range 50 {
				all.Go(call)
			}
			all.Wait()
			if i.asked.Load() != turn+1 || i.most.Load() != 1 {
				t.Errorf("turn %d: asked %d times, %d at once", turn, i.asked.Load(), i.most.Load())
			}
			time.Sleep(56 * time.Minute) // it is replaced before its end
		}
		call()
		i.refused.Store(i.asked.Load()) // revoked
		var all sync.WaitGroup
		for range 50 {
			all.Go(call)
		}
		all.Wait()
		if i.asked.Load() != 5 || i.most.Load() != 1 {
			t.Errorf("a revoked token: asked %d times, %d at once", i.asked.Load(), i.most.Load())
		}
		info, err := s.Info(t.Context())
		if err != nil || info.Type != rest.SubAccountToken || info.LocationID != "loc" || info.CompanyID != "agency" || info.Expires.IsZero() {
			t.Errorf("%+v, %v", info, err)
		}
	})
}

func TestALocationThatIsPausedIsAskedForAgain(t *testing.T) {
	leak.Check(t)
	synctest.Test(t, func(t *testing.T) {
		i := &locationIssuer{lives: 3600}
		i.fault.Store(400)
		s, _ := locationClient(t, i)
		for range 2 {
			if _, err := s.Token(t.Context(), ""); err == nil || !temporary(err) || errors.Is(err, ErrAuthorizeAgain) {
				t.Error(err)
			}
		}
		i.fault.Store(0)
		if got, err := s.Token(t.Context(), ""); err != nil || got.Value != "location-secret-3" {
			t.Error(err)
		}
		// While the token serves, a fault holds nobody up, and is not asked about with every call.
		i.fault.Store(503)
		time.Sleep(57 * time.Minute)
		for range 20 {
			if got, err := s.Token(t.Context(), ""); err != nil || got.Value != "location-secret-3" {
				t.Error(err)
			}
		}
		if n := i.asked.Load(); n != 4 {
			t.Errorf("asked %d times", n)
		}
		if _, err := s.Token(t.Context(), "location-secret-3"); err == nil {
			t.Error("a refused token is handed out again")
		}
		time.Sleep(4 * time.Minute)
		if _, err := s.Token(t.Context(), ""); err == nil {
			t.Error("a token is handed out after its end")
		}
	})
}

func TestLocationSourceChecksItsRequestAndShowsNoSecret(t *testing.T) {
	leak.Check(t)
	agency, err := NewClient(rest.WithToken("agency-secret"))
	if err != nil {
		t.Fatal(err)
	}
	for _, req := range []LocationTokenRequest{{LocationID: "l"}, {CompanyID: "c"}, {}} {
		if s, err := agency.LocationSource(req); !errors.Is(err, rest.ErrInvalidRequest) || s != nil {
			t.Errorf("%+v: %v", req, err)
		}
	}
	if _, err := (*Client)(nil).LocationSource(LocationTokenRequest{CompanyID: "c", LocationID: "l"}); !errors.Is(err, rest.ErrInvalidRequest) {
		t.Error(err)
	}
	s, _ := locationClient(t, &locationIssuer{lives: 60})
	if _, err := s.Token(t.Context(), ""); err != nil {
		t.Fatal(err)
	}
	asJSON, _ := s.MarshalJSON()
	if text := fmt.Sprintf("%v %+v %#v %s %s %s", s, s, s, asJSON, s.LogValue(), s.Identity()); strings.Contains(text, "secret") {
		t.Error(text)
	}
	other, _ := locationClient(t, &locationIssuer{})
	if s.Identity() != other.Identity() || s.Identity() == agency.restClient().Identity() {
		t.Errorf("%s and %s are not one budget", s.Identity(), other.Identity())
	}
}
