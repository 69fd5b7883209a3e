package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

const versioned = `openapi: 3.0.3
info: {title: T, version: "1"}
servers: [{url: https://example.com}]
paths:
  /orders:
    get:
      operationId: list-orders
      parameters:
        - {name: limit, in: query, schema: {type: integer}}
        - {name: tags, in: query, explode: false, schema: {type: array, items: {type: string}}}
        - {name: Version, in: header, required: true, x-from-client: always, schema: {type: string, enum: ["1"]}}
        - {name: state, in: query, schema: {type: string, enum: [open, closed, lost]}}
      responses:
        "200": {description: ok, content: {application/json: {schema: {$ref: "#/components/schemas/Order"}}}}
    post:
      operationId: create-order
      requestBody: {required: true, content: {application/json: {schema: {$ref: "#/components/schemas/NewOrder"}}}}
      responses:
        "200": {description: ok, content: {application/json: {schema: {$ref: "#/components/schemas/Order"}}}}
components:
  securitySchemes:
    bearer: {type: http, scheme: bearer}
    key: {type: apiKey, in: header, name: X-Key}
  schemas:
    Order: {type: object, properties: {id: {type: string}, total: {type: number}}}
    NewOrder: {type: object, properties: {note: {type: string}, count: {type: integer}}}
`

func TestDiffReportsWhatBreaksPrograms(t *testing.T) {
	if testing.Short() {
		t.Skip("loads packages")
	}
	for _, c := range []struct {
		name    string
		replace []string // old, new, …
		code    int
		says    []string
	}{
		{"nothing", []string{"description: ok", "description: fine"}, 0, []string{"No difference"}},
		{"what programs can live with", []string{
			"total: {type: number}", "total: {type: number}, paid: {type: boolean}",
			"enum: [open, closed, lost]", "enum: [open, closed, lost, found]",
		}, 0, []string{"\nVersion: a minor version", "Order.Paid: added", "ListOrdersStateFound: added"}},
		{"what breaks them", []string{
			"id: {type: string}, ", "",
			"total: {type: number}", "total: {type: string}",
			"name: limit, in: query,", "name: max, x-go-name: Limit, in: header,",
			"note: {type: string}", "remark: {type: string, x-go-name: Note}",
			"/orders:", "/v2/orders:",
			"NewOrder: {type: object,", "NewOrder: {type: object, required: [remark],",
			"enum: [open, closed, lost]", "enum: [open, closed]",
		}, 1, []string{
			"\nVersion: a major version", "Order.ID: removed", "Order.Total: changed from", "Client.ListOrders: no longer sends query limit", "Client.ListOrders: sends header max",
			"CreateOrderRequest.Note: is “remark” on the wire, was “note”", "OperationListOrders: Path is “/v2/orders”, was “/orders”",
			"Client.CreateOrder: refuses a request: Note is required", "refuses a request: State is not one of open, closed\n", "ListOrdersStateLost: removed",
		}},
		{"what the compiler does not see", []string{
			"in: query, explode: false", "in: query, style: pipeDelimited, explode: false",
			`enum: ["1"]`, `enum: ["2"]`,
			"operationId: create-order", "operationId: create-order\n      x-idempotent: true\n      security: [{key: []}]",
			"content: {application/json: {schema: {$ref: \"#/components/schemas/NewOrder\"}}}", "content: {application/merge-patch+json: {schema: {$ref: \"#/components/schemas/NewOrder\"}}}",
		}, 1, []string{
			"no longer sends query tags in the style form, in one piece\n", "sends query tags in the style pipeDelimited, in one piece\n",
			"New: no longer sends Version 1 unless an option says otherwise", "New: sends Version 2 unless an option says otherwise",
			"OperationCreateOrder: Idempotent is “true”, was nothing", "OperationCreateOrder: Security is “key in header X-Key”, was “the token”",
			"Client.CreateOrder: no longer sends a JSON body", "Client.CreateOrder: sends a body of application/merge-patch+json",
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			old, new := write(t, "old.yaml", versioned), write(t, "new.yaml", strings.NewReplacer(c.replace...).Replace(versioned))
			code, stdout, stderr := gen("diff", old, new)
			if code != c.code {
				t.Errorf("exit %d, want %d", code, c.code)
			}
			for _, want := range c.says {
				if !strings.Contains(stdout, want) {
					t.Errorf("nothing says %q", want)
				}
			}
			if t.Failed() {
				t.Logf("%s%s", stdout, stderr)
			}
		})
	}
}

