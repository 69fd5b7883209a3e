// Package fields reads the tokens of a list of fields into entries: one for each field, type without a name, or union, with
// the lines that belong to it. Brackets are read as they are printed; package nesting determines what is inside an object.
package fields
