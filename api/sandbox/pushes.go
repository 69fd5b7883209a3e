package sandbox

import (
	"net/http"
	"slices"
	"strconv"
	"time"

	"github.com/highlevel-go/snapshots/api"
)

// The states of a push that the service is known to name.
const (
	Processing = "processing"
	Completed  = "completed"
)

// push is a snapshot on its way into a sub-account.
type push struct {
	id, snapshotID, locationID string
	added                      time.Time
	completed, pending         []string
}

func (p *push) status() string {
	if len(p.pending) > 0 {
		return Processing
	}
	return Completed
}

func (p *push) view() api.Push {
	return api.Push{ID: p.id, LocationID: p.locationID, Status: p.status(),
		DateAdded: api.Time{Time: p.added, Raw: p.added.UTC().Format("2006-01-02T15:04:05.000Z")}}
}

// Push begins a push to a sub-account, which the API itself cannot do, and returns what the list of pushes says of it.
func (s *Sandbox) Push(snapshotID, locationID string) api.Push {
	return s.PushAt(snapshotID, locationID, time.Now())
}

// PushAt is [Sandbox.Push] for a push that began at another time.
func (s *Sandbox) PushAt(snapshotID, locationID string, at time.Time) api.Push {
	s.mu.Lock()
	defer s.mu.Unlock()
	p := &push{id: s.newID("push"), snapshotID: snapshotID, locationID: locationID,
		added: at.Truncate(time.Millisecond), pending: slices.Clone(s.assets)}
	s.pushes = append(s.pushes, p)
	return p.view()
}

// Complete ends a push at once; false means that there is none with that id.
func (s *Sandbox) Complete(pushID string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, p := range s.pushes {
		if p.id == pushID {
			p.completed, p.pending = append(p.completed, p.pending...), nil
			return true
		}
	}
	return false
}

// latestPush tells of the latest push, and then lets it load one more asset.
func (s *Sandbox) latestPush(v *visit) reply {
	if !s.owns(v.company, v.path["snapshotId"]) {
		return notFound(v.op, "Snapshot not found")
	}
	for _, p := range slices.Backward(s.pushes) {
		if p.snapshotID != v.path["snapshotId"] || p.locationID != v.path["locationId"] {
			continue
		}
		r := succeed(v.op, api.LatestPush{Data: api.PushStatus{
			ID: p.id, LocationID: p.locationID, Status: p.status(),
			Completed: api.Strings{Values: append([]string{}, p.completed...)},
			Pending:   api.Strings{Values: append([]string{}, p.pending...)},
		}})
		if len(p.pending) > 0 {
			p.completed, p.pending = append(p.completed, p.pending[0]), p.pending[1:]
		}
		return r
	}
	return notFound(v.op, "Snapshot push not found")
}

// defaultPage is how many pushes a page holds when the request does not say.
const defaultPage = 20

// listPushes answers one page: the pushes after lastDoc that began between from and to.
func (s *Sandbox) listPushes(v *visit) reply {
	var faults []string
	from, ok := moment(v.query.Get("from"))
	if !ok {
		faults = append(faults, "from must be a valid ISO 8601 date string")
	}
	to, ok := moment(v.query.Get("to"))
	if !ok {
		faults = append(faults, "to must be a valid ISO 8601 date string")
	}
	limit := defaultPage
	if text := v.query.Get("limit"); text != "" {
		n, err := strconv.Atoi(text)
		if err != nil || n < 1 {
			faults = append(faults, "limit must be a positive number")
		}
		limit = n
	}
	if faults != nil {
		return invalid(faults...)
	}
	if !s.owns(v.company, v.path["snapshotId"]) {
		return notFound(v.op, "Snapshot not found")
	}
	limit = min(limit, s.pageCap)
	after := v.query.Get("lastDoc")
	begun := after == ""
	data := []api.Push{}
	for _, p := range s.pushes {
		if p.snapshotID != v.path["snapshotId"] {
			continue
		}
		if begun && len(data) < limit && !p.added.Before(from) && !p.added.After(to) {
			data = append(data, p.view())
		}
		begun = begun || p.id == after
	}
	if !begun {
		return refuse(http.StatusBadRequest, "lastDoc not found")
	}
	return succeed(v.op, api.PushPage{Data: data})
}

// moment reads the two forms that the service accepts.
func moment(text string) (time.Time, bool) {
	for _, layout := range []string{time.RFC3339, time.DateOnly} {
		if t, err := time.Parse(layout, text); err == nil {
			return t, true
		}
	}
	return time.Time{}, false
}
