package report

import (
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

func TestVisibleWritesHiddenCharactersAsEscapes(t *testing.T) {
	for in, want := range map[string]string{
		"plain ü 茶 👩‍🌾":   "plain ü 茶 👩‍🌾",
		"\x1b[31m":        `\x1b[31m`,
		"a\r\n\tb":        `a\r\n\tb`,
		"\u009b":          `\x9b`,
		"\u202eback":      `\u202eback`,
		"\xff":            `\xff`,
		"\uffff":          `\uffff`,
		"\U000e0041":      `\U000e0041`,
		"id\u200b":        `id\u200b`,
		"6:24\u202fPM":    `6:24\u202fPM`,
		"a\u00a0b\u3000c": "a\\xa0b\u3000c",
		"\ufffd is good":  "\ufffd is good",
	} {
		if got := visible(in, ""); got != want {
			t.Errorf("visible(%q) = %q, want %q", in, got, want)
		}
	}
	if got := visible("a\tb\nc", "\t"); got != "a\tb\\nc" {
		t.Errorf("what is to stay does not: %q", got)
	}
}

func TestVisibleTextHasNothingHidden(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := string(rapid.SliceOf(rapid.Byte()).Draw(t, "bytes")) + rapid.String().Draw(t, "text")
		got := visible(in, "\n")
		if !utf8.ValidString(got) {
			t.Fatalf("%q is no UTF-8", got)
		}
		for _, r := range got {
			if r != '\n' && hidden(r) {
				t.Fatalf("%q holds %U", got, r)
			}
		}
		if visible(got, "\n") != got {
			t.Fatalf("twice is not once: %q", got)
		}
	})
}
