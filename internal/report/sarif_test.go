package report

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/highlevel-go/snapshots/internal/drift"
)

func TestSARIF(t *testing.T) {
	golden(t, "report.sarif", written(t, func(w *bytes.Buffer) error { return SARIF(w, kettleReport()) }))
}

type object = map[string]any

// checkSARIF asserts the structural rules of the standard that this writer can break.
func checkSARIF(t *testing.T, data []byte) object {
	t.Helper()
	var log object
	if err := json.Unmarshal(data, &log); err != nil {
		t.Fatal(err)
	}
	if log["version"] != "2.1.0" || !strings.HasSuffix(log["$schema"].(string), "sarif-schema-2.1.0.json") {
		t.Errorf("version %v, $schema %v", log["version"], log["$schema"])
	}
	runs := log["runs"].([]any)
	if len(runs) != 1 {
		t.Fatalf("%d runs", len(runs))
	}
	run := runs[0].(object)
	driver := run["tool"].(object)["driver"].(object)
	if driver["name"] != "specdrift" {
		t.Errorf("the driver is %v", driver["name"])
	}
	var ids []string
	for _, rule := range driver["rules"].([]any) {
		id := rule.(object)["id"].(string)
		if slices.Contains(ids, id) {
			t.Errorf("the rule %s is there twice", id)
		}
		if rule.(object)["shortDescription"].(object)["text"] == "" {
			t.Errorf("the rule %s does not say what it is", id)
		}
		ids = append(ids, id)
	}
	for i, item := range run["results"].([]any) {
		result := item.(object)
		at := fmt.Sprintf("result %d", i)
		if index := int(result["ruleIndex"].(float64)); index < 0 || index >= len(ids) || ids[index] != result["ruleId"] {
			t.Errorf("%s: ruleIndex %d does not lead to %v", at, index, result["ruleId"])
		}
		if !slices.Contains([]any{"error", "warning", "note", "none"}, result["level"]) {
			t.Errorf("%s: level %v", at, result["level"])
		}
		if result["message"].(object)["text"] == "" {
			t.Errorf("%s has no message", at)
		}
		if len(result["partialFingerprints"].(object)) == 0 {
			t.Errorf("%s has no fingerprint", at)
		}
		related, _ := result["relatedLocations"].([]any)
		seen := map[any]bool{}
		for _, location := range related {
			id := location.(object)["id"]
			if id == nil || seen[id] {
				t.Errorf("%s: the related location's id %v is not its own", at, id)
			}
			seen[id] = true
			if location.(object)["message"].(object)["text"] == "" {
				t.Errorf("%s: a related location says nothing", at)
			}
		}
		for _, location := range append(related, result["locations"].([]any)...) {
			checkPhysical(t, at, location.(object)["physicalLocation"].(object))
		}
		suppressions, _ := result["suppressions"].([]any)
		for _, s := range suppressions {
			if s.(object)["kind"] != "external" || s.(object)["status"] != "accepted" || s.(object)["justification"] == "" {
				t.Errorf("%s: suppression %v", at, s)
			}
		}
	}
	return run
}

func checkPhysical(t *testing.T, at string, physical object) {
	t.Helper()
	if start := physical["region"].(object)["startLine"].(float64); start < 1 {
		t.Errorf("%s: startLine %v", at, start)
	}
	artifact := physical["artifactLocation"].(object)
	u, err := url.Parse(artifact["uri"].(string))
	if err != nil {
		t.Errorf("%s: %v", at, err)
		return
	}
	relative := u.Scheme == "" && u.Host == ""
	if relative == (artifact["uriBaseId"] == nil) {
		t.Errorf("%s: %v is relative and has no base, or the other way round", at, artifact)
	}
	if relative && (strings.HasPrefix(u.Path, "/") || slices.Contains(strings.Split(u.Path, "/"), "..") || u.RawQuery != "" || u.Fragment != "") {
		t.Errorf("%s: %q is no plain relative reference", at, artifact["uri"])
	}
}

