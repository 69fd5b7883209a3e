package model

import (
	"github.com/oapi-codegen/oapi-codegen/v2/pkg/codegen"

	"github.com/highlevel-go/snapshots/gen/internal/lower"
)

// builder makes the model of a client from a lowered document and the Go types of its schemas.
type builder struct {
	low     *lower.Lowered
	schemas map[string]codegen.Schema
	enums   map[string]*Enum
	structs map[string][]*Field
	weights map[string]int
	circle  map[string]int
}
