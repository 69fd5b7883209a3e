package fetch_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/highlevel-go/snapshots/internal/docpage"
	"github.com/highlevel-go/snapshots/internal/fetch"
	"github.com/highlevel-go/snapshots/internal/prove/docsite"
)

// harness saves pages of a site without a network.
type harness struct {
	t     *testing.T
	site  *docsite.Site
	dir   string
	pages []string
	// Beside what Save is told:
	listed bool
	during func(fetch.Result)
	warned []string
}

func newHarness(t *testing.T, pages ...string) *harness {
	return &harness{t: t, site: docsite.NewSite(widgets()), dir: filepath.Join(t.TempDir(), "new", "pages"), pages: pages}
}

// save is one run. It returns a line a page, such as "make-widget payload snapshots__x.payload.js".
func (h *harness) save(ctx context.Context) (lines []string, err error) {
	h.t.Helper()
	job := fetch.Job{Dir: h.dir, Listed: h.listed}
	for _, slug := range h.pages {
		job.Pages = append(job.Pages, address(h.t, docsite.Canonical+"/docs/api/widgets/"+slug))
	}
	s := open(h.t, job.Pages[0], fetch.Options{Transport: h.site, Warn: func(err error) { h.warned = append(h.warned, err.Error()) }})
	err = s.Save(ctx, job, func(r fetch.Result) {
		line := fetch.ShownName(r.URL) + " " + string(r.Outcome)
		if r.File != "" {
			line += " " + r.File
		}
		lines = append(lines, line)
		if h.during != nil {
			h.during(r)
		}
	})
	return lines, err
}

func (h *harness) want(lines ...string) {
	h.t.Helper()
	got, err := h.save(h.t.Context())
	if err != nil {
		h.t.Fatal(err)
	}
	if !slices.Equal(got, lines) {
		h.t.Errorf("got\n  %s\nwant\n  %s", strings.Join(got, "\n  "), strings.Join(lines, "\n  "))
	}
}

// asked are the paths of the requests, with ? where they had a condition.
func (h *harness) asked() (out []string) {
	for _, r := range h.site.Requests() {
		path := filepath.Base(r.URL.Path)
		if r.Header.Get("If-None-Match") != "" {
			path += "?"
		}
		out = append(out, path)
	}
	return out
}

func (h *harness) wantAsked(paths ...string) {
	h.t.Helper()
	if got := h.asked(); !slices.Equal(got, paths) {
		h.t.Errorf("asked for %v, want %v", got, paths)
	}
}

func TestSavedPagesAreReadByDocpage(t *testing.T) {
	h := newHarness(t, "make-widget", "drop-widget", "hollow", "guide")
	h.listed = true
	h.want("make-widget payload widgets__make-widget.payload.js", "drop-widget html widgets__drop-widget.html", "hollow not judged widgets__hollow.html", "guide skipped")
	files, err := docpage.Files([]string{h.dir})
	if err != nil {
		t.Fatal(err)
	}
	judged := map[string]bool{}
	for _, file := range files {
		pages, err := docpage.ReadFile(file.Path)
		if err != nil {
			t.Fatal(err)
		}
		judged[pages[0].ID] = pages[0].Judgeable()
	}
	if len(judged) != 3 || !judged["make-widget"] || !judged["drop-widget"] || judged["hollow"] {
		t.Errorf("read %v", judged)
	}
	if got := fetch.Origins(h.dir)["widgets__make-widget.payload.js"]; got != docsite.Canonical+makeWidget {
		t.Errorf("the script comes from %q", got)
	}
	left, err := filepath.Glob(filepath.Join(h.dir, "*.tmp"))
	if err != nil || len(left) > 0 {
		t.Errorf("left over: %v %v", left, err)
	}
}

func TestSecondRunRequestsOnlyWhatChanged(t *testing.T) {
	h := newHarness(t, "make-widget", "hollow", "guide")
	h.listed = true
	h.want("make-widget payload widgets__make-widget.payload.js", "hollow not judged widgets__hollow.html", "guide skipped")
	h.asked()
	h.want("make-widget unchanged widgets__make-widget.payload.js", "hollow not judged widgets__hollow.html", "guide skipped")
	h.wantAsked("make-widget.md", "make-widget?", "hollow.md", "hollow?", "guide.md", "guide?")
}

