package schema

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// largest is the largest exponent that matters to schemas; float64 has none above 308.
const largest = 1000

var number = regexp.MustCompile(`^(-?)([0-9]+)(?:\.([0-9]+))?(?:[eE]([+-]?[0-9]+))?$`)

// measure counts a value, the values in it, and its levels, and reports whether one is a number that a [bounder] changes.
func measure(value any) (size, depth int, unbounded bool) {
	size = 1
	add := func(value any) {
		n, levels, big := measure(value)
		size, depth, unbounded = size+n, max(depth, levels), unbounded || big
	}
	switch v := value.(type) {
	case json.Number:
		_, digits, magnitude := decimal(v)
		unbounded = len(digits) > largest || magnitude > largest || magnitude < -largest
	case []any:
		for _, item := range v {
			add(item)
		}
	case map[string]any:
		for _, item := range v {
			add(item)
		}
	}
	return size, depth + 1, unbounded
}

// bounder replaces numbers by ones that can be calculated with: a number beyond every bound that a schema can have remains
// beyond it, and takes no more memory than other numbers. It records the numbers that it has seen, because different ones
// must remain different.
type bounder map[string]int

func (b bounder) value(value any) any {
	switch v := value.(type) {
	case json.Number:
		return b.number(v)
	case []any:
		out := make([]any, len(v))
		for i := range v {
			out[i] = b.value(v[i])
		}
		return out
	case map[string]any:
		out := make(map[string]any, len(v))
		for key := range v {
			out[key] = b.value(v[key])
		}
		return out
	}
	return value
}

// decimal splits a number: it is 0.DIGITS times ten to the magnitude.
func decimal(n json.Number) (sign, digits string, magnitude int) {
	found := number.FindStringSubmatch(n.String())
	if found == nil {
		return "", "", 0
	}
	whole, fraction := strings.TrimLeft(found[2], "0"), found[3]
	digits = strings.TrimLeft(whole+fraction, "0")
	magnitude = len(whole)
	if whole == "" {
		magnitude = len(digits) - len(fraction)
	}
	if digits == "" || found[4] == "" {
		return found[1], digits, magnitude
	}
	exponent, err := strconv.Atoi(found[4])
	if err != nil || exponent > 1e12 || exponent < -1e12 { // beyond every bound
		exponent = 1e12
		if strings.HasPrefix(found[4], "-") {
			exponent = -exponent
		}
	}
	return found[1], digits, magnitude + exponent
}

func (b bounder) number(n json.Number) json.Number {
	sign, digits, magnitude := decimal(n)
	digits = strings.TrimRight(digits, "0")
	if digits == "" {
		return "0"
	}
	integer := magnitude >= len(digits)
	if len(digits) > largest || magnitude > largest || magnitude < -largest {
		key := digits + "e" + strconv.Itoa(magnitude)
		if b[key] == 0 {
			b[key] = len(b) + 1
		}
		digits = fmt.Sprintf("%s%09d1", digits[:min(len(digits), largest)], b[key])
	}
	magnitude = min(max(magnitude, -largest), 2*largest)
	if integer {
		magnitude = max(magnitude, len(digits))
	} else {
		magnitude = min(magnitude, len(digits)-1)
	}
	return json.Number(sign + "0." + digits + "e" + strconv.Itoa(magnitude))
}
