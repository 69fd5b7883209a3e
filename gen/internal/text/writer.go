package text

import (
	"github.com/highlevel-go/snapshots/gen/internal/model"
)

// writer converts the model to the views that the templates render. A view is the model with its Go statements and comments.
type writer struct {
	client   *model.Client
	structs  map[string]*model.Type
	enums    map[string]*model.Enum
	checks   map[string][]string // statements that check a struct inside a request
	patterns []string
}

func newWriter(c *model.Client) *writer {
	w := &writer{client: c, structs: map[string]*model.Type{}, enums: map[string]*model.Enum{}, checks: map[string][]string{}}
	for _, t := range c.Types {
		switch {
		case t.Enum != nil:
			w.enums[t.Name] = t.Enum
		case t.Union == nil:
			w.structs[t.Name] = t
		}
	}
	return w
}
