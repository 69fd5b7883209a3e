package rest

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"net/http"
	"time"
)

// checkStatus turns an answer that is not a success into an *Error.
func (c *Client) checkStatus(next stage) stage {
	return func(k *call) (*answer, error) {
		a, err := next(k)
		if err != nil {
			return nil, err
		}
		switch {
		case !a.success():
			return nil, newError(k, a)
		case a.cause != nil:
			e := unreadable(k, a, a.cause)
			e.brokeOff = a.brokeOff
			return nil, e
		case a.more:
			return nil, unreadable(k, a, fmt.Errorf("%w: more than %d bytes", ErrTooLarge, cmp.Or(c.maxBody(k), c.conf.maxBody)))
		case a.status == http.StatusPartialContent:
			return nil, unreadable(k, a, errors.New("the answer is only a part, which was not requested"))
		}
		return a, nil
	}
}

// newError returns the Error of a refusal.
func newError(k *call, a *answer) *Error {
	e := errorOf(k, a)
	// Classified before redaction, because a token can be one of the words.
	e.kind = classify(e.Status, readRefusal(beginning(a)).messages, e.Rate)
	if e.Is(ErrDailyLimit) && !e.waitSet {
		e.RetryAfter = e.Rate.DailyReset
	}
	return e
}

// unreadable returns the Error of a success that cannot be decoded.
func unreadable(k *call, a *answer, cause error) *Error {
	e := errorOf(k, a)
	e.Code, e.Messages = "", nil // they belong to a success
	e.cause = redactError(cause, k.token)
	e.kind = classification{is: []error{ErrUndecodable}}
	return e
}

// errorOf returns an Error whose kind is not yet set. It contains no token.
func errorOf(k *call, a *answer) *Error {
	body, more := redactBeginning(a, k.token)
	said := readRefusal(body)
	e := &Error{
		Operation: k.req.op,
		Status:    a.status,
		Code:      said.code,
		Messages:  said.messages,
		TraceID:   cmp.Or(said.traceID, a.header.Get("X-Trace-Id"), a.header.Get("Trace-Id")),
		Rate:      ParseRate(a.header),
		Header:    a.header,
		Body:      body,
		Truncated: more,
		Attempts:  k.attempts,
		cause:     a.cause,
	}
	for _, secret := range k.token.secrets() { // also those that were escaped in the body, and are plain now
		e.Redact(secret)
	}
	if len(e.Body) > maxKept {
		e.Body, e.Truncated = bytes.Clone(e.Body[:maxKept]), true
	}
	e.RetryAfter, e.waitSet = RetryAfter(a.header, time.Now())
	return e
}

// beginning returns the part of a body that errors use. Searching megabytes for tokens would take seconds.
func beginning(a *answer) []byte { return inUTF8(a.body[:min(len(a.body), maxRefusal)]) }

// redactBeginning returns the beginning of a body without tokens, and whether there is more. If the body was cut, its end
// may be a part of a token that cannot be recognized, so it is removed too.
func redactBeginning(a *answer, t Token) (body []byte, more bool) {
	body, more = redact(beginning(a), t), a.more || len(a.body) > maxRefusal
	if more {
		const spelled = 8 // the length of a character in its longest escape, such as &#x0041;
		body = body[:max(0, len(body)-spelled*len(t.Value))]
	}
	return body, more
}
