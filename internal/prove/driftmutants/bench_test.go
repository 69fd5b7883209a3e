package driftmutants_test

import (
	"os"
	"testing"

	"github.com/highlevel-go/snapshots/internal/docpage"
	"github.com/highlevel-go/snapshots/internal/drift"
	"github.com/highlevel-go/snapshots/internal/prove"
)

// The four pages read, and compared with record and spec, in one process: under 10 ms. CONTRIBUTING tells how to measure it.
func BenchmarkCheckOfFourPages(b *testing.B) {
	baseline := ownBaseline(b)
	var size int64
	for _, p := range baseline.Pages {
		size += int64(len(p.Text))
	}
	b.SetBytes(size)
	b.ReportAllocs()
	for b.Loop() {
		if report := baseline.CheckAll(); report.Verdict() != drift.Clean || report.Pages != 4 {
			b.Fatalf("verdict %d on %d pages", report.Verdict(), report.Pages)
		}
	}
}

// Every page of the mirror, read on one core: under half a second.
func BenchmarkReadOf163Pages(b *testing.B) {
	var pages [][]byte
	var size int64
	for _, file := range prove.Shared(b, "corpus/pages/*.md") {
		data, err := os.ReadFile(file)
		if err != nil {
			b.Fatal(err)
		}
		pages, size = append(pages, data), size+int64(len(data))
	}
	b.SetBytes(size)
	b.ReportAllocs()
	for b.Loop() {
		for _, data := range pages {
			if _, err := docpage.Parse("page.md", data); err != nil {
				b.Fatal(err)
			}
		}
	}
	b.ReportMetric(float64(len(pages)), "pages/op")
}
