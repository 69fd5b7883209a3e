package drift

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/highlevel-go/snapshots/internal/facts"
)

const two = `
openapi: 3.0.3
info: { title: t, version: "1" }
servers: [{ url: "https://a.example" }]
paths:
  /a:
    get:
      operationId: get-a
      externalDocs: { url: "https://docs.example/x/get-a" }
      parameters:
        - { name: Version, in: header, required: true, schema: { type: string, enum: ["1"] } }
        - { name: q, in: query, schema: { type: string }, example: e }
      responses:
        "200":
          description: ok
          content:
            application/json:
              schema:
                type: object
                properties:
                  id: { type: string, description: which one }
                  size: { type: number }
        "400":
          description: no
          content:
            application/json:
              schema: { type: object, properties: { message: { type: string } } }
  /b:
    post:
      operationId: make-b
      externalDocs: { url: "https://docs.example/x/make-b" }
      parameters:
        - { name: Version, in: header, required: true, schema: { type: string, enum: ["1"] } }
      requestBody:
        required: true
        content:
          application/json:
            schema: { type: object, properties: { name: { type: string } } }
      responses:
        "201": { description: ok }
`

func TestTheSameChangeInSeveralOperationsIsOneFinding(t *testing.T) {
	spec := strings.ReplaceAll(two, `enum: ["1"]`, `enum: ["1", "2"]`)
	r := Check(Input{Docs: []*facts.Document{document(t, "docs.yaml", two)}, Spec: document(t, "spec.yaml", spec)})
	if len(r.Findings) != 1 {
		t.Fatalf("%d findings, want 1: %v", len(r.Findings), ids(r))
	}
	f := r.Findings[0]
	if want := "enum-value-extra|get-a,make-b|header.Version"; f.ID != want {
		t.Errorf("id %q, want %q", f.ID, want)
	}
	if len(f.Sites) != 2 || f.Sites[0].Spec.Pos.Line == 0 || f.Sites[0].Docs.Pos.Line == 0 {
		t.Errorf("the sites do not say where, on both sides: %+v", f.Sites)
	}
}

func TestAChangedNodeThatPlacesShareIsOneFinding(t *testing.T) {
	text := strings.Replace(shared, "schemas/Other", "schemas/One", 1)
	spec := strings.ReplaceAll(text, "code: { type: number }", "code: { type: string }")
	r := Check(Input{Docs: []*facts.Document{document(t, "docs.yaml", text)}, Spec: document(t, "spec.yaml", spec)})
	if got := ids(r); !slices.Equal(got, []string{"type-differs|get-a|response.200.code"}) {
		t.Fatalf("findings %v", got)
	}
	if f := r.Findings[0]; len(f.Sites) != 2 || len(f.Edits) != 2 {
		t.Errorf("%d sites and %d edits, want both places", len(f.Sites), len(f.Edits))
	}
}

func TestAChangedNodeOfADocumentThatIsAPageIsOneFinding(t *testing.T) {
	text := strings.Replace(shared, "schemas/Other", "schemas/One", 1)
	changed := strings.ReplaceAll(text, "code: { type: number }", "code: { type: string }")
	docs := document(t, "docs.yaml", text)
	r := Check(Input{Docs: []*facts.Document{docs}, Spec: docs, Pages: pagesOf(document(t, "page.yaml", changed))})
	if got := ids(r); !slices.Equal(got, []string{"type-changed|get-a|response.200.code"}) || len(r.Findings[0].Sites) != 2 {
		t.Fatalf("findings %v", got)
	}
}

func TestWhatIsInsideAPlaceOfAnotherTypeIsNotListed(t *testing.T) {
	for name, kind := range map[string]string{
		"a list":    "{ type: array, items: { type: number, minimum: 1 } }",
		"an object": "{ type: object, required: [a], properties: { a: { type: number }, b: { type: string } } }",
	} {
		spec := strings.Replace(two, "size: { type: number }", "size: "+kind, 1)
		for _, sides := range [][2]string{{two, spec}, {spec, two}} {
			r := Check(Input{Docs: []*facts.Document{document(t, "docs.yaml", sides[0])}, Spec: document(t, "spec.yaml", sides[1])})
			if got := ids(r); !slices.Equal(got, []string{"type-differs|get-a|response.200.size"}) {
				t.Errorf("%s: findings %v", name, got)
			}
		}
	}
}

