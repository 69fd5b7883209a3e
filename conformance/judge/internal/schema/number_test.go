package schema

import (
	"encoding/json"
	"math/big"
	"strings"
	"testing"
)

func TestNumbersAreBoundedAndStayOnTheirSideOfEveryBound(t *testing.T) {
	long := strings.Repeat("7", 5000)
	for _, c := range []struct {
		text      string
		cmp       int // with a million
		isInteger bool
	}{
		{"1e999999999", 1, true}, {"-1e999999999", -1, true}, {"1e-999999999", -1, false}, {"-1e-999999999", -1, false},
		{"0e999999999", -1, true}, {long, 1, true}, {"0." + long, -1, false}, {long + ".5", 1, false}, {"1" + strings.Repeat("0", 5000), 1, true},
		{long + "e-99999", -1, false}, {"1e" + strings.Repeat("9", 50), 1, true}, {"1e-" + strings.Repeat("9", 50), -1, false}, {"0.00", -1, true},
	} {
		got := bounder{}.number(json.Number(c.text))
		r, ok := new(big.Rat).SetString(got.String())
		if !ok || len(got) > 3*largest {
			t.Errorf("%.20s becomes %.20s", c.text, got)
			continue
		}
		if r.Cmp(big.NewRat(1_000_000, 1)) != c.cmp || r.IsInt() != c.isInteger {
			t.Errorf("%.20s becomes %.20s…, an integer: %v", c.text, got, r.IsInt())
		}
	}
	for _, text := range []string{"0", "-0", "5", "1.50", "1e3", "123456789012345678901234567890", "0.01"} {
		if _, _, unbounded := measure(json.Number(text)); unbounded {
			t.Errorf("%s is to be changed", text)
		}
		a, _ := new(big.Rat).SetString(text)
		b, _ := new(big.Rat).SetString(bounder{}.number(json.Number(text)).String())
		if a.Cmp(b) != 0 {
			t.Errorf("%s becomes %s", text, bounder{}.number(json.Number(text)))
		}
	}
	b := bounder{}
	if one, other, again := b.number("1e999999999"), b.number("1e999999998"), b.number("10e999999998"); one == other || one != again {
		t.Errorf("different numbers become %s and %s, and equal ones %s and %s", one, other, one, again)
	}
}
