package oas

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"go.yaml.in/yaml/v3"
)

func TestJSONIsReadAsJSON(t *testing.T) {
	for name, test := range map[string]struct{ text, want string }{
		"escaped slash":           {`{"k": "\/x"}`, "/x"},
		"character in two parts":  {`{"k": "\ud83d\ude00"}`, "😀"},
		"line separator":          {`{"k": "\u00e9\u2028"}`, "é\u2028"},
		"delete character":        {"{\"k\": \"a\u007fb\"}", "a\u007fb"},
		"next line character":     {"{\"k\": \"a\u0085b\"}", "a\u0085b"},
		"tabs":                    {"{\n\t\"k\":\t\"v\"\n}", "v"},
		"a long key":              {`{"` + strings.Repeat("k", 2000) + `": 1, "k": "v"}`, "v"},
		"a text like a number":    {`{"k": "1e3"}`, "1e3"},
		"a merge key is a text":   {`{"<<": 1, "k": "v"}`, "v"},
		"an escaped backslash":    {`{"k": "\\ud83d \ud83d\ude00"}`, `\ud83d 😀`},
		"the replacement itself":  {"{\"k\": \"\\uFFFD\ufffd\"}", "\ufffd\ufffd"},
		"the mark of byte order":  {"\ufeff{\"k\": \"v\"}", "v"},
		"what YAML would read so": {`{"k": "no"}`, "no"},
	} {
		t.Run(name, func(t *testing.T) {
			for _, file := range []string{"a.json", "a.yaml"} {
				root, err := Parse(file, []byte(test.text))
				if err != nil {
					t.Fatal(err)
				}
				if got := Child(root, "k"); got.Value != test.want || got.Tag != "!!str" {
					t.Errorf("%s: %s %q, want %q", file, got.Tag, got.Value, test.want)
				}
			}
		})
	}
}

func TestNodesOfJSONKnowLineAndColumn(t *testing.T) {
	root, err := Parse("a.json", []byte("{\n  \"é\": [1,\n    {\"b\":\n true}], \"c\": null\n}"))
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		keys         []string
		line, column int
		tag          string
	}{
		{nil, 1, 1, "!!map"},
		{[]string{"é"}, 2, 8, "!!seq"},
		{[]string{"é", "0"}, 2, 9, "!!int"},
		{[]string{"é", "1", "b"}, 4, 2, "!!bool"},
		{[]string{"c"}, 4, 15, "!!null"},
	} {
		node := root
		for _, key := range test.keys {
			_, node = Step(node, key)
		}
		if node == nil || node.Line != test.line || node.Column != test.column || node.Tag != test.tag {
			t.Errorf("%v: %+v, want %s at %d:%d", test.keys, node, test.tag, test.line, test.column)
		}
	}
}