func TestDiffOfAGitRevisionCompilesItsTestsAgain(t *testing.T) {
	if testing.Short() {
		t.Skip("compiles tests")
	}
	dir := t.TempDir()
	git := func(args ...string) {
		t.Helper()
		cmd := exec.Command("git", append([]string{"-c", "user.name=n", "-c", "user.email=e@example.com"}, args...)...)
		cmd.Dir = dir
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Skipf("git %s: %v\n%s", args[0], err, out)
		}
	}
	put := func(name, text string) {
		t.Helper()
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	put("go.mod", "module example.com/m\n\ngo 1.26.0\n")
	put("m.go", "package m\n\ntype Doubler interface{ Double(int) int }\n\nfunc Double(n int) int { return 2 * n }\n")
	put("m_test.go", "package m_test\n\nimport (\n\t\"testing\"\n\n\t\"example.com/m\"\n)\n\nfunc TestDouble(t *testing.T) {\n\tif m.Double(2) != 4 {\n\t\tt.Fail()\n\t}\n}\n")
	git("init", "-q")
	git("add", ".")
	git("commit", "-q", "-m", "first")
	// The new tests compile; those of the revision do not.
	put("m.go", "package m\n\ntype Doubler interface{ Double(int) int; Halve(int) int }\n\nfunc Double(n, times int) int { return 2 * n * times }\n")
	put("m_test.go", "package m_test\n")
	t.Chdir(dir)
	t.Setenv("GOWORK", "off")

	code, stdout, stderr := gen("diff", "HEAD:.", ".")
	if code != exitDiffer || !strings.Contains(stdout, "tests of the old package do not compile") || !strings.Contains(stdout, "Double: changed from func(int) int to func(int, int) int") {
		t.Errorf("exit %d\n%s%s", code, stdout, stderr)
	}
	if strings.Contains(stdout, os.TempDir()) || !strings.Contains(stdout, "with the new one: m_test.go:10:") {
		t.Errorf("the place in the old test is a scratch file:\n%s", stdout)
	}
	_, draft, _ := strings.Cut(stdout, "For the changelog:\n\n")
	put("CHANGELOG.md", "## [Unreleased]\n"+draft)
	if code, stdout, stderr := gen("diff", "-changelog", "CHANGELOG.md", "HEAD:.", "."); code != exitOK {
		t.Errorf("the draft is in the changelog, and still exit %d\n%s%s", code, stdout, stderr)
	}
	put("CHANGELOG.md", "## [Unreleased]\n### Changed\n- m: `Double` takes how often to double; `Doubler.Halve` is asked for\n")
	if code, stdout, stderr := gen("diff", "-changelog", "CHANGELOG.md", "HEAD:.", "."); code != exitOK {
		t.Errorf("named in the changelog, and still exit %d\n%s%s", code, stdout, stderr)
	}
	put("CHANGELOG.md", "## [Unreleased]\n### Changed\n- something\n")
	if code, _, stderr := gen("diff", "-changelog", "CHANGELOG.md", "HEAD:.", "."); code != exitDiffer || !strings.Contains(stderr, "CHANGELOG.md: names no change of example.com/m: Double") {
		t.Errorf("not named in the changelog: exit %d\n%s", code, stderr)
	}
}

func TestDiffRefusesWhatItCannotRead(t *testing.T) {
	doc := write(t, "doc.yaml", versioned)
	for _, c := range []struct {
		args []string
		code int
		says string
	}{
		{nil, exitUsage, "diff needs OLD and NEW"},
		{[]string{doc}, exitUsage, "diff needs OLD and NEW"},
		{[]string{doc, "none.yaml"}, exitSpec, "none.yaml: no such file"},
		{[]string{doc, t.TempDir()}, exitSpec, "one is a directory"},
		{[]string{"no-such-revision:gen", "."}, exitSpec, "no-such-revision"},
		{[]string{"--output=x:gen", "."}, exitUsage, "not defined"},
		{[]string{"-version", "1", doc, doc}, exitUsage, "is not a version"},
		{[]string{"-changelog", "none.md", doc, doc}, exitSpec, "none.md"},
	} {
		if code, _, stderr := gen(append([]string{"diff"}, c.args...)...); code != c.code || !strings.Contains(stderr, c.says) {
			t.Errorf("%v: exit %d, want %d and %q:\n%s", c.args, code, c.code, c.says, stderr)
		}
	}
}

func TestDiffNamesThePackageThatTheModuleLacks(t *testing.T) {
	doc := write(t, "doc.yaml", versioned)
	t.Chdir(t.TempDir())
	t.Setenv("GOWORK", "off")
	if err := os.WriteFile("go.mod", []byte("module example.com/m\n\ngo 1.26.0\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	code, _, stderr := gen("diff", doc, doc)
	if want := "no required module provides package github.com/highlevel-go/snapshots/api/rest"; code != exitSpec || !strings.Contains(stderr, want) {
		t.Errorf("exit %d, want %d and %q:\n%s", code, exitSpec, want, stderr)
	}
}
