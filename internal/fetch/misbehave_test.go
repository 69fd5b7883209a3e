package fetch_test

import (
	"bytes"
	"compress/gzip"
	"encoding/base64"
	"errors"
	"io"
	"math/rand/v2"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/highlevel-go/snapshots/internal/fetch"
	"github.com/highlevel-go/snapshots/internal/prove/docsite"
)

func answer(status int, body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(status)
		_, _ = io.WriteString(w, body)
	}
}

func redirect(to string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, to, http.StatusFound) }
}

// endless never stops, as fast as it can.
func endless(w http.ResponseWriter, r *http.Request) {
	block := bytes.Repeat([]byte("<p>more</p>\n"), 4096)
	for r.Context().Err() == nil {
		if _, err := w.Write(block); err != nil {
			return
		}
	}
}

// drip sends a byte now and then, for ever.
func drip(w http.ResponseWriter, r *http.Request) {
	for r.Context().Err() == nil {
		_, _ = io.WriteString(w, "<")
		w.(http.Flusher).Flush()
		select {
		case <-r.Context().Done():
		case <-time.After(10 * time.Millisecond):
		}
	}
}

func hang(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }

// bomb is small on the way and large when it is there.
func bomb(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Encoding", "gzip")
	_, _ = w.Write(zeros())
}

// zeros are 64 MB in 64 KB.
var zeros = sync.OnceValue(func() []byte {
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	_, _ = z.Write(make([]byte, 64<<20))
	_ = z.Close()
	return packed.Bytes()
})

// cut announces more than it sends.
func cut(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Length", "100000")
	_, _ = io.WriteString(w, "<!doctype html><html>")
}

func packedAs(encoding string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Encoding", encoding)
		_, _ = io.WriteString(w, "abc")
	}
}

func noise(n int) string {
	random, data := rand.New(rand.NewPCG(1, 2)), make([]byte, n)
	for i := range data {
		data[i] = byte(random.Uint32())
	}
	return base64.StdEncoding.EncodeToString(data)
}

// Every fault, on each of the files that lead to an operation, is an error that says what happened. None is a page.
func TestMisbehavingServer(t *testing.T) {
	files := widgets()
	part := func(prefix, suffix string) (found string) {
		for path := range files {
			if strings.Contains(path, prefix) && strings.HasSuffix(path, suffix) {
				found = path
			}
		}
		return found
	}
	operation := docsite.Widget("make-widget", "put").Operation
	chunkPath := ""
	for path, content := range files {
		if strings.Contains(content, docsite.Pack(operation)) {
			chunkPath = path
		}
	}
	places := map[string]string{"page": makeWidget, "main": part("/main.", ".js"), "runtime": part("/runtime~main.", ".js"), "chunk": chunkPath}
	type fault struct {
		handler http.HandlerFunc
		want    string
	}
	faults := map[string]fault{
		"missing":          {answer(404, "<h1>no</h1>"), "404 Not Found"},
		"broken":           {answer(500, "oops"), "500 Internal Server Error"},
		"forbidden":        {answer(403, "robots?"), "403 Forbidden"},
		"no content":       {answer(204, ""), "204 No Content"},
		"partial":          {answer(206, "half"), "206 Partial Content"},
		"hang":             {hang, "not complete within 200ms"},
		"drip":             {drip, "not complete within 200ms"},
		"endless":          {endless, "larger than the 1048576 bytes"},
		"gzip bomb":        {bomb, "larger than the 1048576 bytes"},
		"too large":        {answer(200, strings.Repeat("x", 2<<20)), "larger than the 1048576 bytes"},
		"announced large":  {func(w http.ResponseWriter, _ *http.Request) { w.Header().Set("Content-Length", "3000000") }, "3000000 bytes, more than"},
		"cut":              {cut, "breaks off after 21 bytes"},
		"foreign packing":  {packedAs("br"), `encoded as "br"`},
		"damaged packing":  {packedAs("gzip"), "breaks off after 0 bytes"},
		"other host":       {redirect("http://127.0.0.2:1/x"), "leads to another host, http://127.0.0.2:1/x; allow it with --host 127.0.0.2:1"},
		"other scheme":     {redirect("ftp://127.0.0.1/x"), "not an address of the web"},
		"a file":           {redirect("file:///etc/passwd"), "not an address of the web"},
		"redirect loop":    {func(w http.ResponseWriter, r *http.Request) { redirect(r.URL.Path)(w, r) }, "in a circle"},
		"redirect for all": {func(w http.ResponseWriter, r *http.Request) { redirect(r.URL.Path+"?"+r.URL.RawQuery+"x")(w, r) }, "more than 5 redirects"},
		"nowhere":          {func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(302) }, "302 Found"},
		"unasked 304":      {answer(304, ""), "was not asked"},
		"dropped":          {func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }, "EOF"},
		"empty":            {answer(200, ""), ""},
		"binary":           {answer(200, "\x00\x01\x02"), ""},
	}
	for place, path := range places {
		if path == "" {
			t.Fatalf("the built site has no %s", place)
		}
		for name, f := range faults {
			t.Run(place+"/"+name, func(t *testing.T) {
				t.Parallel()
				site := docsite.NewSite(files)
				site.Handle(path, f.handler)
				home := serve(t, site)
				timeout := time.Minute
				if strings.Contains(f.want, "200ms") {
					timeout = 200 * time.Millisecond
				}
				page, err := open(t, home, fetch.Options{Timeout: timeout, MaxBytes: 1 << 20}).Page(t.Context(), home.JoinPath(makeWidget))
				if err == nil && page.Problem() != nil { // without the payload a skeleton is left, which is reported
					err = page.Problem()
					if f.want != "" {
						t.Errorf("a fault of the server was taken for a page without payload: %v", err)
					}
				}
				if err == nil {
					t.Fatalf("got a page of %d facts", len(page.Facts))
				}
				if !strings.Contains(err.Error(), f.want) {
					t.Errorf("got  %v\nwant %s", err, f.want)
				}
			})
		}
	}
}

