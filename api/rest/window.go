package rest

import (
	"cmp"
	"slices"
	"sort"
	"time"
)

// window is an exact sliding window over the requests of one budget: at most limit of them in any interval, by the service's
// clock. It only calculates; [LocalBudget] does the waiting.
//
// The service counts a request when it arrives, at some time between sending and response. So a request occupies its place
// from the time it is sent until one interval after its response: whatever the network's delay, the service then never sees
// more than limit in an interval, whether its own window is sliding or fixed.
//
// The price is the time from sending to response, once in each interval: at 300 ms and 10 s about three percent. Anything
// cheaper would be a guess. The service may have counted the old request as late as its response, and may count the new one
// as early as it is sent; no response reports how a round trip divides into there and back, and how much of it is
// connecting, or work before the count.
//
// Other programs may use the same budget. The responses show it: what the service counts beyond our own requests is theirs,
// and is left to them as long as the responses say so.
type window struct {
	limit    int
	interval time.Duration
	usual    time.Duration // the initial interval
	share    float64       // of the limit that this window may use
	refused  bool          // a request was refused, so the interval is not shorter than the usual one

	sent     []sending   // in order, as far back as a response can refer to
	next     uint64      // number of the next request
	inFlight int         // requests without a response
	free     []time.Time // when the places of completed requests become free, ascending
	freed    []time.Time // when such places became free, as far back as a response can refer to

	heard    time.Time     // when the last response arrived
	heeded   uint64        // number of the newest request whose response was used
	foreign  int           // places that others occupy
	suspect  bool          // the last count looked as if others occupied some, but our own requests can explain it
	left     int           // the last Remaining of the service …
	leftFor  uint64        // … and the number of the next request at that time
	wary     time.Time     // until then, others are assumed to use the budget as well
	trip     time.Duration // from sending to response; the longest of the recent ones
	room     int           // places left to others, after a refusal in spite of everything else
	roomAt   time.Time     // when that was last changed
	roomFor  uint64        // number of the next request when that was last raised
	blocked  time.Time     // until then, the service accepts no request
	restFor  time.Time     // until then, a pause that is too long to wait for is believed
	resumes  time.Time     // when that pause ends, according to the service
	spentFor time.Time     // until then, the daily limit is assumed to be used up
	newDay   time.Time     // when it is reset, according to the service
}

type sending struct {
	number uint64
	at     time.Time
	over   bool // answered, or failed
}

const (
	// margin is added to the interval, for the granularity of the service's clock.
	margin = 10 * time.Millisecond
	// scouts is how many requests may be in flight while the service's own count is unknown, so that an exhausted budget
	// is found with few refusals.
	scouts = 8
)

func newWindow(limit int, interval time.Duration, share float64) *window {
	return &window{limit: limit, interval: interval, usual: interval, share: share, next: 1}
}

// own returns how many places of the limit are for this window's requests: those that its share leaves to others are not
// used.
func (w *window) own() int {
	others := w.limit - int(float64(w.limit)*w.share)
	return max(1, w.limit-withSlack(others))
}

// withSlack adds to the requests of others a few that they may send before the next response shows them.
func withSlack(others int) int {
	if others == 0 {
		return 0
	}
	return others + 1 + others/10
}

