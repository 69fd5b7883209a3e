// Package output writes rows as a table for people, or as JSON, JSON lines or CSV for programs.
package output

import (
	"fmt"
	"io"
	"iter"
	"strings"
)

// Format is an output format.
type Format string

// The output formats.
const (
	Table Format = "table"
	JSON  Format = "json"
	JSONL Format = "jsonl"
	CSV   Format = "csv"
)

// Formats lists the formats.
func Formats() []string { return []string{string(Table), string(JSON), string(JSONL), string(CSV)} }

// ParseFormat returns the format with a name.
func ParseFormat(name string) (Format, error) {
	switch f := Format(name); f {
	case Table, JSON, JSONL, CSV:
		return f, nil
	}
	return "", fmt.Errorf("%q is not an output format; the formats are %s", name, strings.Join(Formats(), ", "))
}

// Column is a column of a table and of CSV, and a property in JSON.
type Column[T any] struct {
	Name  string
	Value func(T) any           // a string, a number, a bool, a time.Time, a list of strings, or nil
	Color func(value any) Color // of the result of Value; nil means none
	Wrap  bool                  // a table wraps its long texts
}

// Writer writes rows.
type Writer struct {
	Out    io.Writer
	Format Format
	Color  bool // in a table
}

// Rows writes a row for each value. JSON and tables are written when all rows were received, JSON not at all after an error;
// JSON lines and CSV are written as the rows are received.
func Rows[T any](w Writer, columns []Column[T], rows iter.Seq2[T, error]) error {
	switch w.Format {
	case JSON:
		return writeJSON(w.Out, columns, rows)
	case JSONL:
		return writeJSONL(w.Out, columns, rows)
	case CSV:
		return writeCSV(w.Out, columns, rows)
	}
	return writeTable(w, columns, rows)
}

// One writes a single value: in a table one line for each column, in JSON an object instead of a list.
func One[T any](w Writer, columns []Column[T], value T) error {
	switch w.Format {
	case JSON:
		return writeObject(w.Out, columns, value)
	case JSONL, CSV:
		return Rows(w, columns, All([]T{value}))
	}
	return writeLines(w, columns, value)
}

// All ranges over the items of a list.
func All[T any](items []T) iter.Seq2[T, error] { return Part(items, nil) }

// Part ranges over the items of a list, and then yields err, the reason why the list is incomplete, unless it is nil.
func Part[T any](items []T, err error) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		for _, item := range items {
			if !yield(item, nil) {
				return
			}
		}
		if err != nil {
			var none T
			yield(none, err)
		}
	}
}
