//go:build !(darwin || dragonfly || freebsd || linux || netbsd || openbsd || windows)

package filelock

import (
	"errors"
	"io/fs"
	"os"
	"time"
)

// A lock that has not been touched for this long is that of a dead process. It is well below the 30 seconds within
// which the service repeats the response to a refresh that the dead process may have begun.
const (
	abandoned = 10 * time.Second
	touching  = 2 * time.Second
)

// TryLock creates a file that must not exist yet, and touches it as long as the lock is held.
func TryLock(path string) (func(), error) {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if errors.Is(err, fs.ErrExist) {
		if info, err := os.Stat(path); err == nil && time.Since(info.ModTime()) > abandoned {
			_ = os.Remove(path)
		}
		return nil, ErrLocked
	}
	if err != nil {
		return nil, err
	}
	_ = f.Close()
	stop, done := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(done)
		tick := time.NewTicker(touching)
		defer tick.Stop()
		for {
			select {
			case <-stop:
				return
			case now := <-tick.C:
				_ = os.Chtimes(path, now, now)
			}
		}
	}()
	return func() {
		close(stop)
		<-done
		_ = os.Remove(path)
	}, nil
}
