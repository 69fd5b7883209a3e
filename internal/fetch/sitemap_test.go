package fetch_test

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/highlevel-go/snapshots/internal/fetch"
	"github.com/highlevel-go/snapshots/internal/prove/docsite"
)

const (
	urlset = `<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">`
	index  = `<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">`
)

func entries(addresses ...string) string {
	var out strings.Builder
	out.WriteString(urlset)
	for _, a := range addresses {
		out.WriteString("<url><loc>\n " + a + " \n</loc><changefreq>weekly</changefreq></url>")
	}
	return out.String() + "</urlset>"
}

func packed(text string) string {
	var out bytes.Buffer
	z := gzip.NewWriter(&out)
	_, _ = z.Write([]byte(text))
	_ = z.Close()
	return out.String()
}

// listing reads the sitemap of a site whose other files are given; "HOST" stands for its address.
func listing(t *testing.T, files map[string]string, o fetch.Options) (*fetch.Listing, string, error) {
	t.Helper()
	site := docsite.NewSite(map[string]string{})
	home := serve(t, site)
	base := strings.TrimSuffix(home.String(), "/")
	for path, content := range files {
		content = strings.ReplaceAll(content, "HOST", base)
		if strings.HasSuffix(path, ".gz") {
			content = packed(content)
		}
		site.Put(path, content)
	}
	list, err := open(t, home, o).Sitemap(t.Context(), home.JoinPath("/sitemap.xml"))
	return list, base, err
}

func TestSitemapListsPages(t *testing.T) {
	withImage := strings.Replace(entries("HOST/docs/c"), "<changefreq>", "<image:image><image:loc>HOST/docs/picture.png</image:loc></image:image><changefreq>", 1)
	for name, files := range map[string]map[string]string{
		"plain": {"/sitemap.xml": entries("HOST/docs/a", "HOST/docs/b?x=1&amp;y=2", "HOST/docs/c", "HOST/docs/a#again")},
		"index": {"/sitemap.xml": index + "<sitemap><loc>HOST/one.xml</loc></sitemap><sitemap><loc>HOST/two.xml.gz</loc></sitemap></sitemapindex>",
			"/one.xml": entries("HOST/docs/a", "HOST/docs/b?x=1&amp;y=2"), "/two.xml.gz": withImage},
	} {
		t.Run(name, func(t *testing.T) {
			list, base, err := listing(t, files, fetch.Options{})
			if err != nil {
				t.Fatal(err)
			}
			want := fmt.Sprintf("[%[1]s/docs/a %[1]s/docs/b?x=1&y=2 %[1]s/docs/c]", base)
			if got := fmt.Sprint(list.Pages); got != want || list.Beyond != 0 || len(list.Elsewhere) != 0 {
				t.Errorf("got  %s %d %v\nwant %s", got, list.Beyond, list.Elsewhere, want)
			}
		})
	}
}

