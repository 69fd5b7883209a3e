package output

import (
	"bytes"
	"encoding/json"
	"io"
	"iter"
	"time"
)

func writeJSON[T any](out io.Writer, columns []Column[T], rows iter.Seq2[T, error]) error {
	list := []byte("[")
	for row, err := range rows {
		if err != nil {
			return err
		}
		object, err := encodeObject(columns, row)
		if err != nil {
			return err
		}
		if len(list) > 1 {
			list = append(list, ',')
		}
		list = append(list, object...)
	}
	return writeIndented(out, append(list, ']'))
}

func writeJSONL[T any](out io.Writer, columns []Column[T], rows iter.Seq2[T, error]) error {
	for row, err := range rows {
		if err != nil {
			return err
		}
		object, err := encodeObject(columns, row)
		if err != nil {
			return err
		}
		if _, err := out.Write(append(object, '\n')); err != nil {
			return err
		}
	}
	return nil
}

func writeObject[T any](out io.Writer, columns []Column[T], value T) error {
	object, err := encodeObject(columns, value)
	if err != nil {
		return err
	}
	return writeIndented(out, object)
}

func writeIndented(out io.Writer, data []byte) error {
	var b bytes.Buffer
	if err := json.Indent(&b, data, "", "  "); err != nil {
		return err
	}
	b.WriteByte('\n')
	_, err := b.WriteTo(out)
	return err
}

// encodeObject encodes the columns as the properties of an object, in order.
func encodeObject[T any](columns []Column[T], row T) ([]byte, error) {
	var b bytes.Buffer
	b.WriteByte('{')
	for i, c := range columns {
		if i > 0 {
			b.WriteByte(',')
		}
		if err := encodeValue(&b, c.Name); err != nil {
			return nil, err
		}
		b.WriteByte(':')
		value := c.Value(row)
		switch v := value.(type) {
		case time.Time:
			value = v.UTC().Format(time.RFC3339Nano)
			if v.IsZero() {
				value = nil
			}
		case []string:
			value = append([]string{}, v...) // an empty list is not null
		}
		if err := encodeValue(&b, value); err != nil {
			return nil, err
		}
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

func encodeValue(b *bytes.Buffer, v any) error {
	encoder := json.NewEncoder(b)
	encoder.SetEscapeHTML(false) // URLs stay readable
	if err := encoder.Encode(v); err != nil {
		return err
	}
	b.Truncate(b.Len() - len("\n"))
	return nil
}
