package nesting

import (
	"encoding/json"
	"strings"
	"unicode"

	"github.com/highlevel-go/snapshots/internal/docpage/rendered/fields"
	"github.com/highlevel-go/snapshots/internal/docpage/rendered/jsonsample"
)

// kinship: a variant's fields often carry words of its title: transferBotType in TransferBotDto.
func (n *nester) kinship(l *level, name string) float64 {
	titles := n.entries[l.owner].Titles
	if l.variant >= len(titles) {
		return 0
	}
	inTitle := map[string]bool{}
	for _, word := range camelWords(titles[l.variant]) {
		inTitle[word] = true
	}
	shared := 0
	for _, word := range camelWords(name) {
		if inTitle[word] {
			shared++
		}
	}
	if shared < 2 {
		return 0
	}
	return sharedWord * float64(shared)
}

// camelWords splits a name such as transferBotType or transfer_bot_type.
func camelWords(name string) []string {
	var words []string
	start := 0
	for i, r := range name + "_" {
		if i > start && (r == '_' || r == '-' || r == ' ' || unicode.IsUpper(r)) {
			if word := strings.ToLower(strings.Trim(name[start:i], "_- ")); word != "" {
				words = append(words, word)
			}
			start = i
		}
	}
	return words
}

// variantSample: of the items of an array, each variant has a sample.
func (n *nester) variantSample(variant, variants int) *jsonsample.Object {
	if len(n.samples) == variants && variants > 1 {
		o, _ := n.samples[variant].(*jsonsample.Object)
		return o
	}
	return nil
}

// hiddenNext: the next field is deprecated, which samples leave out, so that an empty sample does not say that nothing is
// inside.
func (n *nester) hiddenNext(i int) bool {
	return i+1 < len(n.entries) && n.entries[i+1].Label.Deprecated
}

// hasUnion reports whether this level's object printed a union, whose end is behind us.
func (l *level) hasUnion(entries []*fields.Entry) bool {
	next := l.owner + 1
	return l.count > 0 && next < len(entries) && entries[next].Kind == fields.Union
}

// fit weighs a field against the sample of the object that it would be in.
func (n *nester) fit(l *level, e *fields.Entry) (score float64, value any, known bool) {
	if e.Kind != fields.Field {
		return 0, nil, false
	}
	if l.used.has(e.Name) {
		score = nameTwice
	}
	if l.sample == nil || e.Name == fields.ValuesName {
		return score, nil, false
	}
	weight := 1.0
	if l.weak {
		weight = borrowed
	}
	value, found := l.sample.Values[e.Name]
	if !found {
		if e.Label.Deprecated {
			return score - 0.1, nil, false
		}
		return score + weight*keyMissing, nil, false
	}
	at := 0
	for at = range l.sample.Keys {
		if l.sample.Keys[at] == e.Name {
			break
		}
	}
	switch {
	case at == l.last+1:
		score += weight * keyInOrder
	case at > l.last:
		score += weight * (keyLater - keySkipped*float64(min(at-l.last-1, 5)))
	default:
		score += weight * keyEarlier
	}
	l.last = max(l.last, at)
	l.met++
	if value == (jsonsample.Undisclosed{}) {
		return score, nil, false
	}
	score += weight * agreement(e, value)
	return score, value, !l.weak
}

// agreement compares a field's label with the value that the sample has for it.
func agreement(e *fields.Entry, value any) float64 {
	kind := e.Label.Kind
	if e.Label.Arrays > 0 {
		kind = "array"
	}
	if kind == "" || !e.Label.Known {
		return 0
	}
	var is string
	switch value.(type) {
	case *jsonsample.Object:
		is = "object"
	case []any:
		is = "array"
	case string:
		is = "string"
	case json.Number:
		is = "number"
	case bool:
		is = "boolean"
	default:
		return 0
	}
	switch {
	case is == kind, is == "number" && kind == "integer":
		return sameKind
	case is == "string" || kind == "object" && e.Example == nil: // an example of its own may be written in any way
		return 0
	}
	return otherKind
}

// closing is the cost of leaving an object.
func (n *nester) closing(l *level, atEnd bool) float64 {
	if l.variant >= 0 {
		return n.leftOver(l) + variantLost*float64(l.variants-1-l.variant)
	}
	if l.sample == nil {
		if atEnd {
			return 0
		}
		return closeUnknown
	}
	return n.leftOver(l)
}

// leftOver is the cost of a sample's keys that no field was placed for.
func (n *nester) leftOver(l *level) float64 {
	if l.sample == nil {
		return 0
	}
	weight := keyLeftOver
	if l.weak {
		weight *= borrowed
	}
	return weight * float64(max(0, len(l.sample.Keys)-l.met))
}

// borrow finds an object of the same name elsewhere on the page whose keys follow here.
func (n *nester) borrow(name string, i int) *jsonsample.Object {
	var best *jsonsample.Object
	most := 0
	for _, o := range n.shapes[name] {
		count := 0
		for _, e := range n.entries[i+1:] {
			if _, ok := o.Values[e.Name]; !ok && count > 0 {
				break
			} else if ok {
				count++
			}
		}
		if count > most {
			best, most = o, count
		}
	}
	return best
}
