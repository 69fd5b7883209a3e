package output

import (
	"encoding/csv"
	"io"
	"iter"
	"strings"
	"time"
)

// writeCSV writes a header and one record for each row, as soon as it is received. Times are in UTC, as in JSON.
func writeCSV[T any](out io.Writer, columns []Column[T], rows iter.Seq2[T, error]) error {
	w := csv.NewWriter(out)
	record := make([]string, len(columns))
	for i, c := range columns {
		record[i] = c.Name
	}
	if err := w.Write(record); err != nil {
		return err
	}
	w.Flush()
	for row, err := range rows {
		if err != nil {
			return err
		}
		for i, c := range columns {
			value := c.Value(row)
			if t, ok := value.(time.Time); ok && !t.IsZero() {
				value = t.UTC().Format(time.RFC3339Nano)
			}
			record[i] = notFormula(value, plainText(value))
		}
		if err := w.Write(record); err != nil {
			return err
		}
		w.Flush()
	}
	return w.Error()
}

// notFormula adds an apostrophe to the text of a value that a spreadsheet would interpret as a formula: names come from
// strangers. JSON has them unchanged.
func notFormula(value any, text string) string {
	switch value.(type) {
	case string, []string:
		if text != "" && strings.ContainsRune("=+-@\t\r\n", rune(text[0])) {
			return "'" + text
		}
	}
	return text
}
