package drift

import (
	"errors"
	"fmt"
	"os"
	"slices"
	"sort"
	"strings"
	"time"

	"go.yaml.in/yaml/v3"

	"github.com/highlevel-go/snapshots/internal/facts"
	"github.com/highlevel-go/snapshots/internal/files"
	"github.com/highlevel-go/snapshots/internal/oas"
)

// Ledger lists every place where the spec departs from the documentation on purpose.
type Ledger struct {
	File    string
	Entries []*Entry
}

// Entry is one departure. It holds only as long as both sides say what it says they say.
type Entry struct {
	ID    string
	Pages []string // operation ids; "*" is all
	Place facts.Place
	// Docs and Spec are what the two say, by aspect; an aspect that is missing on one side is absent there.
	Docs, Spec map[facts.Aspect]string
	// DocsAbsent and SpecAbsent: the place itself is not there.
	DocsAbsent, SpecAbsent bool
	Why, Evidence, Wire    string
	Since, ReviewBy        time.Time
	Pos                    facts.Pos
}

// ledgerEntry is an entry as it is written.
type ledgerEntry struct {
	ID       string    `yaml:"id"`
	Page     yaml.Node `yaml:"page"`
	Place    string    `yaml:"place"`
	DocsSays yaml.Node `yaml:"docs_says"`
	SpecSays yaml.Node `yaml:"spec_says"`
	Why      string    `yaml:"why"`
	Evidence string    `yaml:"evidence"`
	Wire     string    `yaml:"wire"`
	Since    string    `yaml:"since"`
	ReviewBy string    `yaml:"review_by"`
}

// ReadLedger reads deviations.yaml. Every entry must be complete: a departure without a reason is not one on purpose.
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

// ReadLedgerFile reads a ledger; a file that is not there is an empty one.
func ReadLedgerFile(file string) (*Ledger, error) {
	data, err := files.Read(file)
	if errors.Is(err, os.ErrNotExist) {
		return &Ledger{File: file}, nil
	}
	if err != nil {
		return nil, err
	}
	return ReadLedger(file, data)
}

func readEntry(file string, node *yaml.Node) (*Entry, error) {
	pos := facts.Pos{File: file, Line: node.Line}
	if err := checkKeys(file, node); err != nil {
		return nil, err
	}
	var raw ledgerEntry
	if err := node.Decode(&raw); err != nil {
		return nil, fmt.Errorf("%s: %s", pos, strings.TrimPrefix(err.Error(), "yaml: "))
	}
	e := &Entry{ID: raw.ID, Place: facts.Place(raw.Place), Why: raw.Why, Evidence: raw.Evidence, Wire: raw.Wire, Pos: pos}
	for _, need := range []struct{ key, value string }{
		{"id", raw.ID}, {"place", raw.Place}, {"why", raw.Why}, {"evidence", raw.Evidence}, {"wire", raw.Wire},
		{"since", raw.Since}, {"review_by", raw.ReviewBy},
	} {
		if strings.TrimSpace(need.value) == "" {
			return nil, fmt.Errorf("%s: the deviation %q has no %s", pos, raw.ID, need.key)
		}
	}
	if _, err := e.Place.Steps(); err != nil {
		return nil, fmt.Errorf("%s: the deviation %s: %w", pos, raw.ID, err)
	}
	var err error
	if e.Pages, err = stringsOf(&raw.Page); err != nil || len(e.Pages) == 0 {
		return nil, fmt.Errorf("%s: the deviation %s needs page: an operation, a list of them, or \"*\"", pos, raw.ID)
	}
	if e.Docs, e.DocsAbsent, err = readSays(&raw.DocsSays); err != nil {
		return nil, fmt.Errorf("%s: the deviation %s: docs_says: %w", pos, raw.ID, err)
	}
	if e.Spec, e.SpecAbsent, err = readSays(&raw.SpecSays); err != nil {
		return nil, fmt.Errorf("%s: the deviation %s: spec_says: %w", pos, raw.ID, err)
	}
	switch {
	case e.DocsAbsent && e.SpecAbsent:
		return nil, fmt.Errorf("%s: the deviation %s: both sides are absent, so that nothing differs", pos, raw.ID)
	case e.DocsAbsent && e.Spec[facts.Present] == "":
		return nil, fmt.Errorf("%s: the deviation %s: spec_says needs { present: true }, where the docs have nothing", pos, raw.ID)
	case e.SpecAbsent && e.Docs[facts.Present] == "":
		return nil, fmt.Errorf("%s: the deviation %s: docs_says needs { present: true }, where the spec has nothing", pos, raw.ID)
	case !e.DocsAbsent && !e.SpecAbsent && len(e.aspects()) == 0:
		return nil, fmt.Errorf("%s: the deviation %s: docs_says and spec_says name nothing that differs", pos, raw.ID)
	}
	if e.Since, err = time.Parse(time.DateOnly, raw.Since); err != nil {
		return nil, fmt.Errorf("%s: the deviation %s: since is no date such as 2026-01-31", pos, raw.ID)
	}
	if e.ReviewBy, err = time.Parse(time.DateOnly, raw.ReviewBy); err != nil {
		return nil, fmt.Errorf("%s: the deviation %s: review_by is no date such as 2026-01-31", pos, raw.ID)
	}
	if e.ReviewBy.Before(e.Since) {
		return nil, fmt.Errorf("%s: the deviation %s: review_by is before since", pos, raw.ID)
	}
	return e, nil
}

