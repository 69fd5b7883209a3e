package coverage_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"os/exec"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"github.com/highlevel-go/snapshots/conformance/coverage"
)

// TestPageShowsTheMatrixInABrowser looks at the page as a person would: in a browser, wide and narrow.
func TestPageShowsTheMatrixInABrowser(t *testing.T) {
	if testing.Short() {
		t.Skip("starts a browser; run without -short")
	}
	var chromium string
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if found, err := exec.LookPath(name); err == nil {
			chromium = found
			break
		}
	}
	if chromium == "" {
		t.Skip("no chromium on this machine: the page is not looked at")
	}
	j, tr := tracked(t)
	saw(j, tr, "/things/1", "k", `{"name":"rope"}`, 200)
	report := tr.Report()
	html, err := report.HTML()
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, _ = w.Write(html)
	}))
	defer server.Close()

	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(chromium), chromedp.UserDataDir(t.TempDir()),
		chromedp.NoSandbox, chromedp.DisableGPU, chromedp.Flag("disable-component-update", true), chromedp.Flag("disable-sync", true),
		chromedp.Flag("disable-background-networking", true))
	ctx, cancel = chromedp.NewExecAllocator(ctx, options...)
	defer cancel()
	ctx, cancel = chromedp.NewContext(ctx)
	defer cancel()

	if err := chromedp.Do(ctx, chromedp.EmulateViewport(1200, 900), chromedp.Navigate(server.URL)); err != nil {
		t.Fatal(err)
	}
	type look struct {
		Title, Part          string
		Rows, Cells, Missing int
		MissingVisible, Fits bool
		Requests             int
	}
	see := func() look {
		t.Helper()
		seen, err := chromedp.Run(ctx, chromedp.Evaluate[look](`({
			Title: document.title,
			Part: getComputedStyle(document.querySelector("td.part"), "::before").content,
			Rows: document.querySelectorAll("#matrix tbody tr").length,
			Cells: document.querySelectorAll("#matrix tbody td").length,
			Missing: document.querySelectorAll("li.miss").length,
			MissingVisible: document.querySelector("li.miss").getClientRects().length > 0,
			Fits: document.documentElement.scrollWidth <= window.innerWidth,
			Requests: performance.getEntriesByType("resource").filter(e => !e.name.endsWith("/favicon.ico")).length, // browsers ask for that by themselves
		})`))
		if err != nil {
			t.Fatal(err)
		}
		return seen
	}
	want := look{Title: "Coverage of Small <API> 1", Part: `"✗ "`, Rows: 1, Cells: len(coverage.Kinds()),
		Missing: len(report.Missing()), MissingVisible: true, Fits: true}
	if got := see(); got != want {
		t.Errorf("wide: the browser shows %+v, want %+v", got, want)
	}
	if err := chromedp.Do(ctx, chromedp.EmulateViewport(360, 700)); err != nil {
		t.Fatal(err)
	}
	if got := see(); got != want {
		t.Errorf("narrow: the browser shows %+v, want %+v", got, want)
	}
}
