// Package docsite builds small documentation sites for tests: the HTML of pages, the runtime and main scripts, and the
// scripts that contain the pages' operations, in the form that the real builder produces.
package docsite

import (
	"bytes"
	"compress/zlib"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"path"
	"strings"
)

// Page is a page of a site that is built.
type Page struct {
	Path  string // "/docs/api/widgets/make-widget"
	Title string
	// Operation is the JSON in the page's script; without it the script contains prose.
	Operation string
	// Rendered pages show the whole operation in their HTML, like pages that a browser has rendered.
	Rendered bool
	// Guide pages describe no operation.
	Guide bool
}

// Widget returns a page of an operation.
func Widget(slug, method string) Page {
	operation := `{"method":"` + method + `","path":"/widgets/{widgetId}","servers":[{"url":"https://api.example.com"}],` +
		`"info":{"title":"Widgets","version":"1"},"parameters":[{"name":"widgetId","in":"path","required":true,"schema":{"type":"string"}}],` +
		`"responses":{"200":{"description":"The widget","content":{"application/json":{"schema":{"type":"object","properties":` +
		`{"colour":{"type":"string","enum":["red","green"]}}}}}}}}`
	return Page{Path: "/docs/api/widgets/" + slug, Title: "Widget " + slug, Operation: operation}
}

// Canonical is the host of the canonical URLs of a built site's pages.
const Canonical = "https://docs.example.com"

// Build builds a site and returns its files by path. Different builds have different names of scripts.
func Build(build string, pages ...Page) map[string]string {
	files := map[string]string{}
	var routes, names, hashes []string
	runtime, main := "/docs/assets/js/runtime~main."+hash(build+"r")+".js", "/docs/assets/js/main."+hash(build+"m")+".js"
	for i, page := range pages {
		name := hash("name of " + page.Path)
		chunk := Chunk(page.Title, page.Path, page.Operation)
		sum := hash(chunk)
		files["/docs/assets/js/"+name+"."+sum+".js"] = chunk
		routes = append(routes, fmt.Sprintf(`"%s-%03x":{"__comp":"17896441","content":"%s"}`, page.Path, i, name))
		names = append(names, fmt.Sprintf(`%d:"%s"`, 100+i, name))
		hashes = append(hashes, fmt.Sprintf(`%d:"%s"`, 100+i, sum))
		files[page.Path] = html(page, runtime, main)
	}
	files[main] = `"use strict";(self.webpackChunksmall=self.webpackChunksmall||[]).push([["792"],{1(e){e.exports=JSON.parse('{` + strings.Join(routes, ",") + `}')}}]);`
	files[runtime] = `(()=>{"use strict";var u={};u.u=e=>"assets/js/"+(({` + strings.Join(names, ",") + `})[e]||e)+"."+({` +
		strings.Join(hashes, ",") + `})[e]+".js",u.p="/docs/"})();`
	return files
}

// Chunk returns the script of a page.
func Chunk(title, route, operation string) string {
	quoted, _ := json.Marshal(title)
	front := ""
	if operation != "" {
		front = `"api":"` + Pack(operation) + `"`
	}
	section := path.Base(path.Dir(route))
	return `"use strict";(self.webpackChunksmall=self.webpackChunksmall||[]).push([["7"],{9(e,a,t){var s=JSON.parse('{"id":"` + section + `","title":` +
		string(quoted) + `,"permalink":"` + route + `","frontMatter":{` + front + `}}')}}]);`
}

// Pack packs an operation as a script carries it.
func Pack(operation string) string {
	var packed bytes.Buffer
	w := zlib.NewWriter(&packed)
	_, _ = w.Write([]byte(operation)) // a buffer takes everything
	_ = w.Close()
	return base64.StdEncoding.EncodeToString(packed.Bytes())
}

func hash(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:4])
}

func html(page Page, runtime, main string) string {
	body := "<h1>" + page.Title + "</h1>\n<p>Widgets come in colours.</p>"
	switch {
	case page.Guide:
	case page.Rendered:
		body = rendered(page.Title)
	default:
		body = skeleton(page.Title)
	}
	return `<!doctype html><html lang=en><head><meta charset=UTF-8><title>` + page.Title + `</title>
<link data-rh=true rel=canonical href=` + Canonical + page.Path + `>
<script src=` + runtime + ` defer></script><script src=` + main + ` defer></script></head>
<body><main><article>` + body + `</article></main></body></html>
`
}

func skeleton(title string) string {
	return `<h1 class=openapi__heading>` + title + `</h1>
<pre class=openapi__method-endpoint><span class="badge badge--primary">GET</span> <h2 class=openapi__method-endpoint-path>/widgets/:widgetId</h2></pre>
<h2 id=request>Request</h2>
<div class="openapi-skeleton sm"></div>
<h2 id=responses>Responses</h2><ul role=tablist><li role=tab>200</li></ul>
<div role=tabpanel><div>The widget</div><div class="openapi-skeleton md"></div></div>
<div class="openapi-skeleton lg"></div>`
}

func rendered(title string) string {
	return `<h1 class=openapi__heading>` + title + `</h1>
<pre class=openapi__method-endpoint><span class="badge badge--primary">DELETE</span> <h2 class=openapi__method-endpoint-path>https://api.example.com/widgets/:widgetId</h2></pre>
<h2 id=request>Request</h2>
<details open><summary><h3>Path Parameters</h3></summary><div><ul><div class=openapi-params__list-item><span class=openapi-schema__container><strong class=openapi-schema__property>widgetId</strong><span class=openapi-schema__type> string</span><span class=openapi-schema__divider></span><span class=openapi-schema__required>required</span></span></div></ul></div></details>
<div class=openapi-tabs__container><div><h2 id=responses>Responses</h2><div><ul role=tablist class="openapi-tabs__response-list-container tabs"><li role=tab class="tabs__item openapi-tabs__response-code-item success active">204</li></ul></div></div>
<div><div role=tabpanel><div><div>

It is gone

</div></div></div></div></div>
<div class=openapi-right-panel__container><details><summary><h4>Authorization: Authorization</h4></summary><pre><span><strong>name:</strong> Authorization</span><span><strong>type: </strong>http</span><span><strong>scheme: </strong>bearer</span></pre></details>
<div class="tabs-container openapi-tabs__code-container"><ul role=tablist><li role=tab><span>curl</span></li></ul><div role=tabpanel><pre><code><span>curl -L -X DELETE 'https://api.example.com/widgets/:widgetId' \</span><br><span>-H 'Authorization: Bearer &lt;TOKEN&gt;'</span><br></code></pre></div></div>
<form class=openapi-explorer__request-form><div><span class=openapi-explorer__request-title>Request </span><span>Collapse all</span></div>
<details open><summary>Base URL</summary><div><button>Edit</button><div><span>https://api.example.com</span></div></div></details>
<details open><summary>Auth</summary><div><label>Bearer Token</label></div></details>
<details open><summary>Parameters</summary><div><label>widgetId</label><span> — path</span><span class=openapi-schema__required>required</span></div></details>
<button type=submit>Send API Request</button></form>
<div><div>Response</div><button>Clear</button><p>Click the <code>Send API Request</code> button above and see the response here!</p></div></div>`
}
