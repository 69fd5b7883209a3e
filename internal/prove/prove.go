// Package prove contains tests and tools that only prove things about the rest of the project. Its laboratories try every
// change at every place, which takes minutes, so go test tries a sample of each kind, and "make prove" all of them.
package prove

import "os"

// InFull reports whether a laboratory should try everything: PROVE=full is set, as make prove sets it, or PROVE=nightly.
// Only then are the tables in docs/ compared, or written with -update.
func InFull() bool { return os.Getenv("PROVE") == "full" || Nightly() }

// Nightly reports whether a laboratory should also do what takes many minutes, such as compiling dozens of clients:
// PROVE=nightly is set, as make nightly sets it.
func Nightly() bool { return os.Getenv("PROVE") == "nightly" }
