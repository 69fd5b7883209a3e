package fetch_test

import (
	"net/http"
	"net/url"
	"path/filepath"
	"strings"
	"testing"

	"github.com/highlevel-go/snapshots/internal/docpage"
	"github.com/highlevel-go/snapshots/internal/facts"
	"github.com/highlevel-go/snapshots/internal/fetch"
	"github.com/highlevel-go/snapshots/internal/prove/docsite"
)

// putTwins has the site serve the twins of pages.
func (h *harness) putTwins(pages ...docsite.Page) {
	for _, page := range pages {
		h.site.Put(page.Path+".md", page.Twin())
	}
}

var guide = docsite.Page{Path: "/docs/api/widgets/guide", Title: "About widgets", Guide: true}

func TestTwinIsAskedForFirst(t *testing.T) {
	h := newHarness(t, "make-widget", "get-widget", "guide")
	h.listed = true
	make, get := docsite.Widget("make-widget", "put"), docsite.Widget("get-widget", "get")
	make.Title, get.Title = "Make widget", "Get widget"
	h.putTwins(make, get, guide)
	h.want("make-widget twin widgets__make-widget.md", "get-widget twin widgets__get-widget.md", "guide skipped")
	h.wantAsked("make-widget.md", "get-widget.md", "guide.md")
	h.want("make-widget unchanged widgets__make-widget.md", "get-widget unchanged widgets__get-widget.md", "guide skipped")
	h.wantAsked("make-widget.md?", "get-widget.md?", "guide.md?")
	if len(h.warned) > 0 {
		t.Error(h.warned)
	}
	pages, err := docpage.ReadFile(filepath.Join(h.dir, "widgets__make-widget.md"))
	if err != nil || pages[0].Source != "twin" || fetch.Origins(h.dir)["widgets__make-widget.md"] != docsite.Canonical+makeWidget {
		t.Error(err, pages, fetch.Origins(h.dir))
	}
}

// A site that serves some twins gives the other pages as before, and a page that gains a twin is not there twice.
func TestSomeTwins(t *testing.T) {
	h := newHarness(t, "make-widget", "get-widget", "drop-widget")
	get := docsite.Widget("get-widget", "get")
	get.Title = "Get widget"
	h.putTwins(get)
	h.want("make-widget payload widgets__make-widget.payload.js", "get-widget twin widgets__get-widget.md", "drop-widget html widgets__drop-widget.html")
	make := docsite.Widget("make-widget", "put")
	make.Title = "Make widget"
	h.putTwins(make)
	h.want("make-widget twin widgets__make-widget.md", "get-widget unchanged widgets__get-widget.md", "drop-widget unchanged widgets__drop-widget.html")
	files, err := filepath.Glob(filepath.Join(h.dir, "widgets__*"))
	if err != nil || len(files) != 3 || len(h.warned) > 0 {
		t.Error(files, err, h.warned)
	}
}

// A twin that cannot be believed is told, and the page itself is read.
func TestTwinThatLiesIsNotUsed(t *testing.T) {
	good := docsite.Widget("make-widget", "put")
	good.Title = "Make widget"
	of := func(title, from, to string) string {
		page := good
		page.Title, page.Operation = title, strings.Replace(page.Operation, from, to, 1)
		return page.Twin()
	}
	whole := good.Twin()
	for name, c := range map[string]struct {
		twin http.HandlerFunc
		want string
	}{
		"of another operation":    {answer(200, of("List widgets", "/widgets/{widgetId}", "/widgets")), "is about PUT /widgets, the page about PUT /widgets/{widgetId}"},
		"of another method":       {answer(200, of("Get widget", `"put"`, `"get"`)), "is about GET /widgets/{widgetId}, the page about PUT"},
		"whose heading denies it": {answer(200, strings.Replace(whole, "PUT https", "GET https", 1)), "make-widget.md:3: the page is about GET"},
		"HTML":                    {answer(200, "<!doctype html><html><body><main><h1>Not found</h1></main></body></html>"), "make-widget.md"},
		"the HTML of the page":    {answer(200, widgets()[makeWidget]), "what is there is not a Markdown twin"},
		"cut":                     {answer(200, whole[:len(whole)-80]), "is cut"},
		"40 MB":                   {answer(200, whole+strings.Repeat("\n", 40<<20)), "larger than the 33554432 bytes"},
		"of a guide elsewhere":    {answer(200, guide.Twin()), "names another as its own"},
		"broken":                  {answer(500, "no"), "500 Internal Server Error"},
		"on another host":         {redirect("https://evil.example.com/x.md"), "another host"},
		"empty":                   {answer(200, ""), "the page is empty"},
		"a document alone":        {answer(200, whole[strings.Index(whole, "{\n"):strings.LastIndex(whole, "}")+1]), "not a Markdown twin"},
	} {
		t.Run(name, func(t *testing.T) {
			h := newHarness(t, "make-widget")
			h.site.Handle(makeWidget+".md", c.twin)
			h.want("make-widget payload widgets__make-widget.payload.js")
			if len(h.warned) != 1 || !strings.HasPrefix(h.warned[0], "the Markdown twin is not used: ") || !strings.Contains(h.warned[0], c.want) {
				t.Errorf("told %q, want %q", h.warned, c.want)
			}
		})
	}
}

