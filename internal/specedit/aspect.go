package specedit

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"

	"github.com/highlevel-go/snapshots/internal/drift"
	"github.com/highlevel-go/snapshots/internal/facts"
)

// setAspect writes one aspect of a place, or takes it out.
func (t *text) setAspect(e drift.Edit, source *facts.Operation) error {
	at, err := t.locate(e.Operation, e.Place)
	if err != nil && e.Aspect == facts.Required && e.To == "" && at.parent != nil { // a required name that no property has
		steps, _ := e.Place.Steps()
		return t.dropRequired(at.parent, steps[len(steps)-1].Name)
	}
	if err != nil {
		return err
	}
	isParam := at.item != nil && at.param == nil
	switch e.Aspect {
	case facts.Method, facts.Path:
		return t.setRoute(e)
	case facts.Server:
		return t.setServer(e)
	case facts.AuthMethods:
		return t.setList(at.node, "x-auth-methods", facts.Texts(e.To))
	case facts.TokenTypes:
		return t.setList(at.node, "x-token-types", facts.Texts(e.To))
	case facts.Scopes:
		return t.setList(at.node, "x-scopes", facts.Texts(e.To))
	case facts.MediaType:
		content, _ := find(at.node, "content")
		entry, ok := find(content.value, e.From)
		if !ok || e.To == "" {
			return fmt.Errorf("the media type of %s must be changed by hand", e.Place)
		}
		return t.replaceScalar(entry.key, plainOrQuoted(e.To))
	case facts.Required:
		if isParam || e.Place == facts.BodyPlace {
			return t.setOrRemove(at.node, "required", e.To, "boolean")
		}
		return t.require(e, e.To != "")
	case facts.Deprecated:
		return t.setOrRemove(at.node, "deprecated", e.To, "boolean")
	case facts.Union, facts.Title, facts.Scheme, facts.Examples, facts.Sample, facts.Text, facts.Summary:
		return fmt.Errorf("%s of %s must be changed by hand", e.Aspect, e.Place)
	}
	schema := at.node
	if isParam {
		if e.Aspect == facts.Example {
			if _, ok := find(at.node, "example"); ok || e.To != "" {
				return t.setOrRemove(at.node, "example", e.To, t.kindOf(e, source))
			}
		}
		inner, _ := find(at.node, "schema")
		schema = t.resolve(inner.value)
	} else if e.Place == facts.BodyPlace || isResponse(e.Place) {
		schema = t.schemaOfBody(at.node, "")
	}
	if schema == nil {
		return fmt.Errorf("%s has no schema of its own in the spec; change it by hand", e.Place)
	}
	switch e.Aspect {
	case facts.Enum:
		return t.setEnum(schema, e, source)
	case facts.Type:
		return t.setType(schema, e, source)
	}
	kind := "string"
	switch {
	case e.Aspect == facts.Example || e.Aspect == facts.Default:
		kind = t.kindOf(e, source)
	case e.Aspect.IsConstraint() && e.Aspect != "pattern", e.Aspect == facts.Nullable:
		kind = "number"
	}
	return t.setOrRemove(schema, string(e.Aspect), e.To, kind)
}

func isResponse(place facts.Place) bool {
	steps, err := place.Steps()
	return err == nil && len(steps) == 2 && steps[0].Name == "response"
}

// kindOf is the type that a value is written as: the spec's own, or the documentation's.
func (t *text) kindOf(e drift.Edit, source *facts.Operation) string {
	if document, err := facts.Read(t.file, t.bytes()); err == nil {
		if op := document.Operation(e.Operation); op != nil {
			if kind := op.Value(e.Place, facts.Type); kind != "" {
				return kind
			}
		}
	}
	if source != nil {
		return source.Value(e.Place, facts.Type)
	}
	return ""
}

func (t *text) setOrRemove(mapping *yaml.Node, key, value, kind string) error {
	if value == "" {
		if _, ok := find(mapping, key); !ok {
			return fmt.Errorf("%s:%d: there is no %s to remove here; change it by hand", t.file, mapping.Line, key)
		}
		return t.remove(mapping, key)
	}
	return t.set(mapping, key, scalar(value, kind))
}

