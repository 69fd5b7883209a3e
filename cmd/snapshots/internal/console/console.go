// Package console is the sandbox's page for people: live requests with what the spec says of them, the state, faults on demand, and a form
// for each operation. It is served by the sandbox's own process and needs nothing from elsewhere.
package console

import (
	"context"
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"mime"
	"net/http"
	"time"

	"github.com/highlevel-go/snapshots/api/sandbox"
)

//go:embed page
var files embed.FS

// Path is where the console is served.
const Path = "/console"

// Console serves the page and what it asks for.
type Console struct {
	done       <-chan struct{}
	box        *sandbox.Sandbox
	operations []Operation
	judges     []judged
	mux        *http.ServeMux
}

// New makes the console of a sandbox, with the documents that it judges messages by and makes forms from. Streams of requests end with ctx.
func New(ctx context.Context, box *sandbox.Sandbox, documents []Document) (*Console, error) {
	c := &Console{done: ctx.Done(), box: box, mux: http.NewServeMux()}
	for _, d := range documents {
		if err := c.addDocument(d); err != nil {
			return nil, fmt.Errorf("console: %w", err)
		}
	}
	page, err := fs.Sub(files, "page")
	if err != nil {
		return nil, err
	}
	c.mux.Handle("GET "+Path+"/", http.StripPrefix(Path+"/", http.FileServerFS(page)))
	c.mux.Handle("GET "+Path, http.RedirectHandler(Path+"/", http.StatusMovedPermanently))
	for pattern, handle := range map[string]func(http.ResponseWriter, *http.Request) error{
		"GET /api/state":           c.getState,
		"GET /api/requests":        c.getRequests,
		"GET /api/requests.har":    c.getHAR,
		"DELETE /api/requests":     c.forgetRequests,
		"GET /api/events":          c.streamRequests,
		"GET /api/operations":      c.getOperations,
		"POST /api/call":           c.writeCall,
		"POST /api/faults":         c.addFault,
		"DELETE /api/faults":       c.liftFaults,
		"DELETE /api/faults/{id}":  c.liftFault,
		"POST /api/pushes":         c.beginPush,
		"POST /api/pushes/{id...}": c.setPush,
	} {
		method, path := splitPattern(pattern)
		c.mux.Handle(method+" "+Path+path, handler(handle))
	}
	return c, nil
}

// ServeHTTP answers what comes from the page itself, or from its user, and refuses everything else.
func (c *Console) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if reason := refuse(r); reason != "" {
		http.Error(w, reason, http.StatusForbidden)
		return
	}
	protect(w.Header())
	c.mux.ServeHTTP(w, r)
}

// problem is an error with the status of its answer.
type problem struct {
	status int
	error
}

// handler turns an error into an answer: what is not a problem is what the page sent.
func handler(handle func(http.ResponseWriter, *http.Request) error) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if err := handle(w, r); err != nil {
			status := http.StatusBadRequest
			if p, ok := errors.AsType[problem](err); ok {
				status = p.status
			}
			http.Error(w, err.Error(), status)
		}
	})
}

func sendJSON(w http.ResponseWriter, v any) error {
	w.Header().Set("Content-Type", "application/json")
	return json.NewEncoder(w).Encode(v)
}

// mostInput bounds what the page may send, in bytes.
const mostInput = 1 << 20

func readJSON(r *http.Request, v any) error {
	if kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type")); kind != "application/json" {
		return problem{http.StatusUnsupportedMediaType, errors.New("the body must be JSON")}
	}
	data, err := io.ReadAll(io.LimitReader(r.Body, mostInput+1))
	if err != nil {
		return err
	}
	if len(data) > mostInput {
		return problem{http.StatusRequestEntityTooLarge, fmt.Errorf("the body is larger than %d bytes", mostInput)}
	}
	return json.Unmarshal(data, v)
}

func (c *Console) getState(w http.ResponseWriter, _ *http.Request) error {
	return sendJSON(w, map[string]any{"state": c.box.State(), "faults": c.box.Faults()})
}

func (c *Console) getHAR(w http.ResponseWriter, _ *http.Request) error {
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Content-Disposition", `attachment; filename="sandbox.har"`)
	return c.box.WriteHAR(w)
}

func (c *Console) forgetRequests(http.ResponseWriter, *http.Request) error {
	c.box.ForgetRequests()
	return nil
}

func (c *Console) getRequests(w http.ResponseWriter, _ *http.Request) error {
	list := []seen{}
	for _, r := range c.box.Requests() {
		list = append(list, c.judge(r))
	}
	return sendJSON(w, list)
}

// stillThere is how often an idle stream shows that it lives.
const stillThere = 15 * time.Second

// streamRequests sends each request when it is answered, as server-sent events.
func (c *Console) streamRequests(w http.ResponseWriter, r *http.Request) error {
	requests, stop := c.box.Subscribe(256)
	defer stop()
	w.Header().Set("Content-Type", "text/event-stream")
	control := http.NewResponseController(w)
	ticker := time.NewTicker(stillThere)
	defer ticker.Stop()
	line := []byte(": begin\n\n")
	for {
		if _, err := w.Write(line); err != nil {
			return nil // the page was closed
		}
		if err := control.Flush(); err != nil {
			return nil
		}
		select {
		case <-r.Context().Done():
			return nil
		case <-c.done:
			return nil
		case <-ticker.C:
			line = []byte(": still there\n\n")
		case request, ok := <-requests:
			if !ok {
				return nil
			}
			data, err := json.Marshal(c.judge(request))
			if err != nil {
				return nil
			}
			line = fmt.Appendf(nil, "data: %s\n\n", data)
		}
	}
}

func (c *Console) addFault(w http.ResponseWriter, r *http.Request) error {
	var fault sandbox.Fault
	if err := readJSON(r, &fault); err != nil {
		return err
	}
	id, err := c.box.AddFault(fault)
	if err != nil {
		return err
	}
	return sendJSON(w, map[string]string{"id": id})
}

func (c *Console) liftFaults(http.ResponseWriter, *http.Request) error {
	c.box.LiftFaults()
	return nil
}

func (c *Console) liftFault(_ http.ResponseWriter, r *http.Request) error {
	if !c.box.LiftFault(r.PathValue("id")) {
		return problem{http.StatusNotFound, errors.New("that fault has met its requests already, or was lifted")}
	}
	return nil
}

func (c *Console) beginPush(w http.ResponseWriter, r *http.Request) error {
	var in struct{ SnapshotID, LocationID string }
	if err := readJSON(r, &in); err != nil {
		return err
	}
	if in.SnapshotID == "" || in.LocationID == "" {
		return errors.New("a push needs a snapshot and a sub-account")
	}
	return sendJSON(w, c.box.Push(in.SnapshotID, in.LocationID))
}

func (c *Console) setPush(_ http.ResponseWriter, r *http.Request) error {
	var in struct{ Status string }
	if err := readJSON(r, &in); err != nil {
		return err
	}
	if in.Status == "" {
		return errors.New("a push needs a status")
	}
	if !c.box.SetStatus(r.PathValue("id"), in.Status) {
		return problem{http.StatusNotFound, errors.New("there is no such push")}
	}
	return nil
}