func TestSitemapCannotLeadElsewhere(t *testing.T) {
	list, _, err := listing(t, map[string]string{"/sitemap.xml": entries("http://127.0.0.2/x", "file:///etc/passwd", "HOST/docs/a", "http://user:secret@127.0.0.1/x")}, fetch.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if len(list.Pages) != 1 || len(list.Elsewhere) != 3 {
		t.Errorf("got %v, left out %v", list.Pages, list.Elsewhere)
	}
}

func TestSitemapIsCutWhereAsked(t *testing.T) {
	list, _, err := listing(t, map[string]string{"/sitemap.xml": entries("HOST/a", "HOST/b", "HOST/c")}, fetch.Options{MaxPages: 2})
	if err != nil {
		t.Fatal(err)
	}
	if len(list.Pages) != 2 || list.Beyond != 1 {
		t.Errorf("got %v and %d beyond", list.Pages, list.Beyond)
	}
}

func TestBadSitemaps(t *testing.T) {
	many := func(n int, element string) string {
		var out strings.Builder
		for i := range n {
			fmt.Fprintf(&out, "<%s><loc>HOST/%d</loc></%s>", element, i, element)
		}
		return out.String()
	}
	for name, c := range map[string]struct {
		files map[string]string
		want  string
	}{
		"missing":        {map[string]string{}, "404 Not Found"},
		"HTML":           {map[string]string{"/sitemap.xml": "<!doctype html><html><body>no</body></html>"}, "not a sitemap: it begins with <html>"},
		"text":           {map[string]string{"/sitemap.xml": "hello"}, "not a sitemap, or not all of one"},
		"cut":            {map[string]string{"/sitemap.xml": urlset + "<url><loc>HOST/a</loc>"}, "not a sitemap, or not all of one"},
		"cut in a name":  {map[string]string{"/sitemap.xml": urlset + "<url><loc>HOST/a"}, "not a sitemap, or not all of one"},
		"nothing":        {map[string]string{"/sitemap.xml": entries()}, "names no page"},
		"entity bomb":    {map[string]string{"/sitemap.xml": `<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>` + entries("HOST/&b;")}, "not a sitemap, or not all of one"},
		"deep":           {map[string]string{"/sitemap.xml": urlset + strings.Repeat("<url>", 10000)}, "too deep"},
		"too many":       {map[string]string{"/sitemap.xml": urlset + many(50_001, "url") + "</urlset>"}, "more than the 50000"},
		"too many files": {map[string]string{"/sitemap.xml": index + many(101, "sitemap") + "</sitemapindex>"}, "101 sitemaps, more than the 100"},
		"index in index": {map[string]string{"/sitemap.xml": index + many(1, "sitemap") + "</sitemapindex>", "/0": index + many(1, "sitemap") + "</sitemapindex>"}, "an index of sitemaps inside an index"},
		"child missing":  {map[string]string{"/sitemap.xml": index + many(1, "sitemap") + "</sitemapindex>"}, "404 Not Found"},
		"child away":     {map[string]string{"/sitemap.xml": index + "<sitemap><loc>http://127.0.0.2/x</loc></sitemap></sitemapindex>"}, "another host"},
		"damaged gzip":   {map[string]string{"/sitemap.xml": packed(entries("HOST/a"))[:30]}, "damaged"},
		"no gzip":        {map[string]string{"/sitemap.xml": "\x1f\x8bxxxxxxxxxxxx"}, "damaged"},
		"gzip bomb":      {map[string]string{"/sitemap.xml": string(zeros())}, "decompresses to more than"},
	} {
		t.Run(name, func(t *testing.T) {
			list, _, err := listing(t, c.files, fetch.Options{})
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %v, %v\nwant %s", list, err, c.want)
			}
		})
	}
}

func TestEndlessSitemapEnds(t *testing.T) {
	site := docsite.NewSite(map[string]string{})
	site.Handle("/sitemap.xml", func(w http.ResponseWriter, r *http.Request) { endless(w, r) })
	home := serve(t, site)
	_, err := open(t, home, fetch.Options{}).Sitemap(t.Context(), home.JoinPath("/sitemap.xml"))
	if err == nil || !strings.Contains(err.Error(), "larger than") {
		t.Errorf("got %v", err)
	}
}

func FuzzSitemap(f *testing.F) {
	f.Add([]byte(entries("https://docs.example.com/a")))
	f.Add([]byte(packed(index + "<sitemap><loc>/x</loc></sitemap></sitemapindex>")))
	f.Fuzz(func(t *testing.T, data []byte) {
		network := roundTrip(func(r *http.Request) (*http.Response, error) {
			if r.URL.Host != "docs.example.com" {
				t.Fatalf("another host was asked: %s", r.URL)
			}
			return &http.Response{StatusCode: 200, Header: http.Header{}, Body: body(data), ContentLength: -1, Request: r}, nil
		})
		home := address(t, "https://docs.example.com/sitemap.xml")
		list, err := open(t, home, fetch.Options{Transport: network}).Sitemap(t.Context(), home)
		if err != nil {
			return
		}
		for _, u := range list.Pages {
			if u.Hostname() != "docs.example.com" || u.Scheme != "https" {
				t.Errorf("it lists %s", u)
			}
		}
	})
}
