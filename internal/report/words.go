package report

import (
	"strings"

	"github.com/rogpeppe/go-internal/diff"

	"github.com/highlevel-go/snapshots/internal/drift"
)

// changedWords shows which words of a text a page removed and which are new, as git does: [-removed-] {+new+}, with three words
// around them. known is false where the text that was accepted is not known; where no text changed, both are zero.
func changedWords(site drift.Site) (words string, known, isText bool) {
	if !site.Aspect.IsText() || site.Docs == nil || site.Page == nil {
		return "", false, false
	}
	was, known := site.Docs.Prose()
	is, isKnown := site.Page.Prose()
	if !known || !isKnown {
		return "", false, true
	}
	return wordDiff(was, is), true, true
}

// wordDiff compares two texts word by word.
func wordDiff(before, after string) string {
	lines := func(text string) []byte { return []byte(strings.Join(strings.Fields(text), "\n") + "\n") }
	text := string(diff.Diff("", lines(before), "", lines(after)))
	var out []string
	var kind byte
	for _, line := range strings.Split(text[max(strings.Index(text, "@@"), 0):], "\n") {
		switch {
		case strings.HasPrefix(line, "@@"):
			if kind = 0; !strings.HasPrefix(line, "@@ -1,") {
				out = append(out, "…")
			}
		case len(line) < 2: // the end, or a text without words
		case line[0] == kind && kind != ' ':
			out[len(out)-1] = strings.TrimSuffix(out[len(out)-1], closing[kind]) + " " + line[1:] + closing[kind]
		default:
			kind = line[0]
			out = append(out, opening[kind]+line[1:]+closing[kind])
		}
	}
	return strings.Join(out, " ")
}

var (
	opening = map[byte]string{'-': "[-", '+': "{+"}
	closing = map[byte]string{'-': "-]", '+': "+}"}
)
