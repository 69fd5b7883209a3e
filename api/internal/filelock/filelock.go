// Package filelock keeps processes apart by a lock file. The system releases a lock when its process ends, however it ends;
// where no such lock is to be had, one that nobody has touched for a while counts as released.
package filelock

import "errors"

// ErrLocked is the error of TryLock while another holds the lock.
var ErrLocked = errors.New("locked by another")
