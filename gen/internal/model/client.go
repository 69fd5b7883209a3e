// Package model decides everything about a Go client before a line of it is written.
package model

import (
	"github.com/highlevel-go/snapshots/gen/internal/lower"
	"github.com/highlevel-go/snapshots/gen/internal/prose"
)

// Client is everything that a client consists of, decided but not yet written.
type Client struct {
	Document   string // name of the document's file
	Title      string
	BaseURL    string   // "" if the document names no absolute server
	Servers    []string // of single operations
	Keys       []Key
	Defaults   []Default
	Types      []*Type
	Operations []*Operation
	Words      prose.Vocabulary
}

// Key is a security scheme other than the token, and the name of the option for its credentials.
type Key struct {
	lower.Security
	Option string
}

// Place describes where an API key is sent.
func (k Key) Place() string {
	if k.In == "query" {
		return "the query parameter"
	}
	return "the " + k.In
}

// Default is a value that every client sends unless an option sets another.
type Default struct{ Name, Value string }

// Type is one type of models.gen.go: a struct, an enum or a union.
type Type struct {
	*lower.Type
	Fields     []*Field
	Additional string // Go type of the properties that the document does not name; "" for none
	Enum       *Enum
	Union      *Union
}

// Field is one field of a generated struct.
type Field struct {
	*lower.Field
	Name         string
	Type         string // as declared
	Base         string // the type without the pointer
	Pointer      bool
	Nullable     bool // it is sent as null, omitted, or has a value: rest.Nullable
	Tag          string
	Nested       bool             // it is a field of a struct inside a request
	Request      *lower.Operation // it is a field of this operation's request
	RequiredWhen []Condition
	OnlyWhen     bool // and must be empty otherwise
	NotAfter     *Field
}

// Condition makes a field required if another one has one of some values.
type Condition struct {
	Other  *Field
	Values []string
}

// IsText reports whether the Go type is a string or derived from one.
func (f *Field) IsText() bool {
	if f.Base == "string" {
		return true
	}
	t, _ := lower.EnumType(f.Schema)
	return f.Shape == lower.ShapeEnum && t == "string"
}

// IsNumber reports whether a Go type is a number.
func IsNumber(t string) bool {
	switch t {
	case "int", "int8", "int16", "int32", "int64", "uint", "uint8", "uint16", "uint32", "uint64", "float64", "float32":
		return true
	}
	return false
}

// Enum is a type with constants for the values that the document names.
type Enum struct {
	Name   string
	Base   string // string or int
	Lister string // name of the function that lists the values
	Values []EnumValue
	Of     *Enum // of the type that this is an alias of
}

// EnumValue is one constant of an enum.
type EnumValue struct{ Name, Wire, Description string }

// Union is a type that contains one of several others.
type Union struct {
	Choices       []Choice
	Discriminator string // the property whose value names the choice; "" for none
	Cases         []Case
	Otherwise     string // the method for any other value; "" for none
	Common        string // the method that reads the properties that do not depend on the choice; "" for none
}

// Choice is a type that a union may contain: the method that reads it, and the function that creates a union from it.
type Choice struct {
	Method, Maker, Type string
	Common              string       // the type that it is sent together with; "" for none
	Value               *lower.Value // what is known about it; nil if that is ambiguous
	Kinds               []Kind       // what its constructor fills in
}

// Kind is a field that contains a discriminator, and the value that it gets if the program sets none.
type Kind struct{ Field, Value string }

// Case is a value of the discriminator, and the method that reads the choice with that value.
type Case struct{ Value, Method string }

// Operation is one operation of the client.
type Operation struct {
	*lower.Operation
	Fields            []*Field  // of its request
	Defaults          []Default // if operations differ
	Server            string    // its own; "" when it is at the base URL
	Result            string    // Go type of the response; "" for none
	Pages             *Pages
	RequiredInSuccess []string // names in the response that the operation exists for
}

// Pages are the Go names of the fields used for pagination.
type Pages struct{ Cursor, CursorType, Item, Items, List, ItemCursor string }

// ByOffset reports whether the cursor is the number of items before a page.
func (p *Pages) ByOffset() bool { return p.CursorType == "int" }
