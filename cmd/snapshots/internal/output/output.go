// Package output writes rows as a table for people, or as JSON, JSON lines or CSV for programs.
package output

import (
	"fmt"
	"io"
	"iter"
	"strings"
)

// Format is a form of output.
type Format string

// The formats.
const (
	Table Format = "table"
	JSON  Format = "json"
	JSONL Format = "jsonl"
	CSV   Format = "csv"
)

// Formats lists the formats.
func Formats() []string { return []string{string(Table), string(JSON), string(JSONL), string(CSV)} }

// ParseFormat returns the format of that name.
func ParseFormat(name string) (Format, error) {
	switch f := Format(name); f {
	case Table, JSON, JSONL, CSV:
		return f, nil
	}
	return "", fmt.Errorf("%q is not a format of output; the formats are %s", name, strings.Join(Formats(), ", "))
}

// Column is a column of a table and of CSV, and a property in JSON.
type Column[T any] struct {
	Name  string
	Value func(T) any           // a text, a number, a bool, a time.Time, a list of texts, or nil
	Color func(value any) Color // of what Value returns; nil leaves it plain
	Wrap  bool                  // its texts are long, and are spread over several lines in a table
}

// Writer writes rows.
type Writer struct {
	Out    io.Writer
	Format Format
	Color  bool // in a table
}

// Rows writes a row for each value. JSON and a table are written once all rows are there, JSON not at all after an error; JSON
// lines and CSV are written as the rows come.
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

// One writes a single value: in a table one line a column, in JSON an object instead of a list.
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

// Part ranges over the items of a list, and then yields the error for which it is incomplete; err may be nil.
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
