package check

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/highlevel-go/snapshots/internal/facts"
	"github.com/highlevel-go/snapshots/internal/fileio"
)

// TextsFolder is the folder next to the records, ignored by git, with the texts of the accepted pages: a record contains
// only their fingerprints.
const TextsFolder = ".pages"

func textsFile(path string) (dir, file string) {
	if isFile(path) {
		path = filepath.Dir(path)
	}
	dir = filepath.Join(path, TextsFolder)
	return dir, filepath.Join(dir, "texts.json")
}

// SaveTexts writes the known texts of the records at a path, and no others.
func SaveTexts(path string, records []*facts.Document) error {
	texts := map[string]string{} // by fingerprint, so that each text belongs to its fact
	eachText(records, func(f *facts.Fact) {
		if f.Prose != "" {
			texts[f.Value] = f.Prose
		}
	})
	data, err := json.MarshalIndent(texts, "", "  ")
	if err != nil {
		return err
	}
	dir, file := textsFile(path)
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	if err := fileio.Replace(filepath.Join(dir, ".gitignore"), []byte("*\n")); err != nil {
		return err
	}
	return fileio.Replace(file, append(data, '\n'))
}

// loadTexts adds the texts that [SaveTexts] wrote to the facts of records.
func loadTexts(path string, records []*facts.Document) error {
	_, file := textsFile(path)
	data, err := fileio.Read(file)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	var texts map[string]string
	if err := json.Unmarshal(data, &texts); err != nil {
		return fmt.Errorf("%s: %w; remove the file, and specdrift accept writes it again", file, err)
	}
	eachText(records, func(f *facts.Fact) {
		if text := texts[f.Value]; f.Prose == "" && facts.TextHash(text) == f.Value {
			f.Prose = text
		}
	})
	return nil
}

func eachText(records []*facts.Document, visit func(*facts.Fact)) {
	for _, record := range records {
		for _, op := range record.Operations {
			for i := range op.Facts {
				if op.Facts[i].Aspect.IsText() {
					visit(&op.Facts[i])
				}
			}
		}
	}
}
