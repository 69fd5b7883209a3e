package rest

import (
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"slices"
	"strings"
	"time"
)

// Error is a response of the service that is not a success, or a success that cannot be read. Use [errors.As] to get it, and
// [errors.Is] with the errors of this package ([ErrMissingScope] and so on) to find out what it means. An attempt without a
// response is not an Error, but an [ErrNoAnswer].
//
// No field contains the token: if the service repeats it, it is redacted.
type Error struct {
	Operation  *Operation    // the operation
	Status     int           // HTTP status; 2xx only together with ErrUndecodable
	Code       string        // the service's own code, if it sends one; often the status as text
	Messages   []string      // of the service, one for each problem
	TraceID    string        // identifies the request to the service's support; often empty
	Rate       Rate          // the rate limit at that time
	RetryAfter time.Duration // the wait that the service asks for, or 0
	Header     http.Header   // of the response
	Body       []byte        // of the response, its first 16 KiB
	Truncated  bool          // the body was longer than Body
	Attempts   int           // number of times the request was sent

	kind    classification
	cause   error // why a 2xx could not be decoded, or a response could not be read to its end
	waitSet bool  // the service sent RetryAfter, even if it is 0

	brokeOff bool   // the response was cut off
	earlier  Effect // of the attempts before this one
}

// maxKept is the maximum size of Error.Body, in bytes.
const maxKept = 16 << 10

// maxSaid is how much of the service's text Error prints, in bytes; a page of HTML does not belong in a log line.
const maxSaid = 500

// Error returns the operation, the status, the messages of the service, and what to do.
func (e *Error) Error() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s: %s", e.Operation, e.status())
	if e.cause != nil {
		fmt.Fprintf(&b, ", but %s", oneLine(e.cause.Error()))
	}
	if said := e.said(); said != "" {
		fmt.Fprintf(&b, ": %s", said)
	}
	notes := make([]string, 0, 4)
	if e.kind.advice != "" {
		notes = append(notes, e.kind.advice)
	}
	if e.Is(ErrMissingScope) && e.Operation != nil && len(e.Operation.Scopes) > 0 {
		notes = append(notes, "needed: "+strings.Join(e.Operation.Scopes, ", "))
	}
	if e.RetryAfter > 0 {
		notes = append(notes, "try again in "+e.RetryAfter.Round(time.Millisecond).String())
	}
	if e.TraceID != "" {
		notes = append(notes, "trace id "+oneLine(e.TraceID))
	}
	if len(notes) > 0 {
		fmt.Fprintf(&b, " (%s)", strings.Join(notes, "; "))
	}
	return b.String()
}

func (e *Error) status() string {
	if text := http.StatusText(e.Status); text != "" {
		return fmt.Sprintf("%d %s", e.Status, text)
	}
	return fmt.Sprintf("status %d", e.Status)
}

func (e *Error) said() string {
	said := oneLine(strings.Join(e.Messages, "; "))
	if len(said) > maxSaid {
		said = strings.ToValidUTF8(said[:maxSaid], "") + "…"
	}
	return said
}

// Is matches the errors of this package.
func (e *Error) Is(target error) bool {
	return slices.Contains(e.kind.is, target)
}

// Unwrap returns why a success could not be read; it returns nil for an error response.
func (e *Error) Unwrap() error { return e.cause }

// LogValue groups the fields that logs are searched by, without the raw body and the headers.
func (e *Error) LogValue() slog.Value {
	attrs := []slog.Attr{
		slog.String("operation", e.Operation.String()),
		slog.Int("status", e.Status),
	}
	if e.Code != "" {
		attrs = append(attrs, slog.String("code", oneLine(e.Code)))
	}
	if said := e.said(); said != "" {
		attrs = append(attrs, slog.String("message", said))
	}
	if e.cause != nil {
		attrs = append(attrs, slog.String("cause", oneLine(e.cause.Error())))
	}
	if e.TraceID != "" {
		attrs = append(attrs, slog.String("trace_id", oneLine(e.TraceID)))
	}
	if e.RetryAfter > 0 {
		attrs = append(attrs, slog.Duration("retry_after", e.RetryAfter))
	}
	if e.Attempts > 0 {
		attrs = append(attrs, slog.Int("attempts", e.Attempts))
	}
	return slog.GroupValue(attrs...)
}

// Format prints Error for every verb, quoted for %q, so that %#v does not print the headers.
func (e *Error) Format(f fmt.State, verb rune) {
	if verb == 'q' {
		fmt.Fprintf(f, "%q", e.Error())
		return
	}
	_, _ = io.WriteString(f, e.Error())
}
