package main

import (
	"encoding/json"
	"fmt"
	"go/scanner"
	"go/token"
	"net/url"
	"os"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"

	"github.com/highlevel-go/snapshots/gen/client"
	"github.com/highlevel-go/snapshots/internal/prove"
)

// positions is a document with another word at each position that a text can have: every one of them begins with Zq.
const positions = "testdata/specs/positions.yaml"

var positionWord = regexp.MustCompile(`Zq[A-Za-z]+`)

// FuzzTextsStayTexts puts a text around the word at every position of a document. The client must be that of the document
// with plain words, token by token; only strings, comments and the names that come from such words may differ. A position
// that cannot hold the text is named in an error, and keeps its plain word.
func FuzzTextsStayTexts(f *testing.F) {
	texts := append(append([]string{}, evil...),
		"/*", "*/", "//", "\"", "'", "`", "\\", "\t", "\r", "\u2028", "\u2029", "\u202e", "\u2067", "\u200b", "\x00", "\u00a0", "$", "%2e%2e", "<", "~1", "${x}", "{", "}",
		"//line evil.go:1", "\n//line evil.go:1\n", "//export init", "// +build ignore\n", "\n\n+build ignore\n\n", "#", "-", ", omitzero", "json:\"x\"", "{{define \"x\"}}",
		"世界", "É", "ǅ", "e\u0301", "😀", "null", "~", strings.Repeat("long", 500), strings.Repeat("long ", 500))
	every := 3
	switch {
	case prove.InFull():
		every = 1
	case testing.Short():
		every = 9
	}
	for i, text := range texts {
		if i%every == 0 {
			f.Add(text)
		}
	}
	tree, words := positionTree(f)
	benign := tokens(f, surrounded(f, tree, words, ""))
	f.Fuzz(func(t *testing.T, text string) {
		text = strings.ToValidUTF8(text, "\ufffd")                                            // as JSON has it, in keys and in references to them
		compareTokens(t, benign, tokens(t, surrounded(t, tree, words, text)), len(text) < 60) // of a longer one, names are cut
	})
}

// refusable are the positions that a text may be refused at: names that travel in headers, paths or struct tags, or become Go
// names as they are, and media types. Anything else is free.
var refusable = strings.Fields(`ZqAlways ZqCookie ZqHeader ZqKeyName ZqPath ZqPathName ZqServer ZqPathServer ZqRegion ZqBytesType ZqJsonType ZqPartType ZqTextType ZqCurated
	ZqVarOne ZqVarTwo ZqAll ZqBodyProperty ZqChoice ZqConst ZqDeepProperty ZqDiscriminator ZqFile ZqFormField ZqGoName ZqItemId ZqItems ZqKind ZqMember
	ZqNested ZqNestedProperty ZqPart ZqProperty ZqSince ZqStyledField ZqUntil ZqWhen`)

// surroundedBefore are the clients that several tests look at, by their text.
var surroundedBefore = map[string]files{}

// surrounded returns the client of the document of positions with a text around every word but those where it is refused.
func surrounded(t testing.TB, tree *yaml.Node, words []string, text string) files {
	t.Helper()
	if out, ok := surroundedBefore[text]; ok {
		return out
	}
	around := slices.DeleteFunc(slices.Clone(words), func(word string) bool {
		switch word {
		case "ZqPath", "ZqPathName": // braces stand for a parameter there
			return strings.ContainsAny(text, "{}")
		case "ZqPathServer", "ZqRegion", "ZqServer": // a server that is no URL, or has a query, is left out with a note
			u, err := url.Parse("https://" + text + "a" + text + ".test/" + text)
			return err != nil || u.Host == "" || u.User != nil || strings.ContainsAny(text, "{}?#")
		case "ZqJsonType", "ZqTextType", "ZqBytesType", "ZqPartType": // there a semicolon begins the parameters
			return strings.ContainsAny(text, ";*,")
		case "ZqPattern": // one that Go cannot read is not checked
			_, err := regexp.Compile(text + word + text)
			return err != nil
		}
		return false
	})
	word := anyOf(words)
	for {
		out, _, err := generate(write(t, "spec.json", documentWith(t, tree, text, around)), "p", client.Extras{ImportPath: "generated/p", Reference: "reference.md"})
		if err == nil {
			harmless(t, out)
			if text == "" || slices.Contains(evil, text) {
				surroundedBefore[text] = out
			}
			return out
		}
		refused := refusedWords(t, err, word)
		if i := slices.IndexFunc(refused, func(word string) bool { return !slices.Contains(refusable, word) }); i >= 0 {
			t.Fatalf("%s is refused: %v", refused[i], err)
		}
		before := len(around)
		if around = slices.DeleteFunc(around, func(word string) bool { return slices.Contains(refused, word) }); len(around) == before {
			t.Fatalf("refused without a word on where: %v", err)
		}
	}
}

// positionTree returns the document of positions, and its words.
func positionTree(t testing.TB) (*yaml.Node, []string) {
	t.Helper()
	data, err := os.ReadFile(positions)
	if err != nil {
		t.Fatal(err)
	}
	var document yaml.Node
	if err := yaml.Unmarshal(data, &document); err != nil {
		t.Fatal(err)
	}
	words := positionWord.FindAllString(string(data), -1)
	slices.Sort(words)
	return document.Content[0], slices.Compact(words)
}

