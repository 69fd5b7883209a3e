package conformance_test

import (
	"flag"
	"os"
	"testing"

	"github.com/highlevel-go/snapshots/internal/prove"
)

// TestMain sets how many random messages a test makes, unless the command line does.
func TestMain(m *testing.M) {
	flag.Parse()
	said := false
	flag.Visit(func(f *flag.Flag) { said = said || f.Name == "rapid.checks" })
	if !said {
		checks := "100"
		switch {
		case prove.InFull():
			checks = "1000"
		case testing.Short():
			checks = "20"
		}
		if err := flag.Set("rapid.checks", checks); err != nil {
			panic(err)
		}
	}
	os.Exit(m.Run())
}