func checkKeys(file string, node *yaml.Node) error {
	if node.Kind != yaml.MappingNode {
		return fmt.Errorf("%s:%d: a deviation must be a mapping", file, node.Line)
	}
	known := []string{"id", "page", "place", "docs_says", "spec_says", "why", "evidence", "wire", "since", "review_by"}
	for i := 0; i < len(node.Content); i += 2 {
		if key := node.Content[i]; !slices.Contains(known, key.Value) {
			return fmt.Errorf("%s:%d: a deviation has no %q; it has %s", file, key.Line, key.Value, strings.Join(known, ", "))
		}
	}
	return nil
}

func stringsOf(node *yaml.Node) ([]string, error) {
	if node.Kind == yaml.ScalarNode {
		return []string{node.Value}, nil
	}
	var out []string
	err := node.Decode(&out)
	return out, err
}

// readSays reads {aspect: value}, or the word absent.
func readSays(node *yaml.Node) (says map[facts.Aspect]string, absent bool, err error) {
	switch {
	case node.Kind == yaml.ScalarNode && node.Value == "absent":
		return nil, true, nil
	case node.Kind != yaml.MappingNode:
		return nil, false, errors.New(`must be a mapping of aspects such as {required: true}, or the word "absent"`)
	}
	says = map[facts.Aspect]string{}
	for i := 0; i+1 < len(node.Content); i += 2 {
		aspect, value := facts.Aspect(node.Content[i].Value), node.Content[i+1]
		if !knownAspect(aspect) {
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

func knownAspect(a facts.Aspect) bool {
	return a.IsConstraint() || a.IsFlag() || slices.Contains([]facts.Aspect{
		facts.Type, facts.Format, facts.Enum, facts.Default, facts.Example, facts.Examples, facts.MediaType, facts.Union,
		facts.Method, facts.Path, facts.Server, facts.Scheme, facts.AuthMethods, facts.TokenTypes, facts.Scopes,
	}, a)
}

// covers reports whether the entry is about a place, which it may name with a * for one step.
func (e *Entry) covers(operation string, place facts.Place) bool {
	return e.about(operation) && matches(e.Place, place)
}

func (e *Entry) about(operation string) bool {
	return slices.Contains(e.Pages, "*") || slices.Contains(e.Pages, operation)
}

func matches(pattern, place facts.Place) bool {
	if pattern == place {
		return true
	}
	start, _, some := strings.Cut(string(pattern), "*")
	if !some || !strings.HasPrefix(string(place), start) {
		return false
	}
	a, errA := pattern.Steps()
	b, errB := place.Steps()
	if errA != nil || errB != nil || len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i].Kind != b[i].Kind || a[i].Name != "*" && a[i].Name != b[i].Name {
			return false
		}
	}
	return true
}

// aspects lists what the entry is about, in order.
func (e *Entry) aspects() []facts.Aspect {
	set := map[facts.Aspect]bool{}
	for a := range e.Docs {
		set[a] = true
	}
	for a := range e.Spec {
		set[a] = true
	}
	out := make([]facts.Aspect, 0, len(set))
	for a := range set {
		out = append(out, a)
	}
	sort.Slice(out, func(i, j int) bool { return out[i] < out[j] })
	return out
}
