package conformance

import (
	"embed"
	"io/fs"
)

//go:embed fixtures
var embedded embed.FS

// Fixtures returns responses of the snapshots operations, facts only: <operationId>/<status>*.json.
func Fixtures() fs.FS {
	files, err := fs.Sub(embedded, "fixtures")
	if err != nil {
		panic(err) // the name is a constant
	}
	return files
}
