package model

import "github.com/highlevel-go/snapshots/gen/internal/lower"

// builder builds the model of a client from a lowered document.
type builder struct {
	low     *lower.Lowered
	bases   map[*lower.Field]string // the Go types of fields, without pointers
	enums   map[string]*Enum
	structs map[string][]*Field
	weights map[string]int
	circle  map[string]int
}
