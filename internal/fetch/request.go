package fetch

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/highlevel-go/snapshots/api/rest"
)

// Validator is what a server sent for later conditional requests.
type Validator struct {
	URL          string `json:"url,omitempty"`
	ETag         string `json:"etag,omitempty"`
	LastModified string `json:"lastModified,omitempty"`
}

// maxValidator is the longest header that is recorded and sent back.
const maxValidator = 1024

// answer is a page or script as a server sent it.
type answer struct {
	url       *url.URL // after redirects
	body      []byte
	unchanged bool // since the known validator; then there is no body
	validator Validator
}

// reply is the outcome of one request.
type reply struct {
	answer
	redirect string        // the URL to request instead
	busy     int           // the status with which the server asks to retry later
	after    time.Duration // how long it asks to wait; negative if unknown
}

// errSlow ends a request whose response takes too long.
var errSlow = errors.New("too slow")

// exchange sends one request.
func (s *Site) exchange(ctx context.Context, u *url.URL, known Validator, limit int64) (*reply, error) {
	if err := s.pause(ctx, s.options.Delay-time.Since(s.last)); err != nil {
		return nil, err
	}
	defer func() { s.last = time.Now() }()
	ctx, cancel := context.WithTimeoutCause(ctx, s.options.Timeout, errSlow)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, u.String(), nil)
	if err != nil {
		return nil, err
	}
	request.Header.Set("User-Agent", s.options.UserAgent)
	conditional := known.URL == u.String()
	if conditional {
		setHeader(request, "If-None-Match", known.ETag)
		setHeader(request, "If-Modified-Since", known.LastModified)
	}
	response, err := s.client.Do(request)
	if err != nil {
		return nil, s.failure(ctx, u, err)
	}
	defer response.Body.Close()
	out := &reply{answer: answer{url: u}}
	switch location := response.Header.Get("Location"); {
	case response.StatusCode == http.StatusOK:
		out.body, err = readBody(response, limit)
		if err != nil {
			return nil, s.failure(ctx, u, err)
		}
		out.validator = validatorOf(u, response.Header)
		return out, nil
	case response.StatusCode == http.StatusNotModified && conditional:
		out.unchanged, out.validator = true, known
		return out, nil
	case response.StatusCode == http.StatusNotModified:
		return nil, fmt.Errorf("%s: the server answers that nothing changed, but was not asked that", u)
	case response.StatusCode/100 == 3 && location != "":
		out.redirect = location
		return out, nil
	case isBusy(response.StatusCode):
		out.busy, out.after = response.StatusCode, retryAfter(response.Header)
		return out, nil
	}
	return nil, &StatusError{u.String(), response.StatusCode}
}

// StatusError means that a server responded with a status that has no page.
type StatusError struct {
	URL    string
	Status int
}

func (e *StatusError) Error() string {
	return fmt.Sprintf("%s: the server answers %d %s", e.URL, e.Status, http.StatusText(e.Status))
}

func setHeader(request *http.Request, key, value string) {
	if value != "" {
		request.Header.Set(key, value)
	}
}

// failure describes what went wrong with a request.
func (s *Site) failure(ctx context.Context, u *url.URL, err error) error {
	if context.Cause(ctx) == errSlow {
		return fmt.Errorf("%s: the answer was not complete within %v", u, s.options.Timeout)
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	return fmt.Errorf("%s: %w", u, withoutAddress(err))
}

// readBody reads a response up to a limit, which applies after decompression.
func readBody(response *http.Response, limit int64) ([]byte, error) {
	if encoding := response.Header.Get("Content-Encoding"); encoding != "" && !strings.EqualFold(encoding, "identity") {
		return nil, fmt.Errorf("the answer is encoded as %.50q, which was not asked for", encoding)
	}
	if response.ContentLength > limit {
		return nil, fmt.Errorf("the answer has %d bytes, more than the %d that are read", response.ContentLength, limit)
	}
	body, err := io.ReadAll(io.LimitReader(response.Body, limit+1))
	if err != nil {
		return nil, fmt.Errorf("the answer breaks off after %d bytes: %w", len(body), err)
	}
	if int64(len(body)) > limit {
		return nil, fmt.Errorf("the answer is larger than the %d bytes that are read", limit)
	}
	return body, nil
}

func validatorOf(u *url.URL, header http.Header) Validator {
	v := Validator{URL: u.String(), ETag: header.Get("ETag"), LastModified: header.Get("Last-Modified")}
	if len(v.ETag) > maxValidator {
		v.ETag = ""
	}
	if _, err := http.ParseTime(v.LastModified); err != nil {
		v.LastModified = ""
	}
	if v.ETag == "" && v.LastModified == "" {
		return Validator{}
	}
	return v
}

func isBusy(status int) bool {
	return status == http.StatusTooManyRequests || status == http.StatusServiceUnavailable
}

// retryAfter returns how long the server asks to wait; negative if it does not say.
func retryAfter(header http.Header) time.Duration {
	if wait, ok := rest.RetryAfter(header, time.Now()); ok {
		return wait
	}
	return -1
}

// pause waits, unless the context ends.
func (s *Site) pause(ctx context.Context, wait time.Duration) error {
	if err := ctx.Err(); err != nil || wait <= 0 {
		return err
	}
	timer := time.NewTimer(wait)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
