package report

import (
	"cmp"
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"github.com/highlevel-go/snapshots/internal/drift"
)

// GitHub writes a report as commands of a GitHub workflow, which shows each finding next to its line.
func GitHub(w io.Writer, r *drift.Report) error {
	p := &printer{w: w}
	for _, f := range inOrder(r.Findings) {
		p.line("%s", annotation(f))
	}
	for _, remark := range r.Remarks {
		p.line("::notice title=remark::%s", commandData(remark))
	}
	p.line("%s", summary(r))
	return p.err
}

func annotation(f *drift.Finding) string {
	var properties []string
	if at := where(f); at.Side != nil {
		properties = append(properties, "file="+commandProperty(filepath.ToSlash(at.Pos.File)))
		if at.Pos.Line > 0 {
			properties = append(properties, fmt.Sprintf("line=%d", at.Pos.Line))
		}
	}
	title := kindText(f.Kind)
	if f.Unjudgeable {
		title = cannotJudge.name + ": " + title
	}
	properties = append(properties, "title="+commandProperty(title))
	command := strings.Replace(labelOf(f).level, "note", "notice", 1)
	return fmt.Sprintf("::%s %s::%s", command, strings.Join(properties, ","), commandData(plain(f)))
}

// plain returns a finding as lines of text, for machines that show a single text.
func plain(f *drift.Finding) string {
	lines := []string{f.Message}
	for _, site := range f.Sites {
		for _, side := range sides(site) {
			says := cmp.Or(oneLine(side.Says, 200), "nothing")
			lines = append(lines, fmt.Sprintf("%s: %s %s says %s", orNone(site.Operation), side.name, side.Pos, says))
		}
		if words, known, _ := changedWords(site); known {
			lines = append(lines, "words: "+oneLine(words, 2000))
		}
	}
	return strings.Join(append(lines, "on the wire: "+f.Wire, "in Go: "+f.Go, "to resolve: "+f.Fix, "id: "+f.ID), "\n")
}

// commandData escapes the text of a workflow command, which ends at the end of its line.
func commandData(s string) string {
	return strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A").Replace(visible(s, "\n\r\t"))
}

// commandProperty escapes the value of a property, which also ends at a comma or a colon.
func commandProperty(s string) string {
	return strings.NewReplacer(":", "%3A", ",", "%2C").Replace(commandData(s))
}
