package grammar

import (
	"slices"
	"strings"
)

// Primitives are the OpenAPI type names that a label can have.
var Primitives = map[string]bool{
	"string": true, "number": true, "integer": true, "boolean": true, "object": true, "array": true,
}

// Formats are the formats that themes before 4.5 print instead of the type.
var Formats = map[string]string{
	"date": "string", "date-time": "string", "datetime": "string", "time": "string", "duration": "string",
	"email": "string", "idn-email": "string", "hostname": "string", "idn-hostname": "string", "ipv4": "string",
	"ipv6": "string", "uri": "string", "url": "string", "uri-reference": "string", "iri": "string",
	"iri-reference": "string", "uri-template": "string", "uuid": "string", "guid": "string", "ulid": "string",
	"byte": "string", "base64": "string", "base64url": "string", "binary": "string", "password": "string",
	"json-pointer": "string", "relative-json-pointer": "string", "regex": "string", "phone": "string",
	"objectid": "string", "char": "string", "html": "string", "json": "string", "sf-binary": "string", "commonmark": "string",
	"int8": "integer", "int16": "integer", "int32": "integer", "int64": "integer", "uint8": "integer", "uint16": "integer",
	"uint32": "integer", "uint64": "integer", "int": "integer", "long": "integer", "unix-time": "integer", "timestamp": "integer",
	"float": "number", "double": "number", "decimal": "number", "decimal128": "number", "double-int": "integer",
}

// isUnionOfTypes reports whether a label has several types, which OpenAPI 3.1 allows and the renderer separates with bars.
func isUnionOfTypes(text string) bool {
	parts := strings.Split(text, " | ")
	return len(parts) > 1 && !slices.ContainsFunc(parts, func(part string) bool { return !Primitives[part] && part != "null" })
}

func unionOfTypes(text string, nullable bool) (string, bool) {
	parts := strings.Split(text, " | ")
	kinds := slices.DeleteFunc(slices.Clone(parts), func(part string) bool { return part == "null" })
	return strings.Join(kinds, " | "), nullable || len(kinds) < len(parts)
}

// IsPlaceholder reports whether a title is the renderer's own name for a variant without a title; in newer themes, that is
// its type.
func IsPlaceholder(title string) bool {
	if kind := strings.TrimSuffix(title, "[]"); Primitives[kind] || kind == "oneOf" || kind == "anyOf" || modernLabel.MatchString(kind) || isUnionOfTypes(kind) {
		return true
	}
	rest, ok := strings.CutPrefix(title, "MOD")
	if !ok {
		rest, ok = strings.CutPrefix(title, "Option ")
	}
	return ok && rest != "" && strings.Trim(rest, "0123456789") == ""
}