func TestOneCauseIsOneFinding(t *testing.T) {
	const body = "schema: { type: object, properties: { message: { type: string } } }"
	const inline = "\n          content:\n            application/json:\n              " + body
	for name, test := range map[string]struct{ from, to, want string }{
		"a body becomes one of two":              {body, "schema: { oneOf: [{ type: string }, { type: object, properties: { message: { type: string } } }] }", "union-extra|get-a|response.400"},
		"a body becomes a list":                  {body, "schema: { type: array, items: { type: object, properties: { message: { type: string } } } }", "type-differs|get-a|response.400"},
		"an answer loses its body":               {inline, "", "media-type-missing|get-a|response.400"},
		"a name, with a description in the spec": {"size: { type: number }", "length: { type: number, description: how long }", "property-renamed|get-a|response.200.size"},
	} {
		t.Run(name, func(t *testing.T) {
			r := Check(Input{Docs: []*facts.Document{document(t, "docs.yaml", two)}, Spec: document(t, "spec.yaml", strings.Replace(two, test.from, test.to, 1))})
			if got := ids(r); !slices.Equal(got, []string{test.want}) {
				t.Errorf("findings %v, want %s", got, test.want)
			}
		})
	}
}

func TestAnObjectThatIsFlattenedOrWrappedIsOneFinding(t *testing.T) {
	const flat = "                  id: { type: string, description: which one }\n                  size: { type: number }\n"
	const wrapped = "                  data:\n                    type: object\n                    properties:\n                      id: { type: string, description: which one }\n                      size: { type: number }\n"
	inside := strings.Replace(two, flat, wrapped, 1)
	check := func(then, now string) []*Finding {
		return Check(Input{Docs: []*facts.Document{document(t, "docs.yaml", then)}, Spec: document(t, "spec.yaml", then), Pages: pagesOf(document(t, "page.md", now))}).Findings
	}
	for name, test := range map[string]struct {
		then, now, id, fix string
	}{
		"wrapped":   {two, inside, "property-wrapped|get-a|response.200.data", "add response.200.data, and move into it: id, size"},
		"flattened": {inside, two, "property-flattened|get-a|response.200.data", "remove response.200.data, and move its fields one level up: id, size"},
	} {
		found := check(test.then, test.now)
		if len(found) != 1 || found[0].ID != test.id || found[0].Severity != Error || !strings.Contains(found[0].Fix, test.fix) {
			t.Fatalf("%s: %+v", name, found)
		}
		if f := found[0]; len(f.Sites) != 3 || len(f.Edits) != 3 || f.Edits[1].MoveTo == "" {
			t.Errorf("%s: sites %+v, edits %+v", name, f.Sites, f.Edits)
		}
		r := Check(Input{Docs: []*facts.Document{document(t, "docs.yaml", test.then)}, Spec: document(t, "spec.yaml", test.now)})
		if got := ids(r); !slices.Equal(got, []string{test.id}) || len(r.Findings[0].Edits) != 3 {
			t.Errorf("%s in the spec: %q", name, got)
		}
	}
	if found := check(two, strings.Replace(inside, "description: which one }", "description: which one exactly }", 1)); len(found) < 2 {
		t.Errorf("the changed description of a wrapped field is not found: %+v", found[0])
	}
}

func TestAnEnumOfOtherValuesIsOneFinding(t *testing.T) {
	some := strings.ReplaceAll(two, `enum: ["1"]`, "enum: [link, agency_link, location]")
	for name, test := range map[string]struct {
		values string
		want   []string
	}{
		"another case":        {"[LINK, AGENCY_LINK, LOCATION]", []string{"enum-values-changed|get-a,make-b|header.Version"}},
		"another spelling":    {"[link, agencyLink, LOCATION]", []string{"enum-values-changed|get-a,make-b|header.Version"}},
		"nothing in common":   {"[a, b]", []string{"enum-values-changed|get-a,make-b|header.Version"}},
		"one of three":        {"[link, agency_link, place]", []string{"enum-value-changed|get-a,make-b|header.Version"}},
		"one left, two new":   {"[link, a, b]", []string{"enum-value-added|get-a,make-b|header.Version|a", "enum-value-added|get-a,make-b|header.Version|b", "enum-value-removed|get-a,make-b|header.Version|agency_link", "enum-value-removed|get-a,make-b|header.Version|location"}},
		"only in other order": {"[location, link, agency_link]", []string{"enum-order-changed|get-a,make-b|header.Version"}},
	} {
		page := strings.ReplaceAll(some, "[link, agency_link, location]", test.values)
		r := Check(Input{Docs: []*facts.Document{document(t, "docs.yaml", some)}, Spec: document(t, "spec.yaml", some), Pages: pagesOf(document(t, "page.md", page))})
		if got := ids(r); !slices.Equal(got, test.want) {
			t.Errorf("%s: findings %q, want %q", name, got, test.want)
		}
	}
}

