package facts

import (
	"maps"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/highlevel-go/snapshots/internal/oas"
)

// ofPages are the aspects that pages show too. Every other one is a keyword: a key of an OpenAPI document under its own
// name, such as not, discriminator, style or encoding, with its value as JSON. A key that a later version of OpenAPI adds is
// a keyword as well, so a change of it is found.
var ofPages = append([]Aspect{Present, Type, Format, Required, Nullable, Deprecated, Enum, Default, Example, Examples, Sample, MediaType, Union,
	Title, Text, Uncertain, Composed, Method, Path, Server, Summary, OperationID, Scheme, AuthMethods, TokenTypes, Scopes}, Constraints...)

// The keywords that do not appear in a document as they are.
const (
	Security Aspect = "security" // the alternatives, with the definitions of their schemes; absent where one http scheme is all
	AllOf    Aspect = "allOf"    // where a later part contradicts an earlier one
	Servers  Aspect = "servers"  // all URLs, if there are several, or one has variables

	Discriminator Aspect = "discriminator"

	otherRequired Aspect = "key required" // the required names that are not properties, such as those of a variant
	typeOfUnion   Aspect = "key type"     // next to the variants, which pages print without it
)

// IsKeyword reports whether the aspect is a key of an OpenAPI document that no page shows.
func (a Aspect) IsKeyword() bool { return !slices.Contains(ofPages, a) }

// OnlyInDocuments reports whether OpenAPI documents state an aspect of a place that the pages rendered from them do not
// show.
func OnlyInDocuments(place Place, aspect Aspect) bool {
	return aspect.IsKeyword() || aspect == MediaType && place.isParamRoot() || aspect == Required && place.Last().Kind == StepHeader
}

// IsExtension reports whether the aspect is an extension of OpenAPI, whose meaning only its author knows.
func (a Aspect) IsExtension() bool { return strings.HasPrefix(string(a), "x-") }

// ownExtensions are the extensions in which a record or spec of this project states what OpenAPI cannot express.
var ownExtensions = []string{"x-text", "x-summary", "x-uncertain", "x-renderer", "x-contradictions", "x-from-document", "x-unseen", "x-required", "x-sample", "x-unnamed", "x-composed", "x-deviation",
	"x-auth-scheme", "x-auth-methods", "x-token-types", "x-scopes"}

// keywords adds the keys of an object that are not read individually.
func (r *reader) keywords(place Place, node *yaml.Node, understood []string) {
	for key, value := range oas.Pairs(node) {
		name := key.Value
		switch {
		case slices.Contains(understood, name) || slices.Contains(ownExtensions, name) || r.fromPage && oas.IsNull(value):
		case strings.HasPrefix(name, "x-"):
			r.op.Add(place, Aspect(name), withoutProse(value), r.pos(value))
		default:
			r.keyword(place, name, value)
		}
	}
}

// withoutProse returns the value of an extension, or a fingerprint if it contains prose, which is not written to a record.
func withoutProse(value *yaml.Node) string {
	text := CompactJSON(tidyNumbers(oas.Value(value)))
	if len(text) > 200 || strings.Contains(text, " ") {
		text = CompactJSON("fingerprint:" + TextHash(text))
	}
	return text
}

func (r *reader) keyword(place Place, name string, value *yaml.Node) {
	aspect := Aspect(name)
	if !aspect.IsKeyword() { // a key with the name of an aspect that means something else
		aspect = "key " + aspect
	}
	r.op.Add(place, aspect, r.bareJSON(name, value), r.pos(value))
}

// The keys of OpenAPI objects that are read individually, or that state nothing about messages.
var (
	operationKeys = []string{"operationId", "summary", "description", "externalDocs", "deprecated", "servers", "security", "tags",
		"parameters", "requestBody", "responses"}
	sendingKeys   = []string{"style", "explode", "allowReserved", "allowEmptyValue"}
	parameterKeys = append([]string{"name", "in", "required", "deprecated", "description", "summary", "schema", "content", "example", "examples", "type",
		"$ref"}, sendingKeys...)
	mediaTypeKeys = []string{"schema", "example", "examples"}
	schemaKeys    = slices.Concat([]string{"type", "format", "enum", "additionalProperties", "items", "oneOf", "anyOf"}, annotations, constraintKeys)
)

