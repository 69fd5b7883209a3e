package jsontext

import (
	"strings"
	"testing"
)

func TestFaults(t *testing.T) {
	for text, want := range map[string]string{
		`{"a":[1,{"b":null}]}`: "", `1e999999999`: "", "\t\"\\ud83d\\ude00\"\n": "",
		`{"a":1,"a":2}`: "Duplicate /a", `[{"x/y":1,"x\/y":2}]`: "Duplicate /0/x~1y", `{} {}`: "Trailing", `[1,]`: "Malformed", `{"a" 1}`: "Malformed",
		`[1 2]`: "Malformed", `[01]`: "Malformed", ``: "Malformed", `[}`: "Malformed", `"\ud800"`: "Unicode", "\"\xff\"": "Unicode", "\xef\xbb\xbf1": "Unicode",
		strings.Repeat("[", 2000) + strings.Repeat("]", 2000): "Malformed",
	} {
		_, ok, faults := Read([]byte(text))
		got := ""
		for _, f := range faults {
			got = strings.TrimSpace([]string{"Malformed", "Trailing", "Duplicate", "Unicode"}[f.Kind] + " " + f.Path)
		}
		if got != want || ok != !strings.HasPrefix(want, "Malformed") {
			t.Errorf("%.40q: %s (ok %v), want %s", text, got, ok, want)
		}
	}
}

func TestDepthIsToldInWords(t *testing.T) {
	for _, levels := range []int{deepest + 1, 20_000} {
		_, ok, faults := Read([]byte(strings.Repeat("[", levels) + strings.Repeat("]", levels)))
		if ok || len(faults) != 1 || faults[0].Text != errTooDeep.Error() {
			t.Errorf("%d levels: %v", levels, faults)
		}
	}
}