// grant takes a place for a request that is sent now. If there is no place, when is the time to try again; zero means after
// a response has arrived.
func (w *window) grant(now time.Time) (number uint64, when time.Time, ok bool) {
	w.forget(now)
	w.closeUp(now)
	if now.Before(w.blocked) {
		return 0, w.blocked, false
	}
	if now.Sub(w.heard) >= w.interval { // also if no response has arrived yet
		w.foreign, w.suspect, w.leftFor = 0, false, 0
		if w.young(now) >= min(scouts, w.limit) {
			return 0, w.aged(now), false
		}
	}
	left := min(w.own(), w.limit-w.reserved()) - w.inFlight - len(w.free)
	if left <= 0 {
		return 0, w.nextFree(now), false
	}
	// Others use the budget as well: the closer to the limit, the fewer requests at once, so that few are refused.
	if w.foreign > 0 || w.room > 0 || w.suspect {
		out := w.young(now)
		if (w.foreign > 0 || w.room > 0) && out > left/4 || w.suspect && out > max(3, left/2) {
			return 0, w.aged(now), false
		}
	}
	// The service may or may not have counted the requests in flight. If others use the budget, or if waiting for a response
	// costs almost nothing, few are in flight, so that a burst of others affects few of them.
	if w.leftFor > 0 && (now.Before(w.wary) || w.trip < w.interval/1000) && w.young(now) >= max(1, min(w.left, w.little())) {
		return 0, w.aged(now), false
	}
	number = w.next
	w.next++
	w.inFlight++
	w.sent = append(w.sent, sending{number: number, at: now})
	return number, time.Time{}, true
}

// little returns how many requests in flight are enough: twice the mean number when the whole limit is used.
func (w *window) little() int {
	return max(4, 2*int(time.Duration(w.limit)*w.trip/w.interval))
}

// young counts the requests without a response that were sent within an interval. An older one hangs, and no longer says
// anything about what the service counts; waiting for it would let it block all others.
func (w *window) young(now time.Time) int {
	n := 0
	for i := len(w.sent) - 1; i >= 0 && now.Sub(w.sent[i].at) < w.interval; i-- {
		if !w.sent[i].over {
			n++
		}
	}
	return n
}

// aged returns when the oldest of the young requests is no longer young.
func (w *window) aged(now time.Time) time.Time {
	for _, s := range w.sent {
		if !s.over && now.Sub(s.at) < w.interval {
			return s.at.Add(w.interval)
		}
	}
	return time.Time{}
}

// reserved returns how many places are left to others: those they occupy, with slack, and at least the room that refusals
// require.
func (w *window) reserved() int {
	return min(max(withSlack(w.foreign), w.room), w.limit)
}

// leaveRoom doubles the room after a refusal, up to half of the limit, once for all requests that were in flight together.
func (w *window) leaveRoom(number uint64, now time.Time) {
	if number < w.roomFor {
		return
	}
	w.room = min(max(2*w.room, w.limit/10), w.limit/2)
	w.roomAt, w.roomFor = now, w.next
}

// closeUp reduces the room a little for each interval without a refusal.
func (w *window) closeUp(now time.Time) {
	for w.room > 0 && now.Sub(w.roomAt) >= w.interval {
		w.room = max(0, w.room-1-w.limit/100)
		w.roomAt = w.roomAt.Add(w.interval)
	}
}

// nextFree returns the next time, later than now, at which a place may become free.
func (w *window) nextFree(now time.Time) time.Time {
	var when time.Time
	if len(w.free) > 0 {
		when = w.free[0]
	}
	if w.foreign > 0 || w.room > 0 {
		if gone := w.heard.Add(w.interval); gone.After(now) && (when.IsZero() || gone.Before(when)) {
			when = gone
		}
	}
	return when
}

// settle records the outcome of a granted request.
func (w *window) settle(number uint64, o Outcome, now time.Time) {
	w.inFlight--
	if o.Unsent {
		w.drop(number)
		return
	}
	if i, ok := w.find(number); ok {
		w.sent[i].over = true
		w.trip = max(now.Sub(w.sent[i].at), w.trip-w.trip/8)
	}
	w.free = append(w.free, now.Add(w.interval+margin))
	if !o.Answered {
		return
	}
	w.heard = now
	if o.Rate.Limit > 0 {
		w.limit = o.Rate.Limit
	}
	if o.Rate.Interval > 0 {
		w.interval = min(o.Rate.Interval, max(MaxWait, w.usual)) // one wrong response must not stop all calls for long
	}
	if w.refused = w.refused || o.Refused; w.refused {
		w.interval = max(w.interval, w.usual)
	}
	for i := len(w.free) - 1; i >= 0 && w.free[i].After(now.Add(w.interval+margin)); i-- {
		w.free[i] = now.Add(w.interval + margin) // it was set when the interval seemed longer
	}
	if number > w.heeded { // responses overtake each other; an older one knows less
		w.heeded = number
		w.compare(number, o)
	}
	if o.Rate.HasRemaining && (w.leftFor == 0 || number >= w.leftFor || o.Rate.Remaining < w.left) {
		w.left, w.leftFor = o.Rate.Remaining, w.next
	}
	if o.Refused || w.foreign > 0 {
		w.wary = now.Add(6 * w.interval)
	}
	if o.Refused {
		w.leaveRoom(number, now)
		w.pause(o.RetryAfter, now)
	}
	if o.Rate.HasDaily && o.Rate.DailyRemaining == 0 && o.Rate.DailyReset > 0 {
		w.newDay = now.Add(o.Rate.DailyReset)
		w.spentFor = now.Add(min(o.Rate.DailyReset, MaxWait)) // then a few requests find out whether that was true
	}
}

