package schema

import (
	"encoding/json"
	"regexp"
	"strconv"
	"strings"
)

// largest is the size of the exponents that schemas have to do with; float64 has none above 308.
const largest = 1000

var number = regexp.MustCompile(`^(-?)([0-9]+)(?:\.([0-9]+))?(?:[eE]([+-]?[0-9]+))?$`)

// bounded is a value whose numbers can be reckoned with: what is beyond every bound that a schema can have stays beyond it,
// and takes no more memory than other numbers do.
func bounded(value any) any {
	switch v := value.(type) {
	case json.Number:
		return boundedNumber(v)
	case []any:
		out := make([]any, len(v))
		for i := range v {
			out[i] = bounded(v[i])
		}
		return out
	case map[string]any:
		out := make(map[string]any, len(v))
		for key := range v {
			out[key] = bounded(v[key])
		}
		return out
	}
	return value
}

func boundedNumber(n json.Number) json.Number {
	text := n.String()
	found := number.FindStringSubmatch(text)
	if found == nil || len(text) < 5 {
		return n
	}
	sign, whole, fraction, exponent := found[1], strings.TrimLeft(found[2], "0"), found[3], 0
	if found[4] != "" {
		var err error
		if exponent, err = strconv.Atoi(found[4]); err != nil { // too long for an int: beyond all
			if exponent = largest * largest; strings.HasPrefix(found[4], "-") {
				exponent = -exponent
			}
		}
	}
	if len(text) <= largest && exponent <= largest && exponent >= -largest {
		return n
	}
	digits := strings.TrimLeft(whole+fraction, "0")
	if digits == "" {
		return "0"
	}
	// The number is 0.DIGITS times ten to the magnitude.
	magnitude := exponent + len(whole)
	if whole == "" {
		magnitude -= len(fraction) - len(digits)
	}
	if len(digits) > largest {
		last := byte('1') // what was cut off was not nothing
		digits = digits[:largest] + string(last)
	}
	integer := magnitude >= len(digits)
	magnitude = min(max(magnitude, -largest), largest+len(digits))
	if integer {
		magnitude = max(magnitude, len(digits))
	}
	return json.Number(sign + "0." + digits + "e" + strconv.Itoa(magnitude))
}
