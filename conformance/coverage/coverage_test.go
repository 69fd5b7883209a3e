package coverage_test

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/highlevel-go/snapshots/conformance/coverage"
	"github.com/highlevel-go/snapshots/conformance/judge"
)

const small = `
openapi: 3.0.3
info: { title: Small <API>, version: "1" }
security: [ { key: [] } ]
paths:
  /things/{id}:
    get:
      operationId: read
      parameters:
        - { name: id, in: path, required: true, schema: { type: string } }
        - { name: kind, in: query, schema: { type: string, enum: [big, small] } }
        - { name: most, in: query, schema: { type: integer, minimum: 1 }, example: 5 }
      responses:
        "200": { description: ok, content: { application/json: { schema: { $ref: "#/components/schemas/Thing" } } } }
        default: { description: other }
components:
  securitySchemes: { key: { type: apiKey, in: header, name: X-Key } }
  schemas:
    Thing:
      type: object
      required: [name]
      properties:
        name: { type: string, example: rope }
        either: { oneOf: [ { type: string }, { type: integer } ] }
        parts: { type: array, items: { $ref: "#/components/schemas/Thing" } }
`

func tracked(t *testing.T) (*judge.Judge, *coverage.Tracker) {
	t.Helper()
	doc, err := judge.Load("small.yaml", []byte(small))
	if err != nil {
		t.Fatal(err)
	}
	j, err := judge.New(doc)
	if err != nil {
		t.Fatal(err)
	}
	return j, coverage.New(doc)
}

func saw(j *judge.Judge, tr *coverage.Tracker, target, key, body string, status int) {
	r := httptest.NewRequest("GET", target, nil)
	if key != "" {
		r.Header.Set("X-Key", key)
	}
	tr.Saw(j.Request(r))
	if body != "" {
		tr.Saw(j.Response(r, &http.Response{StatusCode: status, Header: http.Header{"Content-Type": {"application/json"}},
			ContentLength: -1, Body: io.NopCloser(strings.NewReader(body))}))
	}
}

func TestUniverseComesFromTheDocument(t *testing.T) {
	_, tr := tracked(t)
	var got []string
	for _, i := range tr.Report().Items {
		i.Line = 0
		got = append(got, i.String())
	}
	for _, want := range []string{
		"operation: read", "parameter: read: path id: sent", "parameter: read: query kind: left out",
		"enum value: read: query kind: small", "example: read: query most: 5", "keyword: read: query most: minimum",
		"keyword: read: query most: type", "keyword: read: query kind: enum", "status: read: 200", "status: read: default",
		"property: read: 200 /parts", "choice: read: 200 /either: branch 2", "keyword: read: 200 /name: required",
		"keyword: read: 200 /either: oneOf", "example: read: 200 /name: rope", "security: read: key: refused without",
	} {
		if !slices.Contains(got, want) {
			t.Errorf("no item %q in\n%s", want, strings.Join(got, "\n"))
		}
	}
	if tr.Report().Covered != 0 {
		t.Error("something counts before anything was seen")
	}
}

func TestOnlyWhatWasSeenCounts(t *testing.T) {
	j, tr := tracked(t)
	saw(j, tr, "/things/1", "", "", 0)                  // refused: no key
	saw(j, tr, "/things/1?most=0", "k", "", 0)          // refused: minimum
	saw(j, tr, "/things/1?kind=big&most=x", "k", "", 0) // refused: shows neither kind nor operation
	saw(j, tr, "/things/1", "k", `{"either":7}`, 200)   // right request, wrong answer: no name
	saw(j, tr, "/things/1", "k", `{"name":"x","parts":[{"name":"y"}]}`, 200)
	seen := map[string]bool{}
	for _, i := range tr.Report().Items {
		i.Line = 0
		seen[i.String()] = i.Count > 0
	}
	for item, want := range map[string]bool{
		"operation: read": true, "parameter: read: query most: left out": true, "parameter: read: query most: sent": false,
		"enum value: read: query kind: big": false, "keyword: read: query most: minimum": true, "keyword: read: query most: type": true,
		"keyword: read: 200 /name: required": true, "property: read: 200 /parts": true, "property: read: 200 /either": false,
		"example: read: 200 /name: rope": false, "status: read: 200": true, "status: read: default": false,
		"security: read: key: sent": true, "security: read: key: refused without": true,
	} {
		if got, known := seen[item]; !known || got != want {
			t.Errorf("%s: seen %v (known %v), want %v", item, got, known, want)
		}
	}
}

func TestReportsNameWhatIsMissing(t *testing.T) {
	j, tr := tracked(t)
	saw(j, tr, "/things/1", "k", `{"name":"rope"}`, 200)
	r := tr.Report()
	if r.Percent() >= 100 || len(r.Missing()) == 0 {
		t.Fatalf("%d %%, %d missing", r.Percent(), len(r.Missing()))
	}
	if text := r.Text(); !strings.Contains(text, "missing: enum value: read: query kind: big (line ") {
		t.Errorf("text: %s", text)
	}
	text, err := r.JSON()
	if err != nil {
		t.Fatal(err)
	}
	var back coverage.Report
	if err := json.Unmarshal(text, &back); err != nil || back.Total != r.Total || len(back.Items) != r.Total {
		t.Errorf("JSON: %v, %d of %d", err, len(back.Items), r.Total)
	}
	html, err := r.HTML()
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"Small &lt;API&gt;", `class="cell part"`, `class="miss"`, "never seen"} {
		if !strings.Contains(string(html), want) {
			t.Errorf("the page lacks %s", want)
		}
	}
	for _, no := range []string{"http://", "https://", "<script", "src="} {
		if strings.Contains(string(html), no) {
			t.Errorf("the page needs something from elsewhere: %s", no)
		}
	}
}
