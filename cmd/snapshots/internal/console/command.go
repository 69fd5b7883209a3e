package console

import (
	"encoding/csv"
	"encoding/json"
	"reflect"
	"slices"
	"strings"
	"unicode"

	"github.com/highlevel-go/snapshots/api/locations"
)

// commandWords is a command line under construction.
type commandWords struct {
	values map[string]filledInput // by name
	used   map[string]bool
	words  []string
	notes  []string
	unfit  []string // names of values that a command line cannot contain
}

// commandLine returns a call as lines of shell, or "" if no command sends it. refused is the reason why the client refuses
// it, or "".
func commandLine(base string, operation string, values []filledInput, refused string) string {
	c := commandWords{values: map[string]filledInput{}, used: map[string]bool{}, words: []string{"snapshots"}}
	for _, v := range values {
		c.values[v.Name] = v
	}
	if !c.write(operation) {
		return ""
	}
	c.flag("--company", "companyId")
	c.words = append(c.words, "--base-url", base)
	for _, v := range values {
		if !c.used[v.Name] {
			c.notes = append(c.notes, "Left out, since the command has no flag for it: "+v.Name)
		}
	}
	switch {
	case c.unfit != nil:
		return "# No command line can carry the value of " + strings.Join(c.unfit, ", ") + ".\n"
	case refused != "":
		c.notes = append(c.notes, "The command refuses this, and sends nothing.")
	}
	text := ""
	for _, note := range c.notes {
		text += "# " + note + "\n"
	}
	for i, word := range c.words {
		c.words[i] = shellWord(word)
	}
	return text + strings.Join(c.words, " ")
}

// write writes the command of an operation, and reports whether there is one. Ids are written as "id:…", so that the command
// does not treat them as names.
func (c *commandWords) write(operation string) bool {
	switch operation {
	case "get-custom-snapshots":
		c.words = append(c.words, "list")
	case "create-snapshot-share-link":
		c.words = append(c.words, "share")
		c.id("snapshot_id")
		c.flag("--type", "share_type")
		c.items("--relationship-number", "relationship_number", asCSV)
		c.items("--location", "share_location_id", asID)
		c.words = append(c.words, "--yes")
	case "get-snapshot-push":
		c.words = append(c.words, "pushes")
		c.id("snapshotId")
		c.flag("--from", "from")
		c.flag("--to", "to")
		c.notes = append(c.notes, "The command reads all pages.")
	case "get-latest-snapshot-push":
		c.words = append(c.words, "status")
		c.id("snapshotId")
		c.id("locationId")
	case "search-locations":
		c.words = append(c.words, "locations")
		c.flag("--email", "email")
		c.notes = append(c.notes, "The command reads all pages, of 100 sub-accounts each.")
		if c.values["companyId"].text == "" {
			c.notes = append(c.notes, "The command always names an agency: give one with --company, unless your settings have it.")
		}
	case "put-location":
		return c.load()
	default:
		return false
	}
	return true
}

// load writes the command that loads a snapshot, unless the call also changes something else.
func (c *commandWords) load() bool {
	for name := range c.values {
		if name != "locationId" && name != "companyId" && name != "snapshot" {
			return false
		}
	}
	var load locations.SnapshotLoad
	var given, known any
	data := c.values["snapshot"].json
	if json.Unmarshal(data, &load) != nil || json.Unmarshal(data, &given) != nil || load.ID == "" {
		return false
	}
	if written, err := json.Marshal(load); err != nil || json.Unmarshal(written, &known) != nil || !reflect.DeepEqual(given, known) {
		return false // the command cannot send all of it
	}
	c.words = append(c.words, "load")
	c.use("snapshot")
	c.values["snapshot"] = filledInput{input: c.values["snapshot"].input, text: load.ID}
	c.id("snapshot")
	c.id("locationId")
	if load.Override {
		c.words = append(c.words, "--override", "--yes")
	}
	return true
}

// use returns the value of a field, and marks it as used.
func (c *commandWords) use(name string) string {
	c.used[name] = true
	text := c.values[name].text
	c.require(name, !strings.ContainsFunc(text, unicode.IsControl))
	return text
}

// require records a value as impossible on a command line, unless ok.
func (c *commandWords) require(name string, ok bool) {
	if !ok && !slices.Contains(c.unfit, name) {
		c.unfit = append(c.unfit, name)
	}
}

func (c *commandWords) id(name string) {
	text := c.use(name)
	c.require(name, strings.TrimSpace(text) == text)
	c.words = append(c.words, asID(text))
}

func (c *commandWords) flag(flag, name string) {
	if text := c.use(name); text != "" {
		c.words = append(c.words, flag, text)
	}
}

// items writes a list as repeated flags.
func (c *commandWords) items(flag, name string, write func(item string) string) {
	if c.use(name) == "" {
		return
	}
	for item := range strings.SplitSeq(c.values[name].text, ",") {
		c.require(name, strings.TrimSpace(item) == item)
		c.words = append(c.words, flag, write(item))
	}
}

func asID(text string) string { return "id:" + text }

// asCSV writes text as a flag value that is parsed as a line of CSV.
func asCSV(text string) string {
	var cell strings.Builder
	w := csv.NewWriter(&cell)
	_ = w.Write([]string{text}) // a strings.Builder returns no error
	w.Flush()
	return strings.TrimSuffix(cell.String(), "\n")
}

// shellWord quotes a word if a shell requires it.
func shellWord(word string) string {
	if word == "" || strings.Trim(word, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./:=@") != "" {
		return shellQuote(word)
	}
	return word
}

func shellQuote(text string) string { return "'" + strings.ReplaceAll(text, "'", `'\''`) + "'" }
