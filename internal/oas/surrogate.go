package oas

import "strconv"

// LoneSurrogate returns where JSON text has an escape \ud800 to \udfff that is not part of a pair, or -1. encoding/json
// replaces such an escape with U+FFFD without an error.
func LoneSurrogate(text []byte) int {
	for i := 0; i+1 < len(text); i++ {
		if text[i] != '\\' {
			continue
		}
		if text[i+1] != 'u' {
			i++ // the escaped character
			continue
		}
		unit := hex4(text, i)
		switch {
		case unit >= 0xd800 && unit < 0xdc00:
			if low := hex4(text, i+6); low < 0xdc00 || low > 0xdfff {
				return i
			}
			i += 11
		case unit >= 0xdc00 && unit < 0xe000:
			return i
		default:
			i += 5
		}
	}
	return -1
}

// hex4 decodes \uXXXX at i; it returns -1 if there is no such escape.
func hex4(text []byte, i int) int {
	if i+6 > len(text) || text[i] != '\\' || text[i+1] != 'u' {
		return -1
	}
	n, err := strconv.ParseUint(string(text[i+2:i+6]), 16, 32)
	if err != nil {
		return -1
	}
	return int(n)
}