func TestSARIFKeepsTheRulesOfTheStandard(t *testing.T) {
	r := kettleReport()
	run := checkSARIF(t, written(t, func(w *bytes.Buffer) error { return SARIF(w, r) }))
	results := run["results"].([]any)
	if len(results) != len(r.Findings)+len(r.OnPurpose) {
		t.Fatalf("%d results for %d findings and %d on purpose", len(results), len(r.Findings), len(r.OnPurpose))
	}
	for i, item := range results {
		_, suppressed := item.(object)["suppressions"]
		if excused := i >= len(r.Findings); suppressed != excused {
			t.Errorf("result %d: suppressed %v, on purpose %v", i, suppressed, excused)
		}
	}
	levels := []any{"error", "error", "error", "warning", "warning", "note", "note", "error"}
	for i, want := range levels {
		if got := results[i].(object)["level"]; got != want {
			t.Errorf("result %d has the level %v, want %v", i, got, want)
		}
	}
	if successful := run["invocations"].([]any)[0].(object)["executionSuccessful"]; successful != false {
		t.Error("what could not be judged counts as a run that succeeded")
	}
}

func TestSARIFOfACleanReportHasEmptyLists(t *testing.T) {
	run := checkSARIF(t, written(t, func(w *bytes.Buffer) error { return SARIF(w, cleanReport()) }))
	if results := run["results"].([]any); len(results) != 0 {
		t.Errorf("results: %v", results)
	}
}

func TestSARIFPutsTheOtherSidesBesideTheBest(t *testing.T) {
	run := checkSARIF(t, written(t, func(w *bytes.Buffer) error { return SARIF(w, kettleReport()) }))
	result := run["results"].([]any)[2].(object) // the header in two operations
	uri := func(location any) string {
		p := location.(object)["physicalLocation"].(object)
		return fmt.Sprintf("%v:%v", p["artifactLocation"].(object)["uri"], p["region"].(object)["startLine"])
	}
	var got []string
	for _, l := range slices.Concat(result["locations"].([]any), result["relatedLocations"].([]any)) {
		got = append(got, uri(l))
	}
	want := []string{pageFile + ":21", docsFile + ":63", specFile + ":63", listFile + ":7", docsFile + ":1", specFile + ":9"}
	if !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestSARIFFollowsAFindingByItsIdWhenLinesMove(t *testing.T) {
	prints := func(r *drift.Report) []any {
		var out []any
		for _, result := range checkSARIF(t, written(t, func(w *bytes.Buffer) error { return SARIF(w, r) }))["results"].([]any) {
			out = append(out, result.(object)["partialFingerprints"].(object)["findingId/v1"])
		}
		return out
	}
	before, moved := kettleReport(), kettleReport()
	for _, f := range moved.Findings {
		f.Message += " now"
		for _, site := range f.Sites {
			for _, s := range sides(site) {
				s.Pos.Line += 5
			}
		}
	}
	a, b := prints(before), prints(moved)
	if !slices.Equal(a, b) {
		t.Error("the fingerprints moved with the lines")
	}
	for i := range a {
		if slices.Index(a, a[i]) != i {
			t.Errorf("results %d and %d share a fingerprint", slices.Index(a, a[i]), i)
		}
	}
}

func TestSARIFMessagesHoldNoLinkAndNoPlaceholder(t *testing.T) {
	got := sarifText("at {0} and [this](https://evil.example)\x1b").Text
	if want := `at {{0}} and [this\](https://evil.example)\x1b`; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestArtifactURI(t *testing.T) {
	dir := t.TempDir()
	t.Chdir(dir)
	wd, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for file, want := range map[string]string{
		"spec/snapshots.yaml":            "spec/snapshots.yaml",
		"./pages//a.md":                  "pages/a.md",
		filepath.Join(wd, "pages/a.md"):  "pages/a.md",
		"pages/a b#c?d%e.md":             "pages/a%20b%23c%3Fd%25e.md",
		"c:d.md":                         "./c:d.md",
		"/elsewhere/a.md":                "file:///elsewhere/a.md",
		"pages/../../up.md":              "file://" + filepath.Dir(wd) + "/up.md",
		"https://docs.example/a/?x=y z#": "https://docs.example/a/?x=y z",
	} {
		uri, base := artifactURI(file)
		if uri != want {
			t.Errorf("%s is %s, want %s", file, uri, want)
		}
		if relative := !strings.Contains(uri, "://"); relative != (base == "%SRCROOT%") {
			t.Errorf("%s has the base %q", uri, base)
		}
	}
}
