package coverage

import (
	"bytes"
	_ "embed"
	"html/template"
	"slices"
)

//go:embed report.html
var page string

var pageTemplate = template.Must(template.New("report").Parse(page))

// column is one operation of the matrix.
type column struct {
	Operation string
	Cells     []cell
}

// cell is what was seen of one kind in one operation.
type cell struct {
	Kind           Kind
	Covered, Total int
	Items          []Item
}

// State returns the CSS class of the cell.
func (c cell) State() string {
	switch {
	case c.Total == 0:
		return "none"
	case c.Covered == c.Total:
		return "full"
	default:
		return "part"
	}
}

// HTML returns the report as one self-contained page: a matrix of operations and kinds, and every item below.
func (r Report) HTML() ([]byte, error) {
	var rows []column
	index := map[string]int{}
	for _, i := range r.Items {
		at, ok := index[i.Operation]
		if !ok {
			at = len(rows)
			index[i.Operation] = at
			row := column{Operation: i.Operation}
			for _, k := range Kinds() {
				row.Cells = append(row.Cells, cell{Kind: k})
			}
			rows = append(rows, row)
		}
		c := &rows[at].Cells[slices.Index(Kinds(), i.Kind)]
		c.Total++
		if i.Count > 0 {
			c.Covered++
		}
		c.Items = append(c.Items, i)
	}
	var b bytes.Buffer
	err := pageTemplate.Execute(&b, map[string]any{"Report": r, "Kinds": Kinds(), "Rows": rows})
	return b.Bytes(), err
}
