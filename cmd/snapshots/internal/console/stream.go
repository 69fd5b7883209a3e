package console

import (
	"cmp"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/highlevel-go/snapshots/api/sandbox"
)

const (
	keepAlive = 15 * time.Second       // the longest time between two writes to a stream
	batchTime = 100 * time.Millisecond // requests within this time are sent in one event
)

// line is a request as the list shows it, without headers and bodies.
type line struct {
	sandbox.Request
	Violations int `json:"violations"` // that the judge finds
}

// event is one event of a stream.
type event struct {
	Begins bool   `json:"begins"` // the list was cleared
	Lines  []line `json:"lines"`
}

// list is the list of requests since the start of the process or since it was last cleared.
type list struct {
	id      string        // in the ids of its events
	cleared chan struct{} // closed when the list is cleared
}

func newList() *list { return &list{rand.Text(), make(chan struct{})} }

// after parses the id of an event, and reports whether it belongs to this list.
func (l *list) after(id string) (last int64, known bool) {
	of, text, _ := strings.Cut(id, ".")
	last, err := strconv.ParseInt(text, 10, 64)
	if of != l.id || err != nil {
		return 0, false
	}
	return last, true
}

// forgetRequests clears the list in all pages.
func (c *Console) forgetRequests(http.ResponseWriter, *http.Request) error {
	c.box.ForgetRequests()
	close(c.list.Swap(newList()).cleared)
	return nil
}

// streamRequests sends the requests in the log, and then each new one, as server-sent events. It reads the log for each
// event, so that a slow page misses nothing that is still in the log. A page that reconnects continues after the last event
// it has read.
func (c *Console) streamRequests(w http.ResponseWriter, r *http.Request) error {
	wake, stop := c.box.Subscribe(1)
	defer stop()
	w.Header().Set("Content-Type", "text/event-stream")
	list := c.list.Load()
	last, known := list.after(cmp.Or(r.Header.Get("Last-Event-ID"), r.URL.Query().Get("after")))
	begins := !known
	for {
		text := []byte(": still there\n\n")
		if lines := c.lines(last); begins || len(lines) > 0 {
			if len(lines) > 0 {
				last = lines[len(lines)-1].ID
			}
			data, err := json.Marshal(event{begins, lines})
			if err != nil {
				return err
			}
			text, begins = fmt.Appendf(nil, "id: %s.%d\ndata: %s\n\n", list.id, last, data), false
		}
		extendWriteDeadline(c.ctx, w)
		if _, err := w.Write(text); err != nil {
			return nil // the page was closed
		}
		if err := http.NewResponseController(w).Flush(); err != nil {
			return nil
		}
		if !c.wait(r, batchTime, nil, nil) || !c.wait(r, keepAlive, wake, list.cleared) {
			return nil
		}
		if now := c.list.Load(); now != list {
			list, last, begins = now, 0, true
		}
	}
}

// wait waits for a duration or for one of the channels, and reports whether the stream continues.
func (c *Console) wait(r *http.Request, d time.Duration, wake <-chan sandbox.Request, cleared <-chan struct{}) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-r.Context().Done():
	case <-c.ctx.Done():
	case <-timer.C:
	case <-wake:
	case <-cleared:
	}
	return r.Context().Err() == nil && c.ctx.Err() == nil
}

// lines returns the requests with ids greater than after.
func (c *Console) lines(after int64) []line {
	all := []line{}
	for _, r := range c.box.Requests() {
		if r.ID > after {
			violations := len(c.judge(r).Verdict)
			r.RequestHeader, r.RequestBody, r.ResponseHeader, r.ResponseBody = nil, nil, nil, nil
			all = append(all, line{r, violations})
		}
	}
	return all
}

// getRequest responds with a request, its response, and their verdict.
func (c *Console) getRequest(w http.ResponseWriter, r *http.Request) error {
	for _, logged := range c.box.Requests() {
		if strconv.FormatInt(logged.ID, 10) == r.PathValue("id") {
			return sendJSON(w, c.withSpec(c.judge(logged)))
		}
	}
	return statusError{http.StatusNotFound, fmt.Errorf("that request is no longer in the log, which has the last %d", len(c.box.Requests()))}
}

func (c *Console) getHAR(w http.ResponseWriter, _ *http.Request) error {
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Content-Disposition", `attachment; filename="sandbox.har"`)
	return c.box.WriteHAR(w)
}
