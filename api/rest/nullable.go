package rest

import (
	"encoding/json"
	"reflect"
)

// Nullable is an optional value that may be null: the zero value is omitted, [Null] sends null, [Value] sends a value.
type Nullable[T any] struct {
	Value *T   // nil when there is none
	Null  bool // it is null; ignored if Value is set
}

// Value returns a Nullable with the value v.
func Value[T any](v T) Nullable[T] { return Nullable[T]{Value: &v} }

// Null returns a Nullable that is null.
func Null[T any]() Nullable[T] { return Nullable[T]{Null: true} }

// Get returns the value, or the zero value if there is none.
func (n Nullable[T]) Get() T {
	if n.Value == nil {
		return *new(T)
	}
	return *n.Value
}

// IsZero reports whether there is neither a value nor null. With the JSON option omitzero, the field is then omitted.
func (n Nullable[T]) IsZero() bool { return n.Value == nil && !n.Null }

// MarshalJSON writes the value, or null.
func (n Nullable[T]) MarshalJSON() ([]byte, error) { return json.Marshal(n.Value) }

// UnmarshalJSON reads a value, or null.
func (n *Nullable[T]) UnmarshalJSON(data []byte) error {
	*n = Nullable[T]{Null: string(data) == "null"}
	if n.Null {
		return nil
	}
	n.Value = new(T)
	return Unmarshal(data, n.Value)
}

func (Nullable[T]) nullable() {}

// isNullable reports whether a type is a Nullable.
func isNullable(t reflect.Type) bool { return t.Implements(reflect.TypeFor[interface{ nullable() }]()) }

// newNullableReader returns the reader of a Nullable, so that a value in it that does not fit is recorded like any other.
func newNullableReader(t reflect.Type) valueReader {
	read := newPointerReader(t.Field(0).Type)
	return func(d *decoder, v reflect.Value) (bool, error) {
		v.SetZero()
		if d.next() == 'n' {
			v.Field(1).SetBool(true)
		}
		return read(d, v.Field(0))
	}
}
