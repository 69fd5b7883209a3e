package report

import (
	"bytes"
	"io"
	"strings"
	"testing"

	"github.com/highlevel-go/snapshots/internal/drift"
	"github.com/highlevel-go/snapshots/internal/facts"
)

func TestTheWordsThatChangedAreMarked(t *testing.T) {
	for _, c := range []struct{ before, after, want string }{
		{"The id of the widget.", "The name of the widget.", "The [-id-] {+name+} of the widget."},
		{"Paints it.", "Paints it in two coats.", "Paints [-it.-] {+it in two coats.+}"},
		{"", "New words.", "{+New words.+}"},
		{"Old words.", "", "[-Old words.-]"},
		{"one two three four five six seven", "one two three four five six eight", "… four five six [-seven-] {+eight+}"},
		{"a -b -] +c", "a -b -] +d", "a -b -] [-+c-] {++d+}"},
		{"a a a a b", "a a a b", "a a a [-a-] b"},
		{"a b c d e f g h i j", "A b c d e f g h i J", "[-a-] {+A+} b c d … g h i [-j-] {+J+}"},
		{"the same", "the  same", ""},
		{"@@ x", "@@ y", "@@ [-x-] {+y+}"},
	} {
		if got := wordDiff(c.before, c.after); got != c.want {
			t.Errorf("%q to %q:\n%s, want\n%s", c.before, c.after, got, c.want)
		}
	}
}

func TestEveryReportShowsTheWordsThatChanged(t *testing.T) {
	report := &drift.Report{Findings: []*drift.Finding{{
		ID: "text-changed|list-kettles|query.room", Kind: "text-changed", Severity: drift.Warning, Message: "query.room: the text changed",
		Sites: []drift.Site{{Operation: "list-kettles", Place: "query.room", Aspect: facts.Text,
			Docs: side("The room of the kettle.", docsFile, 13), Page: side("The floor of the kettle.", pageFile, 9)}},
	}}}
	for name, write := range map[string]func(io.Writer, *drift.Report) error{"JSON": JSON, "Markdown": Markdown, "SARIF": SARIF, "GitHub": GitHub} {
		var out bytes.Buffer
		if err := write(&out, report); err != nil {
			t.Fatal(err)
		}
		if text := out.String(); !strings.Contains(text, "[-room-]") || !strings.Contains(text, "{+floor+}") {
			t.Errorf("%s does not show the words:\n%s", name, text)
		}
	}
}
