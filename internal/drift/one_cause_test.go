package drift

import (
	"slices"
	"strings"
	"testing"

	"github.com/highlevel-go/snapshots/internal/facts"
)

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