// What a page that was not understood seems to lack follows from the same cause.
func TestAPageThatWasNotUnderstoodIsOneFindingWithoutConsequences(t *testing.T) {
	pages := pagesOf(document(t, "page.md", strings.Replace(two, "size: { type: number }", "size: { type: string }", 1)))[:1]
	for line := 30; line < 33; line++ {
		pages[0].Issues = append(pages[0].Issues, PageIssue{Kind: "not-understood", Fatal: true, Message: "what is this", Pos: facts.Pos{File: "page.md", Line: line}})
	}
	r := Check(Input{Docs: []*facts.Document{document(t, "docs.yaml", two)}, Spec: document(t, "spec.yaml", two), Pages: pages})
	if got := ids(r); !slices.Equal(got, []string{"not-understood|get-a|line 30"}) || r.Verdict() != CannotJudge {
		t.Fatalf("findings %q", got)
	}
	if f := r.Findings[0]; len(f.Sites) != 3 || f.Sites[2].Page.Pos.Line != 32 || !strings.Contains(f.Message, "2 more") {
		t.Errorf("%+v", f)
	}
	pages[0].Issues[2].Partial, pages[0].Issues[2].Kind = true, "truncated"
	r = Check(Input{Docs: []*facts.Document{document(t, "docs.yaml", two)}, Spec: document(t, "spec.yaml", two), Pages: pages})
	if got := ids(r); !slices.Equal(got, []string{"truncated|get-a|line 32"}) {
		t.Errorf("a page that is cut: %q", got)
	}
}

func TestAValueOnPurposeStaysSoBesideOthers(t *testing.T) {
	ledger, err := ReadLedger("dev.yaml", []byte(strings.NewReplacer("query.q", "header.Version", "page: get-a", `page: "*"`,
		"{ required: false }", `{ enum: ["1"] }`, "{ required: true }", `{ enum: ["1", "2"] }`).Replace(ledgerEntryText)))
	if err != nil {
		t.Fatal(err)
	}
	spec := strings.NewReplacer(`enum: ["1"] }`, `enum: ["1", "2", "3"] }, x-deviation: big-q`).Replace(two)
	r := Check(Input{Docs: []*facts.Document{document(t, "docs.yaml", two)}, Spec: document(t, "spec.yaml", spec), Ledger: ledger})
	if got := ids(r); !slices.Equal(got, []string{"enum-value-extra|get-a,make-b|header.Version"}) || r.Findings[0].Sites[0].Spec == nil || !strings.Contains(r.Findings[0].Message, "3") {
		t.Errorf("findings %v", got)
	}
}

func TestAnotherOperationIdIsOneFinding(t *testing.T) {
	spec := strings.Replace(two, "operationId: make-b", "operationId: create-b", 1)
	r := Check(Input{Docs: []*facts.Document{document(t, "docs.yaml", two)}, Spec: document(t, "spec.yaml", spec)})
	if got := ids(r); !slices.Equal(got, []string{"operation-renamed|make-b|operation"}) {
		t.Fatalf("findings %v", got)
	}
	f := r.Findings[0]
	if e := f.Edits[0]; e.Operation != "create-b" || e.Rename != "make-b" || f.Sites[0].Spec.Pos.Line == 0 {
		t.Errorf("the edit is %+v at %+v", e, f.Sites[0].Spec)
	}
}

func TestAnOperationThatOneSideLacksHasALineOnBothSides(t *testing.T) {
	one := two[:strings.Index(two, "  /b:")]
	r := Check(Input{Docs: []*facts.Document{document(t, "docs.yaml", two)}, Spec: document(t, "spec.yaml", one)})
	r.Findings = append(r.Findings, Check(Input{Docs: []*facts.Document{document(t, "docs.yaml", one)}, Spec: document(t, "spec.yaml", two)}).Findings...)
	if got := ids(r); !slices.Equal(got, []string{"operation-missing|make-b|operation", "operation-extra|make-b|operation"}) {
		t.Fatalf("findings %v", got)
	}
	for _, f := range r.Findings {
		if s := f.Sites[0]; s.Docs.Pos.Line == 0 || s.Spec.Pos.Line == 0 {
			t.Errorf("%s: docs %v, spec %v", f.ID, s.Docs.Pos, s.Spec.Pos)
		}
	}
}

