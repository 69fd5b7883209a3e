package main

import (
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/highlevel-go/snapshots/internal/prove/docsite"
)

// scriptSite is the documentation site of one script; $SITE is its address.
type scriptSite struct {
	*docsite.Site
	once sync.Once
}

type siteKey struct{}

func setupSite(env *testscript.Env) error {
	env.Values[siteKey{}] = &scriptSite{Site: docsite.NewSite(nil)}
	return nil
}

// siteCommands are those that a script has for its site.
var siteCommands = map[string]func(ts *testscript.TestScript, neg bool, args []string){
	"site": func(ts *testscript.TestScript, neg bool, args []string) {
		if neg || len(args) == 0 {
			ts.Fatalf("usage: site publish NAME… | break PATH STATUS | redirect PATH URL | hang PATH | mend PATH | asked PATH | forget")
		}
		site := ts.Value(siteKey{}).(*scriptSite)
		switch verb, args := args[0], args[1:]; {
		case verb == "publish" && len(args) > 0:
			site.publish(ts, args)
		case verb == "break" && len(args) == 2:
			status, err := strconv.Atoi(args[1])
			ts.Check(err)
			site.Handle(args[0], func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(status) })
		case verb == "redirect" && len(args) == 2:
			site.Handle(args[0], func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, args[1], http.StatusFound) })
		case verb == "hang" && len(args) == 1:
			site.Handle(args[0], func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() })
		case verb == "mend" && len(args) == 1:
			site.Handle(args[0], nil)
		case verb == "asked" && len(args) == 1:
			site.waitFor(ts, args[0])
		case verb == "forget" && len(args) == 0:
			site.Requests()
		default:
			ts.Fatalf("site: there is no %s with %d arguments", verb, len(args))
		}
	},
}

// publish builds the site from the names of its pages: "make-widget=put" has an operation, "twin:make-widget=put" a Markdown twin as well, "rendered:x" shows all in its HTML,
// "skeleton:x" shows nothing of it, "guide:x" describes no operation.
func (s *scriptSite) publish(ts *testscript.TestScript, names []string) {
	s.once.Do(func() {
		server := httptest.NewServer(s)
		ts.Defer(server.Close)
		ts.Setenv("SITE", server.URL)
		ts.Setenv("HOST", strings.TrimPrefix(server.URL, "http://"))
	})
	var pages []docsite.Page
	sitemap := `<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">`
	for _, name := range names {
		kind, slug, ok := strings.Cut(name, ":")
		page := docsite.Page{Path: "/docs/api/widgets/" + slug, Title: "Widget " + slug, Rendered: kind == "rendered", Guide: kind == "guide"}
		if !ok || kind == "twin" {
			slug, method, _ := strings.Cut(strings.TrimPrefix(name, "twin:"), "=")
			page = docsite.Widget(slug, method)
		}
		pages = append(pages, page)
		sitemap += "<url><loc>" + ts.Getenv("SITE") + page.Path + "</loc></url>"
	}
	files := docsite.Build(strings.Join(names, " "), pages...)
	for i, page := range pages {
		if strings.HasPrefix(names[i], "twin:") {
			files[page.Path+".md"] = page.Twin()
		}
	}
	files["/docs/sitemap.xml"] = sitemap + "</urlset>"
	s.Publish(files)
}

// waitFor waits until a path was asked for.
func (s *scriptSite) waitFor(ts *testscript.TestScript, path string) {
	for deadline := time.Now().Add(30 * time.Second); time.Now().Before(deadline); time.Sleep(5 * time.Millisecond) {
		for _, r := range s.Requests() {
			if r.URL.Path == path {
				return
			}
		}
	}
	ts.Fatalf("nobody asked for %s", path)
}
