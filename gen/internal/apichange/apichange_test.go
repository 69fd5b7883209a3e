package apichange

import (
	"strings"
	"testing"
)

func TestNextVersionFollowsFromTheWorstChange(t *testing.T) {
	breaks, adds, other := Change{Kind: Removed, Breaking: true}, Change{Kind: Added}, Change{Kind: Changed}
	for _, c := range []struct {
		version string
		changes []Change
		want    string
	}{
		{"v1.2.3", nil, "v1.2.3"},
		{"v1.2.3", []Change{other}, "v1.2.4"},
		{"v1.2.3", []Change{other, adds}, "v1.3.0"},
		{"v1.2.3", []Change{adds, breaks}, "v2.0.0"},
		{"v0.2.3", []Change{adds}, "v0.2.4"},
		{"v0.2.3", []Change{breaks}, "v0.3.0"},
		{"1.2.3", []Change{breaks}, ""},
		{"v1.2.3-rc.1", []Change{breaks}, ""},
	} {
		if got, err := Next(c.version, c.changes); got != c.want || (err == nil) != (c.want != "") {
			t.Errorf("Next(%s, %v) is %q with error %v, want %q", c.version, c.changes, got, err, c.want)
		}
	}
}

func TestChangelogMustNameWhatBreaksBelowChangedOrRemoved(t *testing.T) {
	change := Change{Package: "example.com/api", Identifier: "Push.Status", Breaking: true}
	for _, c := range []struct {
		name, changelog string
		named           bool
	}{
		{"in Changed", "## [Unreleased]\n### Changed\n- `Push.Status` is a type of its own\n", true},
		{"in Removed, with a line break", "## [Unreleased]\n\n### Removed\n\n- `Push` is known to\n  have no `Status`\n\n## [0.1.0]\n", true},
		{"without brackets and with CRLF", "## Unreleased\r\n### Changed\r\n* Push.Status is new\r\n", true},
		{"only in Added", "## [Unreleased]\n### Added\n- `Push.Status`\n", false},
		{"in a version that is released", "## [Unreleased]\n### Changed\n- nothing\n## [0.1.0]\n### Changed\n- `Push.Status`\n", false},
		{"only a part of the name", "## [Unreleased]\n### Changed\n- `Push.Statuses`, `PushPage.Status`\n", false},
		{"empty", "", false},
	} {
		if got := Unmentioned(c.changelog, []Change{change}); (len(got) == 0) != c.named {
			t.Errorf("%s: %v is not named", c.name, got)
		}
	}
	if got := Unmentioned("", []Change{{Identifier: "New", Kind: Added}}); len(got) != 0 {
		t.Errorf("%v breaks nothing, and must not be named", got)
	}
}

func TestDraftHasASectionForEachKind(t *testing.T) {
	got := Draft([]Change{
		{Package: "x/api", Identifier: "A", Text: "added", Kind: Added}, {Package: "x/api", Identifier: "B", Text: "is int, was string", Kind: Changed, Breaking: true},
		{Package: "x/api", Identifier: "C", Text: "removed", Kind: Removed, Breaking: true},
	})
	want := "### Added\n\n- `api`: `A`\n\n### Changed\n\n- **Breaking.** `api`: `B`: is int, was string\n\n### Removed\n\n- `api`: `C`\n"
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if strings.Contains(Draft(nil), "#") {
		t.Error("no change has a section")
	}
}