func TestChangedPageIsFetchedAgain(t *testing.T) {
	h := newHarness(t, "make-widget", "get-widget")
	h.want("make-widget payload widgets__make-widget.payload.js", "get-widget payload widgets__get-widget.payload.js")
	before, err := os.ReadFile(filepath.Join(h.dir, "widgets__make-widget.payload.js"))
	if err != nil {
		t.Fatal(err)
	}
	changed := docsite.Widget("make-widget", "patch")
	h.site.Publish(docsite.Build("two", changed, docsite.Widget("get-widget", "get")))
	h.asked()
	h.want("make-widget payload widgets__make-widget.payload.js", "get-widget payload widgets__get-widget.payload.js")
	after, err := os.ReadFile(filepath.Join(h.dir, "widgets__make-widget.payload.js"))
	if err != nil {
		t.Fatal(err)
	}
	if string(before) == string(after) || !strings.Contains(string(after), docsite.Pack(changed.Operation)) {
		t.Error("the new operation is not in the file")
	}
	asked := strings.Join(h.asked(), " ")
	if !strings.HasSuffix(asked, ".js?") { // the script of get-widget has the name that it had
		t.Errorf("the unchanged script was fetched whole: %s", asked)
	}
}

// A file that is gone or was touched is fetched again, whatever the server says.
func TestLostAndTouchedFilesAreFetchedAgain(t *testing.T) {
	h := newHarness(t, "make-widget")
	h.want("make-widget payload widgets__make-widget.payload.js")
	file := filepath.Join(h.dir, "widgets__make-widget.payload.js")
	for name, spoil := range map[string]func() error{
		"gone":    func() error { return os.Remove(file) },
		"touched": func() error { return os.WriteFile(file, []byte("x"), 0o644) },
	} {
		if err := spoil(); err != nil {
			t.Fatal(err)
		}
		h.want("make-widget payload widgets__make-widget.payload.js")
		if data, err := os.ReadFile(file); err != nil || !strings.Contains(string(data), "eJ") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// A server or a cache that says of a page of the old build that it is unchanged is found out by the other pages.
func TestServerThatWronglyAnswersUnchangedIsAskedAgain(t *testing.T) {
	h := newHarness(t, "make-widget", "get-widget")
	h.want("make-widget payload widgets__make-widget.payload.js", "get-widget payload widgets__get-widget.payload.js")
	changed := docsite.Widget("make-widget", "patch")
	files := docsite.Build("two", changed, docsite.Widget("get-widget", "get"))
	h.site.Publish(files)
	h.site.Handle(makeWidget, func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("If-None-Match") != "" {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		_, _ = w.Write([]byte(files[makeWidget]))
	})
	h.want("make-widget unchanged widgets__make-widget.payload.js", "get-widget payload widgets__get-widget.payload.js", "make-widget payload widgets__make-widget.payload.js")
	data, err := os.ReadFile(filepath.Join(h.dir, "widgets__make-widget.payload.js"))
	if err != nil || !strings.Contains(string(data), docsite.Pack(changed.Operation)) {
		t.Errorf("the new operation is not in the file: %v", err)
	}
}

// The same ETag for something else, a new one for the same, one of a megabyte: what was sent is what counts.
func TestUselessETags(t *testing.T) {
	h := newHarness(t, "make-widget")
	files := widgets()
	n := 0
	for _, tag := range []func() string{func() string { return `"same"` }, func() string { n++; return fmt.Sprint(n) }, func() string { return strings.Repeat("x", 100_000) }} {
		h.site.Handle(makeWidget, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("ETag", tag())
			_, _ = w.Write([]byte(files[makeWidget]))
		})
		for range 2 {
			h.want("make-widget payload widgets__make-widget.payload.js")
		}
	}
	info, err := os.Stat(filepath.Join(h.dir, fetch.StateFile))
	if err != nil || info.Size() > 4096 {
		t.Errorf("the state has %d bytes, %v", info.Size(), err)
	}
}

func TestInterruptedRunIsResumed(t *testing.T) {
	h := newHarness(t, "make-widget", "get-widget", "drop-widget")
	ctx, cancel := context.WithCancel(t.Context())
	h.during = func(r fetch.Result) {
		if r.Number == 2 {
			cancel()
		}
	}
	lines, err := h.save(ctx)
	if !errors.Is(err, context.Canceled) || len(lines) != 2 {
		t.Fatalf("got %v, %v", lines, err)
	}
	h.during = nil
	h.asked()
	h.want("make-widget done widgets__make-widget.payload.js", "get-widget done widgets__get-widget.payload.js", "drop-widget html widgets__drop-widget.html")
	if asked := h.asked(); len(asked) == 0 || asked[0] != "drop-widget.md" {
		t.Errorf("what was done was asked for again: %v", asked)
	}
	h.want("make-widget unchanged widgets__make-widget.payload.js", "get-widget unchanged widgets__get-widget.payload.js", "drop-widget unchanged widgets__drop-widget.html")
}

func TestOldInterruptionIsNotResumed(t *testing.T) {
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		h := newHarness(t, "make-widget", "get-widget")
		h.dir = dir
		ctx, cancel := context.WithCancel(t.Context())
		h.during = func(fetch.Result) { cancel() }
		if _, err := h.save(ctx); !errors.Is(err, context.Canceled) {
			t.Fatal(err)
		}
		h.during = nil
		time.Sleep(2 * time.Hour)
		h.want("make-widget unchanged widgets__make-widget.payload.js", "get-widget payload widgets__get-widget.payload.js")
	})
}

