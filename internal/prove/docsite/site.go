package docsite

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"sync"
)

// Site serves files, answers conditional requests by their ETag, and records the requests.
type Site struct {
	mu       sync.Mutex
	files    map[string]string
	handlers map[string]http.HandlerFunc
	requests []*http.Request
}

// NewSite serves the files of a build.
func NewSite(files map[string]string) *Site {
	s := &Site{handlers: map[string]http.HandlerFunc{}}
	s.Publish(files)
	return s
}

// Publish replaces the site's files with those of another build.
func (s *Site) Publish(files map[string]string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.files = files
}

// Handle serves requests for a path with handler, until it is called with nil.
func (s *Site) Handle(path string, handler http.HandlerFunc) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.handlers[path] = handler
}

// Put adds or replaces one file of the site.
func (s *Site) Put(path, content string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.files[path] = content
}

// Requests returns the requests since the last call.
func (s *Site) Requests() []*http.Request {
	s.mu.Lock()
	defer s.mu.Unlock()
	out := s.requests
	s.requests = nil
	return out
}

// ServeHTTP serves a file.
func (s *Site) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	s.requests = append(s.requests, r.Clone(r.Context()))
	handler, content := s.handlers[r.URL.Path], s.files[r.URL.Path]
	s.mu.Unlock()
	switch {
	case handler != nil:
		handler(w, r)
	case content == "":
		http.Error(w, "<h1>Page not found</h1>", http.StatusNotFound)
	default:
		tag := fmt.Sprintf("%q", hash(content))
		w.Header().Set("ETag", tag)
		if r.Header.Get("If-None-Match") == tag {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		_, _ = w.Write([]byte(content))
	}
}

// RoundTrip serves a request without a network, for tests about time.
func (s *Site) RoundTrip(r *http.Request) (*http.Response, error) {
	if err := r.Context().Err(); err != nil {
		return nil, err
	}
	recorder := httptest.NewRecorder()
	s.ServeHTTP(recorder, r)
	response := recorder.Result()
	response.Request = r
	return response, nil
}
