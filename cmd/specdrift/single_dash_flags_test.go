package main

import (
	"slices"
	"testing"
)

func TestFlagsCanBeWrittenWithOneDashOrTwo(t *testing.T) {
	for _, c := range []struct{ args, want []string }{
		{[]string{"import", "page.md", "-merge", "-o", "out.json"}, []string{"import", "page.md", "--merge", "-o", "out.json"}},
		{[]string{"check", "-spec=s.yaml", "-format", "json"}, []string{"check", "--spec=s.yaml", "--format", "json"}},
		{[]string{"import", "page.md", "-oout.json"}, []string{"import", "page.md", "-oout.json"}},
		{[]string{"import", "--merge", "--", "-merge"}, []string{"import", "--merge", "--", "-merge"}},
		{[]string{"-spec", "s.yaml", "check", "-format", "json"}, []string{"--spec", "s.yaml", "check", "--format", "json"}},
		{[]string{"check", "-nonsense"}, []string{"check", "-nonsense"}},
	} {
		if got := withDoubleDashes(newRoot(), c.args); !slices.Equal(got, c.want) {
			t.Errorf("%q become %q, want %q", c.args, got, c.want)
		}
	}
}
