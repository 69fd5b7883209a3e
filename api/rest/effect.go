package rest

import (
	"errors"
	"net/http"
)

// Effect is what is known about a failed call: whether the service has executed it. A program that repeats work needs to
// know that. It says nothing about calls that only read.
type Effect int

// The effects of a call, in order of how much may have happened.
const (
	// EffectNone: not done. The request was refused before it was sent, never reached the service, or the service
	// refused it with a status that says so, such as 400, 401, 404, 422 or 429.
	EffectNone Effect = iota
	// EffectUnknown: may have been done. The request may have reached the service, and it is not known what happened: there was
	// no response, a response that was cut off before its status, a 5xx, or a success whose body is an error.
	EffectUnknown
	// EffectDone: done. If there is an error, the service responded with success, but its response cannot be read.
	EffectDone
)

// String returns "not done", "perhaps done" or "done".
func (e Effect) String() string {
	switch e {
	case EffectNone:
		return "not done"
	case EffectDone:
		return "done"
	default:
		return "perhaps done"
	}
}

// EffectOf returns the effect of a call that ended with err, over all its attempts; for nil it is [EffectDone]. It examines
// wrapped errors. If an error wraps several calls, it returns the most that may have happened. For an error of another
// module it is [EffectUnknown].
func EffectOf(err error) Effect {
	if err == nil {
		return EffectDone
	}
	effect, _ := effectIn(err)
	return effect
}

// effectIn finds the effect in a tree of errors; ok is false if no error in it has one.
func effectIn(err error) (effect Effect, ok bool) {
	switch e := err.(type) {
	case interface{ Effect() Effect }:
		return e.Effect(), true
	case interface{ Unwrap() error }:
		if inner := e.Unwrap(); inner != nil {
			return effectIn(inner)
		}
	case interface{ Unwrap() []error }:
		for _, inner := range e.Unwrap() {
			if one, known := effectIn(inner); known {
				effect, ok = max(effect, one), true
			}
		}
		if ok {
			return effect, true
		}
	}
	return EffectUnknown, false
}

// effectOfStatus returns the effect that a status alone implies. A 408 may come from a gateway that has passed the request
// on, and some services respond to a completed request with a redirect to another page.
func effectOfStatus(status int) Effect {
	switch {
	case status >= 200 && status <= 299:
		return EffectDone
	case status == http.StatusRequestTimeout:
		return EffectUnknown
	case status >= 400 && status <= 499, status == http.StatusTemporaryRedirect, status == http.StatusPermanentRedirect:
		return EffectNone
	default:
		return EffectUnknown
	}
}

// withEffect adds a known effect to an error without changing its text.
type withEffect struct {
	effect Effect
	err    error
}

func (e *withEffect) Error() string  { return e.err.Error() }
func (e *withEffect) Unwrap() error  { return e.err }
func (e *withEffect) Effect() Effect { return e.effect }

// notSent marks an error that occurred before anything was sent. Otherwise [EffectOf] would use the effect of an error
// inside, such as that of the token endpoint.
func notSent(err error) error { return &withEffect{EffectNone, err} }

// Effect returns what the response says about the call, or what is known about an earlier attempt.
func (e *Error) Effect() Effect {
	effect := effectOfStatus(e.Status)
	if errors.Is(e.cause, errErrorInSuccess) {
		effect = EffectUnknown
	}
	return max(effect, e.earlier)
}

// Effect returns [EffectNone]: nothing was sent.
func (e *RequestError) Effect() Effect { return EffectNone }

// Effect returns [EffectNone]: nothing was sent.
func (e *DailyLimitError) Effect() Effect { return EffectNone }

// Effect returns [EffectNone]: nothing was sent.
func (e *PausedError) Effect() Effect { return EffectNone }

// Effect reports whether the request may have reached the service.
func (e *noAnswerError) Effect() Effect {
	if e.unsent {
		return EffectNone
	}
	return EffectUnknown
}

// Effect returns the effect of the error whose text was redacted.
func (e *redactedError) Effect() Effect { return EffectOf(e.err) }