// sending adds how a parameter or header is serialized, where that is not the default of OpenAPI.
func (r *reader) sending(place Place, in string, node *yaml.Node) {
	usual := "form"
	if in == "path" || in == "header" {
		usual = "simple"
	}
	style := oas.Child(node, "style")
	if text := oas.Text(style); text != "" && text != usual {
		r.keyword(place, "style", style)
		usual = text
	}
	explode := oas.Child(node, "explode")
	if isBool(explode) && oas.IsTrue(explode) != (usual == "form") && usual != "deepObject" {
		r.keyword(place, "explode", explode)
	}
	for _, key := range []string{"allowReserved", "allowEmptyValue"} {
		if value := oas.Child(node, key); oas.IsTrue(value) {
			r.keyword(place, key, value)
		}
	}
}

func isBool(node *yaml.Node) bool {
	return node != nil && node.Kind == yaml.ScalarNode && node.ShortTag() == "!!bool"
}

// isFalse reports whether a schema is false, which no value matches.
func isFalse(node *yaml.Node) bool { return isBool(node) && !oas.IsTrue(node) }

// schemaKeywords adds the keys of the parts of a schema that are not read individually.
func (r *reader) schemaKeywords(place Place, parts schemaParts, union string) {
	understood := slices.Clone(schemaKeys)
	for _, part := range parts {
		r.keywords(place, part, understood)
		for key := range oas.Pairs(part) {
			understood = append(understood, key.Value)
		}
	}
	for _, key := range []string{"readOnly", "writeOnly"} {
		if value := parts.get(key); oas.IsTrue(value) {
			r.keyword(place, key, value)
		}
	}
	if value := parts.get("additionalProperties"); isFalse(value) {
		r.keyword(place, "additionalProperties", value)
	}
	if union == "oneOf" {
		if value := parts.get("anyOf"); value != nil {
			r.keyword(place, "anyOf", value)
		}
	}
	if kind := parts.get("type"); kind != nil && union != "" { // a page prints the variants without what is around them
		r.op.Add(place, typeOfUnion, r.bareJSON("type", kind), r.pos(kind))
	}
	r.contradictedParts(place, parts)
}

var constraintKeys = func() (keys []string) {
	for _, a := range Constraints {
		keys = append(keys, string(a))
	}
	return keys
}()

// annotations are the keys of a schema whose repetition in another part does not change messages.
var annotations = []string{"title", "description", "summary", "example", "examples", "default", "deprecated", "externalDocs", "readOnly", "writeOnly",
	"nullable", "$ref", "$id", "$anchor", "$comment", "$defs", "definitions", "$schema", "$vocabulary", "properties", "required", "allOf"}

// contradictedParts adds where a later part of a schema contradicts an earlier one. Everywhere else the earlier one decides.
func (r *reader) contradictedParts(place Place, parts schemaParts) {
	var others []any
	first := map[string]string{}
	var at *yaml.Node
	for _, part := range parts {
		other := map[string]any{}
		for key, value := range oas.Pairs(part) {
			if slices.Contains(annotations, key.Value) || strings.HasPrefix(key.Value, "x-") {
				continue
			}
			said := r.bareJSON(key.Value, value)
			if was, again := first[key.Value]; !again {
				first[key.Value] = said
			} else if was != said {
				other[key.Value] = r.bareValue(key.Value, value)
				if at == nil {
					at = value
				}
			}
		}
		if len(other) > 0 {
			others = append(others, other)
		}
	}
	if len(others) > 0 {
		r.op.Add(place, AllOf, CompactJSON(tidyNumbers(others)), r.pos(at))
	}
}

// Holder is the OpenAPI object that contains a keyword. A place such as body is a request body, a media type and a schema at
// the same time.
type Holder string

// The holders.
const (
	InParameter Holder = "parameter"
	InMediaType Holder = "media type"
	InResponse  Holder = "response"
	InSchema    Holder = "schema"
	Nowhere     Holder = "" // it is not in a document under its name
)

// HolderOf returns the object that contains a keyword of that name.
func HolderOf(a Aspect) Holder {
	if slices.Contains(sendingKeys, string(a)) {
		return InParameter
	}
	switch a {
	case "encoding", "itemSchema", "itemEncoding", "prefixEncoding":
		return InMediaType
	case "links":
		return InResponse
	case Security, AllOf, Servers, otherRequired, typeOfUnion:
		return Nowhere
	}
	return InSchema
}

// writeKeywords writes the keywords of a place that belong to one of its objects.
func writeKeywords(node *yaml.Node, t *tree, holders ...Holder) {
	for _, aspect := range slices.Sorted(maps.Keys(t.facts)) {
		name := strings.TrimPrefix(string(aspect), "key ")
		if aspect.IsKeyword() && slices.Contains(holders, HolderOf(aspect)) && name != "required" && find(node, name) == nil {
			put(node, name, typed(t.value(aspect), ""))
		}
	}
}
