package fetch_test

import (
	"context"
	"errors"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/highlevel-go/snapshots/internal/fetch"
	"github.com/highlevel-go/snapshots/internal/prove/docsite"
)

// busy answers with a status until it was asked often enough.
func busy(site *docsite.Site, path, content string, status, times int, header func() string) {
	site.Handle(path, func(w http.ResponseWriter, _ *http.Request) {
		if times--; times >= 0 {
			if value := header(); value != "" {
				w.Header().Set("Retry-After", value)
			}
			w.WriteHeader(status)
			return
		}
		_, _ = w.Write([]byte(content))
	})
}

func says(value string) func() string { return func() string { return value } }

func TestPauseBetweenRequests(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var at []time.Duration
		begin := time.Now()
		files := docsite.NewSite(widgets())
		network := roundTrip(func(r *http.Request) (*http.Response, error) {
			at = append(at, time.Since(begin))
			time.Sleep(300 * time.Millisecond) // the server thinks
			return files.RoundTrip(r)
		})
		home := address(t, docsite.Canonical+makeWidget)
		if _, err := open(t, home, fetch.Options{Delay: 2 * time.Second, Transport: network}).Page(t.Context(), home); err != nil {
			t.Fatal(err)
		}
		if len(at) != 5 { // the first for a twin, which is not there
			t.Fatalf("%d requests, want 5", len(at))
		}
		for i, d := range at {
			if want := time.Duration(i) * 2300 * time.Millisecond; d != want {
				t.Errorf("request %d came after %v, want %v", i+1, d, want)
			}
		}
	})
}

func TestBusyServerGetsTheTimeItAsksFor(t *testing.T) {
	for name, c := range map[string]struct {
		status, times int
		header        func() string
		took          time.Duration
	}{
		"429 in seconds":   {429, 2, says("7"), 14 * time.Second},
		"503 in seconds":   {503, 1, says(" 90 "), 90 * time.Second},
		"429 until a date": {429, 1, func() string { return time.Now().Add(30 * time.Second).UTC().Format(http.TimeFormat) }, 30 * time.Second},
		"a date gone by":   {503, 1, says("Fri, 31 Dec 1999 15:04:05 GMT"), 0},
		"no word":          {503, 3, says(""), 2*time.Second + 4*time.Second + 8*time.Second},
		"nonsense":         {429, 1, says("soon"), 2 * time.Second},
		"negative":         {429, 1, says("-5"), 2 * time.Second},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				files := widgets()
				site := docsite.NewSite(files)
				busy(site, makeWidget, files[makeWidget], c.status, c.times, c.header)
				home, begin := address(t, docsite.Canonical+makeWidget), time.Now()
				if _, err := open(t, home, fetch.Options{Transport: site}).Page(t.Context(), home); err != nil {
					t.Fatal(err)
				}
				if took := time.Since(begin); took != c.took {
					t.Errorf("it took %v, want %v", took, c.took)
				}
			})
		})
	}
}

func TestRetryingEnds(t *testing.T) {
	for name, c := range map[string]struct {
		status   int
		header   string
		requests int
		stops    bool // the whole run
		want     string
	}{
		"429 for ever":     {429, "1", 4, true, "and asks to wait 1s"},
		"429 without word": {429, "", 4, true, "again and again"},
		"503 for ever":     {503, "1", 4, false, "503 Service Unavailable 4 times"},
		"an hour":          {503, "3600", 1, true, "asks to wait 1h0m0s; run again then"},
		"an age":           {429, "99999999999999999999", 1, true, "asks to wait 48h0m0s"},
		"2 billion":        {429, "2147483647", 1, true, "asks to wait"},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				site := docsite.NewSite(widgets())
				busy(site, makeWidget, "", c.status, 1000, says(c.header))
				home := address(t, docsite.Canonical+makeWidget)
				_, err := open(t, home, fetch.Options{Transport: site}).Page(t.Context(), home)
				if err == nil || !strings.Contains(err.Error(), c.want) {
					t.Errorf("got %v, want %s", err, c.want)
				}
				if got := errors.As(err, new(*fetch.BusyError)); got != c.stops {
					t.Errorf("stops the run: %v, want %v", got, c.stops)
				}
				if n := len(site.Requests()) - 1; n != c.requests { // without the one for a twin
					t.Errorf("%d requests, want %d", n, c.requests)
				}
			})
		})
	}
}

func TestWaitingEndsWithTheContext(t *testing.T) {
	for _, after := range []int{0, 5, 60} { // in the pause between requests, and in what the server asks for
		t.Run(strconv.Itoa(after), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				site := docsite.NewSite(widgets())
				if after > 0 {
					busy(site, makeWidget, "", 503, 1000, says(strconv.Itoa(after)))
				}
				ctx, cancel := context.WithTimeout(t.Context(), 3*time.Second)
				defer cancel()
				home, begin := address(t, docsite.Canonical+makeWidget), time.Now()
				_, err := open(t, home, fetch.Options{Transport: site, Delay: time.Minute}).Page(ctx, home)
				if !errors.Is(err, context.DeadlineExceeded) {
					t.Errorf("got %v", err)
				}
				if took := time.Since(begin); took != 3*time.Second {
					t.Errorf("it took %v", took)
				}
			})
		})
	}
}

func TestSlowAnswersEndAtTheTimeout(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		network := roundTrip(func(r *http.Request) (*http.Response, error) {
			if strings.HasSuffix(r.URL.Path, ".md") {
				return docsite.NewSite(nil).RoundTrip(r)
			}
			<-r.Context().Done()
			return nil, r.Context().Err()
		})
		home, begin := address(t, docsite.Canonical+makeWidget), time.Now()
		_, err := open(t, home, fetch.Options{Transport: network}).Page(t.Context(), home)
		if err == nil || !strings.Contains(err.Error(), "not complete within 30s") {
			t.Errorf("got %v", err)
		}
		if took := time.Since(begin); took != fetch.DefaultTimeout {
			t.Errorf("it took %v", took)
		}
	})
}
