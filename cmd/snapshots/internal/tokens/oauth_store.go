package tokens

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/gofrs/flock"
	"github.com/highlevel-go/snapshots/api/oauth"
)

// OAuthStore returns the store of the token that the app of a profile refreshes. File locks in dir, the directory of
// settings, exclude other processes.
func OAuthStore(p SecretStore, profile, dir string) oauth.Store {
	return &oauthStore{store: p, name: oauthName(profile), lock: filepath.Join(dir, "locks", profile)}
}

type oauthStore struct {
	store SecretStore
	name  string
	lock  string // prefix of the names of the lock files
}

func (s *oauthStore) Load(context.Context) (oauth.Token, error) {
	secret, err := s.store.Get(s.name)
	if errors.Is(err, ErrNothing) {
		return oauth.Token{}, oauth.ErrNoToken
	}
	if err != nil {
		return oauth.Token{}, err
	}
	var t oauth.Token
	if json.Unmarshal(secret, &t) != nil || t.AccessToken == "" && t.RefreshToken == "" { // the error may contain the secret
		return oauth.Token{}, fmt.Errorf("what %s has is not a token; log in again", s.store)
	}
	return t, nil
}

func (s *oauthStore) Swap(ctx context.Context, old, next oauth.Token) error {
	unlock, err := s.waitFor(ctx, ".swap") // compare and replace are atomic, for other processes too
	if err != nil {
		return err
	}
	defer unlock()
	if old.AccessToken != "" || old.RefreshToken != "" {
		stored, err := s.Load(ctx)
		if err != nil && !errors.Is(err, oauth.ErrNoToken) {
			return err
		}
		if stored.AccessToken != old.AccessToken || stored.RefreshToken != old.RefreshToken {
			return oauth.ErrChanged
		}
	}
	secret, err := next.Encode()
	if err != nil {
		return err
	}
	return s.store.Set(s.name, secret)
}

func (s *oauthStore) Lock(ctx context.Context) (func(), error) { return s.waitFor(ctx, ".lock") }

func (s *oauthStore) waitFor(ctx context.Context, suffix string) (func(), error) {
	if err := os.MkdirAll(filepath.Dir(s.lock), 0o700); err != nil {
		return nil, err
	}
	lock := flock.New(s.lock + suffix)
	if _, err := lock.TryLockContext(ctx, 50*time.Millisecond); err != nil {
		return nil, fmt.Errorf("lock %s: %w", lock.Path(), err)
	}
	return func() { _ = lock.Unlock() }, nil
}
