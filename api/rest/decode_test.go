package rest

import (
	"fmt"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/highlevel-go/snapshots/api/internal/leak"
)

// An undocumented response must cost about as much as a documented one: one pass, and memory in proportion to the response.
func TestALargeAnswerCostsInProportionHoweverItIsWritten(t *testing.T) {
	leak.Check(t)
	type item struct {
		ID   string `json:"id"`
		Name string `json:"name"`
	}
	type list struct {
		Items []item `json:"items"`
	}
	const size = 2 << 20
	for name, one := range map[string]string{
		"as documented":     `{"id":"123456789","name":"n"}`,
		"numbers for texts": `{"id":123456789,"name":1}`,
		"objects for texts": `{"id":{"a":1},"name":[1]}`,
		"repeated names":    `{"id":"1","id":"2","\u0069d":"3"}`,
		"nulls":             `null,{"id":null}`,
		"other names":       `{"ID":"123456789","Id":[[]]}`,
	} {
		body := []byte(`{"items":[` + strings.Repeat(one+",", size/len(one)) + one + `]}`)
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		begin := time.Now()
		var v list
		_, err := decode(body, "", defaultMaxDepth, &v)
		took := time.Since(begin)
		runtime.ReadMemStats(&after)
		if err != nil || len(v.Items) == 0 {
			t.Fatalf("%s: %v", name, err)
		}
		if used := after.TotalAlloc - before.TotalAlloc; used > 25*size || took > 5*time.Second {
			t.Errorf("%s: %s of memory in %v", name, fmt.Sprint(used>>20, " MiB"), took)
		}
	}
}