func TestAChangedSampleIsFoundAtItsLine(t *testing.T) {
	docs, now := document(t, "docs.yaml", two), document(t, "page.md", two)
	docs.Operation("get-a").Add("response.200", facts.Sample, `{"id":"x","size":1}`, facts.Pos{File: "docs.yaml", Line: 20})
	page := now.Operation("get-a")
	page.Add("response.200", facts.Sample, `{"id":"x","size":2}`, facts.Pos{File: "page.md", Line: 100})
	page.Facts[len(page.Facts)-1].Prose = "\n{\n  \"id\": \"x\",\n  \"size\": 2\n}"
	r := Check(Input{Docs: []*facts.Document{docs}, Spec: document(t, "spec.yaml", two), Pages: pagesOf(now)[:1]})
	if len(r.Findings) != 1 || r.Findings[0].Sites[0].Page.Pos.Line != 103 {
		t.Errorf("findings %v at %+v, want one at line 103", ids(r), r.Findings[0].Sites[0].Page)
	}
}

func TestAChangedTextIsShownAsFarAsItIsKnown(t *testing.T) {
	docs := document(t, "docs.yaml", strings.ReplaceAll(two, "description: which one", "x-text: 0123456789ab"))
	r := Check(Input{Docs: []*facts.Document{docs}, Spec: document(t, "spec.yaml", two), Pages: pagesOf(document(t, "page.md", two))[:1]})
	if len(r.Findings) != 1 {
		t.Fatalf("findings %v", ids(r))
	}
	if s := r.Findings[0].Sites[0]; s.Page.Says != "which one" || s.Docs.Says != "text with the fingerprint 0123456789ab" {
		t.Errorf("page %q, docs %q", s.Page.Says, s.Docs.Says)
	}
}

func TestAChangeDoesNotUndoADeviation(t *testing.T) {
	spec := strings.Replace(two, "schema: { type: string }, example: e", "schema: { type: integer }, example: e, x-deviation: big-q", 1)
	ledger, err := ReadLedger("dev.yaml", []byte(strings.NewReplacer("{ required: false }", "{ type: string }", "{ required: true }", "{ type: integer }").Replace(ledgerEntryText)))
	if err != nil {
		t.Fatal(err)
	}
	t.Run("of the page", func(t *testing.T) {
		page := strings.Replace(two, "schema: { type: string }, example: e", "schema: { type: boolean }, example: e", 1)
		r := Check(Input{Docs: []*facts.Document{document(t, "docs.yaml", two)}, Spec: document(t, "spec.yaml", spec), Ledger: ledger, Pages: pagesOf(document(t, "page.md", page))[:1]})
		if f := r.Findings[0]; len(r.Findings) != 1 || len(f.Edits) > 0 || !strings.Contains(f.Fix, "dev.yaml:2") {
			t.Errorf("findings %v, edits %+v, fix %q", ids(r), f.Edits, f.Fix)
		}
	})
	t.Run("of the spec", func(t *testing.T) {
		changed := strings.Replace(spec, "schema: { type: integer }", "schema: { type: boolean }", 1)
		r := Check(Input{Docs: []*facts.Document{document(t, "docs.yaml", two)}, Spec: document(t, "spec.yaml", changed), Ledger: ledger})
		if f := r.Findings[0]; len(r.Findings) != 1 || f.Edits[0].To != "integer" || !strings.Contains(f.Fix, "big-q") {
			t.Errorf("findings %v, edits %+v, fix %q", ids(r), f.Edits, f.Fix)
		}
	})
}

func TestWhatIsInsideARemovedPlaceIsNotListed(t *testing.T) {
	spec := strings.Replace(two, `        "400":
          description: no
          content:
            application/json:
              schema: { type: object, properties: { message: { type: string } } }
`, "", 1)
	r := Check(Input{Docs: []*facts.Document{document(t, "docs.yaml", two)}, Spec: document(t, "spec.yaml", spec)})
	if got := ids(r); !slices.Equal(got, []string{"response-missing|get-a|response.400"}) {
		t.Errorf("findings %v", got)
	}
	if line := r.Findings[0].Sites[0].Spec.Pos.Line; line == 0 {
		t.Error("the finding does not say where in the spec the response belongs")
	}
}

func TestARenamedPropertyIsOneFindingWithItsNewName(t *testing.T) {
	spec := strings.Replace(two, "size: { type: number }", "length: { type: number }", 1)
	r := Check(Input{Docs: []*facts.Document{document(t, "docs.yaml", two)}, Spec: document(t, "spec.yaml", spec)})
	if got := ids(r); !slices.Equal(got, []string{"property-renamed|get-a|response.200.size"}) {
		t.Errorf("findings %v", got)
	}
	if r.Findings[0].Severity != Error {
		t.Errorf("severity %s: a renamed property of a response is silently empty in every program", r.Findings[0].Severity)
	}
}

