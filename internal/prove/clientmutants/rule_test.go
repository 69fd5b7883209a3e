package clientmutants

import (
	"slices"
	"testing"
)

const ruled = `package p

import "a.test/strings"

var words = []string{"strings", "b"}

func One(list []string, more ...string) int {
	if n := len(list); n == len(more) && n > 0 {
		return n
	}
	list = append(list, "x")
	list = append(list, more...)
	done(list, list)
	done(list, more)
	return -1
}

func Two(t T) T {
	return T{Name: t.Name, Other: strings.ToUpper(t.Name)}
}
`

func TestRulesApplyWhereTheirPatternFits(t *testing.T) {
	for _, c := range []struct {
		rule, in string
		want     []string
	}{
		{`len(x) -> 0`, "", []string{"len(list) => 0", "len(more) => 0"}},
		{`len(x) -> 0`, "Two", nil},
		{`x == y -> x != y`, "", []string{"n == len(more) => (n != len(more))"}},
		{`append(l, m...) -> l`, "", []string{"append(list, more...) => list"}},
		{`append(l, m) -> l`, "", []string{`append(list, "x") => list`}},
		{`done(x, x) ->`, "", []string{"done(list, list) => "}},
		{`done(x, y); return n -> return 0`, "", []string{"done(list, more)\n\treturn -1 => return 0"}},
		{`n := len(x) -> n := 1`, "", []string{"n := len(list) => n := 1"}},
		{`Name: v -> Name: ""`, "", []string{`Name: t.Name => Name: ""`}},
		{`strings.ToUpper(v.Name) -> v.Name + "v"`, "", []string{`strings.ToUpper(t.Name) => (t.Name + "v")`}},
		{`"strings" -> "s"`, "", []string{`"strings" => "s"`}},
		{`v.Name -> v.v`, "Two", []string{"t.Name => t.v", "t.Name => t.v"}},
	} {
		r, err := parseRule(c.rule)
		if err != nil {
			t.Errorf("%s: %v", c.rule, err)
			continue
		}
		r.in = c.in
		places, err := r.places([]byte(ruled))
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, p := range places {
			got = append(got, ruled[p.from:p.to]+" => "+p.with)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s in %q: %q, want %q", c.rule, c.in, got, c.want)
		}
	}
}

func TestWhatIsNotARuleIsRefused(t *testing.T) {
	for _, text := range []string{"a", "-> b", "a( -> b", "a -> b(", "if -> b"} {
		if _, err := parseRule(text); err == nil {
			t.Errorf("%q is accepted", text)
		}
	}
}
