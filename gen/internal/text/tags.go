package text

import (
	"fmt"
	"strings"

	"github.com/highlevel-go/snapshots/gen/internal/goname"
)

// maxOperations is the maximum number of operations in a file, if a document has tags to divide them by.
const maxOperations = 50

// byTag divides operations into files, by name: a single one or, if there are many operations, one for each first tag. The
// tag comes first in such a name, because Go reads a suffix as an operating system or a test.
func byTag(operations []*operationView) map[string][]*operationView {
	files := map[string][]*operationView{}
	for _, o := range operations {
		name := "operations"
		if len(o.Spec.Tags) > 0 && len(operations) > maxOperations {
			if words := goname.Words(o.Spec.Tags[0]); len(words) > 0 {
				name = fmt.Sprintf("%.40s_operations", strings.ToLower(strings.Join(words, "_")))
			}
		}
		files[name] = append(files[name], o)
	}
	if len(operations) == 0 || len(files) == 1 {
		return map[string][]*operationView{"operations": operations}
	}
	return files
}
