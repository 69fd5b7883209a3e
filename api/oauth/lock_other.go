//go:build !(darwin || dragonfly || freebsd || linux || netbsd || openbsd)

package oauth

import (
	"errors"
	"io/fs"
	"os"
	"time"
)

// abandoned is the age at which a lock is taken for that of a process which has died. A refresh takes 25 seconds at most.
const abandoned = time.Minute

// tryLock makes a file that must not exist yet.
func tryLock(path string) (func(), error) {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if errors.Is(err, fs.ErrExist) {
		if info, err := os.Stat(path); err == nil && time.Since(info.ModTime()) > abandoned {
			_ = os.Remove(path)
		}
		return nil, errLocked
	}
	if err != nil {
		return nil, err
	}
	_ = f.Close()
	return func() { _ = os.Remove(path) }, nil
}
