package sandbox

import (
	"net/http"
	"slices"
	"time"

	"github.com/highlevel-go/snapshots/api"
)

// The statuses of a push. The first two are the service's; the name of the third is a guess.
const (
	Processing = "processing"
	Completed  = "completed"
	Failed     = "failed"
)

// Push is the loading of a snapshot into a sub-account.
type Push struct {
	ID         string    `json:"id"`             // as in the response
	SnapshotID string    `json:"snapshotId"`     // what is loaded
	LocationID string    `json:"locationId"`     // the sub-account that it is loaded into
	Status     string    `json:"status"`         // one of the service's, or the one that SetStatus set
	Added      time.Time `json:"added"`          // when it began
	Completed  []string  `json:"completed"`      // assets that have been loaded
	Pending    []string  `json:"pending"`        // assets that have not been loaded yet
	Dates      Dates     `json:"dates,omitzero"` // how Added is written
}

// Pushes lists all pushes, in order of creation.
func (s *Sandbox) Pushes() []Push { return s.State().Pushes }

// Push begins a push to a sub-account, as loading a snapshot does, and returns it as in the list of pushes.
func (s *Sandbox) Push(snapshotID, locationID string) api.Push {
	return s.PushAt(snapshotID, locationID, time.Now())
}

// PushAt is [Sandbox.Push] with the time at which the push began.
func (s *Sandbox) PushAt(snapshotID, locationID string, at time.Time) (p api.Push) {
	s.change(func() { p = s.push(snapshotID, locationID, at).view() })
	return p
}

func (s *Sandbox) push(snapshotID, locationID string, at time.Time) *Push {
	p := Push{ID: s.newID("push"), SnapshotID: snapshotID, LocationID: locationID, Status: Processing,
		Added: at.Truncate(time.Millisecond), Completed: []string{}, Pending: s.assets}
	if len(s.assets) == 0 {
		p.Status, p.Pending = Completed, []string{}
	}
	if p.Dates = s.dates; s.dates == DatesMixed {
		p.Dates = Dates(s.pushes.len()) % DatesMixed
	}
	return s.pushes.put(p)
}

// Complete completes a push at once, and reports whether there is one with that id.
func (s *Sandbox) Complete(pushID string) bool { return s.SetStatus(pushID, Completed) }

// SetStatus sets the status of a push, such as [Failed], and reports whether there is one with that id. With [Completed], its pending
// assets are completed. A push makes progress only while it is [Processing].
func (s *Sandbox) SetStatus(pushID, status string) (found bool) {
	s.change(func() {
		p := s.pushes.get(pushID)
		if found = p != nil; !found {
			return
		}
		if p.Status = status; status == Completed {
			p.Completed, p.Pending = slices.Concat(p.Completed, p.Pending), []string{}
		}
		s.pushes.touch(p)
	})
	return found
}

// latestPush responds with the latest push, which then loads one more asset.
func (s *Sandbox) latestPush(v *visit) *answer {
	if !s.owns(v.company, v.path["snapshotId"]) {
		return notFound(v.route.op, "Snapshot not found")
	}
	p := s.latest(v.path["snapshotId"], v.path["locationId"])
	if p == nil {
		return notFound(v.route.op, "Snapshot push not found")
	}
	a := succeed(v.route.op, api.LatestPush{Data: api.PushStatus{
		ID: p.ID, LocationID: p.LocationID, Status: p.Status,
		Completed: api.Strings{Values: p.Completed}, Pending: api.Strings{Values: p.Pending},
	}})
	if p.Status == Processing {
		if len(p.Pending) > 0 {
			p.Completed, p.Pending = slices.Concat(p.Completed, p.Pending[:1]), p.Pending[1:]
		}
		if len(p.Pending) == 0 {
			p.Status = Completed
		}
		s.pushes.touch(p)
	}
	return a
}

// latest returns the latest push that is registered, or nil.
func (s *Sandbox) latest(snapshotID, locationID string) *Push {
	for _, p := range slices.Backward(s.pushes.rows) {
		if p.SnapshotID == snapshotID && p.LocationID == locationID && s.registered(p) {
			return p
		}
	}
	return nil
}

// registered reports whether a push is old enough to be shown; see [WithRegistration].
func (s *Sandbox) registered(p *Push) bool {
	return s.registration == 0 || time.Since(p.Added) >= s.registration
}

// defaultPage is the number of pushes in a page if the request sets no limit.
const defaultPage = 20

// listPushes responds with one page: the pushes after lastDoc that began between from and to.
func (s *Sandbox) listPushes(v *visit) *answer {
	var faults []string
	from, ok := moment(v.query.Get("from"))
	if !ok {
		faults = append(faults, "from must be a valid ISO 8601 date string")
	}
	to, ok := moment(v.query.Get("to"))
	if !ok {
		faults = append(faults, "to must be a valid ISO 8601 date string")
	}
	limit := v.number("limit", defaultPage, 1, &faults)
	if faults != nil {
		return invalid(v.route.op, faults...)
	}
	if !s.owns(v.company, v.path["snapshotId"]) {
		return notFound(v.route.op, "Snapshot not found")
	}
	limit = min(limit, s.pageCap)
	after := v.query.Get("lastDoc")
	begun := after == ""
	data := []api.Push{}
	for p := range s.pushes.all() {
		if p.SnapshotID != v.path["snapshotId"] || !s.registered(p) {
			continue
		}
		if begun && len(data) < limit && !p.Added.Before(from) && !p.Added.After(to) {
			data = append(data, p.view())
		}
		begun = begun || p.ID == after
	}
	if !begun {
		return refuse(http.StatusBadRequest, "lastDoc not found")
	}
	return succeed(v.route.op, api.PushPage{Data: data})
}

func (p *Push) view() api.Push {
	return api.Push{ID: p.ID, LocationID: p.LocationID, Status: p.Status, DateAdded: api.Time{Time: p.Added, Raw: p.Dates.format(p.Added)}}
}

// moment parses the two formats that the service accepts: a day, and ISO 8601. That a time without a zone is in UTC is a guess.
func moment(text string) (time.Time, bool) {
	for _, layout := range []string{time.RFC3339, time.DateOnly, "2006-01-02T15:04:05", "2006-01-02T15:04Z07:00", "2006-01-02T15:04", "2006-01-02T15:04:05Z0700"} {
		if t, err := time.Parse(layout, text); err == nil {
			return t, true
		}
	}
	return time.Time{}, false
}
