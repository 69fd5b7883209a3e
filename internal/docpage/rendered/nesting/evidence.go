package nesting

import (
	"encoding/json"
	"strings"
	"unicode"

	"github.com/highlevel-go/snapshots/internal/docpage/rendered/fields"
	"github.com/highlevel-go/snapshots/internal/docpage/rendered/jsonsample"
)

// sharedWords returns the score for words that a field's name shares with the title of its variant, as often happens:
// transferBotType in TransferBotDto.
func (n *nester) sharedWords(l *level, name string) float64 {
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
	return variantWord * float64(shared)
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

// variantSample returns the sample of a variant. For the items of an array, each variant has one.
func (n *nester) variantSample(variant, variants int) *jsonsample.Object {
	if len(n.samples) == variants && variants > 1 {
		o, _ := n.samples[variant].(*jsonsample.Object)
		return o
	}
	return nil
}

// hiddenNext reports whether the next field is deprecated. Samples omit such fields, so that an empty sample does not mean
// that nothing is inside.
func (n *nester) hiddenNext(i int) bool {
	return i+1 < len(n.entries) && n.entries[i+1].Label.Deprecated
}

// hasUnion reports whether a union was placed in this object, and has ended.
func (l *level) hasUnion(entries []*fields.Entry) bool {
	next := l.owner + 1
	return l.count > 0 && next < len(entries) && entries[next].Kind == fields.Union
}

// keys are the keys of a sample, and those already matched by fields.
type keys struct {
	of  *jsonsample.Object // nil if there is no sample
	met int                // number of matched keys
}

func (k *keys) value(name string) (value any, found bool) {
	if k.of == nil {
		return nil, false
	}
	value, found = k.of.Values[name]
	return value, found
}

// fit returns the score of a field against the sample of the object that it would be in or, if that lacks the field, against
// the sample of an object with the same name. The value is that of the sample.
func (n *nester) fit(l *level, e *fields.Entry) (score float64, value any) {
	if e.Kind != fields.Field {
		return 0, nil
	}
	if l.used.has(e.Name) {
		score = nameTwice
	}
	if e.IsValues() || l.own.of == nil && l.borrowed.of == nil {
		return score, nil
	}
	weight, from := 1.0, &l.own
	value, found := from.value(e.Name)
	if !found {
		weight, from = borrowed, &l.borrowed
		value, found = from.value(e.Name)
	}
	switch {
	case found:
		from.met++
		score += weight * keyFits
	case e.Label.Deprecated:
		return score + keyHidden, nil
	case l.own.of != nil:
		return score + keyMissing, nil
	default:
		return score + borrowed*keyMissing, nil
	}
	if value == (jsonsample.Undisclosed{}) {
		return score, nil
	}
	if hasType(e, value) {
		score += weight * sameType
	}
	return score, value
}

// hasType reports whether the value of a field in the sample has the type in the field's label.
func hasType(e *fields.Entry, value any) bool {
	kind := e.Label.Kind
	if e.Label.Arrays > 0 {
		kind = "array"
	}
	switch value.(type) {
	case *jsonsample.Object:
		return kind == "object"
	case []any:
		return kind == "array"
	case string:
		return kind == "string"
	case json.Number:
		return kind == "number" || kind == "integer"
	case bool:
		return kind == "boolean"
	}
	return false
}

// closing returns the cost of leaving an object.
func (n *nester) closing(l *level, atEnd bool) float64 {
	switch {
	case l.variant >= 0:
		return n.leftOver(l) + variantLost*float64(l.variants-1-l.variant)
	case l.own.of == nil && l.borrowed.of == nil && !atEnd:
		return closeUnknown
	}
	return n.leftOver(l)
}

// leftOver returns the cost of the sample's keys for which no field was placed.
func (n *nester) leftOver(l *level) float64 {
	k, weight := l.own, 1.0
	if l.own.of == nil {
		k = l.borrowed
	}
	if k.of == nil {
		return 0
	}
	if l.own.of == nil {
		weight = borrowed
	}
	return weight * keyLeftOver * float64(max(0, len(k.of.Keys)-k.met))
}

// borrowSample finds an object with the same name elsewhere on the page whose keys are the next fields here.
func (n *nester) borrowSample(name string, i int) *jsonsample.Object {
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