// HTML of older themes has no examples of parameters: that the new name has none speaks for nothing.
func TestWhatAPageDoesNotShowDoesNotHideARename(t *testing.T) {
	const example = `schema: { type: string }, example: e }`
	now := strings.Replace(two, "name: q, in: query, "+example, "name: query, in: query, schema: { type: string } }", 1)
	pages := pagesOf(document(t, "pages.yaml", now))
	pages[0].Hides = func(_ *facts.Operation, f facts.Fact, _ string) (string, bool) {
		return "", f.Place.IsParam() && f.Aspect == facts.Example
	}
	r := Check(Input{Docs: []*facts.Document{document(t, "docs.yaml", two)}, Spec: document(t, "spec.yaml", two), Pages: pages})
	if want := []string{"parameter-renamed|get-a|query.q"}; !slices.Equal(ids(r), want) {
		t.Errorf("findings %q, want %q", ids(r), want)
	}
}

func TestASpecThatLinksToAnotherPageIsFoundWithBothLines(t *testing.T) {
	docs := document(t, "docs.yaml", two)
	check := func(was, is string) []*Finding {
		return Check(Input{Docs: []*facts.Document{docs}, Spec: document(t, "spec.yaml", strings.Replace(two, was, is, 1))}).Findings
	}
	link := `externalDocs: { url: "https://docs.example/x/get-a" }`
	found := check(link, `externalDocs: { url: "https://docs.example/x/get-b" }`)
	if len(found) != 1 || found[0].ID != "link-differs|get-a|operation" || found[0].Severity != Warning {
		t.Fatalf("%+v", found)
	}
	if s := found[0].Sites[0]; s.Docs.Pos.String() != "docs.yaml:9" || s.Spec.Pos.String() != "spec.yaml:9" {
		t.Errorf("at %s and %s", s.Docs.Pos, s.Spec.Pos)
	}
	for _, silent := range []string{"", `externalDocs: { url: "https://docs.example/x/get-a/" }`, `externalDocs: { url: "https://docs.example/x/get-a/index.html" }`} {
		if found := check(link, silent); len(found) > 0 {
			t.Errorf("%q: %s", silent, found[0].ID)
		}
	}
}

// The name of a path's parameter stands twice, in the path and in the table, and is never sent.
func TestAParameterRenamedInItsPathIsOneFindingWithoutAnEffectOnTheWire(t *testing.T) {
	one := strings.NewReplacer("  /a:", "  /a/{q}/b:", "name: q, in: query,", "name: q, in: path, required: true,").Replace(two)
	now := strings.NewReplacer("/{q}/", "/{query}/", "name: q,", "name: query,").Replace(one)
	check := func(now string) []*Finding {
		return Check(Input{Docs: []*facts.Document{document(t, "docs.yaml", one)}, Spec: document(t, "spec.yaml", one), Pages: pagesOf(document(t, "pages.yaml", now))}).Findings
	}
	found := check(now)
	if len(found) != 1 || found[0].ID != "parameter-renamed|get-a|path.q" || found[0].Severity != Warning || !strings.HasPrefix(found[0].Wire, "none") {
		t.Fatalf("%+v", found)
	}
	if found := check(strings.Replace(now, "/{query}/b", "/{query}/c", 1)); len(found) != 2 {
		t.Errorf("another path beside it is not told: %+v", found)
	}
	if found := check(strings.Replace(now, "/{query}/", "/{q}/", 1)); len(found) != 1 || found[0].Severity != Error {
		t.Errorf("a name that the path has not: %+v", found)
	}
}

