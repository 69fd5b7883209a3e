// Package tokens stores the tokens of accounts, and finds the one that a command is to use.
package tokens

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"time"

	"github.com/highlevel-go/snapshots/internal/fileio"
	"github.com/zalando/go-keyring"
)

// ErrNothing is the error of a store that has nothing by that name.
var ErrNothing = errors.New("nothing is stored")

// SecretStore stores secrets by name.
type SecretStore interface {
	fmt.Stringer // "the keyring"
	Get(name string) ([]byte, error)
	Set(name string, secret []byte) error
	Delete(name string) error
}

// SecretStores lists the stores in the order in which they are read. dir is the directory of settings; without one there are none,
// since there is nowhere to keep other processes out while a token is renewed.
func SecretStores(dir string) []SecretStore {
	if dir == "" {
		return nil
	}
	return []SecretStore{Keyring(), Files(dir)}
}

// keyringService is the service that the secrets have in the keyring.
const keyringService = "highlevel-snapshots"

// keyringTimeout bounds a request to the keyring, which may ask a person to unlock it.
const keyringTimeout = 30 * time.Second

// errNoKeyring is the error of a session without a keyring.
var errNoKeyring = errors.New("this session has none")

// Keyring returns the keyring of the operating system.
func Keyring() SecretStore { return keyringStore{} }

type keyringStore struct{}

func (keyringStore) String() string { return "the keyring" }

func (keyringStore) Get(name string) ([]byte, error) {
	secret, err := withTimeout(func() (string, error) { return keyring.Get(keyringService, name) })
	return []byte(secret), err
}

func (keyringStore) Set(name string, secret []byte) error {
	_, err := withTimeout(func() (string, error) { return "", keyring.Set(keyringService, name, string(secret)) })
	return err
}

func (keyringStore) Delete(name string) error {
	_, err := withTimeout(func() (string, error) { return "", keyring.Delete(keyringService, name) })
	return err
}

// withTimeout calls fn, and waits for it no longer than keyringTimeout.
func withTimeout(fn func() (string, error)) (string, error) {
	type result struct {
		secret string
		err    error
	}
	done := make(chan result, 1)
	go func() {
		secret, err := fn()
		done <- result{secret, err}
	}()
	select {
	case r := <-done:
		if errors.Is(r.err, keyring.ErrNotFound) {
			return "", ErrNothing
		}
		if errors.Is(r.err, exec.ErrNotFound) { // such as dbus-launch, on a server or in a container
			return "", errNoKeyring
		}
		if r.err != nil {
			return "", r.err
		}
		return r.secret, nil
	case <-time.After(keyringTimeout):
		return "", fmt.Errorf("no answer in %v", keyringTimeout)
	}
}

// Files returns a store of files, a secret each, that only their owner may read.
func Files(dir string) SecretStore { return fileStore{filepath.Join(dir, "credentials")} }

type fileStore struct{ dir string }

func (f fileStore) String() string { return f.dir }

func (f fileStore) path(name string) string { return filepath.Join(f.dir, name+".json") }

func (f fileStore) Get(name string) ([]byte, error) {
	data, err := os.ReadFile(f.path(name))
	if errors.Is(err, fs.ErrNotExist) || err == nil && len(data) == 0 { // of a Set that was interrupted
		return nil, ErrNothing
	}
	return data, err
}

func (f fileStore) Set(name string, secret []byte) error {
	if err := os.MkdirAll(f.dir, 0o700); err != nil {
		return err
	}
	file, err := os.OpenFile(f.path(name), os.O_WRONLY|os.O_CREATE, 0o600) // Replace keeps its mode
	if err != nil {
		return err
	}
	if err := errors.Join(file.Chmod(0o600), file.Close()); err != nil {
		return err
	}
	return fileio.Replace(f.path(name), secret)
}

func (f fileStore) Delete(name string) error {
	err := os.Remove(f.path(name))
	if errors.Is(err, fs.ErrNotExist) {
		return ErrNothing
	}
	return err
}
