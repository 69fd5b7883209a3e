// Package rest is the engine of a generated HighLevel client: everything between a filled request and a decoded
// response. It knows the conventions of the service (tokens, versions, rate limit headers, the forms of its errors), but no
// particular operation; operations are passed in as [Operation] values.
//
// Most programs need only the package that is generated on top of this one. They use rest to inspect an
// [Error], to implement a [TokenSource], or to install [Hooks].
//
// # Stages of a call
//
// Generated code fills a [Request] and passes it to [Do] or [Send]. The call then goes through these stages, each in its own file;
// assemble in chain.go puts them together:
//
//	withTimeout  limits the time of the whole call
//	retry        repeats a failed attempt, if that is safe and may help
//	authorize    adds a token that the operation accepts, and gets a new one once if the service refuses it
//	limitRate    waits until the rate limit allows another request
//	observe      calls hooks and logs each attempt
//	checkStatus  turns a response that is not a success into an *Error
//	exchange     sends one request and reads one response
//
// # How a response is decoded
//
// Names match exactly, in every object of a response. A value that does not fit its documented type leaves its field empty, or is
// omitted from its list or map, and is reported as a [Mismatch]. So is a null in a list of numbers, bools, texts or objects, since an
// empty item would look like a value that the service sent.
//
// A response with a success status is an error if it contains nothing except properties about the call itself (statusCode, success, ok,
// message, error and the like) and one of them reports a failure, such as "success": false. If the type of the operation documents such a
// property, it is treated as content: once anything else was decoded, even false or 0, the caller has to look at its value. Alone, or
// beside an empty list, it is a failure.
//
// # Guarantees
//
// A call returns a non-nil value or an error. A request that may have changed something is not repeated unless
// the service certainly did not process it. A token is sent only to the host of the base URL, over https (or to
// loopback), and appears in no error, log line or printed value. Responses are limited in size and depth. The [http.Client]
// that a program passes in is never modified.
package rest
