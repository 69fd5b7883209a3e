package report

import "testing"

func TestTheWordsThatChangedAreMarked(t *testing.T) {
	for _, c := range []struct{ before, after, want string }{
		{"The id of the widget.", "The name of the widget.", "The [-id-] {+name+} of the widget."},
		{"Paints it.", "Paints it in two coats.", "Paints [-it.-] {+it in two coats.+}"},
		{"", "New words.", "{+New words.+}"},
		{"Old words.", "", "[-Old words.-]"},
		{"one two three four five six seven", "one two three four five six eight", "… four five six [-seven-] {+eight+}"},
		{"a -b -] +c", "a -b -] +d", "a -b -] [-+c-] {++d+}"},
		{"a a a a b", "a a a b", "a a a [-a-] b"},
		{"@@ x", "@@ y", "@@ [-x-] {+y+}"},
	} {
		if got := wordDiff(c.before, c.after); got != c.want {
			t.Errorf("%q to %q:\n%s, want\n%s", c.before, c.after, got, c.want)
		}
	}
}
