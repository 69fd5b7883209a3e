package output

import (
	"errors"
	"fmt"
	"iter"
	"strings"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/jedib0t/go-pretty/v6/text"
)

// Color is the color of a cell.
type Color int

// The colors of a cell.
const (
	Plain  Color = iota
	Green        // good
	Yellow       // look at it
	Red          // bad
)

var colors = map[Color]text.Color{Green: text.FgGreen, Yellow: text.FgYellow, Red: text.FgRed}

// bare is a table without lines, which is easy to read, cut and paste.
var bare = table.Style{
	Name:    "bare",
	Box:     table.BoxStyle{PaddingRight: "  "},
	Format:  table.FormatOptions{Header: text.FormatUpper},
	Options: table.OptionsNoBordersAndSeparators,
}

// wrapWidth is the width of a column with long texts.
const wrapWidth = 60

// writeTable also writes the rows received before an error.
func writeTable[T any](w Writer, columns []Column[T], rows iter.Seq2[T, error]) error {
	t := table.NewWriter()
	t.SetStyle(bare)
	head := make(table.Row, len(columns))
	configs := make([]table.ColumnConfig, len(columns))
	for i, c := range columns {
		if c.Wrap {
			configs[i] = table.ColumnConfig{Number: i + 1, WidthMax: wrapWidth, WidthMaxEnforcer: text.WrapSoft}
		}
		head[i] = strings.ReplaceAll(c.Name, "_", " ")
	}
	t.AppendHeader(head)
	t.SetColumnConfigs(configs)
	var failed error
	for row, err := range rows {
		if err != nil {
			failed = err
			break
		}
		line := make(table.Row, len(columns))
		for i, c := range columns {
			line[i] = cell(w, c, row)
		}
		t.AppendRow(line)
	}
	if t.Length() == 0 {
		return failed
	}
	return errors.Join(writeTrimmed(w, t.Render()), failed)
}

// writeLines writes a value, with the name of each column before its value.
func writeLines[T any](w Writer, columns []Column[T], value T) error {
	t := table.NewWriter()
	t.SetStyle(bare)
	for _, c := range columns {
		t.AppendRow(table.Row{strings.ReplaceAll(c.Name, "_", " "), cell(w, c, value)})
	}
	return writeTrimmed(w, t.Render())
}

// tableText is plainText with a space between the items of a list.
func tableText(value any) string {
	if list, ok := value.([]string); ok {
		return strings.Join(list, ", ")
	}
	return plainText(value)
}

// cell returns the text of a row in a column, with its color.
func cell[T any](w Writer, c Column[T], row T) string {
	value := c.Value(row)
	content := Visible(tableText(value))
	if content == "" || c.Color == nil || !w.Color {
		return content
	}
	if code, colored := colors[c.Color(value)]; colored {
		return code.EscapeSeq() + content + text.Reset.EscapeSeq()
	}
	return content
}

// writeTrimmed writes lines without the spaces at their ends.
func writeTrimmed(w Writer, rendered string) error {
	for line := range strings.Lines(rendered) {
		if _, err := fmt.Fprintln(w.Out, strings.TrimRight(line, " \n")); err != nil {
			return err
		}
	}
	return nil
}
