package jsontext

import (
	"strings"
	"testing"
)

func TestFaults(t *testing.T) {
	for text, want := range map[string]string{
		`{"a":[1,{"b":null}]}`: "", `1e999999999`: "", "\t\"\\ud83d\\ude00\"\n": "",
		`{"a":1,"a":2}`: "duplicate-key /a", `[{"x/y":1,"x\/y":2}]`: "duplicate-key /0/x~1y", `{} {}`: "trailing-data", `[1,]`: "malformed-json", `{"a" 1}`: "malformed-json",
		`[1 2]`: "malformed-json", `[01]`: "malformed-json", ``: "malformed-json", `[}`: "malformed-json", `"\ud800"`: "unicode", "\"\xff\"": "unicode", "\xef\xbb\xbf1": "unicode",
		strings.Repeat("[", 2000) + strings.Repeat("]", 2000): "malformed-json",
	} {
		_, ok, faults := Read([]byte(text))
		got := ""
		for _, f := range faults {
			got = strings.TrimSpace(string(f.Kind) + " " + f.Path)
		}
		if got != want || ok != !strings.HasPrefix(want, "malformed-json") {
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
