package judge

import (
	"fmt"

	"github.com/getkin/kin-openapi/openapi3"
)

// at is the place of a node in the spec, as file:line. The loader knows it when it was told to include origins.
func (f *finding) at(origin *openapi3.Origin) string {
	if origin == nil || origin.Key == nil || origin.Key.Line == 0 {
		return ""
	}
	file := origin.Key.File
	if file == "" {
		file = f.file
	}
	if file == "" {
		return fmt.Sprintf("line %d", origin.Key.Line)
	}
	return fmt.Sprintf("%s:%d", file, origin.Key.Line)
}

func (f *finding) atOperation() string {
	if f.route == nil {
		return ""
	}
	return f.at(f.route.op.Origin)
}