// setEnum writes the values of an enum, and keeps the names and descriptions beside them in step.
func (t *text) setEnum(schema *yaml.Node, e drift.Edit, source *facts.Operation) error {
	values := facts.Texts(e.To)
	if len(values) == 0 {
		for _, key := range t.downwards(schema, "x-enum-varnames", "x-enum-descriptions", "enum") {
			if err := t.remove(schema, key); err != nil {
				return err
			}
		}
		return nil
	}
	var before []string
	if enum, ok := find(schema, "enum"); ok {
		for _, value := range enum.value.Content {
			before = append(before, facts.Canonical(value.Value))
		}
	}
	kind := t.kindOf(e, source)
	written := make([]string, len(values))
	for i, value := range values {
		written[i] = scalar(value, kind)
	}
	// Lists further down come first, so that what stands above them keeps its lines.
	for _, key := range t.downwards(schema, "x-enum-varnames", "x-enum-descriptions", "enum") {
		list, _ := find(schema, key)
		now := written
		if key != "enum" {
			now = beside(list.value, before, values, key)
		}
		if err := t.setItems(schema, key, now); err != nil {
			return err
		}
	}
	if _, ok := find(schema, "enum"); !ok {
		return t.set(schema, "enum", "["+strings.Join(written, ", ")+"]")
	}
	return nil
}

// downwards orders the keys that a mapping has, the lowest in the file first.
func (t *text) downwards(mapping *yaml.Node, keys ...string) []string {
	var out []string
	for i := len(mapping.Content) - 2; i >= 0; i -= 2 {
		if slices.Contains(keys, mapping.Content[i].Value) {
			out = append(out, mapping.Content[i].Value)
		}
	}
	return out
}

// beside gives each value what stood beside it before, and a new one a name made from it.
func beside(list *yaml.Node, before, values []string, key string) []string {
	out := make([]string, len(values))
	for i, value := range values {
		at := slices.Index(before, value)
		switch {
		case at >= 0 && at < len(list.Content):
			out[i] = plainOrQuoted(list.Content[at].Value)
		case key == "x-enum-varnames":
			out[i] = commonPrefix(list) + camel(value)
		default:
			out[i] = "is not described yet"
		}
	}
	return out
}

// commonPrefix is what the names of an enum's constants begin with, up to a capital letter.
func commonPrefix(list *yaml.Node) string {
	if len(list.Content) == 0 {
		return ""
	}
	prefix := list.Content[0].Value
	for _, name := range list.Content[1:] {
		for !strings.HasPrefix(name.Value, prefix) {
			prefix = prefix[:len(prefix)-1]
		}
	}
	if len(list.Content) > 1 {
		for prefix != "" && slices.ContainsFunc(list.Content, func(n *yaml.Node) bool {
			return len(n.Value) > len(prefix) && !unicode.IsUpper(rune(n.Value[len(prefix)])) && !unicode.IsDigit(rune(n.Value[len(prefix)]))
		}) {
			prefix = prefix[:len(prefix)-1]
		}
	}
	return prefix
}

func camel(value string) string {
	var out strings.Builder
	for _, word := range strings.FieldsFunc(value, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		first, size := utf8.DecodeRuneInString(word)
		out.WriteString(string(unicode.ToUpper(first)) + word[size:])
	}
	return out.String()
}

// setRoute changes an operation's method or path, where nothing else is under the same path.
func (t *text) setRoute(e drift.Edit) error {
	path, method, _, err := t.operation(e.Operation)
	if err != nil {
		return err
	}
	if e.Aspect == facts.Method {
		return t.replaceScalar(method.key, strings.ToLower(e.To))
	}
	methods := slices.Collect(func(yield func(string) bool) {
		for i := 0; i < len(path.value.Content); i += 2 {
			yield(path.value.Content[i].Value)
		}
	})
	if len(methods) > 1 {
		return fmt.Errorf("%s:%d: other operations stand under this path; move the operation by hand", t.file, path.key.Line)
	}
	return t.replaceScalar(path.key, e.To)
}

// setServer changes the address of the server that all operations share.
func (t *text) setServer(e drift.Edit) error {
	servers, ok := find(t.root, "servers")
	if !ok || len(servers.value.Content) != 1 || e.To == "" {
		return fmt.Errorf("the server must be changed by hand")
	}
	url, _ := find(servers.value.Content[0], "url")
	return t.replaceScalar(url.value, e.To)
}
