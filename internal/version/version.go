// Package version tells which version of a command is running: what was set when a release was built, or else what the go command has
// recorded in the program.
package version

import (
	"cmp"
	"runtime"
	"runtime/debug"
	"strings"
)

// What a release sets with the linker's -X.
var (
	number string // such as "v0.3.0"
	commit string // the whole hash
	date   string // of the commit, RFC 3339
)

// Number returns the version, such as "v0.3.0". Between releases it is the go command's pseudo-version, and "(devel)" where the go
// command recorded none, as go run does not.
func Number() string {
	build, _ := debug.ReadBuildInfo()
	return numberOf(build)
}

// Line returns one line for people about a command: its version, the commit and when that was made, as far as they are known, and what
// the command was built with and for.
func Line(command string) string {
	build, _ := debug.ReadBuildInfo()
	return lineOf(command, build)
}

func numberOf(build *debug.BuildInfo) string {
	if number != "" || build == nil {
		return cmp.Or(number, "(devel)")
	}
	return cmp.Or(build.Main.Version, "(devel)")
}

func lineOf(command string, build *debug.BuildInfo) string {
	parts := []string{command + " " + numberOf(build)}
	revision, made, changed := commit, date, ""
	if revision == "" && build != nil {
		for _, s := range build.Settings {
			switch {
			case s.Key == "vcs.revision":
				revision = s.Value
			case s.Key == "vcs.time":
				made = s.Value
			case s.Key == "vcs.modified" && s.Value == "true":
				changed = " with changes"
			}
		}
	}
	if revision != "" {
		parts = append(parts, strings.TrimSpace("commit "+revision[:min(12, len(revision))]+changed+" "+made))
	} else if numberOf(build) == "(devel)" {
		parts = append(parts, "commit not recorded")
	}
	return strings.Join(append(parts, runtime.Version(), runtime.GOOS+"/"+runtime.GOARCH), ", ")
}
