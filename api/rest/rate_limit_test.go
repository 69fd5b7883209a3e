package rest

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"os"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/highlevel-go/snapshots/api/internal/leak"
)

var opGet = &Operation{ID: "get-thing", Name: "Thing", Method: "GET", Path: "/thing", Idempotent: true, Statuses: []int{200}}

// meter is a service that counts requests when they arrive, in its kind of window.
type meter struct {
	sliding  bool
	limit    int
	interval time.Duration
	said     time.Duration // what the header says instead
	latency  func() (there, back time.Duration)

	mu      sync.Mutex
	times   []time.Time // sliding
	window  int64       // fixed
	used    int
	refused int
	foreign int // refusals of the second spender
}

// spend counts one request, and returns how many are left, or false.
func (m *meter) spend() (int, bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	now := time.Now()
	if m.sliding {
		for len(m.times) > 0 && now.Sub(m.times[0]) >= m.interval {
			m.times = m.times[1:]
		}
		if len(m.times) >= m.limit {
			return 0, false
		}
		m.times = append(m.times, now)
		return m.limit - len(m.times), true
	}
	if n := now.UnixNano() / int64(m.interval); n != m.window {
		m.window, m.used = n, 0
	}
	if m.used >= m.limit {
		return 0, false
	}
	m.used++
	return m.limit - m.used, true
}

func (m *meter) RoundTrip(r *http.Request) (*http.Response, error) {
	there, back := m.latency()
	time.Sleep(there)
	left, ok := m.spend()
	status := 200
	if !ok {
		status = 429
		m.mu.Lock()
		m.refused++
		m.mu.Unlock()
	}
	time.Sleep(back)
	return &http.Response{
		StatusCode: status,
		Header: http.Header{
			headerLimit:     {strconv.Itoa(m.limit)},
			headerRemaining: {strconv.Itoa(left)},
			headerInterval:  {strconv.FormatInt(cmp.Or(m.said, m.interval).Milliseconds(), 10)},
		},
		Body:    io.NopCloser(strings.NewReader(`{}`)),
		Request: r,
	}, nil
}

func uniformLatency(least, most time.Duration) func() (time.Duration, time.Duration) {
	pick := func() time.Duration { return least + rand.N(most-least+1) }
	return func() (time.Duration, time.Duration) { return pick(), pick() }
}

// spendAll makes n calls from a number of goroutines, alternating between clients, and returns how long that took.
func spendAll(t *testing.T, n, goroutines int, clients ...*Client) time.Duration {
	t.Helper()
	begin := time.Now()
	var left atomic.Int64
	left.Store(int64(n))
	var wg sync.WaitGroup
	for g := range goroutines {
		wg.Go(func() {
			for left.Add(-1) >= 0 {
				if _, err := Do[struct{}](t.Context(), clients[g%len(clients)], NewRequest(opGet)); err != nil {
					t.Errorf("a call failed: %v", err)
				}
			}
		})
	}
	wg.Wait()
	return time.Since(begin)
}

func meteredClient(t *testing.T, m *meter, b Budget, more ...Option) *Client {
	t.Helper()
	c, err := New(append([]Option{
		WithBaseURL("https://metered.test"), WithToken("secret"), WithBudget(b), WithTimeout(0),
		WithHTTPClient(&http.Client{Transport: m}), WithRetry(Retry{Attempts: 10}),
	}, more...)...)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// The least time for 1,000 requests at 100 in 10 seconds is 90 seconds: the last hundred can begin then.
func TestLimiterIsAsFastAsTheServiceAllowsWithoutARefusal(t *testing.T) {
	leak.Check(t)
	const minimum = 90 * time.Second
	for _, sliding := range []bool{false, true} {
		for name, latency := range map[string]func() (time.Duration, time.Duration){
			"no delay":      uniformLatency(0, 0),
			"20 to 60 ms":   uniformLatency(10*time.Millisecond, 30*time.Millisecond),
			"uneven to 120": uniformLatency(0, 60*time.Millisecond),
		} {
			t.Run(fmt.Sprintf("sliding=%v/%s", sliding, name), func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) {
					m := &meter{sliding: sliding, limit: 100, interval: 10 * time.Second, latency: latency}
					b := NewLocalBudget(100, 10*time.Second)
					took := spendAll(t, 1000, 16, meteredClient(t, m, b), meteredClient(t, m, b), meteredClient(t, m, b))
					t.Logf("took %v, %.4f of the minimum, %d refused", took, float64(took)/float64(minimum), m.refused)
					if m.refused != 0 {
						t.Errorf("%d requests were refused, want none", m.refused)
					}
					if took > minimum*102/100 {
						t.Errorf("took %v, want at most 1.02 times %v", took, minimum)
					}
				})
			})
		}
	}
}

