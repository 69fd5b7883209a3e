package judge_test

import (
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"

	"github.com/highlevel-go/snapshots/conformance/judge"
)

// A server that the document does not name can be allowed, and what goes there is judged all the same.
func TestAllowedHostsAreJudgedAsServersOfTheDocument(t *testing.T) {
	data, err := os.ReadFile("testdata/traffic.yaml")
	if err != nil {
		t.Fatal(err)
	}
	doc, err := judge.Load("traffic.yaml", data)
	if err != nil {
		t.Fatal(err)
	}
	doc.Servers = doc.Servers[:2] // the third is wherever the document is served
	for _, c := range []struct {
		what      string
		opts      []judge.Option
		url       string
		violation judge.Rule // empty for none
	}{
		{"another host", nil, "https://gateway.house.org/v1/pets", judge.Server},
		{"a name kept for documentation", nil, "https://asia.zoo.example/v2/pets", judge.Server},
		{"an allowed host", []judge.Option{judge.AllowHosts("Gateway.house.org")}, "https://gateway.house.org:8443/v1/pets", ""},
		{"an allowed host, without the server's path", []judge.Option{judge.AllowHosts("gateway.house.org")}, "https://gateway.house.org/pets", ""},
		{"an allowed host, a wrong query", []judge.Option{judge.AllowHosts("gateway.house.org")}, "https://gateway.house.org/pets?x=1", judge.UndeclaredQuery},
		{"no rule about servers", []judge.Option{judge.Without(judge.Server)}, "https://gateway.house.org/v1/pets", ""},
		{"no rule about servers, a wrong query", []judge.Option{judge.Without(judge.Server)}, "https://gateway.house.org/v1/pets?x=1", judge.UndeclaredQuery},
		{"what httptest.NewRequest makes of a path", nil, "/v1/pets", ""},
	} {
		j, err := judge.New(doc, c.opts...)
		if err != nil {
			t.Fatal(err)
		}
		v := j.Request(httptest.NewRequest(http.MethodGet, c.url, nil))
		if c.violation == "" && !v.OK() || c.violation != "" && !v.Has(c.violation) {
			t.Errorf("%s: %v, want %q", c.what, v.Err(), c.violation)
		}
		if v.Operation == "" && c.violation != judge.Server {
			t.Errorf("%s: no operation was found, so nothing was judged", c.what)
		}
	}
}

func TestServersInEveryForm(t *testing.T) {
	for _, c := range []struct {
		server, url string
		want        judge.Rule
	}{
		{"//api.example.com/v1", "https://api.example.com/v1/x", ""}, {"//api.example.com/v1", "http://api.example.com/v1/x", ""},
		{"//api.example.com/v1", "https://evil.example.org/v1/x", judge.Server}, {"//api.example.com/v1", "https://api.example.com/v2/x", judge.Path},
		{"v1", "http://localhost/v1/x", ""}, {"./v1", "http://localhost/docs/v1/x", ""}, {"../v1/", "http://localhost/v1/x", ""},
		{"v1", "http://localhost/v2/x", judge.Path}, {".", "http://localhost/x", ""}, {"./", "http://localhost/y", judge.Path},
		{".", "https://evil.example.org/x", judge.Server},
		{"https://api.example.com:443", "https://api.example.com/x", ""}, {"https://user@api.example.com", "https://api.example.com:443/x", ""},
	} {
		j := judgeOf(t, strings.Replace(documentOf("3.0.3", "", "{}", ""), "https://api.example.com", c.server, 1))
		v := (message{"GET", c.url, nil, "", 0}).judge(t, j, nil)
		if c.want == "" && !v.OK() || c.want != "" && !v.Has(c.want) {
			t.Errorf("%s to %s: %v, want %q", c.url, c.server, v.Err(), c.want)
		}
	}
}

func TestAServerMayBeAVariable(t *testing.T) {
	j := judgeOf(t, strings.Replace(documentOf("3.0.3", "", "{}", ""), `"https://api.example.com"`,
		`"{base}/v1","variables":{"base":{"default":"https://api.example.com","enum":["https://api.example.com","http://old.example.com/api"]}}`, 1))
	for url, want := range map[string]judge.Rule{
		"https://api.example.com/v1/x": "", "http://old.example.com/api/v1/x": "", "https://api.example.com/x": judge.Path,
		"https://evil.example.org/v1/x": judge.Server, "http://api.example.com/v1/x": judge.Server,
	} {
		v := (message{"GET", url, nil, "", 0}).judge(t, j, nil)
		if want == "" && !v.OK() || want != "" && !v.Has(want) {
			t.Errorf("%s: %v, want %q", url, v.Err(), want)
		}
	}
}
