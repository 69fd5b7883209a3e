package apichange

import (
	"fmt"
	"slices"

	"golang.org/x/mod/semver"
)

// Next returns the semantic version that follows a version, such as v0.3.1, after the changes. Before v1, a breaking change
// counts as a minor version and everything else as a patch.
func Next(version string, changes []Change) (string, error) {
	if !semver.IsValid(version) || semver.Prerelease(version) != "" || semver.Build(version) != "" {
		return "", fmt.Errorf("%q is not a version such as v1.2.3", version)
	}
	var major, minor, patch int
	if _, err := fmt.Sscanf(semver.Canonical(version), "v%d.%d.%d", &major, &minor, &patch); err != nil {
		return "", fmt.Errorf("version %s: %w", version, err)
	}
	breaks, adds := Part(changes) == "major", Part(changes) == "minor"
	switch {
	case len(changes) == 0:
		return version, nil
	case breaks && major > 0:
		major, minor, patch = major+1, 0, 0
	case breaks, adds && major > 0:
		minor, patch = minor+1, 0
	default:
		patch++
	}
	return fmt.Sprintf("v%d.%d.%d", major, minor, patch), nil
}

// Part returns the part of a version that the changes increment: major, minor or patch; "" if there are no changes.
func Part(changes []Change) string {
	switch {
	case len(changes) == 0:
		return ""
	case slices.ContainsFunc(changes, func(c Change) bool { return c.Breaking }):
		return "major"
	case slices.ContainsFunc(changes, func(c Change) bool { return c.Kind == Added }):
		return "minor"
	}
	return "patch"
}