func TestWhatCannotBeReadIsOneErrorWithItsLine(t *testing.T) {
	deep := strings.Repeat("[", 10_000) + strings.Repeat("]", 10_000)
	for name, test := range map[string]struct{ file, text, want string }{
		"no YAML":                   {"a.yaml", "a: 1\n\tb: 2\n", "a.yaml:2: not YAML"},
		"no JSON":                   {"a.json", "{\n\"a\": 1,\n}", "a.json:3: not JSON"},
		"JSON that is cut":          {"a.json", "{\n\"a\": {\n\"b\"", "a.json:3: not JSON: the text ends"},
		"more after JSON":           {"a.json", "{}\n{}", "a.json:2: not JSON: there is more"},
		"a lone surrogate":          {"a.json", "{\n\"a\": \"\\ufffd \ufffd \\ud83d\"}", "a.json:2: a string has an unpaired surrogate"},
		"one after an escape":       {"a.json", `{"summary": "\\ufffd\ud83d"}`, "a.json:1: a string has an unpaired surrogate"},
		"one after a backslash":     {"a.json", `{"summary": "\\\udE00"}`, "a.json:1: a string has an unpaired surrogate"},
		"one between pairs":         {"a.json", `{"a": ["\ud83d\ude00", "\ud83d\ude00\ud83d\ud83d\ude00"]}`, "a.json:1: a string has an unpaired surrogate"},
		"surrogates turned round":   {"a.json", `{"a": "\ude00\ud83d"}`, "a.json:1: a string has an unpaired surrogate"},
		"a lone surrogate in a key": {"a.json", `{"\\ufffd\uDbff": 1}`, "a.json:1: a string has an unpaired surrogate"},
		"a comment in JSON":         {"a.json", "{\n// no\n}", "a.json:2: not JSON"},
		"two documents":             {"a.yaml", "a: 1\n---\nb: 2\n", "a.yaml:2: the file holds more than one document"},
		"nothing":                   {"a.yaml", " \n", "a.yaml: the file is empty"},
		"only a comment":            {"a.yaml", "# no\n", "a.yaml: the document is empty"},
		"another encoding":          {"a.yaml", "a: 1\nb: \xff\n", "a.yaml:2: the text is not UTF-8"},
		"a key twice in YAML":       {"a.yaml", "a: 1\nb: 2\na: 3\n", `a.yaml:3: the key "a" is there twice; first at line 1`},
		"a key twice in JSON":       {"a.json", "{\"a\":1,\n\"\\u0061\":2}", `a.json:2: the key "a" is there twice; first at line 1`},
		"a list as key":             {"a.yaml", "[a, b]: 1\n", "a.yaml:1: a key must be a text"},
		"an alias as key":           {"a.yaml", "a: &x b\n*x : 1\n", "a.yaml:2: a key must be a text"},
		"an alias without anchor":   {"a.yaml", "a: *x\n", "a.yaml"},
		"an alias of what it is in": {"a.yaml", "a: &x\n  b: *x\n", "a.yaml:2: the alias *x is inside its own target"},
		"a merge of a text":         {"a.yaml", "a: &x text\nb:\n  <<: *x\n", "a.yaml:3: << merges mappings"},
		"a merge of a list of text": {"a.yaml", "b:\n  <<: [text]\n", "a.yaml:2: << merges mappings"},
		"deep JSON":                 {"a.json", `{"a":` + deep + `}`, "a.json:1: nested deeper"},
		"deep YAML":                 {"a.yaml", "a: " + deep, "a.yaml"},
		"deeper than a reader goes": {"a.yaml", "a: " + strings.Repeat("[", 300) + strings.Repeat("]", 300), "a.yaml:1: nested deeper"},
		"too large":                 {"a.yaml", strings.Repeat(" ", 65<<20), "a.yaml: the document has 65 MB"},
	} {
		t.Run(name, func(t *testing.T) {
			root, err := Parse(test.file, []byte(test.text))
			if err == nil || root != nil || !strings.HasPrefix(err.Error(), test.want) {
				t.Errorf("error %v, want %s", err, test.want)
			}
		})
	}
}

// Aliases can make a small file stand for more values than any memory holds.
func TestAliasesThatMultiplyAreRefused(t *testing.T) {
	wide, deep := "x0: &x0 { a: 1 }\n", "x0: &x0 { a: 1 }\n"
	for i := 1; i < 300; i++ {
		deep += fmt.Sprintf("x%d: &x%d { a: *x%d }\n", i, i, i-1)
		if i < 40 {
			wide += fmt.Sprintf("x%d: &x%d [*x%d, *x%d, *x%d]\n", i, i, i-1, i-1, i-1)
		}
	}
	for name, text := range map[string]string{"wide": wide, "deep": deep} {
		start := time.Now()
		if _, err := Parse("bomb.yaml", []byte(text)); err == nil || !strings.Contains(err.Error(), "bomb.yaml:") {
			t.Errorf("%s: error %v, want one with a line", name, err)
		}
		if took := time.Since(start); took > 5*time.Second {
			t.Errorf("%s: it took %v", name, took)
		}
	}
}

func TestAliasesAndMergesAreReadThrough(t *testing.T) {
	root, err := Parse("a.yaml", []byte(`
base: &base { a: 1, b: 2 }
more: &more { b: 3, c: 4, <<: { deep: 5 } }
one: { b: own, <<: *base, z: 9 }
two: { <<: [*more, *base] }
alias: *base
`))
	if err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]string{
		"one": "b=own z=9 a=1", "two": "b=3 c=4 deep=5 a=1", "alias": "a=1 b=2",
	} {
		var got []string
		node := Child(root, path)
		for key, value := range Pairs(node) {
			got = append(got, key.Value+"="+value.Value)
			if Child(node, key.Value) != value {
				t.Errorf("%s: Pairs and Child differ about %s", path, key.Value)
			}
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%s: %v, want %s", path, got, want)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, seed := range []string{"a: &x [1, *x]", `{"a": [1, "\ud83d"]}`, "<<: *a", "a: {<<: [b]}", "? [a]\n: b", "- &a {<<: *a}", "{\"a\":1,\"a\":2}", "--- a\n--- b"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, file := range []string{"a.yaml", "a.json"} {
			root, err := Parse(file, []byte(text))
			if (err == nil) != (root != nil) {
				t.Fatalf("root %v with error %v", root, err)
			}
			if err == nil {
				walk(root)
			}
		}
	})
}

// walk reads all that a document stands for.
func walk(node *yaml.Node) {
	node = Dealias(node)
	for _, value := range Pairs(node) {
		walk(value)
	}
	if node.Kind == yaml.SequenceNode {
		for _, item := range node.Content {
			walk(item)
		}
	}
}
