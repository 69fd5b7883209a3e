package conformance_test

import (
	"flag"
	"os"
	"testing"
)

// TestMain asks for thousands of random messages in all, or hundreds with -short, unless the command line says another
// number.
func TestMain(m *testing.M) {
	flag.Parse()
	said := false
	flag.Visit(func(f *flag.Flag) { said = said || f.Name == "rapid.checks" })
	if !said {
		checks := "1000"
		if testing.Short() {
			checks = "50"
		}
		if err := flag.Set("rapid.checks", checks); err != nil {
			panic(err)
		}
	}
	os.Exit(m.Run())
}
