package emit

import "testing"

func TestListExampleIsWrittenAsJSON(t *testing.T) {
	for _, c := range []struct{ text, kind, want string }{
		{"[a, b]", "string", `["a","b"]`},
		{"[1, 2]", "string", `["1","2"]`},
		{"[1, 2]", "integer", `[1,2]`},
		{"[true, x]", "boolean", `[true,"x"]`},
		{"[]", "string", `[]`},
		{`["a"]`, "string", `["a"]`},
		{"a, b", "string", "a, b"},
		{"[a, b", "string", "[a, b"},
	} {
		if got := listExample(c.text, c.kind); got != c.want {
			t.Errorf("%s of %s: got %s, want %s", c.text, c.kind, got, c.want)
		}
	}
}
