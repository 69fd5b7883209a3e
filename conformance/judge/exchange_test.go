package judge_test

import (
	"strings"
	"testing"

	"github.com/highlevel-go/snapshots/conformance/judge"
)

func TestNotModifiedIsARightResponseToAConditionalRequest(t *testing.T) {
	j := snapshotsJudge(t)
	if v := (message{"GET", list, []string{`<If-None-Match: "a"`}, "", 304}).judge(t, j, nil); !v.OK() {
		t.Error(v.Err())
	}
	if v := (message{"GET", list, nil, "", 304}).judge(t, j, nil); !v.Has(judge.Status) {
		t.Errorf("no condition: %v", v.Err())
	}
}

func TestARelativeServerStandsForNoUnknownHost(t *testing.T) {
	for _, c := range []struct {
		servers, url string
		want         judge.Rule
	}{
		{`[{"url":"https://api.example.com"},{"url":"/v1"}]`, "https://evil.example.org/v1/x", judge.Server},
		{`[{"url":"/v1"}]`, "https://evil.example.org/v1/x", judge.Server},
		{`[{"url":"/v1"}]`, "http://localhost:8080/v1/x", ""},
		{`[{"url":"/v1"}]`, "https://gateway.house.org/v1/x", ""}, // allowed
		{`[]`, "https://anywhere.example.org/x", ""},
	} {
		doc, err := judge.Load("doc.yaml", []byte(strings.Replace(documentOf("3.0.3", "", "{}", ""), `[{"url":"https://api.example.com"}]`, c.servers, 1)))
		if err != nil {
			t.Fatal(err)
		}
		j, err := judge.New(doc, judge.AllowHosts("gateway.house.org"))
		if err != nil {
			t.Fatal(err)
		}
		v := (message{"GET", c.url, nil, "", 0}).judge(t, j, nil)
		if c.want == "" && !v.OK() || c.want != "" && !v.Has(c.want) {
			t.Errorf("%s to %s: %v, want %q", c.url, c.servers, v.Err(), c.want)
		}
	}
}

func TestReadingGzipIsBounded(t *testing.T) {
	if testing.Short() {
		t.Skip("inflates 64 MB; run without -short")
	}
	bomb := gzipped(strings.Repeat(" ", 65<<20))
	v := (message{"GET", list, []string{"<Accept-Encoding: gzip", "Content-Encoding: gzip"}, bomb, 200}).judge(t, snapshotsJudge(t), nil)
	if !v.Has(judge.Encoding) || !strings.Contains(v.Err().Error(), "more than is read") {
		t.Errorf("got %.300v", v.Err())
	}
}

func TestAHeaderWithoutASchemaIsToldWithItsLine(t *testing.T) {
	text := "openapi: 3.0.3\ninfo: {title: t, version: '1'}\npaths:\n  /x:\n    get:\n      responses:\n        '503':\n          description: d\n          headers:\n            Retry-After: {description: wait}\n"
	_, err := judge.Load("doc.yaml", []byte(text))
	if err == nil || !strings.Contains(err.Error(), "doc.yaml:10: the header Retry-After has no schema") {
		t.Errorf("got %v", err)
	}
}

func TestTheBearerSchemeCountsInAnyCase(t *testing.T) {
	for _, scheme := range []string{"Bearer", "BEARER", "bearer"} {
		document := strings.Replace(documentOf("3.0.3", "", "{}", ""), `"schemas":{}`, `"securitySchemes":{"s":{"type":"http","scheme":"`+scheme+`"}}`, 1)
		j := judgeOf(t, strings.Replace(document, `"paths"`, `"security":[{"s":[]}],"paths"`, 1))
		for _, sent := range []string{"Bearer abc", "bearer abc", "BEARER abc"} {
			if v := (message{"GET", "/x", []string{"Authorization: " + sent}, "", 0}).judge(t, j, nil); !v.OK() {
				t.Errorf("%s for %s: %v", sent, scheme, v.Err())
			}
		}
		if v := (message{"GET", "/x", nil, "", 0}).judge(t, j, nil); !v.Has(judge.Credentials) {
			t.Errorf("%s: nothing is missing: %v", scheme, v.Err())
		}
	}
}
