package prose

import (
	"go/parser"
	"go/token"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestMethodSentenceBeginsWithTheVerbOfTheSpec(t *testing.T) {
	for _, c := range []struct{ summary, description, want string }{
		{"List the snapshots", "Lists every snapshot.", "X lists every snapshot."},
		{"Create a link", "", "X creates a link."},
		{"Create a link", "A link can be used once.", "X creates a link.\n\nA link can be used once."},
		{"Contacts", "All of them.", "X: Contacts.\n\nAll of them."},
		{"", "All of them.", "X: All of them."},
		{"Reply to a review", "", "X replies to a review."},
		{"", "", ""},
	} {
		if got := Vocabulary(nil).MethodSentence("X", c.summary, c.description); got != c.want {
			t.Errorf("methodSentence(%q, %q) = %q, want %q", c.summary, c.description, got, c.want)
		}
	}
}

func TestCommentWrapsAndKeepsParagraphs(t *testing.T) {
	got := Comment("one two three four\n\nfive", 14)
	if want := "// one two\n// three four\n//\n// five\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got := Comment("", 10); got != "" {
		t.Errorf("the comment of nothing is %q", got)
	}
}

func TestTagsAreTakenOffDescriptions(t *testing.T) {
	for text, want := range map[string]string{
		`<div><p>Makes it.</p><span style="x">Costs <strong>more</strong></span></div>`: "Makes it.\n\nCosts more",
		`See <a href="https://a.test/x" target="_blank">here</a>.`:                      "See here (https://a.test/x).",
		`<ul><li>PDF</li><li>CSV</li></ul>`:                                             "PDF, CSV",
		`a < b && c > d, key <id>`:                                                      "a < b && c > d, key <id>",
		`a &amp; b<br/>c&#10;func init() {}`:                                            "a & b\n\nc func init() {}",
	} {
		if got := Clean(text); got != want {
			t.Errorf("clean(%q) = %q, want %q", text, got, want)
		}
	}
}

func FuzzCommentNeverEnds(f *testing.F) {
	for _, s := range []string{"*/ func init() {}", "a\nfunc init() {}", "a\r}\u2028x", "\xff\xfe\ufeff", "\n\n# Heading\n\n- x", "//go:embed x", "+build x", "\u202eevil"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		out := Comment(Clean(text), 40)
		for line := range strings.Lines(out) {
			if !strings.HasPrefix(line, "// ") && line != "//\n" {
				t.Fatalf("line %q of the comment of %q", line, text)
			}
		}
		file, err := parser.ParseFile(token.NewFileSet(), "", "package p\n\n"+out+"var X int\n", parser.ParseComments)
		if err != nil || len(file.Decls) != 1 || !utf8.ValidString(out) {
			t.Fatalf("the comment of %q is more than a comment: %v\n%s", text, err, out)
		}
	})
}
