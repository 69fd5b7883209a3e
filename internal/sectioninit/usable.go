package sectioninit

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/highlevel-go/snapshots/gen/client"
	"github.com/highlevel-go/snapshots/internal/check"
	"github.com/highlevel-go/snapshots/internal/drift"
	"github.com/highlevel-go/snapshots/internal/fileio"
	"github.com/highlevel-go/snapshots/internal/oas"
)

// usable returns the pages that form a valid section for which a client can be generated, and why each other page was
// excluded. If a section of several pages has a problem, each half of them is tried, down to the single pages that cause it.
func (in Input) usable(pages []drift.Page) (kept []drift.Page, refused []string, err error) {
	in.Folder, err = os.MkdirTemp("", "specdrift-init-")
	if err != nil {
		return nil, nil, err
	}
	defer os.RemoveAll(in.Folder)
	var add func([]drift.Page)
	add = func(more []drift.Page) {
		if len(more) == 0 {
			return
		}
		together := append(kept[:len(kept):len(kept)], more...)
		switch why := in.problem(together); {
		case why == nil:
			kept = together
		case len(more) == 1:
			refused = append(refused, fmt.Sprintf("%s: %s is left out: %s", more[0].Pos, more[0].ID, in.withoutFolder(why)))
		default:
			add(more[:len(more)/2])
			add(more[len(more)/2:])
		}
	}
	add(pages)
	return kept, refused, nil
}

// problem returns an error if the section of the pages is not usable: its spec is invalid or differs from its record, or no
// client can be generated from it.
func (in Input) problem(pages []drift.Page) error {
	s, err := in.plan(pages)
	if err != nil {
		return err
	}
	if err := os.RemoveAll(s.Where.Docs); err != nil { // left by an earlier attempt
		return err
	}
	for _, f := range s.Files {
		if f.Path != s.Where.Spec && f.Path != s.Where.Ledger && filepath.Dir(f.Path) != s.Where.Docs {
			continue
		}
		if err := os.MkdirAll(filepath.Dir(f.Path), 0o755); err != nil {
			return err
		}
		if err := fileio.Replace(f.Path, f.Data); err != nil {
			return err
		}
	}
	documents, err := oas.Open(s.Where.Spec)
	if err != nil {
		return err
	}
	if _, _, err := client.Make(documents, s.Package, client.Extras{}); err != nil {
		return err
	}
	if _, err := documents.ValidateExamples(); err != nil {
		return err
	}
	compared, err := check.Read(s.Where.Spec, s.Where.Docs, s.Where.Ledger)
	if err != nil {
		return err
	}
	for _, f := range drift.Check(compared).Findings {
		if f.Severity != drift.Note {
			return fmt.Errorf("specdrift check finds: %s", f.Message)
		}
	}
	return nil
}

var lineInDraft = regexp.MustCompile(`^:\d+:? ?`)

// withoutFolder returns the text of an error without the name of the temporary file that it is about.
func (in Input) withoutFolder(err error) string {
	var out strings.Builder
	for i, part := range strings.Split(err.Error(), filepath.Join(in.Folder, "spec", in.Section+".yaml")) {
		if i > 0 {
			part = lineInDraft.ReplaceAllString(strings.TrimPrefix(part, ": "), "")
		}
		out.WriteString(strings.ReplaceAll(part, in.Folder+string(filepath.Separator), ""))
	}
	return shortened(strings.Join(strings.Fields(strings.ReplaceAll(out.String(), "\n", "; ")), " "), maxWords)
}

// maxWords is the maximum length of an error text: the library quotes whole values.
const maxWords = 400
