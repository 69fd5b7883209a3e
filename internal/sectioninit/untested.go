package sectioninit

import (
	"regexp"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/highlevel-go/snapshots/internal/oas"
)

// untested returns the ids of operations that the conformance suite cannot test, because it cannot generate valid messages
// for them. Each is added to REVIEW.md.
func (d *draft) untested() []string {
	var out []string
	for _, op := range d.operations {
		why := d.untestable(op)
		if why == "" {
			continue
		}
		id := oas.Text(oas.Child(op.node, "operationId"))
		out = append(out, id)
		d.section.addReviewAt("Not tested", op.at(), "%s: the suite cannot test %s; where the spec can say it otherwise, take the operation out of Without in the test", id, why)
	}
	return out
}

// keywords are the schema keywords for which the suite generates no values.
var keywords = []string{"not", "const", "if", "dependentRequired", "dependentSchemas", "prefixItems", "contains", "propertyNames", "unevaluatedProperties", "unevaluatedItems"}

// untestable returns the first thing in an operation that the suite cannot test; "" if it can test all.
func (d *draft) untestable(op operation) string {
	if strings.Contains(op.path, "}{") {
		return "parameters of a path with nothing between them"
	}
	if d.needsTwoAuthorizations(op) {
		return "credentials of two schemes, which both belong into the header Authorization"
	}
	for _, p := range content(oas.Child(op.node, "parameters")) {
		p = d.resolved(p)
		if strings.EqualFold(oas.Text(oas.Child(p, "name")), "User-Agent") && oas.Text(oas.Child(p, "in")) == "header" || oas.IsTrue(oas.Child(p, "allowReserved")) {
			return "the parameter " + oas.Text(oas.Child(p, "name")) + ", which the client writes in its own way"
		}
		if schema := d.resolved(oas.Child(p, "schema")); oas.Child(schema, "additionalProperties") != nil || oas.Text(oas.Child(schema, "type")) == "object" && oas.Child(schema, "properties") == nil {
			return "the parameter " + oas.Text(oas.Child(p, "name")) + ", whose keys are not named"
		}
		if why := d.unmakeable(p, nil); why != "" {
			return why
		}
	}
	if why := d.untestableBody(oas.Child(oas.Child(op.node, "requestBody"), "content")); why != "" {
		return why
	}
	return d.untestableAnswers(op)
}

// needsTwoAuthorizations reports whether every alternative of an operation's security has two schemes for one header.
func (d *draft) needsTwoAuthorizations(op operation) bool {
	security := oas.Child(op.node, "security")
	if security == nil {
		security = oas.Child(d.document, "security")
	}
	schemes := oas.Child(oas.Child(d.document, "components"), "securitySchemes")
	alternatives := content(security)
	return len(alternatives) > 0 && !slices.ContainsFunc(alternatives, func(requirement *yaml.Node) bool {
		inHeader := 0
		for name := range oas.Pairs(requirement) {
			if kind := oas.Text(oas.Child(d.resolved(oas.Child(schemes, name.Value)), "type")); kind != "" && kind != "apiKey" {
				inHeader++
			}
		}
		return inHeader < 2
	})
}

func (d *draft) untestableBody(media *yaml.Node) string {
	if media == nil {
		return ""
	}
	if len(media.Content) == 0 {
		return "a body without a media type"
	}
	for i := 3; i < len(media.Content); i += 2 {
		if encoded(oas.Child(media.Content[i], "schema")) != encoded(oas.Child(media.Content[1], "schema")) {
			return "a body that has other fields in another media type"
		}
	}
	name, schema := media.Content[0].Value, d.resolved(oas.Child(media.Content[1], "schema"))
	properties := oas.Child(schema, "properties")
	isForm := strings.HasPrefix(name, "multipart/") || strings.HasSuffix(name, "form-urlencoded")
	switch named := len(content(properties)) > 0 && oas.Child(schema, "oneOf") == nil && oas.Child(schema, "anyOf") == nil && oas.Child(schema, "additionalProperties") == nil; {
	case schema == nil || len(schema.Content) == 0 || isForm && !named:
		return "a body of " + name + " whose fields are not named; name them in its schema"
	case oas.IsTrue(oas.Child(schema, "nullable")):
		return "a body that may be null"
	case oas.Child(schema, "oneOf") != nil || oas.Child(schema, "anyOf") != nil:
		return "a body that is one of several"
	case len(content(properties)) > 0 && !strings.Contains(name, "json") && !isForm || isForm && strings.HasPrefix(name, "multipart/") && name != "multipart/form-data":
		return "fields in a body of " + name
	case isForm && !strings.HasPrefix(name, "multipart/form-data") && hasNested(d, properties):
		return "a form with objects inside"
	}
	return d.unmakeable(schema, nil)
}

