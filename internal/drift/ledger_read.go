package drift

import (
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"time"

	"go.yaml.in/yaml/v3"

	"github.com/highlevel-go/snapshots/internal/facts"
	"github.com/highlevel-go/snapshots/internal/fileio"
	"github.com/highlevel-go/snapshots/internal/oas"
)

// entryKeys are the keys of an entry.
var entryKeys = []string{"id", "page", "version", "place", "docs_says", "spec_says", "why", "evidence", "wire", "since", "review_by"}

// ReadLedgerFile reads a ledger; a missing file is an empty one.
func ReadLedgerFile(file string) (*Ledger, error) {
	data, err := fileio.Read(file)
	if errors.Is(err, os.ErrNotExist) {
		return &Ledger{File: file}, nil
	}
	if err != nil {
		return nil, err
	}
	return ReadLedger(file, data)
}

// ReadLedger reads deviations.yaml. Every entry must be complete: a deviation without a reason is not on purpose.
func ReadLedger(file string, data []byte) (*Ledger, error) {
	root, err := oas.Parse(file, data)
	if err != nil {
		return nil, err
	}
	if root.Kind != yaml.SequenceNode {
		return nil, fmt.Errorf("%s:%d: the ledger must be a list of deviations", file, root.Line)
	}
	ledger := &Ledger{File: file}
	var problems []error
	seen := map[string]int{}
	for _, node := range root.Content {
		entry, err := readEntry(file, node)
		if err != nil {
			problems = append(problems, err)
			continue
		}
		if first := seen[entry.ID]; first > 0 {
			problems = append(problems, fmt.Errorf("%s: the deviation %s is there twice; first at line %d", entry.Pos, entry.ID, first))
		}
		seen[entry.ID] = node.Line
		ledger.Entries = append(ledger.Entries, entry)
	}
	return ledger, errors.Join(problems...)
}

func readEntry(file string, node *yaml.Node) (*Entry, error) {
	pos := facts.Pos{File: file, Line: node.Line}
	if err := checkKeys(file, node); err != nil {
		return nil, err
	}
	texts := map[string]string{}
	for _, key := range []string{"id", "place", "why", "evidence", "wire", "since", "review_by"} {
		value := oas.Child(node, key)
		if texts[key] = oas.Text(value); strings.TrimSpace(texts[key]) != "" {
			continue
		}
		if value != nil && value.Kind != yaml.ScalarNode {
			return nil, fmt.Errorf("%s:%d: %s of the deviation %q must be a text", file, value.Line, key, texts["id"])
		}
		return nil, fmt.Errorf("%s: the deviation %q has no %s", pos, texts["id"], key)
	}
	e := &Entry{ID: texts["id"], Place: facts.Place(texts["place"]), Why: texts["why"], Evidence: texts["evidence"], Wire: texts["wire"], Pos: pos}
	if err := e.read(node, texts["since"], texts["review_by"]); err != nil {
		return nil, fmt.Errorf("%s: the deviation %s: %w", pos, e.ID, err)
	}
	return e, nil
}

func checkKeys(file string, node *yaml.Node) error {
	if node.Kind != yaml.MappingNode {
		return fmt.Errorf("%s:%d: a deviation must be a mapping", file, node.Line)
	}
	for i := 0; i < len(node.Content); i += 2 {
		if key := node.Content[i]; !slices.Contains(entryKeys, key.Value) {
			return fmt.Errorf("%s:%d: a deviation has no %q; it has %s", file, key.Line, key.Value, strings.Join(entryKeys, ", "))
		}
	}
	return nil
}

// read reads the fields that are more than text.
func (e *Entry) read(node *yaml.Node, since, reviewBy string) (err error) {
	if _, err := e.Place.Steps(); err != nil {
		return err
	}
	if e.Pages = readNames(oas.Child(node, "page")); e.Pages == nil {
		return errors.New(`page must be an operation, a list of them, or "*"`)
	}
	version := oas.Child(node, "version")
	if e.Versions = readNames(version); e.Versions == nil && version != nil {
		return errors.New(`version must be an API version, a list of them, or "*"; without it the deviation holds for all`)
	}
	if e.Docs, e.DocsAbsent, err = readSays(oas.Child(node, "docs_says")); err != nil {
		return fmt.Errorf("docs_says: %w", err)
	}
	if e.Spec, e.SpecAbsent, err = readSays(oas.Child(node, "spec_says")); err != nil {
		return fmt.Errorf("spec_says: %w", err)
	}
	switch {
	case e.DocsAbsent && e.SpecAbsent:
		return errors.New("both sides are absent, so that nothing differs")
	case e.DocsAbsent && e.Spec[facts.Present] == "":
		return errors.New("spec_says needs { present: true }, where the docs have nothing")
	case e.SpecAbsent && e.Docs[facts.Present] == "":
		return errors.New("docs_says needs { present: true }, where the spec has nothing")
	case !e.DocsAbsent && !e.SpecAbsent && len(e.aspects()) == 0:
		return errors.New("docs_says and spec_says name nothing that differs")
	}
	if e.Since, err = time.Parse(time.DateOnly, since); err != nil {
		return errors.New("since is not a date such as 2026-01-31")
	}
	if e.ReviewBy, err = time.Parse(time.DateOnly, reviewBy); err != nil {
		return errors.New("review_by is not a date such as 2026-01-31")
	}
	if e.ReviewBy.Before(e.Since) {
		return errors.New("review_by is before since")
	}
	return nil
}

// readNames reads a name or a list of names; it returns nil for anything else.
func readNames(node *yaml.Node) []string {
	names := oas.Texts(node)
	if slices.Contains(names, "") {
		return nil
	}
	return names
}

// readSays reads {aspect: value}, or the string absent.
func readSays(node *yaml.Node) (says map[facts.Aspect]string, absent bool, err error) {
	switch {
	case oas.Text(node) == "absent":
		return nil, true, nil
	case node == nil || node.Kind != yaml.MappingNode:
		return nil, false, errors.New(`must be a mapping of aspects such as {required: true}, or "absent"`)
	}
	says = map[facts.Aspect]string{}
	for i := 0; i+1 < len(node.Content); i += 2 {
		aspect, value := facts.Aspect(node.Content[i].Value), node.Content[i+1]
		if !isComparable(aspect) {
			return nil, false, fmt.Errorf("line %d: %q is not an aspect", value.Line, aspect)
		}
		said := facts.ValueOf(aspect, value)
		if aspect.IsFlag() && said != "" && said != "true" {
			return nil, false, fmt.Errorf("line %d: %s is true or false, not %s", value.Line, aspect, said)
		}
		says[aspect] = said
	}
	return says, false, nil
}

// isComparable reports whether docs and spec can intentionally differ in an aspect.
func isComparable(a facts.Aspect) bool {
	return a.IsConstraint() || a.IsFlag() || slices.Contains([]facts.Aspect{
		facts.Type, facts.Format, facts.Enum, facts.Default, facts.Example, facts.Examples, facts.MediaType, facts.Union,
		facts.Method, facts.Path, facts.OperationID, facts.Server, facts.Servers, facts.Discriminator, facts.Scheme, facts.AuthMethods, facts.TokenTypes, facts.Scopes,
	}, a)
}
