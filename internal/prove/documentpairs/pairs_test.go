package documentpairs_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/oasdiff/oasdiff/checker"
	"github.com/oasdiff/oasdiff/diff"
	"github.com/oasdiff/oasdiff/load"

	"github.com/highlevel-go/snapshots/internal/drift"
	"github.com/highlevel-go/snapshots/internal/prove"
	"github.com/highlevel-go/snapshots/internal/prove/documentpairs"
)

// changesNothing are pairs in which the library finds a change that no message shows, with the reason.
var changesNothing = map[string]string{
	"component_security_updated_base -> component_security_updated_revision":                                         "no operation uses the security scheme",
	"disclaimer_allof_base -> disclaimer_allof_revision":                                                             "another part of the allOf requires it too",
	"disclaimer_nested_allof_base -> disclaimer_nested_allof_revision":                                               "another part of the allOf requires it too",
	"request_body_any_of_media_type_base -> request_body_any_of_media_type_revision":                                 "the variants are the same under other names",
	"request_property_all_of_added_base -> request_property_all_of_added_revision":                                   "the part says what another says",
	"request_property_all_of_removed_base -> request_property_all_of_removed_revision":                               "the part said what another says",
	"response_property_all_of_added_base -> response_property_all_of_added_revision":                                 "the part says what another says",
	"response_property_all_of_removed_base -> response_property_all_of_removed_revision":                             "the part said what another says",
	"response_property_all_of_annotation_only_added_base -> response_property_all_of_annotation_only_added_revision": "the part has words only, of which the first count",
}

// hasOptionalPathParameter are documents that are not valid as a spec.
var hasOptionalPathParameter = map[string]bool{"request_parameter_default_value_changed_base_renamed.yaml": true, "request_parameter_default_value_changed_revision_renamed.yaml": true}

// samples is where the library's module has the documents of its own tests.
func samples(t *testing.T) string {
	t.Helper()
	out, err := exec.CommandContext(t.Context(), "go", "list", "-m", "-f", "{{.Dir}}", "github.com/oasdiff/oasdiff").Output()
	if err != nil {
		t.Skipf("the go command does not list the module of oasdiff: %v", err)
	}
	dir := filepath.Join(strings.TrimSpace(string(out)), "data", "checker")
	if _, err := os.Stat(dir); err != nil {
		t.Skipf("%v: the module has no samples", err)
	}
	return dir
}

// pairs lists each base document with its revisions.
func pairs(t *testing.T, dir string) (out [][2]string) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "*.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	for _, base := range files {
		name, _, ok := strings.Cut(filepath.Base(base), "_base")
		for _, file := range files {
			if ok && strings.HasPrefix(filepath.Base(file), name+"_") && !strings.Contains(file, "_base") {
				out = append(out, [2]string{base, file})
			}
		}
	}
	return out
}

// changes are what the library finds.
func changes(a, b string) (ids []string, err error) {
	defer func() {
		if cause := recover(); cause != nil {
			err = fmt.Errorf("%v", cause)
		}
	}()
	loader := openapi3.NewLoader()
	loader.IsExternalRefsAllowed = true
	before, err := load.NewSpecInfo(loader, load.NewSource(a))
	if err != nil {
		return nil, err
	}
	after, err := load.NewSpecInfo(loader, load.NewSource(b))
	if err != nil {
		return nil, err
	}
	report, sources, err := diff.GetWithOperationsSourcesMap(diff.NewConfig(), before, after)
	if err != nil {
		return nil, err
	}
	for _, c := range checker.CheckBackwardCompatibilityUntilLevel(checker.NewConfig(checker.GetAllChecks()), report, sources, checker.INFO) {
		ids = append(ids, c.GetId())
	}
	slices.Sort(ids)
	return slices.Compact(ids), nil
}

