package sandbox

import (
	"net/http"
	"strconv"
	"testing"

	"github.com/highlevel-go/snapshots/api/internal/leak"
)

func TestMeterDoesNotRememberEveryToken(t *testing.T) {
	leak.Check(t)
	m := newMeter()
	for n := range 3 * mostAccounts {
		m.count(http.Header{}, strconv.Itoa(n))
	}
	if n := len(m.spent); n > mostAccounts {
		t.Errorf("%d accounts are kept", n)
	}
}
