package check_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/highlevel-go/snapshots/internal/check"
	"github.com/highlevel-go/snapshots/internal/docpage"
	"github.com/highlevel-go/snapshots/internal/drift"
	"github.com/highlevel-go/snapshots/internal/facts"
	"github.com/highlevel-go/snapshots/internal/prove"
)

// write writes operations as the commands accept and import do, and returns the file.
func write(t *testing.T, file string, operations []*facts.Operation, prose bool) string {
	t.Helper()
	document, err := facts.Write(operations, facts.WriteOptions{Title: "Pages", Version: "1", Prose: prose})
	if err != nil {
		t.Fatal(err)
	}
	data, err := facts.EncodeYAML(document)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, data, 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

// accepted writes the pages into a record and returns its file.
func accepted(t *testing.T, dir string, pages ...*docpage.Page) string {
	t.Helper()
	record := &facts.Document{}
	for _, page := range pages {
		drift.Accept(record, check.Page(page))
	}
	return write(t, filepath.Join(dir, "docs.yaml"), record.Operations, false)
}

// compare checks pages as the command check does.
func compare(t *testing.T, specFile, docsFile string, pages ...*docpage.Page) *drift.Report {
	t.Helper()
	in, err := check.Read(specFile, docsFile, filepath.Join(t.TempDir(), "none.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	for _, page := range pages {
		in.Pages = append(in.Pages, check.Page(page))
	}
	return drift.Check(in)
}

func findings(r *drift.Report) string {
	var out strings.Builder
	for _, f := range r.Findings {
		fmt.Fprintf(&out, "%s: %s\n", f.ID, f.Message)
	}
	return out.String()
}

// Whatever a page says and contradicts: once it is accepted, a check of it has nothing to say, and what is imported from it is a
// spec that agrees with it, whose examples nobody refuses.
func TestAPageIsCleanOnceItIsAccepted(t *testing.T) {
	for _, pattern := range []string{"corpus/pages/*.md", "corpus/renderers/*/*", "twins/*__*.md", "seed/*.md", "cases/pages/*.md", "cases/rendered/*-*/*"} {
		t.Run(strings.ReplaceAll(pattern, "/", " "), func(t *testing.T) {
			dir, judged := t.TempDir(), 0
			for i, file := range prove.Shared(t, pattern) {
				if !prove.InFull() && i%8 != 0 {
					continue
				}
				page := read(t, file)
				if page == nil || !page.Judgeable() {
					continue
				}
				judged++
				docs := accepted(t, dir, page)
				spec := write(t, filepath.Join(dir, "spec.yaml"), []*facts.Operation{page.Operation}, true)
				if r := compare(t, spec, docs, page); len(r.Findings) > 0 {
					t.Errorf("%s:\n%s", file, findings(r))
				}
			}
			t.Logf("%d pages", judged)
			if judged == 0 {
				t.Error("no page could be judged")
			}
		})
	}
}

// read reads a page of one operation; nil where it is none.
func read(t *testing.T, file string) *docpage.Page {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	page, err := docpage.Parse(file, data)
	if err != nil {
		return nil
	}
	return page
}

// A record made from a document agrees with the pages that the theme rendered from it. What they cannot show is a remark, and
// accepting them leaves it in the record.
func TestARecordFromADocumentAgreesWithItsPages(t *testing.T) {
	source := prove.Shared(t, "cases/rendered/small.json")[0]
	data, err := os.ReadFile(source)
	if err != nil {
		t.Fatal(err)
	}
	document, err := docpage.ParseAll(source, data)
	if err != nil {
		t.Fatal(err)
	}
	var operations []*facts.Operation
	for _, page := range document {
		operations = append(operations, page.Operation)
	}
	dir := t.TempDir()
	docs := accepted(t, t.TempDir(), document...)
	spec := write(t, filepath.Join(dir, "spec.yaml"), operations, true)
	before, err := facts.ReadFile(docs)
	if err != nil {
		t.Fatal(err)
	}
	for i, file := range prove.Shared(t, "cases/rendered/*-*/*") {
		if !prove.InFull() && i%8 != 0 {
			continue
		}
		page := read(t, file)
		if page == nil {
			t.Errorf("%s is not read", file)
			continue
		}
		if r := compare(t, spec, docs, page); len(r.Findings) > 0 {
			t.Errorf("%s:\n%s", file, findings(r))
		}
		after := accepted(t, dir, append(document, page)...)
		if r := compare(t, spec, after, page); len(r.Findings) > 0 {
			t.Errorf("%s, accepted:\n%s", file, findings(r))
		}
		now, err := facts.ReadFile(after)
		if err != nil {
			t.Fatal(err)
		}
		for _, op := range before.Operations {
			for _, f := range op.Facts {
				kept := false
				for _, other := range now.Operations {
					kept = kept || other.Value(facts.OperationPlace, facts.Path) == op.Value(facts.OperationPlace, facts.Path) && other.Value(f.Place, f.Aspect) == f.Value
				}
				if !kept {
					t.Errorf("%s: %s of %s was %s, and is lost when the page is accepted", file, f.Aspect, f.Place, f.Value)
				}
			}
		}
	}
}
