// Package rest is the engine under a generated HighLevel client: everything between a filled request and a decoded
// answer. It knows how the service speaks (tokens, versions, rate headers, the shapes of its errors), and nothing of any
// single operation; those come in as [Operation] values.
//
// Most programs need only the package that is generated on top of this one. They meet rest where they look at an
// [Error], write a [TokenSource], or install [Hooks].
//
// # Stages of a call
//
// Generated code fills a [Request] and hands it to [Do] or [Send]. From there it passes through stages, each in a file of
// its own, put together in one place (assemble in chain.go):
//
//	withTimeout  the time allowed for the whole call
//	retry        again, when that is safe and may help
//	authorize    a token that may serve for the operation, and once a new one when the service refuses it
//	limitRate    the budget of requests that the service grants
//	observe      hooks and log lines for one attempt
//	checkStatus  an answer that is no success becomes an *Error
//	exchange     one request and one answer on the wire
//
// # What is read from an answer
//
// Names match exactly, in every object of an answer. A value that does not fit its documented type leaves its field empty, or is
// left out of its list or map, and is told as a [Mismatch]. So is a null in a list of numbers, bools, texts or objects: an item
// without a value would look as if the service had sent one.
//
// A success in which nothing was read but what it says about the call (statusCode, success, ok, message, error and the like) is
// an error where that tells of a failure, such as "success": false. A property that the operation's type documents is content
// like any other: once something beside it was read, be it only false or 0, its value is for the caller to look at. Alone, or
// beside an empty list, it is a refusal.
//
// # What it promises
//
// A call returns a value or an error, never neither. A request that may have changed something is not sent again unless
// the service surely did not process it. A token is sent to the host of the base URL only, over https (or to the machine
// itself), and appears in no error, log line or printed value. Answers are capped in size and depth. The [http.Client]
// that a program hands over is never changed.
package rest
