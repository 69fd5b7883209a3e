package operations_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/highlevel-go/snapshots/api"
	"github.com/highlevel-go/snapshots/cmd/snapshots/internal/operations"
)

// notDone is the error of a request that certainly changed nothing.
type notDone struct{}

func (notDone) Error() string      { return "refused" }
func (notDone) Effect() api.Effect { return api.EffectNone }

func has(t *testing.T, r *operations.LinkRecord, key operations.LinkKey) bool {
	t.Helper()
	made, err := r.Has(key)
	if err != nil {
		t.Fatal(err)
	}
	return made
}

func TestALinkIsRecordedBeforeItIsMade(t *testing.T) {
	path := filepath.Join(t.TempDir(), "new", "links.jsonl")
	key := operations.LinkKey{Company: "c", Snapshot: "s", Type: "link"}
	for name, path := range map[string]string{"in a file": path, "in memory": "", "where nothing can be written": os.DevNull + "/links.jsonl"} {
		t.Run(name, func(t *testing.T) {
			r := operations.NewLinkRecord(path)
			refused := func() error {
				if path != os.DevNull+"/links.jsonl" && !has(t, r, key) { // a killed process would leave it so
					t.Error("it was not noted when the request was sent")
				}
				return notDone{}
			}
			_ = r.Track(key, refused)
			if path == os.DevNull+"/links.jsonl" {
				if _, err := r.Has(key); err == nil {
					t.Error("a record that cannot be read was read")
				}
				if err := r.Track(key, func() error { return nil }); err == nil {
					t.Error("a line was lost without an error")
				}
				return
			}
			if has(t, r, key) {
				t.Error("a link that was refused is known as made")
			}
			if err := r.Track(key, func() error { return nil }); err != nil || !has(t, r, key) {
				t.Errorf("a link that was made is not known: %v", err)
			}
			_ = r.Track(key, refused) // undoes its own line, and no other
			other := key
			other.Service = "http://127.0.0.1:1"
			if !has(t, r, key) || has(t, r, other) {
				t.Error("the record mixes links up")
			}
		})
	}
	if !has(t, operations.NewLinkRecord(path), key) {
		t.Error("another process does not know of the link")
	}
}

func TestTheErrorOfADamagedRecordOfLinksNamesItsLine(t *testing.T) {
	path := filepath.Join(t.TempDir(), "links.jsonl")
	if err := os.WriteFile(path, []byte("{}\n{\"comp"), 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := operations.NewLinkRecord(path).Has(operations.LinkKey{Company: "c"})
	if err == nil || !strings.Contains(err.Error(), path+":2:") {
		t.Errorf("the error is %v", err)
	}
}
