package operations

import (
	"cmp"
	"errors"
	"regexp"

	"github.com/highlevel-go/snapshots/api"
)

// Problems lists what is wrong with a request. names maps the fields of the client's request to what the user knows them as:
// flags, columns or arguments. It returns nil for an error of another kind.
func Problems(err error, names map[string]string) []string {
	invalid, _ := errors.AsType[*api.RequestError](err)
	if invalid == nil {
		return nil
	}
	var all []string
	for _, p := range invalid.Problems {
		text := p.Text
		for field, name := range names {
			text = regexp.MustCompile(`\b`+field+`\b`).ReplaceAllLiteralString(text, name)
		}
		all = append(all, cmp.Or(names[p.Field], p.Name)+" "+text)
	}
	return all
}
