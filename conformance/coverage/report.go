package coverage

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

// Report is what was seen and what was not.
type Report struct {
	Title   string          `json:"title"`
	Total   int             `json:"total"`
	Covered int             `json:"covered"`
	Kinds   map[Kind][2]int `json:"kinds"` // covered and total of each kind
	Items   []Item          `json:"items"`
}

// Report returns what was seen so far.
func (t *Tracker) Report() Report {
	t.mu.Lock()
	defer t.mu.Unlock()
	r := Report{Kinds: map[Kind][2]int{}}
	if t.doc.Info != nil {
		r.Title = t.doc.Info.Title + " " + t.doc.Info.Version
	}
	for _, i := range t.items {
		i.Count = t.count[i.key()]
		r.Items = append(r.Items, i)
		n := r.Kinds[i.Kind]
		n[1]++
		r.Total++
		if i.Count > 0 {
			n[0]++
			r.Covered++
		}
		r.Kinds[i.Kind] = n
	}
	return r
}

// Missing lists what was never seen.
func (r Report) Missing() []Item {
	return slices.DeleteFunc(slices.Clone(r.Items), func(i Item) bool { return i.Count > 0 })
}

// Percent returns the percentage that was seen, rounded down, so that 100 means everything.
func (r Report) Percent() int {
	if r.Total == 0 {
		return 100
	}
	return r.Covered * 100 / r.Total
}

// Text returns the report for a terminal: one line for each kind, then what is missing.
func (r Report) Text() string {
	var b strings.Builder
	fmt.Fprintf(&b, "coverage of %s: %d %% (%d of %d)\n", r.Title, r.Percent(), r.Covered, r.Total)
	for _, k := range Kinds() {
		if n := r.Kinds[k]; n[1] > 0 {
			fmt.Fprintf(&b, "  %-12s %4d of %4d\n", k, n[0], n[1])
		}
	}
	for _, i := range r.Missing() {
		fmt.Fprintf(&b, "  missing: %s\n", i)
	}
	return b.String()
}

// JSON returns the report for programs, with every item and how often it was seen.
func (r Report) JSON() ([]byte, error) { return json.MarshalIndent(r, "", "  ") }
