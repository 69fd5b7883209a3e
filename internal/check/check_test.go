package check_test

import (
	"path/filepath"
	"testing"

	"github.com/highlevel-go/snapshots/internal/check"
	"github.com/highlevel-go/snapshots/internal/docpage"
	"github.com/highlevel-go/snapshots/internal/drift"
	"github.com/highlevel-go/snapshots/internal/prove"
)

// The documentation serves two API versions of the same operations: the pages of both are clean in one check, as all there are.
func TestThePagesOfBothVersionsAreCleanTogether(t *testing.T) {
	in, err := check.Read("../../spec/snapshots.yaml", "../../spec/docs", "../../spec/deviations.yaml")
	if err != nil {
		t.Fatal(err)
	}
	in.Complete = true
	for _, files := range [][]string{prove.Shared(t, "corpus/pages/snapshots__*.md"), prove.Shared(t, "twins/snapshots__*.md")} {
		for _, file := range files {
			pages, err := docpage.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			for _, page := range pages {
				in.Pages = append(in.Pages, check.Page(page))
			}
		}
	}
	r := drift.Check(in)
	for _, f := range r.Findings {
		t.Errorf("%s: %s", f.ID, f.Message)
	}
	if r.Verdict() != drift.Clean || r.Pages != 8 || r.Operations != 4 || len(r.Versions) != 2 {
		t.Errorf("verdict %d, %d pages of %d operations in versions %q", r.Verdict(), r.Pages, r.Operations, r.Versions)
	}
}

func TestARecordIsNamedByItsVersion(t *testing.T) {
	if _, err := check.NewRecord(t.TempDir(), "../v3"); err == nil {
		t.Error("a version that is a path became a file")
	}
	record, err := check.NewRecord(filepath.Join(t.TempDir(), "docs"), "")
	if err != nil || filepath.Base(record.File) != check.Unversioned+".yaml" {
		t.Errorf("%+v, %v", record, err)
	}
}