// What is in the chunk is wrong.
func TestWrongChunks(t *testing.T) {
	operation := docsite.Widget("make-widget", "put").Operation
	packed := docsite.Pack(operation)
	chunkOf := func(api string) string {
		return strings.Replace(docsite.Chunk("Make", makeWidget, operation), packed, api, 1)
	}
	long := strings.Replace(operation, "Widgets", strings.Repeat(" ", 17<<20), 1)
	for name, c := range map[string]struct{ chunk, want string }{
		"truncated zlib":       {chunkOf(packed[:len(packed)/2/4*4]), "cannot be unpacked"},
		"cut in the operation": {chunkOf(packed)[:strings.Index(chunkOf(packed), packed)+40], "not the rest"},
		"wrong checksum":       {chunkOf(packed[:len(packed)-8] + "AAAAAAA="), "cannot be unpacked"},
		"noise":                {chunkOf("eJ" + noise(300)), "cannot be unpacked"},
		"payload too large":    {chunkOf(docsite.Pack(long)), "larger than"},
		"no JSON":              {chunkOf(docsite.Pack("{" + strings.Repeat("no ", 100))), "operation in the script"},
		"no operation":         {chunkOf(docsite.Pack(`{"hello":"` + strings.Repeat("world", 50) + `"}`)), "not an operation"},
		"chunk without api":    {docsite.Chunk("Make", makeWidget, ""), "open it in a browser"},
		"HTML":                 {"<!doctype html><html><body><h1>Welcome</h1></body></html>", "open it in a browser"},
		"another page":         {docsite.Chunk("Break", "/docs/api/widgets/break-widget", operation), "names another as its own"},
		"another section":      {docsite.Chunk("Make", "/docs/api/gadgets/make-widget", operation), "names another as its own"},
	} {
		t.Run(name, func(t *testing.T) {
			files := widgets()
			for path, content := range files {
				if strings.Contains(content, packed) {
					files[path] = c.chunk
				}
			}
			home := serve(t, docsite.NewSite(files))
			page, err := open(t, home, fetch.Options{}).Page(t.Context(), home.JoinPath(makeWidget))
			if err == nil {
				err = page.Problem()
			}
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got  %v\nwant %s", err, c.want)
			}
		})
	}
}

func TestWrongPageUnderAnAddress(t *testing.T) {
	files := widgets()
	files["/docs/api/widgets/old-name"] = files[makeWidget]
	site := docsite.NewSite(files)
	site.Handle("/docs/api/widgets/moved", redirect(makeWidget))
	home := serve(t, site)
	for _, slug := range []string{"old-name", "moved"} {
		u := home.JoinPath("/docs/api/widgets", slug)
		_, err := open(t, home, fetch.Options{}).Page(t.Context(), u)
		var mismatch *fetch.MismatchError
		if !errors.As(err, &mismatch) {
			t.Fatalf("%s: got %v", slug, err)
		}
		if mismatch.URL != u.String() || mismatch.Page != docsite.Canonical+makeWidget {
			t.Errorf("got %+v", mismatch)
		}
	}
}

func TestAddressOfAPageHasManySpellings(t *testing.T) {
	files := widgets()
	for _, suffix := range []string{"/", "/index.html", ".html"} {
		files[makeWidget+suffix] = files[makeWidget]
	}
	home := serve(t, docsite.NewSite(files))
	for _, suffix := range []string{"", "/", "/index.html", "?from=menu", "#request"} {
		page, err := open(t, home, fetch.Options{}).Page(t.Context(), address(t, home.String()+strings.TrimPrefix(makeWidget, "/")+suffix))
		if err != nil || page.ID != "make-widget" {
			t.Errorf("%q: %v", suffix, err)
		}
	}
}