func hasNested(d *draft, properties *yaml.Node) bool {
	for _, property := range oas.Pairs(properties) {
		if kind := oas.Text(oas.Child(d.resolved(property), "type")); !slices.Contains([]string{"string", "integer", "number", "boolean", "array"}, kind) {
			return true
		}
	}
	return false
}

func (d *draft) untestableAnswers(op operation) string {
	succeeds := false
	for status, response := range oas.Pairs(oas.Child(op.node, "responses")) {
		response = d.resolved(response)
		succeeds = succeeds || strings.HasPrefix(status.Value, "2") || status.Value == "default"
		for name, media := range oas.Pairs(oas.Child(response, "content")) {
			schema := oas.Child(media, "schema")
			switch why := d.unmakeable(schema, nil); {
			case op.method == "head":
				return "the content of an answer to HEAD"
			case !strings.Contains(name.Value, "json") && !strings.Contains(name.Value, "*/*") && len(content(oas.Child(d.resolved(schema), "properties"))) > 0:
				return "an answer of " + name.Value + " with fields"
			case strings.HasPrefix(status.Value, "2") && d.mayBeNull(schema):
				return "an answer that may be null"
			case why != "":
				return why
			}
		}
	}
	if !succeeds {
		return "an operation without a success"
	}
	return ""
}

func (d *draft) mayBeNull(schema *yaml.Node) bool {
	schema = d.resolved(schema)
	if oas.IsTrue(oas.Child(schema, "nullable")) {
		return true
	}
	for _, key := range []string{"oneOf", "anyOf"} {
		if slices.ContainsFunc(content(oas.Child(schema, key)), func(choice *yaml.Node) bool { return oas.IsTrue(oas.Child(choice, "nullable")) }) {
			return true
		}
	}
	return false
}

// unmakeable returns why the suite cannot generate a value of a schema, or of a schema in it; "" if it can.
func (d *draft) unmakeable(node *yaml.Node, above []*yaml.Node) string {
	node = d.resolved(node)
	if node == nil || slices.Contains(above, node) {
		return ""
	}
	above = append(slices.Clip(above), node)
	if why := unmakeableByItself(node); why != "" {
		return why
	}
	for key, value := range oas.Pairs(node) {
		var inside []*yaml.Node
		switch key.Value {
		case "schema", "items", "additionalProperties":
			inside = []*yaml.Node{value}
		case "properties", "patternProperties", "content":
			for _, named := range oas.Pairs(value) {
				inside = append(inside, named)
			}
		case "allOf", "anyOf", "oneOf":
			inside = content(value)
		}
		for _, inner := range inside {
			if why := d.unmakeable(inner, above); why != "" {
				return why
			}
		}
	}
	return ""
}

func unmakeableByItself(schema *yaml.Node) string {
	has := func(key string) bool { // as a list or a mapping
		value := oas.Child(schema, key)
		return value != nil && value.Kind != yaml.ScalarNode
	}
	kind := oas.Child(schema, "type")
	for _, key := range keywords {
		if oas.Child(schema, key) != nil {
			return key
		}
	}
	if pattern := oas.Child(schema, "pattern"); pattern != nil {
		if _, err := regexp.Compile(pattern.Value); err != nil {
			return "the pattern " + pattern.Value
		}
	}
	switch {
	case oas.IsTrue(oas.Child(schema, "uniqueItems")) && has("items"):
		return "uniqueItems"
	case has("enum") && strings.HasPrefix(oas.Text(oas.Child(schema, "format")), "date"):
		return "an enum of dates"
	case slices.ContainsFunc(content(oas.Child(schema, "enum")), func(value *yaml.Node) bool { return value.Kind != yaml.ScalarNode }):
		return "an enum of objects or lists"
	case has("properties") && oas.Text(kind) != "" && oas.Text(kind) != "object":
		return "properties of the type " + oas.Text(kind)
	case (has("items") || has("additionalProperties") && !has("properties")) && kind == nil:
		return "a schema without a type"
	}
	return ""
}

// resolved returns a node or, if it is a reference, its target.
func (d *draft) resolved(node *yaml.Node) *yaml.Node {
	ref := oas.Ref(node)
	if node == nil || ref == nil {
		return node
	}
	at := oas.Child(d.document, "components")
	for _, step := range strings.Split(strings.TrimPrefix(ref.Value, "#/components/"), "/") {
		at = oas.Child(at, step)
	}
	return at
}
