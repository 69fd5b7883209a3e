package pagewriter

import (
	"fmt"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/highlevel-go/snapshots/internal/facts"
)

// WriteTwin writes the Markdown twin of an operation, as the site serves it at a page's address with the suffix .md: a
// description of the operation as text and tables, and its OpenAPI document. It omits what is never in a twin, such as
// samples.
func WriteTwin(op *facts.Operation) ([]byte, error) {
	shown := *op
	shown.Facts = slices.DeleteFunc(slices.Clone(op.Facts), func(f facts.Fact) bool { return f.Aspect == facts.Sample || f.Aspect == facts.Uncertain })
	document, err := facts.Write([]*facts.Operation{&shown}, facts.WriteOptions{Title: "API", Version: "2021-07-28", Prose: true})
	if err != nil {
		return nil, err
	}
	tokens, methods, scopes := facts.Texts(op.Value(facts.AuthPlace, facts.TokenTypes)), facts.Texts(op.Value(facts.AuthPlace, facts.AuthMethods)), facts.Texts(op.Value(facts.AuthPlace, facts.Scopes))
	plainDocument(document, schemeNames(tokens, methods), scopes)
	data, err := facts.EncodeJSON(document)
	if err != nil {
		return nil, err
	}
	var out strings.Builder
	prose := func(place facts.Place, aspect facts.Aspect) string {
		f, _ := op.Get(place, aspect)
		return f.Prose
	}
	fmt.Fprintf(&out, "# %s\n\n%s %s%s\n\n%s\n\n", prose(facts.OperationPlace, facts.Summary), op.Value(facts.OperationPlace, facts.Method),
		op.Value(facts.OperationPlace, facts.Server), op.Value(facts.OperationPlace, facts.Path), prose(facts.OperationPlace, facts.Text))
	if len(tokens) > 0 {
		out.WriteString("## Authentication\n\nSend `Authorization: Bearer <token>` using:\n\n")
		required := "No scopes required."
		if len(scopes) > 0 {
			required = "Scopes: `" + strings.Join(scopes, "`, `") + "`."
		}
		for _, kind := range tokens {
			fmt.Fprintf(&out, "- **%s: %s.** %s\n", kind, strings.Join(methods, " or "), required)
		}
		out.WriteString("\n")
	}
	out.WriteString("## Parameters\n\n")
	for _, in := range []string{"header", "path", "query"} {
		twinTable(&out, op, in)
	}
	fmt.Fprintf(&out, "## OpenAPI Specification\n\n```json\n%s\n```\n", strings.TrimSpace(string(data)))
	return []byte(out.String()), nil
}

// twinTable writes the table of the parameters of one kind.
func twinTable(out *strings.Builder, op *facts.Operation, in string) {
	begun := false
	for _, f := range op.Facts {
		steps, err := f.Place.Steps()
		if f.Aspect != facts.Present || err != nil || len(steps) != 2 || steps[0].Name != in {
			continue
		}
		if !begun {
			begun = true
			fmt.Fprintf(out, "### %s Parameters\n\n| Name | Type | Required | Description |\n|------|------|----------|-------------|\n", strings.ToUpper(in[:1])+in[1:])
		}
		required := "No"
		if op.Value(f.Place, facts.Required) != "" || in == "path" { // in the document, every path parameter is required
			required = "Yes"
		}
		text, _ := op.Get(f.Place, facts.Text)
		fmt.Fprintf(out, "| `%s` | %s | %s | %s |\n", steps[1].Name, op.Value(f.Place, facts.Type), required, strings.ReplaceAll(text.Prose, "|", `\|`))
	}
	if begun {
		out.WriteString("\n")
	}
}

// schemeNames returns the security schemes of the publisher for kinds of tokens.
func schemeNames(tokens, methods []string) (names []string) {
	for _, kind := range tokens {
		name := "Location-Access"
		if kind == "Agency Token" {
			name = "Agency-Access"
		}
		if !slices.Contains(methods, "Private Integration Token") {
			name += "-Only"
		}
		names = append(names, name)
	}
	return names
}

// plainDocument removes from a document what only a record has, and names the security schemes as the publisher does.
func plainDocument(node *yaml.Node, schemes, scopes []string) {
	if node.Kind == yaml.MappingNode {
		for i := 0; i+1 < len(node.Content); {
			key, value := node.Content[i], node.Content[i+1]
			switch {
			case strings.HasPrefix(key.Value, "x-"):
				node.Content = slices.Delete(node.Content, i, i+2)
				continue
			case key.Value == "security" && value.Kind == yaml.SequenceNode && len(value.Content) > 0 && len(schemes) > 0:
				value.Content = nil
				for _, name := range schemes {
					list := &yaml.Node{Kind: yaml.SequenceNode}
					for _, scope := range scopes {
						list.Content = append(list.Content, text(scope))
					}
					value.Content = append(value.Content, &yaml.Node{Kind: yaml.MappingNode, Content: []*yaml.Node{text(name), list}})
				}
			case key.Value == "securitySchemes" && value.Kind == yaml.MappingNode && len(value.Content) == 2 && len(schemes) > 0:
				scheme := value.Content[1]
				value.Content = nil
				for _, name := range schemes {
					value.Content = append(value.Content, text(name), scheme)
				}
			}
			i += 2
		}
	}
	for _, inner := range node.Content {
		plainDocument(inner, schemes, scopes)
	}
}

func text(value string) *yaml.Node {
	return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: value}
}
