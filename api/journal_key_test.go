package api_test

import (
	"context"
	"errors"
	"path/filepath"
	"testing"

	"github.com/highlevel-go/snapshots/api"
	"github.com/highlevel-go/snapshots/api/internal/leak"
)

// JSON replaces bytes that are not UTF-8, so such a key would not be found again, and its item be done twice.
func TestAJournalRefusesAKeyThatItCannotReadBack(t *testing.T) {
	leak.Check(t)
	j, err := api.OpenJournal(filepath.Join(t.TempDir(), "journal"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = j.Close() }()
	done := 0
	_, err = api.Bulk(t.Context(), []string{"a\xff"}, func(context.Context, string) (*int, error) { done++; return &done, nil },
		api.Bulking[string, int]{Journal: j})
	if !errors.Is(err, api.ErrInvalidRequest) || done > 0 || len(j.Entries()) > 0 {
		t.Errorf("%v, done %d times, %+v", err, done, j.Entries())
	}
}
