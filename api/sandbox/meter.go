package sandbox

import (
	"crypto/sha256"
	"net/http"
	"strconv"
	"time"
)

// meter counts requests for each key, as the service does, and writes its headers.
type meter struct {
	limit    int
	interval time.Duration
	sliding  bool
	daily    int

	spent map[[sha256.Size]byte]*account // by the hash of the key, which can be long
}

// account contains the requests of one key.
type account struct {
	recent []time.Time // of the requests in the window
	day    int64
	today  int
}

func newMeter() meter {
	return meter{limit: 100, interval: 10 * time.Second, sliding: true, daily: 200_000, spent: map[[sha256.Size]byte]*account{}}
}

// count counts a request and reports whether it is within the limits. A refused request is not counted.
func (m *meter) count(h http.Header, key string) bool {
	now := time.Now()
	sum := sha256.Sum256([]byte(key))
	a := m.spent[sum]
	if a == nil {
		if len(m.spent) >= mostAccounts {
			m.forget(now)
		}
		a = &account{}
		m.spent[sum] = a
	}
	if n := now.UnixNano() / int64(day); n != a.day {
		a.day, a.today = n, 0
	}
	used := a.inWindow(now, m)
	ok := used < m.limit && a.today < m.daily
	if ok {
		a.recent = append(a.recent, now)
		a.today++
		used++
	}
	set := func(name string, n int64) { h.Set(name, strconv.FormatInt(n, 10)) }
	set("X-RateLimit-Max", int64(m.limit))
	set("X-RateLimit-Remaining", int64(m.limit-used))
	set("X-RateLimit-Interval-Milliseconds", m.interval.Milliseconds())
	set("X-RateLimit-Limit-Daily", int64(m.daily))
	set("X-RateLimit-Daily-Remaining", int64(max(0, m.daily-a.today)))
	set("X-RateLimit-Daily-Reset", int64(day/time.Millisecond)-now.UnixMilli()%int64(day/time.Millisecond))
	return ok
}

const (
	day          = 24 * time.Hour
	mostAccounts = 10_000
)

// forget removes the accounts without a request in the window, or all if there are none of these, so that requests with ever
// new tokens do not fill the memory. Their daily counts start again.
func (m *meter) forget(now time.Time) {
	for sum, a := range m.spent {
		if a.inWindow(now, m) == 0 {
			delete(m.spent, sum)
		}
	}
	if len(m.spent) >= mostAccounts {
		clear(m.spent)
	}
}

// inWindow counts the requests in the window, and removes those before it.
func (a *account) inWindow(now time.Time, m *meter) int {
	before := now.Add(-m.interval)
	if !m.sliding {
		n := now.UnixNano()
		before = time.Unix(0, n-n%int64(m.interval)-1)
	}
	n := 0
	for n < len(a.recent) && !a.recent[n].After(before) {
		n++
	}
	a.recent = a.recent[n:]
	return len(a.recent)
}
