package prove

import (
	"flag"
	"testing"
)

// SameEveryRun makes rapid draw the same values in every run, so that CI does not fail by chance, and fewer of them than
// with PROVE=full. Flags override this: to try more, use -rapid.seed=N -rapid.checks=5000.
func SameEveryRun(t testing.TB) {
	t.Helper()
	values := map[string]string{"rapid.seed": "1", "rapid.nofailfile": "true"}
	if !InFull() && !testing.Short() { // which takes a fifth of the checks
		values["rapid.checks"] = "40"
	}
	for name, value := range values {
		if f := flag.Lookup(name); f != nil && f.Value.String() == f.DefValue {
			if err := flag.Set(name, value); err != nil {
				t.Fatal(err)
			}
		}
	}
}
