package docpage_test

import (
	"bytes"
	"testing"
	"time"

	"github.com/highlevel-go/snapshots/internal/docpage"
	"github.com/highlevel-go/snapshots/internal/facts"
	"github.com/highlevel-go/snapshots/internal/prove/pagewriter"
)

// sound checks what must hold of every page that was read, whatever it was: positions inside the page, places that can be
// written, and a document that can be made of it.
func sound(t *testing.T, data []byte) {
	t.Helper()
	started := time.Now()
	page, err := docpage.Parse("fuzz", data)
	if took := time.Since(started); took > 20*time.Second {
		t.Fatalf("a page of %d bytes took %s", len(data), took)
	}
	if err != nil {
		return
	}
	lines := 1 + bytes.Count(data, []byte("\n"))
	for _, f := range page.Facts {
		if _, err := f.Place.Steps(); err != nil {
			t.Errorf("a fact at no place: %v", err)
		}
		if f.Pos.Line < 0 || f.Pos.Line > lines {
			t.Errorf("%s %s is on line %d of %d", f.Place, f.Aspect, f.Pos.Line, lines)
		}
	}
	for _, issue := range page.Issues {
		if issue.Message == "" || issue.Pos.Line < 0 || issue.Pos.Line > lines {
			t.Errorf("an issue without words or outside of the page: %v", issue)
		}
	}
	if document, err := facts.Write([]*facts.Operation{page.Operation}, facts.WriteOptions{Title: "x", Version: "1", Prose: true}); err == nil {
		data, err := facts.EncodeJSON(document)
		if err != nil {
			t.Fatalf("what was read cannot be written: %v", err)
		}
		if _, err := facts.Read("again", data); err != nil {
			t.Fatalf("what was written cannot be read: %v", err)
		}
	}
}

func FuzzMarkdown(f *testing.F) {
	page, err := pagewriter.SmallPage()
	if err != nil {
		f.Fatal(err)
	}
	f.Add([]byte(page))
	for _, d := range pagewriter.Dialects {
		op, err := docpage.Parse("seed", []byte(page))
		if err != nil {
			f.Fatal(err)
		}
		written, err := pagewriter.Write(op.Operation, d)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(written.Text)
	}
	f.Add([]byte("# A\n\nGET /a\n\n## Request\n\n### Body\n\noneOf\n\n- A\n- B\n\n**x** object\n\nArray \\[\\\n\n## Responses\n\n- 200\n"))
	f.Fuzz(func(t *testing.T, data []byte) { sound(t, data) })
}

func FuzzTwin(f *testing.F) {
	f.Add(twin())
	f.Add([]byte("# A\n\nGET /a\n\n## Parameters\n\n### Query Parameters\n\n| a | b | c | d |\n\n```json\n{\"openapi\": \"3.0.0\", \"paths\": {\"/a\": {\"get\": {\"responses\": {}}}}}\n```\n"))
	f.Add([]byte("```yaml\nopenapi: 3.0.0\npaths: {/a: {get: {responses: {'200': {$ref: '#/x'}}}}}\n"))
	f.Fuzz(func(t *testing.T, data []byte) { sound(t, data) })
}

func FuzzHTML(f *testing.F) {
	f.Add([]byte("<html><body><main><h1>A</h1><pre>GET https://a.example/b</pre><h2>Request</h2><details><summary><h3>Query Parameters</h3></summary><ul><li><strong>a</strong><span> string</span></li></ul></details><h2>Responses</h2></main></body></html>"))
	f.Add([]byte("<!doctype html><div><div><div><span class=\"openapi-schema__property\">x</span>"))
	f.Fuzz(func(t *testing.T, data []byte) { sound(t, append([]byte("<!doctype html>\n"), data...)) })
}

func FuzzPayload(f *testing.F) {
	f.Add([]byte(`{"method":"get","path":"/a/{b}","servers":[{"url":"https://a.example"}],"parameters":[{"name":"b","in":"path","required":true,"schema":{"type":"string"}}],"responses":{"200":{"description":"ok"}}}`))
	f.Add([]byte(`{api:"eJyrVspNLclIVUpPLVGqBQAm0AT1"}`))
	f.Add([]byte(`"use strict";(self.webpackChunk=self.webpackChunk||[]).push([[1],{2:(e,t,n)=>{const a={id:"x",api:"eJyrrgUAAXUA+Q=="}}}]);`))
	f.Fuzz(func(t *testing.T, data []byte) { sound(t, data) })
}
