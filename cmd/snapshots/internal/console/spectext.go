package console

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// How many lines of a spec are shown before and after the position of a violation.
const (
	linesBefore = 3
	linesAfter  = 6
)

// withSpec adds the text of the spec to each violation.
func (c *Console) withSpec(s judgedRequest) judgedRequest {
	for i, v := range s.Verdict {
		s.Verdict[i].Spec = c.specAround(v.Line)
	}
	return s
}

// specAround returns the numbered lines around a position such as spec/snapshots.yaml:52, with a mark at it; "" if the
// position is invalid.
func (c *Console) specAround(position string) string {
	name, number, _ := strings.Cut(position, ":")
	at, err := strconv.Atoi(number)
	of := slices.IndexFunc(c.documents, func(d *document) bool { return d.name == name })
	if err != nil || of < 0 {
		return ""
	}
	lines := strings.Split(strings.TrimSuffix(string(c.documents[of].data), "\n"), "\n")
	if at < 1 || at > len(lines) {
		return ""
	}
	var b strings.Builder
	for n := max(1, at-linesBefore); n <= min(len(lines), at+linesAfter); n++ {
		mark := " "
		if n == at {
			mark = ">"
		}
		fmt.Fprintf(&b, "%s %4d  %s\n", mark, n, lines[n-1])
	}
	return b.String()
}
