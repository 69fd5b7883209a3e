// Package console is the web page of the sandbox: the log of requests, each checked against the spec, the state, faults to
// inject, and a form for each operation. The process of the sandbox serves it, and it loads nothing from other hosts.
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
	"sync/atomic"
	"time"

	"github.com/highlevel-go/snapshots/api/sandbox"
)

//go:embed page
var files embed.FS

// Path is the path of the console.
const Path = "/console"

// Console serves the page and its requests.
type Console struct {
	*service
	ctx   context.Context // ends open requests
	box   *sandbox.Sandbox
	mux   *http.ServeMux
	list  atomic.Pointer[list]
	calls atomic.Int64
}

// New returns the console of a sandbox. Open requests end with ctx.
func New(ctx context.Context, box *sandbox.Sandbox) (*Console, error) {
	service, err := readDocuments()
	if err != nil {
		return nil, err
	}
	c := &Console{service: service, ctx: ctx, box: box, mux: http.NewServeMux()}
	c.list.Store(newList())
	page, err := fs.Sub(files, "page")
	if err != nil {
		return nil, err
	}
	c.mux.Handle("GET "+Path+"/", http.StripPrefix(Path+"/", http.FileServerFS(page)))
	c.mux.Handle("GET "+Path, http.RedirectHandler(Path+"/", http.StatusMovedPermanently))
	for _, route := range []struct {
		method, path string
		handle       func(http.ResponseWriter, *http.Request) error
	}{
		{"GET", "/api/events", c.streamRequests},
		{"GET", "/api/requests/{id}", c.getRequest},
		{"GET", "/api/requests.har", c.getHAR},
		{"DELETE", "/api/requests", c.forgetRequests},
		{"GET", "/api/state", c.getState},
		{"POST", "/api/faults", c.addFault},
		{"DELETE", "/api/faults", c.liftFaults},
		{"DELETE", "/api/faults/{id}", c.liftFault},
		{"POST", "/api/pushes", c.beginPush},
		{"POST", "/api/pushes/{id...}", c.setPush},
		{"GET", "/api/operations", c.getOperations},
		{"POST", "/api/call", c.writeCall},
		{"POST", "/api/send", c.sendCall},
	} {
		c.mux.Handle(route.method+" "+Path+route.path, handler(route.handle))
	}
	return c, nil
}

// ServeHTTP serves requests of the page and its user, and refuses all others.
func (c *Console) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	withDeadlines(c.ctx, w, r, func() {
		w := protected{w}
		if reason := refuse(r); reason != "" {
			http.Error(w, reason, http.StatusForbidden)
			return
		}
		c.mux.ServeHTTP(w, r)
	})
}

// statusError is an error with an HTTP status.
type statusError struct {
	status int
	error
}

// handler responds with the error of handle: status 400, unless it is a statusError.
func handler(handle func(http.ResponseWriter, *http.Request) error) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if err := handle(w, r); err != nil {
			status := http.StatusBadRequest
			if e, ok := errors.AsType[statusError](err); ok {
				status = e.status
			}
			http.Error(w, err.Error(), status)
		}
	})
}

func sendJSON(w http.ResponseWriter, v any) error {
	w.Header().Set("Content-Type", "application/json")
	return json.NewEncoder(w).Encode(v)
}

// mostInput is the longest body that the page may send, in bytes.
const mostInput = 1 << 20

func readJSON(w http.ResponseWriter, r *http.Request, v any) error {
	if kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type")); kind != "application/json" {
		return statusError{http.StatusUnsupportedMediaType, errors.New("the body must be JSON")}
	}
	data, err := io.ReadAll(io.LimitReader(r.Body, mostInput+1))
	if err != nil {
		return err
	}
	if len(data) > mostInput {
		return statusError{http.StatusRequestEntityTooLarge, fmt.Errorf("the body is larger than %d bytes", mostInput)}
	}
	_ = http.NewResponseController(w).SetReadDeadline(time.Time{}) // for reading the body, which has been read
	return json.Unmarshal(data, v)
}
