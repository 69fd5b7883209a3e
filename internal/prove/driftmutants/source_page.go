package driftmutants

import (
	"fmt"
	"os"
	"strings"

	"github.com/highlevel-go/snapshots/internal/docpage"
	"github.com/highlevel-go/snapshots/internal/facts"
	"github.com/highlevel-go/snapshots/internal/prove/pagewriter"
)

// SourcePage is a page as it was accepted.
type SourcePage struct {
	ID   string
	Text []byte
	Page *docpage.Page
}

// OwnPages writes the pages that a record describes, with prose of our own.
func OwnPages(recordFile string) ([]*SourcePage, error) {
	record, err := facts.ReadFile(recordFile)
	if err != nil {
		return nil, err
	}
	var out []*SourcePage
	for _, op := range record.Operations {
		for i, f := range op.Facts {
			if f.Aspect.IsText() {
				op.Facts[i].Prose = ownProse(op, f)
			}
		}
		written, err := pagewriter.Write(op, pagewriter.Dialect{})
		if err != nil {
			return nil, err
		}
		page, err := docpage.Parse(op.ID+".md", written.Text)
		if err != nil {
			return nil, err
		}
		out = append(out, &SourcePage{ID: op.ID, Text: written.Text, Page: page})
	}
	return out, nil
}

// ownProse is prose of our own for a place, of which the record has only a hash.
func ownProse(op *facts.Operation, f facts.Fact) string {
	usual := map[facts.Place]string{"response.200": "All went well", "response.201": "It was created", "response.400": "Bad request", "response.401": "Unauthorized"}
	switch {
	case f.Aspect == facts.Summary:
		title := strings.ReplaceAll(op.ID, "-", " ")
		return strings.ToUpper(title[:1]) + title[1:]
	case usual[f.Place] != "":
		return usual[f.Place]
	}
	return fmt.Sprintf("What %s is about.", strings.Trim(string(f.Place[strings.LastIndexAny(string(f.Place), ".]")+1:]), "."))
}

// ReadPages reads pages from files.
func ReadPages(files []string) ([]*SourcePage, error) {
	var out []*SourcePage
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			return nil, err
		}
		page, err := docpage.Parse(file, data)
		if err != nil {
			return nil, err
		}
		out = append(out, &SourcePage{ID: page.ID, Text: data, Page: page})
	}
	return out, nil
}
