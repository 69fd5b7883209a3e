package specedit

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"

	"github.com/highlevel-go/snapshots/internal/drift"
	"github.com/highlevel-go/snapshots/internal/facts"
	"github.com/highlevel-go/snapshots/internal/oas"
	"github.com/highlevel-go/snapshots/internal/specedit/yamltext"
)

// setEnum writes the values of an enum, and updates the names and descriptions next to them.
func (d *draft) setEnum(schema *yaml.Node, e drift.Edit, source *facts.Operation) error {
	values := facts.Texts(e.To)
	keys := upwards(schema, "x-enum-varnames", "x-enum-descriptions", "enum")
	if len(values) == 0 {
		for _, key := range keys {
			if err := d.Remove(schema, key); err != nil {
				return err
			}
		}
		return nil
	}
	var before []string
	enum, hasEnum := yamltext.Find(schema, "enum")
	if hasEnum {
		for _, value := range enum.Value.Content {
			before = append(before, facts.Canonical(value.Value))
		}
	}
	kind := d.kindOf(e, source)
	written := make([]string, len(values))
	for i, value := range values {
		written[i] = yamltext.Scalar(value, kind)
	}
	for _, key := range keys {
		list, _ := yamltext.Find(schema, key)
		now := written
		if key != "enum" {
			now = besideValues(list.Value, before, values, key)
		}
		if err := d.SetItems(schema, key, now); err != nil {
			return err
		}
	}
	if !hasEnum {
		return d.Set(schema, "enum", "["+strings.Join(written, ", ")+"]")
	}
	return nil
}

// upwards returns the keys that a mapping has, from the last in the file to the first: an edit moves only the lines below
// it.
func upwards(mapping *yaml.Node, keys ...string) []string {
	var out []string
	for i := len(mapping.Content) - 2; i >= 0; i -= 2 {
		if slices.Contains(keys, mapping.Content[i].Value) {
			out = append(out, mapping.Content[i].Value)
		}
	}
	return out
}

// besideValues returns the name or description for each value: the existing one, or for a new value a name derived from it.
func besideValues(list *yaml.Node, before, values []string, key string) []string {
	out := make([]string, len(values))
	for i, value := range values {
		at := slices.Index(before, value)
		if at < 0 {
			at = slices.IndexFunc(before, func(old string) bool { return respelled(old, before, values) == value })
		}
		switch {
		case at >= 0 && at < len(list.Content):
			out[i] = yamltext.Quote(list.Content[at].Value)
		case key == "x-enum-varnames":
			out[i] = newName(commonPrefix(list)+camel(value), append(oas.Texts(list), out[:i]...))
		default:
			out[i] = "is not described yet"
		}
	}
	return out
}

// newName returns a name that is not in use: the preferred one, or that with a number.
func newName(wished string, used []string) string {
	name := wished
	for n := 2; slices.Contains(used, name); n++ {
		name = wished + strconv.Itoa(n)
	}
	return name
}

// respelled returns the new spelling of a value that an enum no longer has: the only new value that differs just in case and
// separators; otherwise "".
func respelled(old string, before, after []string) (now string) {
	plain := func(value string) string {
		return strings.ToLower(strings.NewReplacer("_", "", "-", "", " ", "").Replace(value))
	}
	if slices.Contains(after, old) {
		return ""
	}
	for _, value := range after {
		if !slices.Contains(before, value) && plain(value) == plain(old) {
			if now != "" {
				return ""
			}
			now = value
		}
	}
	return now
}

// commonPrefix returns the common prefix of the names of an enum's constants, if a capital letter follows it.
func commonPrefix(list *yaml.Node) string {
	if len(list.Content) == 0 {
		return ""
	}
	prefix := list.Content[0].Value
	for _, name := range list.Content[1:] {
		for !strings.HasPrefix(name.Value, prefix) {
			prefix = prefix[:len(prefix)-1]
		}
	}
	if len(list.Content) > 1 {
		for prefix != "" && slices.ContainsFunc(list.Content, func(n *yaml.Node) bool {
			return len(n.Value) > len(prefix) && !unicode.IsUpper(rune(n.Value[len(prefix)])) && !unicode.IsDigit(rune(n.Value[len(prefix)]))
		}) {
			prefix = prefix[:len(prefix)-1]
		}
	}
	return prefix
}

func camel(value string) string {
	var out strings.Builder
	for _, word := range strings.FieldsFunc(value, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		first, size := utf8.DecodeRuneInString(word)
		out.WriteString(string(unicode.ToUpper(first)) + word[size:])
	}
	return out.String()
}
