package driftmutants

import (
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/highlevel-go/snapshots/internal/oas"
)

// specOperator changes the spec at every site.
type specOperator struct {
	Operator
	sites func(t *specTree) []path
	// edit changes the tree and returns the path of what the finding must point at, or what is gone.
	edit func(root *yaml.Node, p path) (points path, gone string)
}

func specOperators(documented func(id, status string) bool) []specOperator {
	op := func(name string, sites func(*specTree) []path, edit specEdit, kinds ...string) specOperator {
		return specOperator{Operator{Name: name, Kinds: kinds}, sites, edit}
	}
	answers := func(t *specTree) []path { return t.responses(documented) }
	schemas := func(t *specTree) []path {
		var out []path
		for _, name := range t.documentedSchemas() {
			if list, _ := at(t.root, path{"components", "schemas", name, "properties"}); list != nil {
				out = append(out, path{"components", "schemas", name})
			}
		}
		return out
	}
	with := func(sites func(*specTree) []path, meets func(*specTree, path) bool) func(*specTree) []path {
		return func(t *specTree) []path {
			return slices.DeleteFunc(sites(t), func(p path) bool { return !meets(t, p) })
		}
	}
	has := func(below ...string) func(*specTree, path) bool {
		return func(t *specTree, p path) bool { n, _ := at(t.root, p.with(below...)); return n != nil }
	}
	lacks := func(below ...string) func(*specTree, path) bool {
		return func(t *specTree, p path) bool {
			n, _ := at(t.root, p.with(below...))
			return n == nil && !t.isReference(p)
		}
	}
	is := func(kind string, below ...string) func(*specTree, path) bool {
		return func(t *specTree, p path) bool {
			n, _ := at(t.root, p.with(below...).with("type"))
			return n != nil && n.Value == kind
		}
	}
	isText, noRef := is("string"), func(t *specTree, p path) bool { return !t.isReference(p) }
	parameters, properties, operations := (*specTree).parameters, with((*specTree).properties, noRef), (*specTree).operations
	allProperties := (*specTree).properties
	texts := with(properties, isText)
	textParameters := with(parameters, is("string", "schema"))
	usedBodies := with(operations, has("requestBody"))

	all := []specOperator{
		op("parameter removed", func(t *specTree) []path {
			var out []path
			for _, o := range t.operations() {
				list, _ := at(t.root, o.with("parameters"))
				for i := range list.Content {
					out = append(out, o.with("parameters", itoa(i)))
				}
			}
			return out
		}, func(root *yaml.Node, p path) (path, string) {
			node, _ := at(root, p)
			if ref, _ := at(node, path{"$ref"}); ref != nil {
				node, _ = at(root, strings.Split(strings.TrimPrefix(ref.Value, "#/"), "/"))
			}
			word, _ := at(node, path{"name"})
			erase(root, p)
			return nil, word.Value
		}, "parameter-missing"),
		op("parameter renamed", parameters, func(root *yaml.Node, p path) (path, string) {
			node, _ := at(root, p.with("name"))
			node.Value = snake(node.Value)
			return p.with("name"), ""
		}, "parameter-renamed", "parameter-extra"),
		op("parameter's name in another case", parameters, func(root *yaml.Node, p path) (path, string) {
			node, _ := at(root, p.with("name"))
			node.Value = swapCase(node.Value)
			return p.with("name"), ""
		}, "parameter-renamed", "parameter-extra"),
		op("parameter added", operations, func(root *yaml.Node, p path) (path, string) {
			list, _ := at(root, p.with("parameters"))
			list.Content = append(list.Content, mappingOf("name", "extra", "in", "query", "schema", mappingOf("type", "string")))
			return p.with("parameters", itoa(len(list.Content)-1), "name"), ""
		}, "parameter-extra"),
		op("required parameter added", operations, func(root *yaml.Node, p path) (path, string) {
			list, _ := at(root, p.with("parameters"))
			list.Content = append(list.Content, mappingOf("name", "extra", "in", "header", "required", "true", "schema", mappingOf("type", "string")))
			return p.with("parameters", itoa(len(list.Content)-1), "name"), ""
		}, "parameter-extra"),
		op("parameter moved", parameters, func(root *yaml.Node, p path) (path, string) {
			in, _ := at(root, p.with("in"))
			in.Value = map[string]string{"query": "header", "header": "query", "path": "query"}[in.Value]
			return p.with("name"), ""
		}, "parameter-moved", "parameter-extra"),
		op("parameter's required flipped", parameters, func(root *yaml.Node, p path) (path, string) {
			node, _ := at(root, p.with("required"))
			if node.Value == "true" {
				node.Value = "false"
				return nil, "required"
			}
			node.Value = "true"
			return p.with("required"), ""
		}, "required-missing", "required-extra", "deviation-settled", "deviation-stale"),
		op("parameter deprecated", parameters, setKey("deprecated", text("true")), "deprecated-extra"),
		op("parameter's type changed", parameters, setKey("type", text("boolean"), "schema"), "type-differs", "deviation-stale"),
		op("parameter made a list", parameters, func(root *yaml.Node, p path) (path, string) {
			schema, _ := at(root, p.with("schema"))
			assign(root, p, "schema", mappingOf("type", "array", "items", mappingOf("type", schemaType(schema))))
			return p.with("schema", "type"), ""
		}, "type-differs", "deviation-stale"),
		op("parameter's schema missing", parameters, func(root *yaml.Node, p path) (path, string) {
			erase(root, p.with("schema"))
			return nil, "type"
		}, "type-missing", "deviation-stale"),
		op("parameter's format removed", with(parameters, has("schema", "format")), dropKey(func(*yaml.Node) string { return "" }, "schema", "format"), "deviation-stale", "deviation-settled"),
		op("parameter's example changed", with(parameters, has("example")), setKey("example", text("somethingElse")), "example-differs", "example-extra", "deviation-stale"),
		op("parameter's example removed", with(parameters, has("example")), dropKey(func(*yaml.Node) string { return "example" }, "example"), "example-missing", "deviation-stale", "deviation-settled"),
		op("parameter with an enum", with(textParameters, lacks("schema", "enum")), setKey("enum", list("one", "two"), "schema"), "enum-extra"),
		op("parameter's enum value added", with(parameters, has("schema", "enum")), changeEnum(func(v []*yaml.Node) []*yaml.Node { return append(v, scalar("v4")) }, "schema", "enum"), "enum-value-extra", "deviation-stale"),
		op("parameter's enum value removed", with(parameters, has("schema", "enum")), changeEnum(func(v []*yaml.Node) []*yaml.Node { return v[1:] }, "schema", "enum"), "enum-value-missing", "enum-value-changed", "deviation-stale"),
		op("parameter's enum removed", with(parameters, has("schema", "enum")), dropKey(func(*yaml.Node) string { return "" }, "schema", "enum"), "enum-missing", "deviation-stale"),
		op("parameter's default", parameters, setKey("default", text("17"), "schema"), "default-extra", "deviation-stale"),
		op("parameter's pattern", textParameters, setKey("pattern", text("^[a-z]+$"), "schema"), "pattern-extra"),
		op("parameter's length", textParameters, setKey("minLength", text("3"), "schema"), "min-length-extra"),
		op("parameter with named examples", parameters, setKey("examples", func() *yaml.Node { return mappingOf("first", mappingOf("value", "a")) }), "examples-extra"),
		op("parameter nullable", parameters, setKey("nullable", text("true"), "schema"), "nullable-extra"),

		op("property removed", allProperties, func(root *yaml.Node, p path) (path, string) {
			erase(root, p)
			return nil, p[len(p)-1]
		}, "property-missing"),
		op("property renamed", allProperties, renameKey(snake), "property-renamed", "property-extra"),
		op("property's name in another case", allProperties, renameKey(swapCase), "property-renamed", "property-extra"),
		op("property added", schemas, func(root *yaml.Node, p path) (path, string) {
			assign(root, p.with("properties"), "extra", mappingOf("type", "string"))
			return p.with("properties", "extra"), ""
		}, "property-extra"),
		op("required property added", schemas, func(root *yaml.Node, p path) (path, string) {
			assign(root, p.with("properties"), "extra", mappingOf("type", "string"))
			assign(root, p, "required", oas.ListOf("extra"))
			return p.with("properties", "extra"), ""
		}, "property-extra"),
		op("property's required flipped", allProperties, flipRequired, "required-extra", "required-missing"),
		op("property's type changed", with(properties, has("type")), setKey("type", text("boolean")), "type-differs", "deviation-stale"),
		op("property's type missing", texts, dropKey(func(*yaml.Node) string { return "string" }, "type"), "type-missing", "deviation-stale"),
		op("property made a list", texts, func(root *yaml.Node, p path) (path, string) {
			assign(root, p, "type", scalar("array"))
			assign(root, p, "items", mappingOf("type", "string"))
			return p.with("type"), ""
		}, "type-differs", "deviation-stale"),
		op("list's items of another type", with(properties, has("items")), func(root *yaml.Node, p path) (path, string) {
			assign(root, p, "items", mappingOf("type", "boolean"))
			return p.with("items", "type"), ""
		}, "type-differs"),
		op("list made one", with(properties, has("items")), func(root *yaml.Node, p path) (path, string) {
			items, _ := at(root, p.with("items"))
			if ref, _ := at(items, path{"$ref"}); ref != nil {
				assign(root, p[:len(p)-1], p[len(p)-1], mappingOf("$ref", ref.Value))
				return path(strings.Split(strings.TrimPrefix(ref.Value, "#/"), "/")).with("type"), ""
			}
			erase(root, p.with("items"))
			assign(root, p, "type", scalar("string"))
			return p.with("type"), ""
		}, "type-differs"),
		op("property nullable", properties, setKey("nullable", text("true")), "nullable-extra"),
		op("property deprecated", properties, setKey("deprecated", text("true")), "deprecated-extra"),
		op("property's example changed", with(properties, has("example")), setKey("example", text("somethingElse")), "example-differs", "deviation-stale"),
		op("property's example removed", with(properties, has("example")), dropKey(func(*yaml.Node) string { return "example" }, "example"), "example-missing", "deviation-stale"),
		op("property's default", properties, setKey("default", text("17")), "default-extra"),
		op("property's format", texts, setKey("format", text("uuid")), "format-extra", "format-differs", "deviation-stale"),
		op("property's length", texts, setKey("maxLength", text("40")), "max-length-extra"),
		op("property's pattern", texts, setKey("pattern", text("^[a-z]+$")), "pattern-extra"),
		op("property with an enum", with(texts, lacks("enum")), setKey("enum", list("one", "two")), "enum-extra"),
		op("property unique items", with(properties, has("items")), setKey("uniqueItems", text("true")), "unique-items-extra"),
		op("property least items", with(properties, has("items")), setKey("minItems", text("1")), "min-items-extra"),
		op("property one of several", texts, func(root *yaml.Node, p path) (path, string) {
			assign(root, p[:len(p)-1], p[len(p)-1], mappingOf("oneOf", oas.List(mappingOf("type", "string"), mappingOf("type", "number"))))
			return p.with("oneOf"), ""
		}, "union-extra"),
		op("property open to anything", with(properties, is("array")), func(root *yaml.Node, p path) (path, string) {
			assign(root, p[:len(p)-1], p[len(p)-1], mappingOf("type", "object", "additionalProperties", "true"))
			return p.with("type"), ""
		}, "type-differs", "map-extra"),
		op("enum value added", enums, changeEnum(func(v []*yaml.Node) []*yaml.Node { return append(v, scalar("extra")) }, "enum"), "enum-value-extra"),
		op("enum value removed", enums, changeEnum(func(v []*yaml.Node) []*yaml.Node { return v[1:] }, "enum"), "enum-value-missing"),
		op("enum value changed", enums, changeEnum(func(v []*yaml.Node) []*yaml.Node { return append([]*yaml.Node{scalar("other")}, v[1:]...) }, "enum"), "enum-value-differs", "enum-value-changed"),
		op("enum value in another case", enums, changeEnum(func(v []*yaml.Node) []*yaml.Node {
			return append([]*yaml.Node{scalar(swapCase(v[0].Value))}, v[1:]...)
		}, "enum"), "enum-value-differs", "enum-value-changed"),
		op("enum in another order", enums, changeEnum(func(v []*yaml.Node) []*yaml.Node {
			return append([]*yaml.Node{v[len(v)-1]}, v[:len(v)-1]...)
		}, "enum"), "enum-order-differs"),
		op("enum removed", enums, dropKey(func(*yaml.Node) string { return "" }, "enum"), "enum-missing"),

		op("status dropped", answers, func(root *yaml.Node, p path) (path, string) {
			erase(root, p)
			return nil, p[len(p)-1]
		}, "response-missing"),
		op("status changed", answers, renameKey(func(s string) string { return s[:2] + "9" }), "response-renamed", "response-extra"),
		op("status added", operations, func(root *yaml.Node, p path) (path, string) {
			assign(root, p.with("responses"), "418", mappingOf("description", "tea"))
			return p.with("responses", "418"), ""
		}, "response-extra"),
		op("answer without content", answers, func(root *yaml.Node, p path) (path, string) {
			assign(root, p[:len(p)-1], p[len(p)-1], mappingOf("description", "nothing"))
			return nil, "json"
		}, "media-type-missing"),
		op("answer's media type changed", with(answers, has("content")), func(root *yaml.Node, p path) (path, string) {
			_, key := at(root, p.with("content", "application/json"))
			key.Value = "text/csv"
			return p.with("content", "text/csv"), ""
		}, "media-type-differs"),
		op("answer with another media type too", with(answers, has("content")), func(root *yaml.Node, p path) (path, string) {
			assign(root, p.with("content"), "text/csv", mappingOf("schema", mappingOf("type", "string")))
			return p.with("content", "text/csv"), ""
		}, "media-type-extra"),
		op("answer's header added", with(answers, has("content")), func(root *yaml.Node, p path) (path, string) {
			assign(root, p, "headers", mappingOf("X-Total", mappingOf("schema", mappingOf("type", "integer"))))
			return p.with("headers", "X-Total"), ""
		}, "header-extra"),
		op("answer's schema made a list", with(answers, has("content")), func(root *yaml.Node, p path) (path, string) {
			schema := p.with("content", "application/json")
			before, _ := at(root, schema.with("schema"))
			assign(root, schema, "schema", mappingOf("type", "array", "items", before))
			return schema.with("schema", "type"), ""
		}, "type-differs"),

		op("body removed", usedBodies, func(root *yaml.Node, p path) (path, string) {
			erase(root, p.with("requestBody"))
			return nil, "required"
		}, "body-missing"),
		op("body's required flipped", usedBodies, func(root *yaml.Node, p path) (path, string) {
			assign(root, p.with("requestBody"), "required", scalar("false"))
			return nil, "required"
		}, "required-missing"),
		op("body's media type changed", usedBodies, func(root *yaml.Node, p path) (path, string) {
			_, key := at(root, p.with("requestBody", "content", "application/json"))
			key.Value = "multipart/form-data"
			return p.with("requestBody", "content", "multipart/form-data"), ""
		}, "media-type-differs"),
		op("body added", with(operations, lacks("requestBody")), func(root *yaml.Node, p path) (path, string) {
			assign(root, p, "requestBody", mappingOf("content", mappingOf("application/json", mappingOf("schema", mappingOf("type", "object")))))
			return p.with("requestBody"), ""
		}, "body-extra"),

		op("operation removed", operations, func(root *yaml.Node, p path) (path, string) {
			erase(root, p[:2])
			return nil, p[2]
		}, "operation-missing"),
		op("operation added", operations, func(root *yaml.Node, p path) (path, string) {
			assign(root, p[:2], "delete", mappingOf("operationId", "delete-it", "responses", mappingOf("204", mappingOf("description", "gone"))))
			return p[:2].with("delete"), ""
		}, "operation-extra"),
		op("operationId changed", operations, func(root *yaml.Node, p path) (path, string) {
			assign(root, p, "operationId", scalar("something-else"))
			return p, ""
		}, "operation-renamed"),
		op("method changed", operations, renameKey(func(string) string { return "patch" }), "method-differs"),
		op("path changed", operations, func(root *yaml.Node, p path) (path, string) {
			_, key := at(root, p[:2])
			key.Value = "/v2" + key.Value
			return path{"paths", key.Value}, ""
		}, "path-differs"),
		op("slash at the end of the path", operations, func(root *yaml.Node, p path) (path, string) {
			_, key := at(root, p[:2])
			key.Value += "/"
			return path{"paths", key.Value}, ""
		}, "path-differs"),
		op("path parameter renamed in the path", operations, func(root *yaml.Node, p path) (path, string) {
			_, key := at(root, p[:2])
			if !strings.Contains(key.Value, "{snapshotId}") {
				return nil, ""
			}
			key.Value = strings.ReplaceAll(key.Value, "{snapshotId}", "{id}")
			return path{"paths", key.Value}, ""
		}, "path-differs"),
		op("server changed", func(*specTree) []path { return []path{{"servers", "0"}} }, setKey("url", text("https://other.example.com")), "server-differs"),
		op("operation's own server", operations, func(root *yaml.Node, p path) (path, string) {
			assign(root, p, "servers", oas.List(mappingOf("url", "https://other.example.com")))
			return p.with("servers", "0", "url"), ""
		}, "server-differs"),
		op("link to the page changed", operations, setKey("url", text("https://docs.example.com/other/page"), "externalDocs"), "link-differs"),
		op("operation deprecated", operations, setKey("deprecated", text("true")), "deprecated-extra"),
		op("token types changed", operations, setKey("x-token-types", list("Sub-Account Token")), "tokens-differs"),
		op("token types removed", operations, dropKey(func(*yaml.Node) string { return "Agency Token" }, "x-token-types"), "tokens-missing"),
		op("auth methods changed", operations, setKey("x-auth-methods", list("OAuth Access Token")), "methods-differs"),
		op("scopes changed", operations, setKey("x-scopes", list("snapshots.admin")), "scopes-extra", "scopes-differs", "deviation-stale"),
		op("scopes removed", operations, dropKey(func(*yaml.Node) string { return "" }, "x-scopes"), "deviation-settled", "deviation-stale"),
		op("security scheme changed", func(*specTree) []path { return []path{{"components", "securitySchemes", "agencyToken"}} }, func(root *yaml.Node, p path) (path, string) {
			assign(root, p, "scheme", scalar("basic"))
			return p, ""
		}, "scheme-differs"),
		op("token's format changed", func(*specTree) []path { return []path{{"components", "securitySchemes", "agencyToken"}} }, func(root *yaml.Node, p path) (path, string) {
			assign(root, p, "bearerFormat", scalar("opaque"))
			return p, ""
		}, "scheme-differs"),
		op("security removed", func(*specTree) []path { return []path{{"security"}} }, func(root *yaml.Node, p path) (path, string) {
			erase(root, p)
			return nil, "http"
		}, "scheme-missing"),
		op("required name without a property", schemas, func(root *yaml.Node, p path) (path, string) {
			required, _ := at(root, p.with("required"))
			if required == nil {
				required = oas.ListOf()
				assign(root, p, "required", required)
			}
			required.Content = append(required.Content, scalar("nowhere"))
			return p.with("required", itoa(len(required.Content)-1)), ""
		}, "required-extra"),
		op("object's or list's type missing", func(t *specTree) []path {
			return append(schemas(t), with(properties, is("array"))(t)...)
		}, dropKey(func(value *yaml.Node) string { return value.Value }, "type"), "type-missing"),
		op("place's mark of a deviation removed", func(t *specTree) []path {
			return append(with(parameters, has("x-deviation"))(t), with(properties, has("x-deviation"))(t)...)
		}, dropKey(func(*yaml.Node) string { return "" }, "x-deviation"), "deviation-unmarked"),
		op("mark of a deviation beside a reference", func(t *specTree) []path {
			var out []path
			for _, o := range t.operations() {
				out = append(out, o.with("parameters", "0"))
			}
			return out
		}, setKey("x-deviation", text("version-v3")), "deviation-misplaced"),
		op("mark of a deviation at another property", texts, setKey("x-deviation", text("page-size")), "deviation-misplaced", "deviation-unmarked"),
		op("mark of a deviation removed", operations, dropKey(func(*yaml.Node) string { return "" }, "x-deviation"), "deviation-unmarked"),
		op("mark of an unknown deviation", operations, setKey("x-deviation", list("nobody-knows")), "deviation-unlisted"),
		op("ledger's statuses removed", operations, func(root *yaml.Node, p path) (path, string) {
			if !erase(root, p.with("responses", "429")) {
				return nil, ""
			}
			return nil, ""
		}, "deviation-stale", "deviation-settled"),
	}
	return all
}