func TestNoChangeThatOasdiffFindsPassesForClean(t *testing.T) {
	if testing.Short() {
		t.Skip("-short tries the changes of TestChangesOfTheWireAreFound only")
	}
	t.Parallel()
	changed, found, silent := 0, 0, map[string]bool{}
	for i, pair := range pairs(t, samples(t)) {
		if i%4 != 0 && !prove.InFull() {
			continue
		}
		ids, err := changes(pair[0], pair[1])
		if err != nil || len(ids) == 0 {
			continue
		}
		changed++
		name := strings.TrimSuffix(filepath.Base(pair[0]), ".yaml") + " -> " + strings.TrimSuffix(filepath.Base(pair[1]), ".yaml")
		pages, spec, err := documentpairs.Compare(read(t, pair[0]), read(t, pair[1]))
		switch {
		case err != nil:
			t.Errorf("%s: %v", name, err)
		case documentpairs.IsSilent(pages) || documentpairs.IsSilent(spec) && !isOfDocumentation(pages):
			silent[name] = true
			if changesNothing[name] == "" {
				t.Errorf("%s passes for clean; oasdiff finds %s; as pages %v, as the spec %v", name, strings.Join(ids, ", "), documentpairs.Kinds(pages), documentpairs.Kinds(spec))
			}
		default:
			found++
		}
	}
	for name := range changesNothing {
		if !silent[name] && prove.InFull() {
			t.Errorf("%s is found, or is no pair any longer: take it off the list", name)
		}
	}
	t.Logf("%d pairs with changes: %d found, %d that change nothing", changed, found, len(changesNothing))
	if changed < 40 || changed < 150 && prove.InFull() {
		t.Errorf("only %d pairs have changes", changed)
	}
}

func TestADocumentIsSilentAgainstItself(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob(filepath.Join(samples(t), "*.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	same := 0
	for i, file := range files {
		if i%4 != 0 && !prove.InFull() {
			continue
		}
		pages, spec, err := documentpairs.Compare(read(t, file), read(t, file))
		if err != nil {
			t.Errorf("%s: %v", filepath.Base(file), err)
			continue
		}
		if pages.Verdict() == drift.CannotJudge || hasOptionalPathParameter[filepath.Base(file)] { // an operation without responses
			continue
		}
		if same++; len(pages.Findings)+len(spec.Findings) > 0 {
			t.Errorf("%s against itself: as pages %v, as the spec %v", filepath.Base(file), documentpairs.Kinds(pages), documentpairs.Kinds(spec))
		}
	}
	t.Logf("%d documents", same)
	if same < 50 || same < 200 && prove.InFull() {
		t.Errorf("only %d documents were compared", same)
	}
}

// The pairs that were called clean once, in both directions.
func TestChangesOfTheWireAreFound(t *testing.T) {
	t.Parallel()
	for _, first := range prove.Shared(t, "cases/edit/drift-silent-*.a.json") {
		variants, err := filepath.Glob(strings.TrimSuffix(first, "a.json") + "?.json")
		if err != nil {
			t.Fatal(err)
		}
		for _, a := range variants {
			for _, b := range variants {
				if a == b {
					continue
				}
				pages, spec, err := documentpairs.Compare(read(t, a), read(t, b))
				if err != nil {
					t.Error(err)
				} else if len(pages.Findings) != 1 || len(spec.Findings) != 1 {
					t.Errorf("%s -> %s: as pages %v, as the spec %v; want one finding", filepath.Base(a), filepath.Base(b), documentpairs.Kinds(pages), documentpairs.Kinds(spec))
				}
			}
		}
	}
}

// isOfDocumentation reports whether only words and extensions changed, of which a spec has its own.
func isOfDocumentation(r *drift.Report) bool {
	return !slices.ContainsFunc(documentpairs.Kinds(r), func(kind string) bool { return !strings.HasPrefix(kind, "text-") && !strings.HasPrefix(kind, "x-") })
}

func read(t *testing.T, file string) []byte {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return data
}
