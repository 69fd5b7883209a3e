package rest

import (
	"bytes"
	"fmt"
)

// frame is an array or object that is open.
type frame struct {
	object bool
	names  int // where its names begin in the list of names
}

// manyNames is the size of an object beyond which comparing its names one by one costs too much.
const manyNames = 32

// odd is what the decoder would take for something else than it is.
type odd struct {
	repeated bool // a name may stand twice in an object
	nullItem bool // an array holds null
}

// span is where a name stands.
type span struct{ from, to int }

// inspect looks through JSON before it is decoded. It refuses nesting that would cost the decoder a deep stack, and finds
// what is odd. Whether the text is JSON at all is the decoder's to find.
func inspect(body []byte, maxDepth int) (found odd, err error) {
	var framesRoom [12]frame
	var namesRoom [24]span
	frames, names := framesRoom[:0], namesRoom[:0]
	nameNext := false // the next text is a name
	object := false   // the innermost frame is one
	for i := 0; i < len(body); i++ {
		switch body[i] {
		case '{', '[':
			if len(frames) == maxDepth {
				return odd{}, fmt.Errorf("%w: nested deeper than %d levels", ErrTooLarge, maxDepth)
			}
			object = body[i] == '{'
			nameNext = object
			frames = append(frames, frame{object, len(names)})
		case '}', ']':
			if n := len(frames); n > 0 {
				names, frames = names[:frames[n-1].names], frames[:n-1]
				object = n > 1 && frames[n-2].object
			}
			nameNext = false
		case ',':
			nameNext = object
		case 'n': // of null, since texts are passed over
			found.nullItem = found.nullItem || len(frames) > 0 && !object
		case '"':
			end, escaped := textEnd(body, i+1)
			if nameNext && !found.repeated {
				siblings := names[frames[len(frames)-1].names:]
				// An escape can spell the same name in another way.
				found.repeated = escaped || len(siblings) >= manyNames || contains(body, siblings, body[i+1:end])
				names = append(names, span{i + 1, end})
			}
			nameNext = false
			i = end
		}
	}
	return found, nil
}

func contains(body []byte, names []span, name []byte) bool {
	for _, n := range names {
		if n.to-n.from == len(name) && string(body[n.from:n.to]) == string(name) {
			return true
		}
	}
	return false
}

// textEnd is the index of the quote that ends the text which begins at i, or the end of body; and whether an escape is in it.
func textEnd(body []byte, i int) (end int, escaped bool) {
	for i < len(body) {
		n := bytes.IndexByte(body[i:], '"')
		if n < 0 {
			break
		}
		escape := bytes.IndexByte(body[i:i+n], '\\')
		if escape < 0 {
			return i + n, escaped
		}
		escaped = true
		i += escape + 2
	}
	return len(body), escaped
}
