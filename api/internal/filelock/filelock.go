// Package filelock excludes other processes by a lock file. The system releases a lock when its process ends, however it
// ends; on systems without such locks, one that has not been touched for a while counts as released.
package filelock

import "errors"

// ErrLocked is the error of TryLock while another process or caller holds the lock.
var ErrLocked = errors.New("locked by another")
