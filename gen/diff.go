package main

import (
	"fmt"
	"strings"
)

// unified is the difference of two texts, with three lines around each change.
func unified(path, old, new string) string {
	a, b := lines(old), lines(new)
	edits := compare(a, b)
	var out strings.Builder
	from, to := path+" (there)", path+" (generated)"
	if old == "" {
		from = "/dev/null"
	}
	if new == "" {
		to = "/dev/null"
	}
	fmt.Fprintf(&out, "--- %s\n+++ %s\n", from, to)
	const around = 3
	for i := 0; i < len(edits); {
		if edits[i].op == ' ' {
			i++
			continue
		}
		start, end := max(0, i-around), i
		for quiet := 0; end < len(edits) && quiet <= 2*around; end++ {
			if edits[end].op == ' ' {
				quiet++
			} else {
				quiet = 0
			}
		}
		last := end
		for last > i && edits[last-1].op == ' ' {
			last--
		}
		end = min(len(edits), last+around)
		hunk(&out, edits[start:end])
		i = end
	}
	return out.String()
}

func lines(s string) []string {
	if s == "" {
		return nil
	}
	return strings.SplitAfter(strings.TrimSuffix(s, "\n"), "\n")
}

type edit struct {
	op       byte // ' ', '-', '+'
	old, new int  // line numbers from 0
	text     string
}

func hunk(out *strings.Builder, edits []edit) {
	old, new := 0, 0
	for _, e := range edits {
		if e.op != '+' {
			old++
		}
		if e.op != '-' {
			new++
		}
	}
	fmt.Fprintf(out, "@@ -%d,%d +%d,%d @@\n", edits[0].old+min(1, old), old, edits[0].new+min(1, new), new)
	for _, e := range edits {
		fmt.Fprintf(out, "%c%s\n", e.op, strings.TrimSuffix(e.text, "\n"))
	}
}

// compare aligns two lists of lines: what begins and ends alike is set aside, the middle goes by the longest common
// subsequence; a middle too large for that is replaced as a whole.
func compare(a, b []string) []edit {
	head := 0
	for head < len(a) && head < len(b) && same(a[head], b[head]) {
		head++
	}
	tail := 0
	for tail < len(a)-head && tail < len(b)-head && same(a[len(a)-1-tail], b[len(b)-1-tail]) {
		tail++
	}
	var out []edit
	i, j := 0, 0
	step := func(op byte) {
		e := edit{op: op, old: i, new: j}
		if op == '+' {
			e.text = b[j]
		} else {
			e.text = a[i]
		}
		if op != '+' {
			i++
		}
		if op != '-' {
			j++
		}
		out = append(out, e)
	}
	for i < head {
		step(' ')
	}
	ma, mb := a[head:len(a)-tail], b[head:len(b)-tail]
	var long [][]int
	if len(ma)*len(mb) <= 16_000_000 {
		long = common(ma, mb)
	}
	for i < len(a)-tail || j < len(b)-tail {
		x, y := i-head, j-head
		switch {
		case x < len(ma) && y < len(mb) && long != nil && same(ma[x], mb[y]):
			step(' ')
		case x < len(ma) && (y == len(mb) || long == nil || long[x+1][y] >= long[x][y+1]):
			step('-')
		default:
			step('+')
		}
	}
	for i < len(a) {
		step(' ')
	}
	return out
}

func same(a, b string) bool { return strings.TrimSuffix(a, "\n") == strings.TrimSuffix(b, "\n") }

// common is the table of the longest common subsequences of the ends of two lists.
func common(a, b []string) [][]int {
	t := make([][]int, len(a)+1)
	for i := range t {
		t[i] = make([]int, len(b)+1)
	}
	for i := len(a) - 1; i >= 0; i-- {
		for j := len(b) - 1; j >= 0; j-- {
			if same(a[i], b[j]) {
				t[i][j] = t[i+1][j+1] + 1
			} else {
				t[i][j] = max(t[i+1][j], t[i][j+1])
			}
		}
	}
	return t
}
