package oas

import (
	"encoding/json"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
	"go.yaml.in/yaml/v3"
)

// ValueProblem returns why a schema does not allow a value; "" if it does, or if the schema cannot be read alone.
func ValueProblem(schema *yaml.Node, value any) (why string) {
	defer func() {
		if recover() != nil { // the library panics on some schemas
			why = ""
		}
	}()
	var model openapi3.Schema
	if err := model.UnmarshalJSON(JSON(schema)); err != nil {
		return ""
	}
	data, err := json.Marshal(value)
	if err != nil {
		return ""
	}
	var plain any // with numbers as float64, as the library needs them
	if err := json.Unmarshal(data, &plain); err != nil {
		return ""
	}
	if err := model.VisitJSON(plain); err != nil {
		text, _, _ := strings.Cut(err.Error(), "\n")
		return strings.TrimSuffix(text, ":")
	}
	return ""
}
