package report

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/highlevel-go/snapshots/internal/drift"
	"github.com/highlevel-go/snapshots/internal/facts"
)

// command is a workflow command as the runner reads it: the properties up to the first "::" after the start.
type command struct {
	name       string
	properties map[string]string
	data       string
}

var commandForm = regexp.MustCompile(`^::([a-z]+)(?: (.*?))?::(.*)$`)

func readCommand(text string) (command, error) {
	m := commandForm.FindStringSubmatch(text)
	if m == nil {
		return command{}, fmt.Errorf("%q is no command", text)
	}
	c := command{name: m[1], properties: map[string]string{}}
	unescape := strings.NewReplacer("%25", "%", "%0D", "\r", "%0A", "\n", "%3A", ":", "%2C", ",").Replace
	for _, pair := range strings.Split(m[2], ",") {
		key, value, ok := strings.Cut(pair, "=")
		if !ok {
			return command{}, fmt.Errorf("%q is no property", pair)
		}
		c.properties[key] = unescape(value)
	}
	c.data = strings.NewReplacer("%25", "%", "%0D", "\r", "%0A", "\n").Replace(m[3])
	return c, nil
}

func TestGitHub(t *testing.T) {
	golden(t, "report.github", written(t, func(w *bytes.Buffer) error { return GitHub(w, kettleReport()) }))
}

func TestGitHubAnnotatesEachFindingOnceAtTheBestPlace(t *testing.T) {
	got := string(written(t, func(w *bytes.Buffer) error { return GitHub(w, kettleReport()) }))
	lines := strings.Split(strings.TrimSuffix(got, "\n"), "\n")
	want := []struct{ name, file, line, title string }{
		{"error", pageFile, "37", "cannot judge: unread line"},
		{"error", pageFile, "31", "enum value changed"},
		{"error", pageFile, "21", "header added"},
		{"warning", listFile, "9", "text changed"},
		{"warning", "pages/" + visible(hostile, "\r\n\t"), "3", "page contradicts itself"},
		{"notice", "testdata/kettle/gone.yaml", "4", "deviation overdue"},
		{"notice", "", "", "ledger empty"},
		{"notice", "", "", "remark"},
		{"notice", "", "", "remark"},
	}
	if len(lines) != len(want)+1 {
		t.Fatalf("got %d lines, want %d and the summary:\n%s", len(lines), len(want), got)
	}
	for i, w := range want {
		c, err := readCommand(lines[i])
		if err != nil {
			t.Error(err)
			continue
		}
		if c.name != w.name || c.properties["file"] != w.file || c.properties["line"] != w.line || c.properties["title"] != w.title {
			t.Errorf("annotation %d is %s %q, want %+v", i, c.name, c.properties, w)
		}
	}
}

func TestGitHubCommandsComeBackAsTheyWere(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOf(rapid.SampledFrom([]string{"%", ":", ",", "\r", "\n", "a", "=", "%0A", "%25", "%3A", "##[", "::"})).Draw(t, "text"), "")
		f := &drift.Finding{Kind: text, Message: text, Sites: []drift.Site{{Operation: "o", Page: &drift.Side{Says: text, Pos: facts.Pos{File: "f" + text, Line: 1}}}}}
		line := annotation(f)
		if strings.ContainsAny(line, "\r\n") {
			t.Fatalf("%q breaks its line", line)
		}
		c, err := readCommand(line)
		if err != nil {
			t.Fatal(err)
		}
		if c.properties["file"] != "f"+text || c.properties["title"] != kindText(text) || !strings.HasPrefix(c.data, text+"\n") || len(c.properties) != 3 {
			t.Fatalf("%q came back as %q", text, c)
		}
	})
}