// A rename is one cause, another type or a new value beside it are others. The new name hides none of them.
func TestWhatElseChangedOfARenamedPlaceIsFound(t *testing.T) {
	docs := document(t, "docs.yaml", two)
	respelled := document(t, "spec.yaml", strings.Replace(two, "size: { type: number }", "SIZE: { type: string }", 1))
	r := Check(Input{Docs: []*facts.Document{docs}, Spec: respelled})
	if want := []string{"property-renamed|get-a|response.200.size", "type-differs|get-a|response.200.size"}; !slices.Equal(ids(r), want) {
		t.Errorf("spec: findings %q, want %q", ids(r), want)
	}
	ledger := &Ledger{Entries: []*Entry{{ID: "text", Pages: []string{"get-a"}, Place: "response.200.size", Docs: map[facts.Aspect]string{facts.Type: "number"}, Spec: map[facts.Aspect]string{facts.Type: "string"}}}}
	r = Check(Input{Docs: []*facts.Document{docs}, Spec: respelled, Ledger: ledger})
	if slices.Contains(ids(r), "type-differs|get-a|response.200.size") || len(r.OnPurpose) != 1 {
		t.Errorf("what the ledger explains is not on purpose under another name: %q, %d on purpose", ids(r), len(r.OnPurpose))
	}

	bounded := strings.ReplaceAll(two, `enum: ["1"]`, `enum: ["1"], minLength: 1, maxLength: 9`)
	page := document(t, "page.yaml", strings.NewReplacer("name: Version", "name: Release", `enum: ["1"]`, `enum: ["1", "2"]`).Replace(bounded))
	r = Check(Input{Docs: []*facts.Document{document(t, "docs.yaml", bounded)}, Spec: document(t, "spec.yaml", bounded), Pages: pagesOf(page)})
	want := []string{"parameter-renamed|get-a,make-b|header.Version", "enum-value-added|get-a,make-b|header.Release"}
	if !slices.Equal(ids(r), want) {
		t.Fatalf("page: findings %q, want %q", ids(r), want)
	}
	f := r.Findings[1]
	if f.Sites[0].Docs.Says != `["1"]` || f.Sites[0].Spec.Says != `["1"]` || f.Sites[0].Spec.Pos.Line != f.Sites[0].Docs.Pos.Line || f.Severity != Warning {
		t.Errorf("%+v, %+v, %s", f.Sites[0].Docs, f.Sites[0].Spec, f.Severity)
	}
	if len(f.Edits) != 2 || f.Edits[0].Place != "header.Release" || f.Edits[0].From != `["1"]` || f.Edits[0].To != `["1","2"]` {
		t.Errorf("%+v", f.Edits)
	}
}

func TestAParameterThatMovedIsOneFinding(t *testing.T) {
	spec := strings.Replace(two, "{ name: q, in: query,", "{ name: q, in: header,", 1)
	r := Check(Input{Docs: []*facts.Document{document(t, "docs.yaml", two)}, Spec: document(t, "spec.yaml", spec)})
	if got := ids(r); !slices.Equal(got, []string{"parameter-moved|get-a|query.q"}) {
		t.Fatalf("findings %v", got)
	}
	f := r.Findings[0]
	if e := f.Edits[0]; e.Place != "header.q" || e.MoveTo != "query.q" || e.Rename != "" {
		t.Errorf("the edit is %+v", e)
	}
	if !strings.Contains(f.Fix, "move header.q to query.q") || !strings.Contains(f.Go, "programs compile") {
		t.Errorf("fix %q, in Go %q", f.Fix, f.Go)
	}
}

// A difference between docs and spec is resolved by the spec following the docs; that is what the effect is about.
func TestWhatADifferenceDoesInGoAgreesWithWhatResolvesIt(t *testing.T) {
	for name, test := range map[string]struct{ from, to, program, fix string }{
		"a field that the spec lacks":      {"                  size: { type: number }\n", "", "a field is added", "add response.200.size"},
		"a field that the docs lack":       {"size: { type: number }", "size: { type: number }\n                  more: { type: number }", "the field is silently empty", "remove response.200.more"},
		"a value that the docs lack":       {`enum: ["1"]`, `enum: ["1", "2"]`, "its constant goes", `set enum of header.Version to ["1"]`},
		"an operation that the spec lacks": {two[strings.Index(two, "  /b:"):], "", "a method is added", "add the operation make-b"},
	} {
		r := Check(Input{Docs: []*facts.Document{document(t, "docs.yaml", two)}, Spec: document(t, "spec.yaml", strings.ReplaceAll(two, test.from, test.to))})
		if len(r.Findings) != 1 || !strings.Contains(r.Findings[0].Go, test.program) || !strings.Contains(r.Findings[0].Fix, test.fix) {
			t.Errorf("%s: %+v", name, r.Findings[0])
		}
	}
}

func TestAFindingIsFoundByAUniquePartOfItsID(t *testing.T) {
	spec := strings.NewReplacer("size: { type: number }", "size: { type: string }", "id: { type: string, ", "id: { type: number, ").Replace(two)
	r := Check(Input{Docs: []*facts.Document{document(t, "docs.yaml", two)}, Spec: document(t, "spec.yaml", spec)})
	for text, want := range map[string]int{
		"type-differs|get-a|response.200.id": 1, "type-differs": 2, "response.200.size": 1, "size": 1, "get-a": 2, "nothing": 0,
	} {
		if got := r.Matching(text); len(got) != want {
			t.Errorf("%s means %d findings, want %d", text, len(got), want)
		}
	}
}

