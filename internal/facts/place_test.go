package facts

import (
	"testing"

	"pgregory.net/rapid"
)

func TestAPlaceIsReadAsItIsWritten(t *testing.T) {
	for place, want := range map[Place][]Step{
		"operation":        {{StepRoot, "operation"}},
		"query.companyId":  {{StepRoot, "query"}, {StepProperty, "companyId"}},
		"response.200":     {{StepRoot, "response"}, {StepProperty, "200"}},
		"body.a[].b{}":     {{StepRoot, "body"}, {StepProperty, "a"}, {StepItems, ""}, {StepProperty, "b"}, {StepValues, ""}},
		"body.value|1.x":   {{StepRoot, "body"}, {StepProperty, "value"}, {StepVariant, "1"}, {StepProperty, "x"}},
		"response.200#X-A": {{StepRoot, "response"}, {StepProperty, "200"}, {StepHeader, "X-A"}},
		`body."a.b"`:       {{StepRoot, "body"}, {StepProperty, "a.b"}},
		`body@"text/csv"`:  {{StepRoot, "body"}, {StepMedia, "text/csv"}},
	} {
		got, err := place.Steps()
		if err != nil {
			t.Errorf("%s: %v", place, err)
			continue
		}
		if len(got) != len(want) {
			t.Errorf("%s: steps %v, want %v", place, got, want)
			continue
		}
		for i := range got {
			if got[i] != want[i] {
				t.Errorf("%s: step %d is %v, want %v", place, i, got[i], want[i])
			}
		}
	}
	for _, place := range []Place{"", ".", "body[", "body{", "body[}", `body."x`, "body]"} {
		if steps, err := place.Steps(); err == nil {
			t.Errorf("%q was read as %v", place, steps)
		}
	}
}

func TestAPlaceIsInItsParentUpToWhatTheOperationHas(t *testing.T) {
	for place, want := range map[Place]Place{
		"operation": "", "body": "", "query.a": "", "response.200": "", `response."2 XX".x`: `response."2 XX"`,
		"body.a": "body", "body[]": "body", "body.a[].b{}": "body.a[].b", "body.value|1.x": "body.value|1", "query.a[]": "query.a",
		"response.200#X-A": "response.200", `body."a.b"`: "body", `body."plain"`: "body", `body@"text/csv"`: "body", "body[": "",
	} {
		if got := place.Parent(); got != want {
			t.Errorf("%s is in %q, want %q", place, got, want)
		}
	}
}

// Any name can be a property's, and comes back as it went in.
func TestEveryNameSurvivesInAPlace(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		name := rapid.String().Draw(t, "name")
		place := BodyPlace.Property(name).Items().Property("next")
		steps, err := place.Steps()
		if err != nil {
			t.Fatalf("%s: %v", place, err)
		}
		if len(steps) != 4 || steps[1].Name != name || steps[3].Name != "next" {
			t.Fatalf("%q became %v", name, steps)
		}
		if !place.Under(BodyPlace) || !place.Under(BodyPlace.Property(name)) {
			t.Fatalf("%s is not under its parents", place)
		}
		if renamed := BodyPlace.Property(name).Renamed("other"); renamed != "body.other" {
			t.Fatalf("renamed to %s", renamed)
		}
	})
}

func TestUnderEndsAtAStep(t *testing.T) {
	for _, test := range []struct {
		place, root Place
		want        bool
	}{
		{"body.ab", "body.a", false},
		{"body.a.b", "body.a", true},
		{"body.a", "body.a", true},
		{"body.a[].b", "body.a", true},
		{"response.200#X", "response.200", true},
		{"body", "body.a", false},
	} {
		if got := test.place.Under(test.root); got != test.want {
			t.Errorf("%s under %s: %v", test.place, test.root, got)
		}
	}
}
