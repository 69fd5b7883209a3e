package judge

import (
	"bytes"
	"mime"
	"net/http"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
)

// content judges a body by its media type, and by the schema of it.
func (f *finding) content(h http.Header, body []byte, declared openapi3.Content) {
	pos := f.atOperation()
	types := h.Values("Content-Type")
	if len(types) == 0 || types[0] == "" {
		f.add(MediaType, pos, "header Content-Type", "is missing; declared: %s", mediaNames(declared))
		return
	}
	kind, params, err := mime.ParseMediaType(types[0])
	if err != nil {
		f.add(MediaType, pos, "header Content-Type", "%s cannot be read: %v", show(types[0]), err)
		return
	}
	media := mediaOf(declared, kind, params)
	if media == nil {
		f.add(MediaType, pos, "header Content-Type", "%s is not declared; declared: %s", show(kind), mediaNames(declared))
		return
	}
	if charset := params["charset"]; isText(kind) && otherCharset(charset, body) {
		if strings.HasPrefix(kind, "text/") {
			return // a page may be in any charset that it names; its letters are not ours to read
		}
		f.add(MediaType, pos, "header Content-Type", "names the charset %s; what travels is UTF-8", show(charset))
	}
	var schema *openapi3.Schema
	if media.Schema != nil {
		schema = media.Schema.Value
	}
	value, ok := f.read(kind, params, body, media, schema)
	if ok && schema != nil {
		f.schema("body", value, schema)
		f.value(schema, "body ", value, nil)
	}
}

// otherCharset says that a text is not in UTF-8 by its own word. ASCII is, as long as it keeps to it.
func otherCharset(charset string, text []byte) bool {
	if strings.EqualFold(charset, "us-ascii") || strings.EqualFold(charset, "ascii") {
		return slices.ContainsFunc(text, func(b byte) bool { return b >= utf8.RuneSelf })
	}
	return charset != "" && !strings.EqualFold(charset, "utf-8")
}

// read reads a body as its media type has it. false says that its schema cannot be asked: the body is malformed, or of a
// kind that OpenAPI's schemas do not speak about.
func (f *finding) read(kind string, params map[string]string, body []byte, media *openapi3.MediaType, schema *openapi3.Schema) (any, bool) {
	switch {
	case isJSON(kind):
		return f.jsonText("body", body)
	case kind == "application/x-www-form-urlencoded":
		return f.form(string(body), media, schema)
	case kind == "multipart/form-data":
		return f.multipart(body, params["boundary"], media, schema)
	case isText(kind) && !utf8.Valid(body):
		f.add(Unicode, f.atOperation(), "body", "is not UTF-8")
		return nil, false
	case schema == nil || schema.Format == "binary":
		return nil, false
	case strings.HasSuffix(kind, "/yaml") || strings.HasSuffix(kind, "/x-yaml"):
		value, err := openapi3filter.YamlBodyDecoder(bytes.NewReader(body), nil, nil, nil)
		if err != nil {
			f.add(Schema, f.atOperation(), "body", "is not YAML: %v", err)
		}
		return value, err == nil
	case kind == "text/plain":
		return f.scalar(schema, "body", string(body)), true
	}
	return string(body), isText(kind) && mayBe(schema, "string")
}

// mediaOf is the declared media type that a message's belongs to: its own name, one of its family, any.
func mediaOf(declared openapi3.Content, kind string, params map[string]string) *openapi3.MediaType {
	var found *openapi3.MediaType
	best := -1
	family, _, _ := strings.Cut(kind, "/")
	for _, name := range sortedKeys(declared) {
		base, own, err := mime.ParseMediaType(name)
		if err != nil {
			continue
		}
		rank := -1
		switch base {
		case kind:
			rank = 2
			for key, value := range own {
				if strings.EqualFold(params[key], value) {
					rank++ // declared twice, with different parameters
				}
			}
		case family + "/*":
			rank = 1
		case "*/*":
			rank = 0
		}
		if rank > best {
			found, best = declared[name], rank
		}
	}
	return found
}

func isJSON(kind string) bool {
	kind, _, _ = strings.Cut(kind, ";")
	return strings.EqualFold(kind, "application/json") || strings.HasSuffix(strings.ToLower(kind), "+json")
}

func isText(kind string) bool {
	return isJSON(kind) || strings.HasPrefix(kind, "text/") || kind == "application/x-www-form-urlencoded"
}

func mediaNames(content openapi3.Content) string { return strings.Join(sortedKeys(content), ", ") }

// sortedKeys are the keys of a map, in order.
func sortedKeys[V any](m map[string]V) []string {
	out := make([]string, 0, len(m))
	for key := range m {
		out = append(out, key)
	}
	slices.Sort(out)
	return out
}
