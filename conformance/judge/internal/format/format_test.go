package format

import (
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

func TestFormats(t *testing.T) {
	for format, cases := range map[string]struct{ right, wrong []string }{
		"uri":           {[]string{"https://a.b/c?d=e#f", "urn:a:b", "mailto:a@b.c", "http://[::1]:80/"}, []string{"a/b", "http://a b", "http://a/ü", "http:/[::1]", "http://a@b@c/", "http://a/%zz", "http://[::1/", `http://a/"b"`}},
		"uri-reference": {[]string{"", "a/b", "/a", "//host/a", "?a", "#a", "http://a"}, []string{"\\a", "a b", "/[::1]", "1:2"}},
		"iri":           {[]string{"http://a/ü"}, []string{"a/ü", "http://a/ b"}},
		"uri-template":  {[]string{"/a/{b}{?c,d*}", "{+path:30}"}, []string{"{}", "{a", "{a,}", "a b"}},
		"email":         {[]string{"a.b+c@d.e", `"a b"@c.d`, "a@[127.0.0.1]", "a@[IPv6:::1]"}, []string{"@a.b", "a@", "a b@c.d", ".a@b.c", "a@b@c.d", "a@[1.2.3]", "ä@b.c", "a <b@c.d>"}},
		"idn-email":     {[]string{"ä@ö.de"}, []string{"ä", "@ö.de"}},
		"hostname":      {[]string{"a", "a-b.c", "xn--nxasmq6b.com"}, []string{"", "a.", "-a.b", "a_b", "xn--X", "ä.de", "a..b"}},
		"idn-hostname":  {[]string{"ä.de", "例え。テスト", "l·l.cat"}, []string{"", "a·b", "ä.de.", "-ä", "〮a"}},
		"ipv4":          {[]string{"1.2.3.4"}, []string{"1.2.3", "+1.2.3.4", "01.2.3.4", "::1"}},
		"ipv6":          {[]string{"::1"}, []string{"1.2.3.4", "::1%a", "1::2::3"}},
		"duration":      {[]string{"P1D", "PT1H30M", "P4W", "P1Y2M3DT4H"}, []string{"", "P", "PT", "P1Y2D", "PT1H2S", "P1W1D", "1D", "PT1.5S"}},
		"byte":          {[]string{"", "YWI=", "YWI", "-_-_"}, []string{"a", "YWI====", "a b"}},
		"time":          {[]string{"10:00:00Z", "23:59:60Z"}, []string{"10:00:00", "24:00:00Z", "12:00:60Z"}},
		"json-pointer":  {[]string{"", "/a~0/b"}, []string{"a", "/~2"}},
		"date":          {[]string{"2024-02-29"}, []string{"2023-02-29", "2024-2-9"}},
		"regex":         {[]string{"^a+$", `\cA(?<=b)\p{L}`}, []string{"(", `\a`, "(?i)a", "(?P<n>a)"}},
	} {
		c := jsonschema.NewCompiler()
		Register(c, true)
		c.UseRegexpEngine(Pattern)
		if err := c.AddResource("urn:x", map[string]any{"format": format}); err != nil {
			t.Fatal(err)
		}
		s := c.MustCompile("urn:x")
		for _, text := range cases.right {
			if err := s.Validate(text); err != nil {
				t.Errorf("%s: %q is refused: %v", format, text, err)
			}
		}
		for _, text := range cases.wrong {
			if s.Validate(text) == nil {
				t.Errorf("%s: %q is accepted", format, text)
			}
		}
	}
}

func TestPatternsAreThoseOfECMA262(t *testing.T) {
	for _, c := range []struct {
		pattern, text string
		want          bool
	}{
		{`^\s$`, "\u00a0", true}, {`^\s$`, "\ufeff", true}, {`^\s$`, "\v", true}, {`^\S$`, "\u2028", false},
		{`^\d$`, "٣", false}, {`^\w$`, "é", false}, {`^.$`, "\u2028", false}, {`^[^]$`, "\n", true},
		{`^(?!a)b`, "b", true}, {`^\u0041$`, "A", true}, {`^\p{Letter}+$`, "é", true}, {`a\/b`, "a/b", true},
		{`^🐲*$`, "🐲🐲", true}, {`\_`, "_", true}, {`^a$`, "a\n", false},
	} {
		re, err := Pattern(c.pattern)
		if err != nil {
			t.Errorf("%s: %v", c.pattern, err)
			continue
		}
		if got := re.MatchString(c.text); got != c.want {
			t.Errorf("%s matches %q: %v, want %v", c.pattern, c.text, got, c.want)
		}
	}
}

func TestAPatternThatTakesForeverIsGivenUp(t *testing.T) {
	re, err := Pattern(`^(\s*a\s*)*$`)
	if err != nil {
		t.Fatal(err)
	}
	text := "b"
	for range 5000 {
		text = "a " + text
	}
	if re.MatchString(text) {
		t.Error("it matches")
	}
}
