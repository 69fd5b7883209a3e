package pagewriter

import "github.com/highlevel-go/snapshots/internal/facts"

// SmallPage returns the Markdown of a page with a bit of everything, for tests that damage it.
func SmallPage() (string, error) {
	op := &facts.Operation{ID: "list-things", Page: "https://docs.example.com/docs/ghl/things/list-things"}
	add := func(place facts.Place, aspect facts.Aspect, value string) { op.Add(place, aspect, value, facts.Pos{}) }
	add(facts.OperationPlace, facts.Method, "POST")
	add(facts.OperationPlace, facts.Path, "/things/{id}")
	add(facts.OperationPlace, facts.Server, "https://api.example.com")
	op.AddText(facts.OperationPlace, facts.Summary, "List things", facts.Pos{})
	for _, place := range []facts.Place{facts.Param("path", "id"), facts.Param("query", "limit")} {
		add(place, facts.Present, "true")
		add(place, facts.Type, "string")
		add(place, facts.Required, "true")
	}
	for _, root := range []facts.Place{facts.BodyPlace, facts.Response("200")} {
		add(root, facts.Present, "true")
		add(root, facts.MediaType, "application/json")
		add(root, facts.Type, "object")
		for _, name := range []string{"name", "list"} {
			add(root.Property(name), facts.Present, "true")
		}
		add(root.Property("name"), facts.Type, "string")
		add(root.Property("list"), facts.Type, "array")
		add(root.Property("list").Items(), facts.Type, "object")
		add(root.Property("list").Items().Property("deep"), facts.Present, "true")
		add(root.Property("list").Items().Property("deep"), facts.Type, "string")
	}
	op.AddText(facts.Response("200"), facts.Text, "Success", facts.Pos{})
	written, err := Write(op, Dialect{})
	if err != nil {
		return "", err
	}
	return string(written.Text), nil
}
