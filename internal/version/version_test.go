package version

import (
	"runtime"
	"runtime/debug"
	"testing"
)

func TestLineTellsWhatIsKnown(t *testing.T) {
	clone := &debug.BuildInfo{Main: debug.Module{Version: "v0.0.0-20261128073527-016fc545dac0"}, Settings: []debug.BuildSetting{
		{Key: "vcs.revision", Value: "016fc545dac05c7699654ea15c068755a06c9f9b"}, {Key: "vcs.time", Value: "2026-11-28T07:35:27Z"}, {Key: "vcs.modified", Value: "false"},
	}}
	changed := &debug.BuildInfo{Main: clone.Main, Settings: append(clone.Settings[:2:2], debug.BuildSetting{Key: "vcs.modified", Value: "true"})}
	installed := &debug.BuildInfo{Main: debug.Module{Version: "v0.3.0"}}
	for _, c := range []struct {
		what                 string
		build                *debug.BuildInfo
		number, commit, date string // as the linker sets them
		want                 string
	}{
		{"go build in a clone", clone, "", "", "", "x v0.0.0-20261128073527-016fc545dac0, commit 016fc545dac0 2026-11-28T07:35:27Z"},
		{"with files that are not committed", changed, "", "", "", "x v0.0.0-20261128073527-016fc545dac0, commit 016fc545dac0 with changes 2026-11-28T07:35:27Z"},
		{"go install of a version", installed, "", "", "", "x v0.3.0"},
		{"go run", &debug.BuildInfo{Main: debug.Module{Version: "(devel)"}}, "", "", "", "x (devel), commit not recorded"},
		{"a test", &debug.BuildInfo{}, "", "", "", "x (devel), commit not recorded"},
		{"no build info", nil, "", "", "", "x (devel), commit not recorded"},
		{"a release", clone, "v0.3.0", "abcdef", "2026-12-01T00:00:00Z", "x v0.3.0, commit abcdef 2026-12-01T00:00:00Z"},
	} {
		number, commit, date = c.number, c.commit, c.date
		want := c.want + ", " + runtime.Version() + ", " + runtime.GOOS + "/" + runtime.GOARCH
		if got := lineOf("x", c.build); got != want {
			t.Errorf("%s: %q, want %q", c.what, got, want)
		}
	}
}
