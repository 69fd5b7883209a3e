package report

import (
	_ "embed"
	"encoding/json"
	"io"
	"slices"

	"github.com/highlevel-go/snapshots/internal/drift"
)

// Schema is the JSON Schema of what [JSON] writes.
//
//go:embed schema.json
var Schema []byte

type jsonReport struct {
	Verdict    string        `json:"verdict"`
	Operations int           `json:"operations"`
	Pages      int           `json:"pages"`
	Facts      int           `json:"facts"`
	Findings   []jsonFinding `json:"findings"`
	Excused    []jsonFinding `json:"excused"`
	Remarks    []string      `json:"remarks"`
}

type jsonFinding struct {
	ID          string     `json:"id"`
	Kind        string     `json:"kind"`
	Severity    string     `json:"severity"`
	Unjudgeable bool       `json:"unjudgeable"`
	Message     string     `json:"message"`
	Wire        string     `json:"wire"`
	Go          string     `json:"go"`
	Fix         string     `json:"fix"`
	Edits       []jsonEdit `json:"edits"`
	Sites       []jsonSite `json:"sites"`
}

type jsonSite struct {
	Operation string    `json:"operation"`
	Version   string    `json:"version,omitempty"`
	Place     string    `json:"place"`
	Aspect    string    `json:"aspect"`
	Page      *jsonSide `json:"page,omitempty"`
	Docs      *jsonSide `json:"docs,omitempty"`
	Spec      *jsonSide `json:"spec,omitempty"`
	Words     string    `json:"words,omitempty"`
}

type jsonSide struct {
	Says string `json:"says"`
	File string `json:"file"`
	Line int    `json:"line"`
}

type jsonEdit struct {
	Operation string `json:"operation"`
	Place     string `json:"place"`
	Aspect    string `json:"aspect"`
	From      string `json:"from"`
	To        string `json:"to"`
	Rename    string `json:"rename,omitempty"`
	MoveTo    string `json:"moveTo,omitempty"`
	File      string `json:"file"`
	Line      int    `json:"line"`
}

// JSON writes a report for programs; [Schema] documents it. Texts are unchanged, except that bytes that are not UTF-8 become
// U+FFFD.
func JSON(w io.Writer, r *drift.Report) error {
	out := jsonReport{Verdict: verdicts[r.Verdict()], Operations: r.Operations, Pages: r.Pages, Facts: r.Facts,
		Findings: jsonFindings(r.Findings), Excused: jsonFindings(r.OnPurpose), Remarks: append([]string{}, r.Remarks...)}
	return writeJSON(w, out)
}

func writeJSON(w io.Writer, value any) error {
	encoder := json.NewEncoder(w)
	encoder.SetIndent("", "  ")
	encoder.SetEscapeHTML(false)
	return encoder.Encode(value)
}

func jsonFindings(findings []*drift.Finding) []jsonFinding {
	out := []jsonFinding{}
	for _, f := range findings {
		j := jsonFinding{ID: f.ID, Kind: f.Kind, Severity: string(f.Severity), Unjudgeable: f.Unjudgeable, Message: f.Message,
			Wire: f.Wire, Go: f.Go, Fix: f.Fix, Edits: []jsonEdit{}, Sites: []jsonSite{}}
		for _, s := range f.Sites {
			words, _, _ := changedWords(s)
			j.Sites = append(j.Sites, jsonSite{Operation: s.Operation, Version: s.Version, Place: string(s.Place), Aspect: string(s.Aspect),
				Page: jsonSideOf(s.Page), Docs: jsonSideOf(s.Docs), Spec: jsonSideOf(s.Spec), Words: words})
		}
		for i, e := range f.Edits {
			if slices.ContainsFunc(f.Edits[:i], func(before drift.Edit) bool { return sameLine(before, e) }) {
				continue
			}
			j.Edits = append(j.Edits, jsonEdit{Operation: e.Operation, Place: string(e.Place), Aspect: string(e.Aspect),
				From: e.From, To: e.To, Rename: e.Rename, MoveTo: string(e.MoveTo), File: e.Pos.File, Line: e.Pos.Line})
		}
		out = append(out, j)
	}
	return out
}

// sameLine reports whether two edits are the same: a part of the spec that operations share has to be edited only once.
func sameLine(a, b drift.Edit) bool {
	return a.Pos == b.Pos && a.Pos.Line > 0 && a.Place == b.Place && a.Aspect == b.Aspect && a.To == b.To && a.Rename == b.Rename && a.MoveTo == b.MoveTo
}

func jsonSideOf(s *drift.Side) *jsonSide {
	if s == nil {
		return nil
	}
	return &jsonSide{s.Says, s.Pos.File, s.Pos.Line}
}
