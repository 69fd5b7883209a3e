// Package tokens keeps the tokens of accounts, and finds the one that a command is to use.
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

// ErrNothing is the error of a place that keeps nothing by that name.
var ErrNothing = errors.New("nothing is stored")

// Place keeps secrets by name.
type Place interface {
	fmt.Stringer // "the keyring"
	Get(name string) ([]byte, error)
	Set(name string, secret []byte) error
	Delete(name string) error
}

// Places lists the places in the order in which they are looked at. dir is the directory of settings; without one there are none,
// since there is nowhere to keep other processes out while a token is renewed.
func Places(dir string) []Place {
	if dir == "" {
		return nil
	}
	return []Place{Keyring(), Files(dir)}
}

// keyringService is what the keyring lists the secrets under.
const keyringService = "highlevel-snapshots"

// keyringPatience bounds one look into the keyring, which may ask a person to unlock it.
const keyringPatience = 30 * time.Second

// errNoKeyring is the error of a keyring where no program keeps one.
var errNoKeyring = errors.New("this session has none")

// Keyring returns the keyring of the operating system.
func Keyring() Place { return keyringPlace{} }

type keyringPlace struct{}

func (keyringPlace) String() string { return "the keyring" }

func (keyringPlace) Get(name string) ([]byte, error) {
	secret, err := inTime(func() (string, error) { return keyring.Get(keyringService, name) })
	return []byte(secret), err
}

func (keyringPlace) Set(name string, secret []byte) error {
	_, err := inTime(func() (string, error) { return "", keyring.Set(keyringService, name, string(secret)) })
	return err
}

func (keyringPlace) Delete(name string) error {
	_, err := inTime(func() (string, error) { return "", keyring.Delete(keyringService, name) })
	return err
}

// inTime calls fn, and does not wait for it forever.
func inTime(fn func() (string, error)) (string, error) {
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
	case <-time.After(keyringPatience):
		return "", fmt.Errorf("no answer in %v", keyringPatience)
	}
}

// Files returns a place that keeps each secret in a file that only its owner may read.
func Files(dir string) Place { return filePlace{filepath.Join(dir, "credentials")} }

type filePlace struct{ dir string }

func (f filePlace) String() string { return f.dir }

func (f filePlace) path(name string) string { return filepath.Join(f.dir, name+".json") }

func (f filePlace) Get(name string) ([]byte, error) {
	data, err := os.ReadFile(f.path(name))
	if errors.Is(err, fs.ErrNotExist) || err == nil && len(data) == 0 { // of a Set that was interrupted
		return nil, ErrNothing
	}
	return data, err
}

func (f filePlace) Set(name string, secret []byte) error {
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

func (f filePlace) Delete(name string) error {
	err := os.Remove(f.path(name))
	if errors.Is(err, fs.ErrNotExist) {
		return ErrNothing
	}
	return err
}