// anyOf finds one of the words, the longest of those that fit.
func anyOf(words []string) *regexp.Regexp {
	words = slices.Clone(words)
	slices.SortFunc(words, func(a, b string) int { return len(b) - len(a) })
	return regexp.MustCompile(strings.Join(words, "|"))
}

// documentWith returns the document as JSON, with a text around some of its words. In a reference the text is escaped.
func documentWith(t testing.TB, node *yaml.Node, text string, words []string) string {
	t.Helper()
	around := map[string]bool{}
	for _, word := range words {
		around[word] = true
	}
	scalar := func(value string) string {
		with := text
		if strings.HasPrefix(value, "#/") {
			with = url.PathEscape(strings.NewReplacer("~", "~0", "/", "~1").Replace(text))
		}
		quoted, err := json.Marshal(positionWord.ReplaceAllStringFunc(value, func(word string) string {
			if around[word] {
				return with + word + with
			}
			return word
		}))
		if err != nil {
			t.Fatal(err)
		}
		return string(quoted)
	}
	var of func(node *yaml.Node) string
	of = func(node *yaml.Node) string {
		var parts []string
		switch node.Kind {
		case yaml.MappingNode:
			for i := 0; i < len(node.Content); i += 2 {
				parts = append(parts, scalar(node.Content[i].Value)+":"+of(node.Content[i+1]))
			}
			return "{" + strings.Join(parts, ",") + "}"
		case yaml.SequenceNode:
			for _, item := range node.Content {
				parts = append(parts, of(item))
			}
			return "[" + strings.Join(parts, ",") + "]"
		}
		if node.Tag != "!!str" {
			return node.Value
		}
		return scalar(node.Value)
	}
	return of(node)
}

// refusedWords returns the words of the positions that an error is about: those that each line names or, where it names
// of none, the last one on the way to its place.
func refusedWords(t testing.TB, err error, word *regexp.Regexp) []string {
	t.Helper()
	var out []string
	for line := range strings.SplitSeq(err.Error(), "\n") {
		text, place, _ := strings.Cut(line, "(at #")
		found := word.FindAllString(text, -1)
		if way := word.FindAllString(place, -1); found == nil && way != nil {
			found = way[len(way)-1:]
		}
		out = append(out, found...)
		if strings.ContainsAny(line, "\x00\x1b\u202e\r") {
			t.Errorf("the error writes to the terminal: %q", line)
		}
	}
	return out
}

// goToken is a token of Go, without comments.
type goToken struct {
	kind token.Token
	text string
	at   token.Position
}

func tokens(t testing.TB, fs files) map[string][]goToken {
	t.Helper()
	out := map[string][]goToken{}
	for name, data := range fs {
		if !strings.HasSuffix(name, ".go") {
			continue
		}
		set := token.NewFileSet()
		file := set.AddFile(name, -1, len(data))
		var s scanner.Scanner
		s.Init(file, data, func(at token.Position, text string) { t.Errorf("%s: %s", at, text) }, 0)
		for {
			pos, kind, text := s.Scan()
			if kind == token.EOF {
				break
			}
			if n := len(out[name]); (kind == token.RBRACE || kind == token.RPAREN) && n > 0 && (out[name][n-1].kind == token.SEMICOLON || out[name][n-1].kind == token.COMMA) {
				out[name] = out[name][:n-1] // a long line of one statement, or a long list, is broken before the brace
			}
			out[name] = append(out[name], goToken{kind, text, file.Position(pos)})
		}
	}
	return out
}

// compareTokens checks that two clients have the same syntax: the same tokens, except for strings and names in which the first
// client has a word of a position. Such a name must become one and the same other name everywhere, unless names are cut.
func compareTokens(t *testing.T, benign, hostile map[string][]goToken, whole bool) {
	t.Helper()
	names := map[string]string{}
	for file, want := range benign {
		if file == client.ExamplesFile || file == "reference.md" {
			continue // a text decides whether an example has a value, such as one that must match a pattern
		}
		got := hostile[file]
		for i, w := range want {
			if i == len(got) {
				t.Fatalf("%s ends before %s", file, w.text)
			}
			g := got[i]
			switch {
			case g.kind != w.kind:
			case w.text == g.text:
				continue
			case !strings.Contains(w.text, "Zq"):
			case w.kind == token.STRING:
				if tag, ok := strings.CutPrefix(g.text, "`json:"); ok && !isTag("json:"+strings.TrimSuffix(tag, "`")) {
					t.Errorf("%s: %s is not the tag of a field", g.at, g.text)
				}
				continue
			case w.kind == token.IDENT && (!whole || names[w.text] == "" || names[w.text] == g.text) && token.IsExported(g.text):
				names[w.text] = g.text
				continue
			}
			t.Fatalf("%s: %s %s, where the client of plain words has %s %s", g.at, g.kind, brief(g.text), w.kind, brief(w.text))
		}
		if len(got) > len(want) {
			t.Fatalf("%s: there is more: %s", got[len(want)].at, brief(got[len(want)].text))
		}
	}
}

func isTag(tag string) bool {
	value, ok := reflect.StructTag(tag).Lookup("json")
	return ok && tag == "json:"+strconv.Quote(value)
}

func brief(text string) string { return fmt.Sprintf("%.200q", text) }
