package report

import (
	"fmt"
	"io"
	"strings"

	"github.com/highlevel-go/snapshots/internal/drift"
)

// GitHub rejects the body of an issue longer than 65,536 characters; a longer report is truncated, and its end says how much
// is left out.
const (
	markdownRoom = 60_000
	tableRoom    = 20_000
)

// Markdown writes a report as the body of an issue: a table, then a section for each finding.
func Markdown(w io.Writer, r *drift.Report) error {
	var out strings.Builder
	fmt.Fprintf(&out, "**%s**: %s; %s; %s.\n", verdictText(r), compared(r), tally(r), onPurpose(r))
	findings := inOrder(r.Findings)
	markdownTable(&out, findings)
	markdownRemarks(&out, r.Remarks)
	for i, f := range findings {
		section := markdownSection(i+1, f)
		if out.Len()+len(section) > markdownRoom {
			fmt.Fprintf(&out, "\n%s more left out here, because an issue has a limit; `specdrift check` shows all.\n", counted(len(findings)-i, "finding"))
			break
		}
		out.WriteString(section)
	}
	_, err := io.WriteString(w, out.String())
	return err
}

func markdownTable(out *strings.Builder, findings []*drift.Finding) {
	if len(findings) == 0 {
		return
	}
	out.WriteString("\n| # | severity | finding | operation | where |\n|--:|---|---|---|---|\n")
	for i, f := range findings {
		at := ""
		if side := where(f); side.Side != nil {
			at = prose(side.Pos.String(), 120)
		}
		row := fmt.Sprintf("| %d | %s | %s | %s | %s |\n", i+1, labelOf(f).name, prose(f.Message, 160), prose(operations(f, 3), 120), at)
		if out.Len()+len(row) > tableRoom {
			fmt.Fprintf(out, "\nThe table leaves out %s more.\n", counted(len(findings)-i, "finding"))
			return
		}
		out.WriteString(row)
	}
}

func markdownRemarks(out *strings.Builder, remarks []string) {
	const most = 10
	if len(remarks) == 0 {
		return
	}
	out.WriteString("\n")
	for i, remark := range remarks {
		if i == most {
			fmt.Fprintf(out, "- and %d more\n", len(remarks)-most)
			return
		}
		fmt.Fprintf(out, "- remark: %s\n", prose(remark, 300))
	}
}

func markdownSection(number int, f *drift.Finding) string {
	var out strings.Builder
	fmt.Fprintf(&out, "\n### %d. %s: %s\n", number, labelOf(f).name, prose(f.Message, 300))
	for i, site := range f.Sites {
		const most = 12
		if i == most {
			fmt.Fprintf(&out, "\nand %s more.\n", counted(len(f.Sites)-most, "place"))
			break
		}
		fmt.Fprintf(&out, "\nIn %s", code(orNone(site.Operation), 200))
		if site.Place != "" {
			fmt.Fprintf(&out, " at %s", code(string(site.Place), 200))
		}
		out.WriteString(":\n\n")
		for _, side := range sides(site) {
			says := "says nothing"
			if side.Says != "" {
				says = code(side.Says, 500)
			}
			fmt.Fprintf(&out, "- %s %s: %s\n", side.name, code(side.Pos.String(), 300), says)
		}
		if words, known, _ := changedWords(site); known {
			fmt.Fprintf(&out, "- words: %s\n", code(words, 1000))
		}
	}
	for _, part := range []struct{ name, text string }{{"On the wire", f.Wire}, {"In Go", f.Go}, {"To resolve", f.Fix}} {
		fmt.Fprintf(&out, "\n**%s:** %s\n", part.name, prose(part.text, 800))
	}
	fmt.Fprintf(&out, "\n%s\n", code(f.ID, 300))
	return out.String()
}
