package clientmutants

import (
	"go/parser"
	"go/token"
	"slices"
	"strings"
	"testing"
)

const original = `package p

import "strings"

type T struct {
	A string ` + "`json:\"a\"`" + `
}

const most = 3

var words = []string{"one", "two"}

func (t *T) Join(sep string, _ int, more ...string) (out string, err error) {
	return strings.Join(more, sep), nil
}

func Each[K comparable, V any](m map[K]V, do func(V)) {
	for _, v := range m {
		do(v)
	}
}
`

// mutate replaces the first place of a text.
func mutate(old, with string) Mutant {
	at := strings.Index(original, old)
	return Mutant{source: []byte(original), from: at, to: at + len(old), with: with}
}

func TestCombineKeepsWhatMutantsShareAndChoosesTheRest(t *testing.T) {
	text, left, err := combine([]byte(original), []Mutant{
		mutate(`more, sep`, `more, ""`), mutate(`strings.Join(more, sep)`, `sep`), mutate(`do(v)`, `_ = v`), mutate(`"two"`, `"three"`),
		mutate(`json:\"a\"`[:4], `yaml`), mutate(`most = 3`, `most = 4`),
	}, []int{1, 2, 3, 4, 5, 6})
	if err != nil {
		t.Fatal(err)
	}
	if want := []int{5, 6}; !slices.Equal(left, want) {
		t.Errorf("copies of their own for %v, want %v: a type and a constant", left, want)
	}
	for _, want := range []string{
		"func (recv *T) Join(p0 string, p1 int, p2 ...string, ) (out string, err error) {",
		"case 2:\n\t\treturn recv.m2_Join(p0, p1, p2..., )",
		"return recv.m0_Join(p0, p1, p2..., )",
		`func (t *T) m1_Join(sep string, _ int, more ...string) (out string, err error) {` + "\n\treturn strings.Join(more, \"\"), nil",
		"m3_Each[K, V](p0, p1, ); return",
		`var words = mutant.Pick([]string{"one", "two"}, mutant.As(4, []string{"one", "three"}))`,
	} {
		if !strings.Contains(text, want) {
			t.Errorf("the combined source lacks\n%s", want)
		}
	}
	if _, err := parser.ParseFile(token.NewFileSet(), "", text, 0); err != nil {
		t.Errorf("%v in\n%s", err, text)
	}
}

func TestCombineLeavesAFileWithoutMutantsAlone(t *testing.T) {
	if text, left, err := combine([]byte(original), nil, nil); err != nil || text != original || len(left) > 0 {
		t.Errorf("%v, %v\n%s", left, err, text)
	}
}