// full reports whether each case is simulated, as PROVE=full and PROVE=nightly ask for, or some that differ in everything.
var full = os.Getenv("PROVE") != ""

// A second program without coordination uses three tenths of the budget, in different ways, and the service is near or far.
func TestLimiterLeavesRoomToAnUncoordinatedSpender(t *testing.T) {
	leak.Check(t)
	const third = time.Second / 3
	spenders := map[string]func() (requests int, pause time.Duration){
		"evenly":       func() (int, time.Duration) { return 1, third },
		"by chance":    func() (int, time.Duration) { return 1, time.Duration(rand.ExpFloat64() * float64(third)) },
		"in bursts":    func() (int, time.Duration) { return 15, 15 * third },
		"all together": func() (int, time.Duration) { return 30, 30 * third },
	}
	for how, spend := range spenders {
		for name, latency := range map[string]func() (time.Duration, time.Duration){
			"no delay":    uniformLatency(0, 0),
			"20 to 60 ms": uniformLatency(10*time.Millisecond, 30*time.Millisecond),
		} {
			for _, sliding := range []bool{false, true} {
				if far := name != "no delay"; !full && sliding != far {
					continue
				}
				t.Run(fmt.Sprintf("%s/%s/sliding=%v", how, name, sliding), func(t *testing.T) {
					synctest.Test(t, func(t *testing.T) {
						time.Sleep(rand.N(10 * time.Second)) // somewhere in the service's window
						m := &meter{sliding: sliding, limit: 100, interval: 10 * time.Second, latency: latency}
						ctx, stop := context.WithCancel(t.Context())
						var other sync.WaitGroup
						other.Go(func() {
							for ctx.Err() == nil {
								requests, pause := spend()
								for range requests {
									if _, ok := m.spend(); !ok {
										m.foreign++
									}
								}
								time.Sleep(pause)
							}
						})
						took := spendAll(t, 1000, 16, meteredClient(t, m, NewLocalBudget(100, 10*time.Second)))
						stop()
						other.Wait()
						t.Logf("took %v; refused: %d of ours, %d of theirs", took, m.refused, m.foreign)
						if m.refused > 10 {
							t.Errorf("%d of 1000 were refused, want at most 1 %%", m.refused)
						}
						// 70 of 100 are ours: 1,000 take 140 s and more.
						if took > 200*time.Second {
							t.Errorf("took %v: the client starves", took)
						}
					})
				})
			}
		}
	}
}

// A header in another unit than its name says would cause a flood of refusals.
func TestLimiterBelievesNoShortIntervalThatRefusalsContradict(t *testing.T) {
	leak.Check(t)
	for _, said := range []time.Duration{10 * time.Millisecond, time.Second} {
		for _, sliding := range []bool{false, true} {
			synctest.Test(t, func(t *testing.T) {
				m := &meter{sliding: sliding, limit: 100, interval: 10 * time.Second, latency: uniformLatency(10*time.Millisecond, 30*time.Millisecond), said: said}
				took := spendAll(t, 1000, 16, meteredClient(t, m, NewLocalBudget(100, 10*time.Second)))
				t.Logf("said %v, sliding %v: took %v, %d refused", said, sliding, took, m.refused)
				if m.refused > 30 {
					t.Errorf("said %v, sliding %v: %d refused of 1000", said, sliding, m.refused)
				}
			})
		}
	}
}

// All places granted at one time become free shortly after the share of others does; in between, nothing may be tried
// again and again.
func TestBudgetSleepsUntilAPlaceComesFree(t *testing.T) {
	leak.Check(t)
	synctest.Test(t, func(t *testing.T) {
		b := NewLocalBudget(100, 10*time.Second)
		for n := range 92 {
			settle, err := b.Take(t.Context(), "k")
			if err != nil {
				t.Fatal(err)
			}
			settle(Outcome{Answered: true, Refused: n == 91})
		}
		time.Sleep(10 * time.Second)
		for range 92 {
			settle, err := b.Take(t.Context(), "k")
			if err != nil {
				t.Fatal(err)
			}
			settle(Outcome{Answered: true})
		}
	})
}
