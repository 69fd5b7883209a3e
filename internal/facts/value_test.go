package facts

import (
	"testing"

	"pgregory.net/rapid"
)

func TestAPageCannotShowWhetherANumberIsAText(t *testing.T) {
	for text, want := range map[string]string{
		"10":                      "10",
		"1.0":                     "1",
		"1e3":                     "1000",
		"007":                     "007", // no JSON: a text
		"+1 (555) 0100":           "+1 (555) 0100",
		`{"b": 1, "a": [1.50]}`:   `{"a":[1.5],"b":1}`,
		`["a", "b"]`:              `["a","b"]`,
		"['forms', 'surveys']":    "['forms', 'surveys']",
		"  a \n b ":               "a b",
		"6:24:54\u202fPM":         "6:24:54\u202fPM", // another character, which a parser of dates trips over
		`{"at":"6:24\u202f  PM"}`: "{\"at\":\"6:24\u202f PM\"}",
		"a &amp; b":               "a & b",
		"12345678901234567890":    "12345678901234567890",
		"":                        "",
		"{not json":               "{not json",
		`{"html":"<b>&amp;</b>"}`: `{"html":"<b>&</b>"}`,
	} {
		if got := Canonical(text); got != want {
			t.Errorf("Canonical(%q) = %q, want %q", text, got, want)
		}
	}
}

func TestCanonicalIsItsOwnCanonical(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.OneOf(rapid.String(), rapid.StringMatching(`[\[{"a:,1.0e\]} ]{0,20}`), rapid.StringMatching(`-?[0-9]{1,4}(\.[0-9]{0,3})?`)).Draw(t, "text")
		once := Canonical(text)
		if twice := Canonical(once); twice != once {
			t.Fatalf("%q → %q → %q", text, once, twice)
		}
	})
}

func TestTheSameTextInAnotherMarkupIsEqual(t *testing.T) {
	for _, prose := range []string{
		"Use the `id` of *your* account, see [here](https://x.example/a).",
		"Use the **id** of your account, see here.",
		"Use the <code>id</code> of your account, see <a href=\"https://x.example\">here</a>.",
		"- Use the id of your\n  account, see here.",
		"Use the id of your account, see here\\.",
	} {
		if got, want := TextHash(prose), TextHash("Use the id of your account, see here."); got != want {
			t.Errorf("%q counts as other words: %q", prose, PlainText(prose))
		}
	}
	if TextHash("at least 3") == TextHash("at most 3") {
		t.Error("other words count as the same")
	}
	if TextHash(" \u200b ") != "" {
		t.Error("nothing has a fingerprint")
	}
}