func TestTheEffectOfAChangeDecidesItsSeverity(t *testing.T) {
	for name, test := range map[string]struct {
		from, to string
		want     Severity
	}{
		"a new optional parameter harms nobody":          {"- { name: q, in: query, schema: { type: string }, example: e }", "- { name: q, in: query, schema: { type: string }, example: e }\n        - { name: r, in: query, schema: { type: string } }", Warning},
		"a new required parameter breaks calls":          {"- { name: q, in: query, schema: { type: string }, example: e }", "- { name: q, in: query, schema: { type: string }, example: e }\n        - { name: r, in: query, required: true, schema: { type: string } }", Error},
		"a parameter that becomes required breaks calls": {"name: q, in: query,", "name: q, in: query, required: true,", Error},
		"an example of a parameter may hold a rule":      {"example: e", "example: f", Warning},
		"a removed property is silently empty":           {"                  size: { type: number }\n", "", Error},
		"a new property is dropped, no more":             {"size: { type: number }", "size: { type: number }\n                  more: { type: number }", Warning},
		"a text may carry a rule":                        {"description: which one", "description: which one in ISO 8601", Warning},
		"another type breaks":                            {"size: { type: number }", "size: { type: string }", Error},
		"another path breaks":                            {"  /b:", "  /c:", Error},
	} {
		t.Run(name, func(t *testing.T) {
			then := document(t, "docs.yaml", two)
			now := document(t, "page.yaml", strings.Replace(two, test.from, test.to, 1))
			r := Check(Input{Docs: []*facts.Document{then}, Spec: document(t, "spec.yaml", two), Pages: pagesOf(now)})
			if len(r.Findings) != 1 {
				t.Fatalf("%d findings, want 1: %v", len(r.Findings), ids(r))
			}
			f := r.Findings[0]
			if f.Severity != test.want {
				t.Errorf("%s is %s, want %s", f.ID, f.Severity, test.want)
			}
			if f.Wire == "" || f.Go == "" || f.Fix == "" {
				t.Errorf("%s does not say its effect and what to do: %+v", f.ID, f)
			}
			if r.Verdict() != Drift {
				t.Errorf("verdict %d, want drift", r.Verdict())
			}
		})
	}
}

func TestASpecThatFollowedThePageAlreadyNeedsOnlyItsAcceptance(t *testing.T) {
	now := strings.Replace(two, "size: { type: number }", "size: { type: string }", 1)
	r := Check(Input{Docs: []*facts.Document{document(t, "docs.yaml", two)}, Spec: document(t, "spec.yaml", now), Pages: pagesOf(document(t, "page.yaml", now))})
	i := slices.IndexFunc(r.Findings, func(f *Finding) bool { return f.Kind == "type-changed" })
	if i < 0 || !strings.Contains(r.Findings[i].Fix, "says so already") || len(r.Findings[i].Edits) > 0 {
		t.Errorf("the three sides were not held against each other: %v", ids(r))
	}
}

func TestAPageThatLostAllItsSchemasCannotBeJudged(t *testing.T) {
	page := document(t, "page.yaml", two)
	op := page.Operation("get-a")
	op.Facts = slices.DeleteFunc(op.Facts, func(f facts.Fact) bool {
		return strings.HasPrefix(string(f.Place), "response.") && f.Aspect != facts.Present && f.Aspect != facts.Text || strings.Count(string(f.Place), ".") > 1
	})
	r := Check(Input{Docs: []*facts.Document{document(t, "docs.yaml", two)}, Spec: document(t, "spec.yaml", two), Pages: pagesOf(page)})
	if r.Verdict() != CannotJudge || len(r.Findings) != 1 || r.Findings[0].Kind != "hollow-page" {
		t.Errorf("verdict %d, findings %v", r.Verdict(), ids(r))
	}
}

func TestABodyThatWasNotRenderedCannotBeJudgedAndAllElseIsCompared(t *testing.T) {
	changed := strings.Replace(two, "message: { type: string }", "message: { type: integer }", 1)
	page := pagesOf(document(t, "page.md", changed))[0]
	op := *page.Operation
	op.Facts = slices.DeleteFunc(slices.Clone(op.Facts), func(f facts.Fact) bool { return f.Place != "response.200" && f.Place.Under("response.200") })
	page.Operation = &op
	page.Issues = []PageIssue{{Kind: "skeleton", Place: "response.200", Message: "the schema is empty", Fatal: true, Partial: true, Pos: facts.Pos{File: "page.md", Line: 16}}}
	r := Check(Input{Docs: []*facts.Document{document(t, "docs.yaml", two)}, Spec: document(t, "spec.yaml", two), Pages: []Page{page}})
	if got := ids(r); r.Verdict() != CannotJudge || !slices.Equal(got, []string{"skeleton|get-a|response.200", "type-changed|get-a|response.400.message"}) {
		t.Errorf("verdict %d, findings %v", r.Verdict(), got)
	}
}