// A title that is not what the address is made of is confirmed by the page; where nothing does, that is told.
func TestTwinWithAnotherTitleIsConfirmedByThePage(t *testing.T) {
	h := newHarness(t, "make-widget")
	page := docsite.Widget("make-widget", "put")
	page.Title = "Make a widget between dates"
	h.putTwins(page)
	h.want("make-widget twin widgets__make-widget.md")
	if len(h.warned) > 0 {
		t.Error(h.warned)
	}
	alone := newHarness(t, "make-widget")
	alone.site.Publish(map[string]string{})
	alone.putTwins(page)
	alone.want("make-widget twin widgets__make-widget.md")
	if len(alone.warned) != 1 || !strings.Contains(alone.warned[0], "nothing confirms") {
		t.Error(alone.warned)
	}
}

// versioned is a page whose Version header takes one version.
func versioned(path, version string) docsite.Page {
	page := docsite.Widget("make-widget", "put")
	page.Path, page.Title = path, "Make widget"
	page.Operation = strings.Replace(page.Operation, `"parameters":[`, `"parameters":[{"name":"Version","in":"header","required":true,"schema":{"type":"string","enum":["`+version+`"]}},`, 1)
	return page
}

func TestPagesOfAVersion(t *testing.T) {
	const older = "/docs/2021-07-28/api/widgets/make-widget"
	for _, c := range []struct {
		name, ask, version string
		pages              []docsite.Page
		want               string
	}{
		{"the older one", makeWidget, "2021-07-28", []docsite.Page{versioned(makeWidget, "v3"), versioned(older, "2021-07-28")}, "twin widgets__make-widget__2021-07-28.md"},
		{"of its own address", older, "", []docsite.Page{versioned(older, "2021-07-28")}, "twin widgets__make-widget__2021-07-28.md"},
		{"of the newest", makeWidget, "v3", []docsite.Page{versioned(makeWidget, "v3")}, "twin widgets__make-widget__v3.md"},
		{"that is not there", makeWidget, "2021-07-28", []docsite.Page{versioned(makeWidget, "v3")}, "failed: no page of this API version"},
		{"that is another", makeWidget, "2021-07-28", []docsite.Page{versioned(makeWidget, "v3"), versioned(older, "v3")}, "failed: of another API version"},
	} {
		t.Run(c.name, func(t *testing.T) {
			h := newHarness(t)
			h.site.Publish(map[string]string{})
			h.putTwins(c.pages...)
			u := address(t, docsite.Canonical+c.ask)
			s := open(t, u, fetch.Options{Transport: h.site, Version: c.version})
			job := fetch.Job{Dir: h.dir}
			var err error
			if job.Pages, err = s.OfVersion(append(job.Pages, u)); err != nil {
				t.Fatal(err)
			}
			got := ""
			if err := s.Save(t.Context(), job, func(r fetch.Result) {
				if got = string(r.Outcome) + " " + r.File; r.Err != nil {
					got = string(r.Outcome) + ": " + r.Err.Error()
				}
			}); err != nil {
				t.Fatal(err)
			}
			kind, text, _ := strings.Cut(c.want, " ")
			if !strings.HasPrefix(got, kind) || !strings.Contains(got, text) {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

// Of a list of pages, those of another version are left out, and no page is there twice.
func TestListedPagesOfAVersion(t *testing.T) {
	home := address(t, docsite.Canonical+"/docs/a")
	s := open(t, home, fetch.Options{Version: "v3"})
	got, err := s.OfVersion([]*url.URL{home, address(t, docsite.Canonical+"/docs/v3/a"), address(t, docsite.Canonical+"/docs/2021-07-28/a")})
	if err != nil || len(got) != 1 || got[0].Path != "/docs/v3/a" {
		t.Error(got, err)
	}
	if _, err := s.OfVersion([]*url.URL{address(t, docsite.Canonical+"/guides/a")}); err == nil {
		t.Error("an address without /docs/ has a version")
	}
	if _, err := fetch.New(home, fetch.Options{Version: "../x"}); err == nil {
		t.Error("../x is a version")
	}
}

func TestVersionHeaderIsAFact(t *testing.T) {
	page, err := docpage.Parse("a.md", []byte(versioned(makeWidget, "v3").Twin()))
	if err != nil || page.Value(facts.Param("header", "Version"), facts.Enum) != `["v3"]` {
		t.Error(err, page)
	}
}
