package fetch_test

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/highlevel-go/snapshots/internal/docpage"
	"github.com/highlevel-go/snapshots/internal/facts"
	"github.com/highlevel-go/snapshots/internal/fetch"
	"github.com/highlevel-go/snapshots/internal/prove/docsite"
)

const makeWidget = "/docs/api/widgets/make-widget"

func widgets() map[string]string {
	rendered := docsite.Page{Path: "/docs/api/widgets/drop-widget", Title: "Drop widget", Rendered: true}
	hollow := docsite.Page{Path: "/docs/api/widgets/hollow", Title: "Hollow"}
	guide := docsite.Page{Path: "/docs/api/widgets/guide", Title: "About widgets", Guide: true}
	return docsite.Build("one", docsite.Widget("make-widget", "put"), docsite.Widget("get-widget", "get"), rendered, hollow, guide)
}

func serve(t *testing.T, handler http.Handler) *url.URL {
	t.Helper()
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	return address(t, server.URL)
}

func address(t *testing.T, text string) *url.URL {
	t.Helper()
	u, err := fetch.ParseAddress(text)
	if err != nil {
		t.Fatal(err)
	}
	return u
}

func open(t *testing.T, home *url.URL, o fetch.Options) *fetch.Site {
	t.Helper()
	site, err := fetch.New(home, o)
	if err != nil {
		t.Fatal(err)
	}
	return site
}

func TestPageIsThePayloadOfItsScript(t *testing.T) {
	site := docsite.NewSite(widgets())
	home := serve(t, site)
	page, err := open(t, home, fetch.Options{}).Page(t.Context(), home.JoinPath(makeWidget))
	if err != nil {
		t.Fatal(err)
	}
	if page.Kind != fetch.Payload || page.Source != "payload" || page.ID != "make-widget" || page.Section != "widgets" {
		t.Errorf("got %s %s %s/%s", page.Kind, page.Source, page.Section, page.ID)
	}
	if want := docsite.Canonical + makeWidget; page.Operation.Page != want {
		t.Errorf("the page's own address is %q, want %q", page.Operation.Page, want)
	}
	if method := page.Value(facts.OperationPlace, facts.Method); !strings.EqualFold(method, "put") {
		t.Errorf("method %q", method)
	}
	if err := page.Problem(); err != nil {
		t.Error(err)
	}
}

func TestScriptsThatPagesShareAreRequestedOnce(t *testing.T) {
	site := docsite.NewSite(widgets())
	home := serve(t, site)
	s := open(t, home, fetch.Options{UserAgent: "test (+https://example.com)"})
	for _, slug := range []string{"make-widget", "get-widget"} {
		if _, err := s.Page(t.Context(), home.JoinPath("/docs/api/widgets", slug)); err != nil {
			t.Fatal(err)
		}
	}
	counts := map[string]int{}
	for _, r := range site.Requests() {
		counts[r.URL.Path]++
		if got := r.Header.Get("User-Agent"); got != "test (+https://example.com)" {
			t.Errorf("%s was asked for by %q", r.URL.Path, got)
		}
	}
	if len(counts) != 8 {
		t.Errorf("two pages, two twins that are not there, two scripts of their own and two shared ones are 8 files, not %d: %v", len(counts), counts)
	}
	for path, n := range counts {
		if n != 1 {
			t.Errorf("%s was asked for %d times", path, n)
		}
	}
}

func TestPageWithoutPayloadIsItsHTML(t *testing.T) {
	home := serve(t, docsite.NewSite(widgets()))
	page, err := open(t, home, fetch.Options{}).Page(t.Context(), home.JoinPath("/docs/api/widgets/drop-widget"))
	if err != nil {
		t.Fatal(err)
	}
	if page.Kind != fetch.HTML || page.ID != "drop-widget" {
		t.Errorf("got %s %s", page.Kind, page.ID)
	}
	if err := page.Problem(); err != nil {
		t.Errorf("the whole page is there: %v", err)
	}
}

func TestSkeletonSaysWhatHelps(t *testing.T) {
	home := serve(t, docsite.NewSite(widgets()))
	page, err := open(t, home, fetch.Options{}).Page(t.Context(), home.JoinPath("/docs/api/widgets/hollow"))
	if err != nil {
		t.Fatal(err)
	}
	err = page.Problem()
	if err == nil || !strings.Contains(err.Error(), "open it in a browser") {
		t.Errorf("got %v", err)
	}
}

func TestPageWithoutOperationHasAnErrorOfItsOwn(t *testing.T) {
	home := serve(t, docsite.NewSite(widgets()))
	page, err := open(t, home, fetch.Options{}).Page(t.Context(), home.JoinPath("/docs/api/widgets/guide"))
	if !errors.Is(err, fetch.ErrNoOperation) || page != nil {
		t.Errorf("got %v, %v", page, err)
	}
}

func TestInvalidAddressesAreRefused(t *testing.T) {
	for _, text := range []string{"", "docs.example.com/x", "ftp://docs.example.com/x", "https://", "https://user:secret@docs.example.com/", "https://a b/", "file:///etc/passwd", "https://docs.example.com:port/"} {
		u, err := fetch.ParseAddress(text)
		if err == nil {
			t.Errorf("%q was taken as %s", text, u)
		} else if strings.Contains(err.Error(), "secret") {
			t.Errorf("the error shows the credentials: %v", err)
		}
	}
}

// The two sites that the real builder made.
func TestRealSites(t *testing.T) {
	for _, version := range []string{"4.2.0", "5.2.0"} {
		t.Run(version, func(t *testing.T) {
			root := filepath.Join("..", "..", "..", "shared", "site", version)
			if _, err := os.Stat(root); err != nil {
				t.Skip("the built sites are not beside this checkout")
			}
			home := serve(t, http.FileServer(http.Dir(root)))
			s := open(t, home, fetch.Options{})
			for _, slug := range []string{"create-snapshot-share-link", "get-custom-snapshots", "get-latest-snapshot-push", "get-snapshot-push"} {
				page, err := s.Page(context.Background(), home.JoinPath("/docs/ghl/snapshots", slug))
				if err != nil {
					t.Fatal(err)
				}
				if page.Kind != fetch.Payload || page.ID != slug || page.Problem() != nil {
					t.Errorf("%s: %s %s %v", slug, page.Kind, page.ID, page.Problem())
				}
				read, err := docpage.ReadFile(filepath.Join(root, "docs", "ghl", "snapshots", slug, "index.html"))
				if err != nil {
					t.Fatal(err)
				}
				saved := read[0]
				if len(page.Facts) == 0 || len(saved.Facts) != len(page.Facts) || saved.Operation.Page != page.Operation.Page {
					t.Errorf("%s: fetched %d facts of %s, the saved site has %d of %s", slug, len(page.Facts), page.Operation.Page, len(saved.Facts), saved.Operation.Page)
				}
			}
		})
	}
}
