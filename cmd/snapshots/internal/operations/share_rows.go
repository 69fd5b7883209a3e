package operations

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/highlevel-go/snapshots/api"
)

// Row is a line of a file of share links to create.
type Row struct {
	Line                int      `json:"-"`
	Key                 string   `json:"key"`      // names the row in the results; may be empty
	Snapshot            string   `json:"snapshot"` // id or name
	Type                string   `json:"type"`
	RelationshipNumbers []string `json:"relationship_numbers"`
	Locations           []string `json:"locations"`
}

// request returns the request for the link of the row; snapshot is the id.
func (r Row) request(snapshot string) api.CreateShareLinkRequest {
	return api.CreateShareLinkRequest{SnapshotID: snapshot, ShareType: api.ShareType(r.Type), RelationshipNumbers: r.RelationshipNumbers, ShareLocationIDs: r.Locations}
}

// RowColumns are the columns of a CSV file of share links to create, and the properties in JSON lines.
const RowColumns = "snapshot, type, relationship_numbers, locations, key"

// maxRowErrors is the largest number of errors listed for a file.
const maxRowErrors = 10

// ReadRows reads a file of share links to create: JSON lines if it begins with a brace, otherwise CSV with a header. name is
// the name of the file in errors, which list the first ten mistakes with their lines.
func ReadRows(name string, r io.Reader) ([]Row, error) {
	data, err := io.ReadAll(r)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	f := &rowErrors{name: name}
	read := readCSV
	switch start := bytes.TrimSpace(data); {
	case !utf8.Valid(data) || bytes.IndexByte(data, 0) >= 0:
		f.add(1, "the file is not text in UTF-8; a spreadsheet saves that as CSV UTF-8")
		return nil, f.err()
	case bytes.HasPrefix(start, []byte("[")):
		f.add(1, "a list in JSON; write each object on its own line, without commas between them (jq -c '.[]')")
		return nil, f.err()
	case bytes.HasPrefix(start, []byte("{")):
		read = readJSONLines
	}
	rows := read(f, data)
	for _, row := range rows {
		f.check(row)
	}
	if len(rows) == 0 && len(f.all) == 0 {
		return nil, &RowsError{fmt.Errorf("%s: there is no row; the columns are %s", name, RowColumns)}
	}
	return rows, f.err()
}

// rowErrors collects the mistakes in a file.
type rowErrors struct {
	name string
	all  []error
}

func (f *rowErrors) add(line int, format string, args ...any) {
	f.all = append(f.all, fmt.Errorf("%s:%d: %s", f.name, line, fmt.Sprintf(format, args...)))
}

func (f *rowErrors) err() error {
	if len(f.all) == 0 {
		return nil
	}
	all := f.all
	if more := len(all) - maxRowErrors; more > 0 {
		all = append(all[:maxRowErrors:maxRowErrors], fmt.Errorf("and %d more", more))
	}
	return &RowsError{errors.Join(all...)}
}

// RowsError is the error of a file whose rows are invalid.
type RowsError struct{ err error }

// Error has a line for each mistake.
func (e *RowsError) Error() string { return e.err.Error() }

// check adds the errors that the service would return for a row.
func (f *rowErrors) check(row Row) {
	if row.Snapshot == "" {
		f.add(row.Line, "snapshot is required")
		return
	}
	request := row.request(row.Snapshot)
	request.CompanyID = "any" // each client has its own
	columns := map[string]string{"ShareType": "type", "RelationshipNumbers": "relationship_numbers", "ShareLocationIDs": "locations"}
	for _, problem := range Problems(request.Validate(), columns) {
		f.add(row.Line, "%s", problem)
	}
}

func readCSV(f *rowErrors, data []byte) []Row {
	r := csv.NewReader(bytes.NewReader(data))
	r.Comma = separator(data)
	r.TrimLeadingSpace = r.Comma != '\t' // otherwise leading tabs would be trimmed
	header, err := r.Read()
	if errors.Is(err, io.EOF) {
		return nil
	}
	if err != nil {
		f.csv(err)
		return nil
	}
	known := strings.Split(RowColumns, ", ")
	for i := range header {
		header[i] = strings.ToLower(strings.TrimSpace(header[i]))
		if !slices.Contains(known, header[i]) {
			f.add(1, "unknown column %q; the columns are %s", header[i], RowColumns)
		} else if slices.Index(header, header[i]) != i {
			f.add(1, "column %s is there twice", header[i])
		}
	}
	if !slices.Contains(header, "snapshot") {
		f.add(1, "there is no column snapshot; the columns are %s", RowColumns)
	}
	if len(f.all) > 0 {
		return nil
	}
	var rows []Row
	for {
		record, err := r.Read()
		if errors.Is(err, io.EOF) {
			return rows
		}
		if err != nil {
			f.csv(err)
			if errors.Is(err, csv.ErrFieldCount) {
				continue
			}
			return rows
		}
		line, _ := r.FieldPos(0)
		cells := map[string]string{}
		for i, name := range header {
			cells[name] = strings.TrimSpace(record[i])
		}
		rows = append(rows, Row{
			Line: line, Key: cells["key"], Snapshot: cells["snapshot"], Type: cells["type"],
			RelationshipNumbers: splitList(cells["relationship_numbers"]), Locations: splitList(cells["locations"]),
		})
	}
}

// separator returns the separator of cells: a comma, or what spreadsheets write instead where numbers contain commas.
func separator(data []byte) rune {
	header, _, _ := bytes.Cut(data, []byte("\n"))
	for _, other := range ";\t" {
		if bytes.ContainsRune(header, other) && !bytes.ContainsRune(header, ',') {
			return other
		}
	}
	return ','
}

// csv adds an error of the CSV reader, with its line in the form of the others.
func (f *rowErrors) csv(err error) {
	if parse, ok := errors.AsType[*csv.ParseError](err); ok {
		f.add(parse.Line, "%v", parse.Err)
		return
	}
	f.add(1, "%v", err)
}

// splitList returns the items of a cell, separated by commas, semicolons or spaces.
func splitList(cell string) []string {
	return strings.FieldsFunc(cell, func(r rune) bool { return strings.ContainsRune(",; \t\n", r) })
}

func readJSONLines(f *rowErrors, data []byte) []Row {
	var rows []Row
	line := 0
	for text := range bytes.Lines(data) {
		line++
		if len(bytes.TrimSpace(text)) == 0 {
			continue
		}
		row := Row{}
		decoder := json.NewDecoder(bytes.NewReader(text))
		decoder.DisallowUnknownFields()
		err := decoder.Decode(&row)
		if err == nil && decoder.More() {
			err = errors.New("there is more than one value on the line")
		}
		if err == nil {
			err = nameTwice(text)
		}
		if err != nil {
			f.add(line, "%v; a line is one object with the properties %s", err, RowColumns)
			continue
		}
		row.Line = line
		rows = append(rows, row)
	}
	return rows
}

// nameTwice returns an error for an object that has a property twice, ignoring case: only one of them would count.
func nameTwice(object []byte) error {
	decoder := json.NewDecoder(bytes.NewReader(object))
	if _, err := decoder.Token(); err != nil {
		return err
	}
	seen := map[string]bool{}
	for decoder.More() {
		token, err := decoder.Token()
		if err != nil {
			return err
		}
		if err := decoder.Decode(new(json.RawMessage)); err != nil {
			return err
		}
		name := strings.ToLower(fmt.Sprint(token))
		if seen[name] {
			return fmt.Errorf("property %s is there twice", name)
		}
		seen[name] = true
	}
	return nil
}
