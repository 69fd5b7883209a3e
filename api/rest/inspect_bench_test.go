package rest

import (
	"fmt"
	"strings"
	"testing"
)

func BenchmarkInspect(b *testing.B) {
	var items []string
	for i := range 1000 {
		items = append(items, fmt.Sprintf(`{"id":"1eM2UgkfaECOYyU%05d","name":"Snapshot number %d","type":"own"}`, i, i))
	}
	body := []byte(`{"snapshots":[` + strings.Join(items, ",") + `]}`)
	b.SetBytes(int64(len(body)))
	for b.Loop() {
		if found, err := inspect(body, 100); found.repeated || err != nil {
			b.Fatal(found, err)
		}
	}
}
