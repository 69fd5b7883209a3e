package main

// writer turns the model into the views that the templates show. A view is the model with its Go statements and comments.
type writer struct {
	client   *Client
	structs  map[string]*Type
	enums    map[string]*Enum
	checks   map[string][]string // statements that check a struct inside a request
	patterns []string
	uses     map[string]bool // functions that the client file must have
}

func newWriter(c *Client) *writer {
	w := &writer{client: c, structs: map[string]*Type{}, enums: map[string]*Enum{}, checks: map[string][]string{}, uses: map[string]bool{}}
	for _, t := range c.Types {
		switch {
		case t.Enum != nil:
			w.enums[t.name] = t.Enum
		case t.Union == nil:
			w.structs[t.name] = t
		}
	}
	return w
}