func TestScriptsOnAnotherHostNeedPermission(t *testing.T) {
	files := widgets()
	cdn := serve(t, docsite.NewSite(files))
	page := strings.ReplaceAll(files[makeWidget], "src=/docs/", "src="+cdn.String()+"docs/")
	home := serve(t, docsite.NewSite(map[string]string{makeWidget: page}))
	_, err := open(t, home, fetch.Options{}).Page(t.Context(), home.JoinPath(makeWidget))
	if err == nil || !strings.Contains(err.Error(), "allow it with --host "+cdn.Host) {
		t.Errorf("got %v", err)
	}
}

func TestRedirectToAnAllowedHostIsFollowed(t *testing.T) {
	other := serve(t, docsite.NewSite(widgets()))
	site := docsite.NewSite(map[string]string{})
	site.Handle(makeWidget, redirect(other.JoinPath(makeWidget).String()))
	home := serve(t, site)
	page, err := open(t, home, fetch.Options{Hosts: []string{other.Host}}).Page(t.Context(), home.JoinPath(makeWidget))
	if err != nil || page.ID != "make-widget" {
		t.Errorf("got %v", err)
	}
}

// roundTrip is a network in the test's hands.
type roundTrip func(*http.Request) (*http.Response, error)

func (f roundTrip) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

func TestRedirectFromHTTPSToHTTPIsRefused(t *testing.T) {
	for _, c := range []struct{ from, to, want string }{
		{"https://docs.example.com/a", "http://docs.example.com/a", "not encrypted"},
		{"https://docs.example.com/a", "//evil.example.com/a", "another host"},
		{"https://docs.example.com/a", "https://docs.example.com:8443/a", "another host"},
		{"https://docs.example.com/a", "https://docs.example.com.evil.example/a", "another host"},
		{"https://docs.example.com/a", "https://user:pass@docs.example.com/a", "credentials"},
		{"https://docs.example.com/a", "https://docs.example.com:443/b", "500"},
		{"http://docs.example.com/a", "https://DOCS.example.com/b", "500"},
		{"https://docs.example.com/a", "http://127.0.0.1/b", "500"},
	} {
		var asked []string
		network := roundTrip(func(r *http.Request) (*http.Response, error) {
			response := &http.Response{StatusCode: 500, Header: http.Header{}, Body: http.NoBody, Request: r}
			if strings.HasSuffix(r.URL.Path, ".md") { // there is no twin
				response.StatusCode = 404
				return response, nil
			}
			asked = append(asked, r.URL.String())
			if len(asked) == 1 {
				response.StatusCode = 301
				response.Header.Set("Location", c.to)
			}
			return response, nil
		})
		from := address(t, c.from)
		_, err := open(t, from, fetch.Options{Transport: network, Hosts: []string{"127.0.0.1"}}).Page(t.Context(), from)
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s -> %s: got %v, want %s", c.from, c.to, err, c.want)
		}
		if follows := c.want == "500"; follows != (len(asked) == 2) {
			t.Errorf("%s -> %s: asked for %v", c.from, c.to, asked)
		}
	}
}

func TestInvalidOptionsAreRefused(t *testing.T) {
	home := &url.URL{Scheme: "https", Host: "docs.example.com"}
	for _, o := range []fetch.Options{{Hosts: []string{""}}, {Hosts: []string{"https://x"}}, {Hosts: []string{"a/b"}}, {Hosts: []string{"a b"}}, {UserAgent: "x\r\nCookie: y"}} {
		if _, err := fetch.New(home, o); err == nil {
			t.Errorf("%+v was taken", o)
		}
	}
}

// The tables in the scripts can be anything.
func FuzzPage(f *testing.F) {
	files := widgets()
	f.Add(files[makeWidget], "a", "b")
	f.Add(files[makeWidget], `{"/docs/api/widgets/make-widget-000":{"content":"x"}}`, `"assets/js/"+(({1:"x"})[e]||e)+"."+({1:"../../../etc"})[e]`)
	real := map[string]string{}
	for path, content := range files {
		if name, _, ok := strings.Cut(path[strings.LastIndexByte(path, '/')+1:], "main."); ok {
			real[name] = content
		}
	}
	f.Add(files[makeWidget], real[""], real["runtime~"])
	f.Fuzz(func(t *testing.T, page, main, runtime string) {
		network := roundTrip(func(r *http.Request) (*http.Response, error) {
			text := page
			switch {
			case r.URL.Host != "docs.example.com":
				t.Fatalf("another host was asked: %s", r.URL)
			case strings.Contains(r.URL.Path, "/main."):
				text = main
			case strings.Contains(r.URL.Path, "runtime~main."):
				text = runtime
			}
			return &http.Response{StatusCode: 200, Header: http.Header{}, Body: body([]byte(text)), ContentLength: -1, Request: r}, nil
		})
		home := &url.URL{Scheme: "https", Host: "docs.example.com", Path: makeWidget}
		site, err := fetch.New(home, fetch.Options{Transport: network})
		if err != nil {
			t.Fatal(err)
		}
		if got, err := site.Page(t.Context(), home); err == nil && got.ID != "make-widget" {
			t.Errorf("the page of make-widget is %s", got.ID)
		}
	})
}

func body(data []byte) io.ReadCloser { return io.NopCloser(bytes.NewReader(data)) }
