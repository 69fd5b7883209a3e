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

// Markdown twins as many as the site has, 627, read on one core, the 102 of the mirror again and again: under two seconds.
func BenchmarkReadOf627Twins(b *testing.B) {
	var twins [][]byte
	for _, file := range prove.Shared(b, "twins/*__*.md") {
		data, err := os.ReadFile(file)
		if err != nil {
			b.Fatal(err)
		}
		twins = append(twins, data)
	}
	const count = 627
	var size int64
	for i := range count {
		size += int64(len(twins[i%len(twins)]))
	}
	b.SetBytes(size)
	b.ReportAllocs()
	for b.Loop() {
		for i := range count {
			if _, err := docpage.Parse("page.md", twins[i%len(twins)]); err != nil {
				b.Fatal(err)
			}
		}
	}
	b.ReportMetric(count, "pages/op")
}
