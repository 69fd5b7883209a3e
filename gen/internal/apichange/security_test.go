package apichange

import (
	"go/parser"
	"testing"
)

func TestSecurityBreaksWhereAnOlderAlternativeIsGone(t *testing.T) {
	const (
		key  = `{{Scheme: "key", In: "header", Name: "X-Key"}}`
		bear = `{{Scheme: "b", In: "bearer"}}`
		both = `{{Scheme: "b", In: "bearer"}, {Scheme: "key", In: "header", Name: "X-Key"}}`
	)
	text := func(alternatives string) string {
		if alternatives == "" {
			return theToken
		}
		e, err := parser.ParseExpr("[][]rest.Security{" + alternatives + "}")
		if err != nil {
			t.Fatal(err)
		}
		return securityText(e)
	}
	for _, c := range []struct {
		was, now string
		breaks   bool
	}{
		{"", bear, false}, {"", key, true}, {"", both, true}, {"", key + "," + bear, false}, {"", "{}", false},
		{key, "", true}, {key, key + "," + bear, false}, {key + "," + bear, key, true}, {both, key + "," + bear, true}, {bear, "", false}, {"{}", key, true},
		{key, `{{Scheme: "key", In: "query", Name: "k"}}`, true},
	} {
		if got := narrows("Security", text(c.was), text(c.now)); got != c.breaks {
			t.Errorf("%q, was %q: breaks is %v", text(c.now), text(c.was), got)
		}
	}
}