func TestAnotherRendererIsOneRemarkAndNotDrift(t *testing.T) {
	page := document(t, "page.yaml", two)
	for _, op := range page.Operations {
		op.Renderer = "another"
	}
	r := Check(Input{Docs: []*facts.Document{document(t, "docs.yaml", two)}, Spec: document(t, "spec.yaml", two), Pages: pagesOf(page)})
	if r.Verdict() != Clean || len(r.Remarks) != 1 {
		t.Errorf("verdict %d, remarks %v", r.Verdict(), r.Remarks)
	}
}

func TestAPageOfNothingInTheRecordIsRefusedUnlessItWasFoundAmongOthers(t *testing.T) {
	other := document(t, "page.yaml", strings.NewReplacer("get-a", "get-z", "/x/", "/y/", "/a:", "/z:").Replace(two))
	page := Page{Operation: other.Operation("get-z"), File: "z.md"}
	in := Input{Docs: []*facts.Document{document(t, "docs.yaml", two)}, Spec: document(t, "spec.yaml", two), Pages: []Page{page}}
	if r := Check(in); r.Verdict() != CannotJudge {
		t.Errorf("a page that was named: verdict %d, want cannot judge", r.Verdict())
	}
	in.Pages[0].Among = true
	if r := Check(in); r.Verdict() != Clean || len(r.Remarks) != 1 {
		t.Errorf("a page found in a directory: verdict %d, remarks %v", r.Verdict(), r.Remarks)
	}
}

func TestANewPageOfAKnownSectionIsANewOperation(t *testing.T) {
	other := document(t, "page.yaml", strings.NewReplacer("get-a", "get-z", "/a:", "/z:").Replace(two))
	r := Check(Input{Docs: []*facts.Document{document(t, "docs.yaml", two)}, Spec: document(t, "spec.yaml", two),
		Pages: []Page{{Operation: other.Operation("get-z"), File: "z.md", Among: true}}})
	if got := ids(r); !slices.Equal(got, []string{"operation-added|get-z|operation"}) {
		t.Errorf("findings %v", got)
	}
}

func TestAMissingPageCountsOnlyWhenAllWereGiven(t *testing.T) {
	in := Input{Docs: []*facts.Document{document(t, "docs.yaml", two)}, Spec: document(t, "spec.yaml", two), Pages: pagesOf(document(t, "page.yaml", two))[:1]}
	if r := Check(in); r.Verdict() != Clean {
		t.Errorf("verdict %d: %v", r.Verdict(), ids(r))
	}
	in.Complete = true
	if r := Check(in); !slices.Equal(ids(r), []string{"operation-removed|make-b|operation"}) {
		t.Errorf("findings %v", ids(r))
	}
}

func TestAPageThatCouldNotBeReadIsNeverClean(t *testing.T) {
	r := Check(Input{Docs: []*facts.Document{document(t, "docs.yaml", two)}, Spec: document(t, "spec.yaml", two), Unreadable: []error{fmt.Errorf("p.md:7: the page is empty")}})
	if r.Verdict() != CannotJudge || r.Findings[0].Sites[0].Page.Pos.Line != 7 {
		t.Errorf("verdict %d, findings %+v", r.Verdict(), r.Findings)
	}
}

const shared = `
openapi: 3.0.3
info: { title: t, version: "1" }
paths:
  /a:
    get:
      operationId: get-a
      responses:
        "200": { description: ok, content: { application/json: { schema: { $ref: "#/components/schemas/One" } } } }
        "400": { description: no, content: { application/json: { schema: { $ref: "#/components/schemas/Other" } } } }
components:
  schemas:
    One:
      type: object
      properties:
        code: { type: number }
    Other:
      type: object
      properties:
        code: { type: number }
`

func document(t *testing.T, file, text string) *facts.Document {
	t.Helper()
	d, err := facts.Read(file, []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func pagesOf(d *facts.Document) []Page {
	var out []Page
	for _, op := range d.Operations {
		out = append(out, Page{Operation: op, File: d.File})
	}
	return out
}

func ids(r *Report) []string {
	var out []string
	for _, f := range r.Findings {
		out = append(out, f.ID)
	}
	return out
}