func TestBusyServerStopsTheRun(t *testing.T) {
	h := newHarness(t, "make-widget", "get-widget", "drop-widget")
	h.site.Handle("/docs/api/widgets/get-widget", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Retry-After", "86400")
		w.WriteHeader(http.StatusTooManyRequests)
	})
	lines, err := h.save(t.Context())
	if !errors.As(err, new(*fetch.BusyError)) || len(lines) != 1 {
		t.Fatalf("got %v, %v", lines, err)
	}
	if asked := h.asked(); asked[len(asked)-1] != "get-widget" {
		t.Errorf("the server was asked on: %v", asked)
	}
	h.site.Handle("/docs/api/widgets/get-widget", nil)
	h.want("make-widget done widgets__make-widget.payload.js", "get-widget payload widgets__get-widget.payload.js", "drop-widget html widgets__drop-widget.html")
}

func TestOneFailureDoesNotStopTheOthers(t *testing.T) {
	h := newHarness(t, "make-widget", "nowhere", "get-widget")
	h.want("make-widget payload widgets__make-widget.payload.js", "nowhere failed", "get-widget payload widgets__get-widget.payload.js")
}

// A page that fails or loses its operation leaves the file of an earlier run where it is, and the report says so.
func TestEarlierFileStaysWhenThePageIsGone(t *testing.T) {
	for name, break_ := range map[string]http.HandlerFunc{
		"gone": answer(404, ""), "no operation": answer(200, "<!doctype html><html><body><h1>Moved</h1></body></html>"),
	} {
		h := newHarness(t, "make-widget")
		h.listed = true
		h.want("make-widget payload widgets__make-widget.payload.js")
		h.site.Handle(makeWidget, break_)
		told := ""
		h.during = func(r fetch.Result) { told = r.Err.Error() }
		h.want("make-widget failed")
		if !strings.Contains(told, "stays in widgets__make-widget.payload.js") {
			t.Errorf("%s: told %q", name, told)
		}
		if _, err := os.Stat(filepath.Join(h.dir, "widgets__make-widget.payload.js")); err != nil {
			t.Error(err)
		}
	}
}

func TestPageThatGainsAPayloadIsNotThereTwice(t *testing.T) {
	h := newHarness(t, "drop-widget")
	h.want("drop-widget html widgets__drop-widget.html")
	h.site.Publish(docsite.Build("two", docsite.Widget("drop-widget", "delete")))
	h.want("drop-widget payload widgets__drop-widget.payload.js")
	if _, err := os.Stat(filepath.Join(h.dir, "widgets__drop-widget.html")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the HTML of before is still there: %v", err)
	}
}
