// Package tokens stores the tokens of accounts, and finds the token for a command.
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

// ErrNothing is the error of a store that has no secret with a name.
var ErrNothing = errors.New("nothing is stored")

// SecretStore stores secrets by name.
type SecretStore interface {
	fmt.Stringer // "the keyring"
	Get(name string) ([]byte, error)
	Set(name string, secret []byte) error
	Delete(name string) error
}

// SecretStores returns the stores in the order in which they are read. dir is the directory of settings; without it there
// are none, because other processes could not be locked out during a refresh of a token.
func SecretStores(dir string) []SecretStore {
	if dir == "" {
		return nil
	}
	return []SecretStore{Keyring(), Files(dir)}
}

// keyringService is the service name of the secrets in the keyring.
const keyringService = "highlevel-snapshots"

// keyringTimeout limits a request to the keyring, which may ask a person to unlock it.
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

// withTimeout calls fn, and waits for it at most keyringTimeout.
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

// Files returns a store with one file for each secret, which only the owner can read.
func Files(dir string) SecretStore { return fileStore{filepath.Join(dir, "credentials")} }

type fileStore struct{ dir string }

func (f fileStore) String() string { return f.dir }

func (f fileStore) path(name string) string { return filepath.Join(f.dir, name+".json") }

func (f fileStore) Get(name string) ([]byte, error) {
	data, err := os.ReadFile(f.path(name))
	if errors.Is(err, fs.ErrNotExist) || err == nil && len(data) == 0 { // left by a Set that was interrupted
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
