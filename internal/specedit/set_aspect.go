package specedit

import (
	"fmt"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/highlevel-go/snapshots/internal/drift"
	"github.com/highlevel-go/snapshots/internal/facts"
	"github.com/highlevel-go/snapshots/internal/oas"
	"github.com/highlevel-go/snapshots/internal/specedit/yamltext"
)

// setAspect sets or removes one aspect of a place.
func (d *draft) setAspect(e drift.Edit, source *facts.Operation) error {
	at, err := d.locate(e.Operation, e.Place)
	if err != nil && e.Aspect == facts.Required && e.To == "" && at.whole != nil { // a required name without a property
		return d.dropRequired(e.Operation, e.Place)
	}
	if err != nil {
		return err
	}
	isParam := at.item != nil && at.param == nil
	switch e.Aspect {
	case facts.Method, facts.Path:
		return d.setRoute(e)
	case facts.Server:
		return d.setServer(e)
	case facts.AuthMethods:
		return d.SetTexts(at.node, "x-auth-methods", facts.Texts(e.To))
	case facts.TokenTypes:
		return d.SetTexts(at.node, "x-token-types", facts.Texts(e.To))
	case facts.Scopes:
		return d.SetTexts(at.node, "x-scopes", facts.Texts(e.To))
	case facts.MediaType:
		if isParam {
			return fmt.Errorf("the form of %s must be changed by hand", e.Place)
		}
		content, _ := yamltext.Find(at.node, "content")
		entry, ok := yamltext.Find(content.Value, e.From)
		if !ok || e.To == "" {
			return fmt.Errorf("the media type of %s must be changed by hand", e.Place)
		}
		return d.Replace(entry.Key, yamltext.Quote(e.To))
	case facts.Required:
		if isParam || e.Place == facts.BodyPlace || isHeader(e.Place) {
			return d.setOrRemove(at.node, "required", e.To, "boolean")
		}
		return d.setRequired(e.Operation, e.Place, e.To != "")
	case facts.Deprecated:
		return d.setOrRemove(at.node, "deprecated", e.To, "boolean")
	case facts.Union, facts.Title, facts.Scheme, facts.Examples, facts.Sample, facts.Text, facts.Summary:
		return fmt.Errorf("%s of %s must be changed by hand", e.Aspect, e.Place)
	}
	if isParam && e.Aspect == facts.Example {
		if _, ok := yamltext.Find(at.node, "example"); ok || e.To != "" {
			return d.setOrRemove(at.node, "example", e.To, d.kindOf(e, source))
		}
	}
	schema := d.schemaOf(at, e.Place)
	if e.Aspect.IsKeyword() {
		return d.setKeyword(at.node, schema, e)
	}
	if schema == nil {
		return fmt.Errorf("%s has no schema of its own in the spec; change it by hand", e.Place)
	}
	kind := "string"
	switch {
	case e.Aspect == facts.Enum:
		return d.setEnum(d.partWith(schema, "enum"), e, source)
	case e.Aspect == facts.Type:
		return d.setType(schema, e, source)
	case e.Aspect == facts.Nullable && d.hasTypeLists():
		return d.setNullable(d.partWith(schema, "type"), e)
	case e.Aspect == facts.Example || e.Aspect == facts.Default:
		kind = d.kindOf(e, source)
	case e.Aspect.IsConstraint() && e.Aspect != "pattern", e.Aspect == facts.Nullable:
		kind = "number"
	}
	return d.setOrRemove(d.partWith(schema, string(e.Aspect)), string(e.Aspect), e.To, kind)
}

// setKeyword sets or removes an aspect that is a keyword of OpenAPI.
func (d *draft) setKeyword(node, schema *yaml.Node, e drift.Edit) error {
	holder := schema
	switch where := facts.HolderOf(e.Aspect); {
	case where == facts.InParameter && (e.Place.IsParam() || isHeader(e.Place)):
		holder = node
	case where != facts.InSchema || e.Place == facts.OperationPlace || e.Place == facts.AuthPlace:
		holder = nil
	}
	if holder == nil {
		return fmt.Errorf("%s of %s must be changed by hand", e.Aspect, e.Place)
	}
	if holder == schema {
		holder = d.partWith(schema, string(e.Aspect))
	}
	if e.To == "" {
		return d.Remove(holder, string(e.Aspect))
	}
	value, err := oas.Parse("value.json", []byte(e.To))
	if err != nil {
		return fmt.Errorf("%s of %s must be changed by hand: %w", e.Aspect, e.Place, err)
	}
	return d.Set(holder, string(e.Aspect), oneLine(value))
}

// isHeader reports whether a place is a response header itself.
func isHeader(place facts.Place) bool {
	steps, err := place.Steps()
	return err == nil && steps[len(steps)-1].Kind == facts.StepHeader
}

// kindOf returns the type of a value: that of the place in the spec or, if it has none, in the documentation.
func (d *draft) kindOf(e drift.Edit, source *facts.Operation) string {
	for _, op := range []*facts.Operation{d.facts.Operation(e.Operation), source} {
		if op != nil && op.Value(e.Place, facts.Type) != "" {
			return op.Value(e.Place, facts.Type)
		}
	}
	return ""
}

func (d *draft) setOrRemove(mapping *yaml.Node, key, value, kind string) error {
	if value == "" {
		return d.Remove(mapping, key)
	}
	return d.Set(mapping, key, yamltext.Scalar(value, kind))
}

// setRoute changes the method of an operation, or its path if no other operation has it.
func (d *draft) setRoute(e drift.Edit) error {
	op, err := d.operation(e.Operation)
	if err != nil {
		return err
	}
	if e.Aspect == facts.Method {
		return d.Replace(op.Method, strings.ToLower(e.To))
	}
	if len(op.Item.Content) > 2 {
		return fmt.Errorf("%s:%d: other operations have this path, too; move the operation by hand", d.File(), op.Path.Line)
	}
	return d.Replace(op.Path, e.To)
}

// setServer changes the URL of the document's only server.
func (d *draft) setServer(e drift.Edit) error {
	servers, ok := yamltext.Find(d.Root(), "servers")
	if !ok || len(servers.Value.Content) != 1 || e.To == "" {
		return fmt.Errorf("only the address of a single server can be changed; change the servers by hand")
	}
	url, _ := yamltext.Find(servers.Value.Content[0], "url")
	return d.Replace(url.Value, e.To)
}
