package spec

import (
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
)

func TestTheSpecIsValidWithAllItsExamples(t *testing.T) {
	document, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	if got := len(document.Paths.Map()); got != 4 {
		t.Errorf("the spec has %d paths, want 4", got)
	}
}

func TestAnExampleThatDoesNotFitItsSchemaIsRefused(t *testing.T) {
	data := []byte(`
openapi: 3.0.3
info: { title: t, version: "1" }
paths:
  /a:
    get:
      responses:
        "200":
          description: ok
          content:
            application/json:
              schema: { type: integer, example: many }
`)
	if _, err := LoadData("x.yaml", data); err == nil {
		t.Error("an example of the wrong type was accepted")
	}
}

func TestTheRecordOfTheDocsIsAValidDocument(t *testing.T) {
	document, err := openapi3.NewLoader().LoadFromData(Docs)
	if err != nil {
		t.Fatal(err)
	}
	// Its examples are those of the pages, which contradict themselves in places; they are not validated.
	if err := document.Validate(t.Context(), openapi3.DisableExamplesValidation()); err != nil {
		t.Error(err)
	}
}

func TestADocumentThatTheReaderFailsOnIsAnError(t *testing.T) {
	data := []byte(`
openapi: 3.0.3
info: { title: t, version: "1" }
paths:
  /a:
    get:
      responses:
        "200":
          description: ok
          content:
            application/json:
              schema: { $ref: "#/components/schemas/A" }
components:
  schemas:
    A:
`)
	if _, err := LoadData("x.yaml", data); err == nil {
		t.Error("a reference to an empty schema was accepted")
	}
}

func TestAVersionThatIsNoneIsRefused(t *testing.T) {
	for version, valid := range map[string]bool{"3.0.3": true, "3.1.0": true, "3.0.3x": false, "3": false, "2.0.0": false} {
		data := []byte("openapi: \"" + version + "\"\ninfo: { title: t, version: \"1\" }\npaths: {}\n")
		if _, err := LoadData("x.yaml", data); (err == nil) != valid {
			t.Errorf("%s: error %v", version, err)
		}
	}
}
