package report

import (
	"fmt"
	"strings"

	"github.com/highlevel-go/snapshots/internal/drift"
)

// pane shows one side of a site: a section of its file, with the line of the finding marked.
type pane struct {
	Title        string
	At           string // file:line
	Valued       bool   // whether the side can have a value
	Says         []part // empty if it says nothing
	Lines        []line
	Above, Below int    // number of lines of the file before and after, which are not shown
	Problem      string // why there are no lines, or none is marked
}

type line struct {
	Number int
	Text   string
	Cut    int // number of characters that are not shown
	Marked bool
}

// longestLine is the length at which lines are truncated: a script of a documentation site can be one line of a megabyte.
const longestLine = 600

// excerpt returns a pane for a side, with the given number of lines around the marked one.
func excerpt(title string, side *drift.Side, sources Sources, around int) pane {
	p := pane{Title: title, At: visible(side.Pos.String(), "")}
	source, known := sources[side.Pos.File]
	at := side.Pos.Line
	switch {
	case side.Pos.File == "":
		p.At, p.Problem = "", "No file is known for this side."
	case !known:
		p.Problem = "The file was not given to this report."
	case source.Problem != "":
		p.Problem = "Not shown: " + visible(source.Problem, "") + "."
	case at == 0:
		p.Problem = "No line is known; this is how the file begins."
	case at > len(source.Lines):
		p.Problem = fmt.Sprintf("The file has %s and line %d is meant: it has changed since, or is another file. It ends like this.", counted(len(source.Lines), "line"), at)
	}
	first := max(1, min(at, len(source.Lines))-around)
	last := min(len(source.Lines), max(at, 1)+around)
	for n := first; n <= last; n++ {
		p.Lines = append(p.Lines, lineOf(source.Lines[n-1], n, n == at))
	}
	if len(p.Lines) > 0 {
		p.Above, p.Below = first-1, len(source.Lines)-last
	}
	return p
}

func lineOf(text string, number int, marked bool) line {
	out := line{Number: number, Marked: marked}
	if runes := []rune(text); len(runes) > longestLine {
		text, out.Cut = string(runes[:longestLine]), len(runes)-longestLine
	}
	out.Text = visible(strings.TrimRight(text, "\r"), "\t")
	return out
}
