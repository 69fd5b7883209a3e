package oauth

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/highlevel-go/snapshots/api/internal/atomicfile"
	"github.com/highlevel-go/snapshots/api/internal/filelock"
)

// FileStore returns a store that keeps a token in a file that only its owner can read. Writing replaces the file atomically,
// so that after a crash it contains the old token or the new one. Two files beside it coordinate processes: one with the
// suffix .lock is locked while a token is refreshed, and one with .swap while it is replaced. If path is a symbolic link,
// all this applies to the file that it points to.
func FileStore(path string) Store { return &fileStore{given: path} }

type fileStore struct{ given string }

// path returns the file itself. A link to it can change at any time, so it is followed each time.
func (f *fileStore) path() string { return atomicfile.Follow(f.given) }

func (f *fileStore) Load(context.Context) (Token, error) {
	data, err := os.ReadFile(f.path())
	if errors.Is(err, fs.ErrNotExist) {
		return Token{}, ErrNoToken
	}
	if err != nil {
		return Token{}, fmt.Errorf("load token: %w", err)
	}
	var t Token
	if err := json.Unmarshal(data, &t); err != nil || t.equal(Token{}) {
		return Token{}, fmt.Errorf("load token: %s does not hold a token", f.given) // without err, which may repeat the content
	}
	return t, nil
}

func (f *fileStore) Swap(ctx context.Context, old, next Token) error {
	unlock, err := waitForLock(ctx, f.path()+".swap") // comparing and replacing are one step, for other processes too
	if err != nil {
		return fmt.Errorf("store token: %w", err)
	}
	defer unlock()
	if !old.equal(Token{}) {
		have, err := f.Load(ctx)
		if err != nil {
			return err
		}
		if !have.equal(old) {
			return ErrChanged
		}
	}
	data, err := next.Encode()
	if err != nil {
		return fmt.Errorf("store token: %w", err)
	}
	if err := replaceFile(f.path(), append(data, '\n')); err != nil {
		return fmt.Errorf("store token: %w", err)
	}
	return nil
}

// replaceFile replaces the file at path with one that only its owner may read.
func replaceFile(path string, data []byte) error {
	tmp, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".*") // with mode 0600
	if err != nil {
		return err
	}
	return atomicfile.Replace(path, tmp, data)
}

func (f *fileStore) Lock(ctx context.Context) (func(), error) {
	unlock, err := waitForLock(ctx, f.path()+".lock")
	if err != nil {
		return nil, fmt.Errorf("lock token: %w", err)
	}
	return unlock, nil
}

// waitForLock polls for a lock, since no system waits for a file and a context at once.
func waitForLock(ctx context.Context, path string) (func(), error) {
	for {
		unlock, err := filelock.TryLock(path)
		if err == nil {
			return sync.OnceFunc(unlock), nil
		}
		if !errors.Is(err, filelock.ErrLocked) {
			return nil, err
		}
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-time.After(20 * time.Millisecond):
		}
	}
}
