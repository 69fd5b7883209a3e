package apichange

import (
	"cmp"
	"fmt"
	"path"
	"regexp"
	"slices"
	"strings"
)

// Draft returns the changes as sections of a changelog, to be reworded by hand.
func Draft(changes []Change) string {
	var b strings.Builder
	for _, kind := range []Kind{Added, Changed, Removed} {
		heading := "### " + string(kind) + "\n\n"
		for _, c := range changes {
			if c.Kind != kind {
				continue
			}
			b.WriteString(heading)
			heading = ""
			subject := "`" + path.Base(c.Package) + "`"
			if c.Identifier != "" {
				subject += ": `" + c.Identifier + "`"
			}
			switch {
			case kind == Added && c.Identifier != "", kind == Removed && c.Identifier != "":
				fmt.Fprintf(&b, "- %s\n", subject)
			case c.Breaking:
				fmt.Fprintf(&b, "- **Breaking.** %s: %s\n", subject, c.Text)
			default:
				fmt.Fprintf(&b, "- %s: %s\n", subject, c.Text)
			}
		}
		if heading == "" {
			b.WriteString("\n")
		}
	}
	return strings.TrimSuffix(b.String(), "\n")
}

var name = regexp.MustCompile(`[\pL_][\pL\pN_]*(\.[\pL_][\pL\pN_]*)*`)

// Unmentioned returns the breaking changes that a changelog does not mention: an item under Changed or Removed in the
// section Unreleased must contain the identifier, as Push.Status or as Push and Status. Without an identifier, it must
// contain the last element of the package's path.
func Unmentioned(changelog string, changes []Change) []Change {
	items := unreleased(changelog)
	return slices.DeleteFunc(slices.Clone(changes), func(c Change) bool {
		identifier := strings.FieldsFunc(cmp.Or(c.Identifier, path.Base(c.Package)), func(r rune) bool { return r == ',' || r == ' ' })[0]
		return !c.Breaking || slices.ContainsFunc(items, func(item string) bool {
			names := name.FindAllString(item, -1)
			missing := func(part string) bool { return !slices.Contains(names, part) }
			return slices.ContainsFunc(names, func(n string) bool { return strings.HasSuffix("."+n, "."+identifier) }) ||
				!slices.ContainsFunc(strings.Split(identifier, "."), missing)
		})
	})
}

// unreleased returns the items under Changed and Removed in the section Unreleased of a changelog, each with its
// continuation lines.
func unreleased(changelog string) []string {
	var items []string
	inSection, inPart := false, false
	for line := range strings.Lines(changelog) {
		line = strings.TrimRight(line, "\r\n")
		switch heading := strings.Trim(line, "# []"); {
		case strings.HasPrefix(line, "## "):
			inSection, inPart = strings.EqualFold(heading, "Unreleased"), false
		case strings.HasPrefix(line, "### "):
			inPart = inSection && (heading == string(Changed) || heading == string(Removed))
		case !inPart || strings.TrimSpace(line) == "":
		case strings.HasPrefix(line, "- "), strings.HasPrefix(line, "* "):
			items = append(items, line[2:])
		case len(items) > 0:
			items[len(items)-1] += " " + strings.TrimSpace(line)
		}
	}
	return items
}