// compare calculates how many places others occupy: the service's count, less our own requests that it can have counted by
// then. Those are the ones sent before this one, and no more than an interval earlier; but requests overtake each other on
// the way, so nothing is attributed to others that our own requests could explain in any order.
func (w *window) compare(number uint64, o Outcome) {
	mine := w.inFlight + len(w.free) // the service cannot have counted more than that …
	if i, ok := w.find(number); ok { // … except for the places that became free while the response was on its way
		for j := len(w.freed) - 1; j >= 0 && w.freed[j].After(w.sent[i].at); j-- {
			mine++
		}
	}
	switch {
	case o.Rate.HasRemaining:
		used := w.limit - o.Rate.Remaining
		beyond := max(0, used-w.sentBefore(number))
		w.suspect = beyond > 0
		w.foreign = 0
		if used > mine {
			w.foreign = beyond
		}
	case o.Refused:
		w.foreign = max(0, w.limit-mine)
	}
}

// sentBefore counts the requests up to this one that were sent within an interval.
func (w *window) sentBefore(number uint64) int {
	last := sort.Search(len(w.sent), func(i int) bool { return w.sent[i].number > number })
	if last == 0 {
		return 0
	}
	since := w.sent[last-1].at.Add(-w.interval)
	return last - sort.Search(last, func(i int) bool { return w.sent[i].at.After(since) })
}

// pause records the wait that a refusal asks for, or 0.
func (w *window) pause(asked time.Duration, now time.Time) {
	switch until := now.Add(cmp.Or(asked, w.interval/10)); {
	case asked > MaxWait:
		w.restFor, w.resumes = now.Add(MaxWait), until // then a few requests find out whether that was true
	case until.After(w.blocked):
		w.blocked = until
	}
}

// forget removes what no longer counts.
func (w *window) forget(now time.Time) {
	n := 0
	for n < len(w.free) && !w.free[n].After(now) {
		n++
	}
	w.freed = append(w.freed, w.free[:n]...)
	w.free = slices.Delete(w.free, 0, n)
	old := now.Add(-2 * w.interval)
	w.freed = slices.DeleteFunc(w.freed, func(at time.Time) bool { return at.Before(old) })
	n = 0
	for n < len(w.sent) && w.sent[n].at.Before(old) {
		n++
	}
	w.sent = slices.Delete(w.sent, 0, n)
}

// drop removes a request that was never sent.
func (w *window) drop(number uint64) {
	if i, ok := w.find(number); ok {
		w.sent = slices.Delete(w.sent, i, i+1)
	}
}

func (w *window) find(number uint64) (int, bool) {
	return slices.BinarySearchFunc(w.sent, number, func(s sending, n uint64) int { return cmp.Compare(s.number, n) })
}

// idle reports whether the window can be removed without losing anything.
func (w *window) idle(now time.Time) bool {
	w.forget(now)
	return w.inFlight == 0 && len(w.free) == 0 && !now.Before(w.blocked) && !now.Before(w.restFor) && !now.Before(w.spentFor)
}
