package rest

import (
	"bytes"
	"fmt"
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
			return nil, unreadable(k, a, fmt.Errorf("%w: more than %d bytes", ErrTooLarge, c.conf.maxBody))
		}
		return a, nil
	}
}

// newError makes an Error of a refusal.
func newError(k *call, a *answer) *Error {
	body, more := beginning(a, k.token)
	said := readRefusal(body)
	e := &Error{
		Operation: k.req.op,
		Status:    a.status,
		Code:      said.code,
		Messages:  said.messages,
		TraceID:   firstOf(said.traceID, firstOf(a.header.Get("X-Trace-Id"), a.header.Get("Trace-Id"))),
		Rate:      ParseRate(a.header),
		Header:    redactHeader(a.header, k.token),
		Body:      body,
		Truncated: more,
		Attempts:  k.attempts,
		cause:     a.cause,
	}
	e.Redact(k.token.Value) // what was escaped in the body is plain now
	if len(e.Body) > maxKept {
		e.Body, e.Truncated = bytes.Clone(e.Body[:maxKept]), true
	}
	e.RetryAfter, e.waitSet = retryAfter(a.header, time.Now())
	e.kind = classify(e.Status, e.Messages, e.Rate)
	if e.Is(ErrDailyLimit) && !e.waitSet {
		e.RetryAfter = e.Rate.DailyReset
	}
	return e
}

// beginning is what is looked at of a body, without tokens, and whether there is more. To look for tokens in megabytes
// would take seconds. Where the body was cut there may be a part of one, which nothing tells from other text: it goes too.
func beginning(a *answer, t Token) (body []byte, more bool) {
	body, more = a.body, a.more
	if len(body) > maxRefusal {
		body, more = body[:maxRefusal], true
	}
	body = redact(inUTF8(body), t)
	if more {
		const spelled = 8 // the length of a character in its longest escape, such as &#x0041;
		body = body[:max(0, len(body)-spelled*len(t.Value))]
	}
	return body, more
}

// unreadable makes an Error of a success that cannot be read.
func unreadable(k *call, a *answer, cause error) *Error {
	e := newError(k, a)
	e.Code, e.Messages = "", nil // the words are those of a success
	e.cause = redactError(cause, k.token)
	e.kind = classification{is: []error{ErrUndecodable}}
	return e
}
