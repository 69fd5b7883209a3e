package judge

import (
	"maps"
	"mime"
	"net/http"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/highlevel-go/snapshots/conformance/judge/internal/schema"
	"github.com/highlevel-go/snapshots/internal/oas"
)

// content judges a body by its media type and its schema.
func (c *check) content(h http.Header, body []byte, declared openapi3.Content) {
	pos := c.atOperation()
	types := h.Values("Content-Type")
	if len(types) == 0 || types[0] == "" {
		c.add(MediaType, pos, "header Content-Type", "is missing; declared: %s", mediaNames(declared))
		return
	}
	kind, params, err := mime.ParseMediaType(types[0])
	if err != nil {
		c.add(MediaType, pos, "header Content-Type", "%s cannot be read: %v", show(types[0]), err)
		return
	}
	media := mediaOf(declared, kind, params)
	if media == nil {
		c.add(MediaType, pos, "header Content-Type", "%s is not declared; declared: %s", show(kind), mediaNames(declared))
		return
	}
	if charset := params["charset"]; isText(kind) && otherCharset(charset, body) {
		if strings.HasPrefix(kind, "text/") {
			return // a page may be in any charset that it names; it is not decoded here
		}
		c.add(MediaType, pos, "header Content-Type", "names the charset %s, and must name UTF-8", show(charset))
	}
	var of *openapi3.Schema
	if media.Schema != nil {
		of = media.Schema.Value
	}
	var ok bool
	if c.body, ok = c.readBody(kind, params, body, media, of); ok && of != nil {
		c.value("body", c.body, of)
	}
}

// otherCharset reports whether charset, which a text declares, is not UTF-8. ASCII is UTF-8 if the text contains nothing else.
func otherCharset(charset string, text []byte) bool {
	if strings.EqualFold(charset, "us-ascii") || strings.EqualFold(charset, "ascii") {
		return slices.ContainsFunc(text, func(b byte) bool { return b >= utf8.RuneSelf })
	}
	return charset != "" && !strings.EqualFold(charset, "utf-8")
}

// readBody decodes a body according to its media type. ok reports whether its schema applies: the body is well formed, and
// of a kind that OpenAPI's schemas describe.
func (c *check) readBody(kind string, params map[string]string, body []byte, media *openapi3.MediaType, s *openapi3.Schema) (value any, ok bool) {
	switch {
	case isJSON(kind):
		return c.json("body", body)
	case kind == "application/x-www-form-urlencoded":
		return c.form(string(body), media, s)
	case kind == "multipart/form-data":
		return c.multipart(body, params["boundary"], media, s)
	case isText(kind) && !utf8.Valid(body):
		c.add(Unicode, c.atOperation(), "body", "is not UTF-8")
		return nil, false
	case s == nil || s.Format == "binary":
		return string(body), false
	case strings.HasSuffix(kind, "/yaml") || strings.HasSuffix(kind, "/x-yaml"):
		root, err := oas.Parse("body", body)
		if err != nil {
			c.add(Schema, c.atOperation(), "body", "is not YAML: %v", err)
		}
		return oas.Value(root), err == nil
	case kind == "text/plain":
		return c.scalarText(s, "body", string(body)), true
	}
	return string(body), isText(kind) && schema.MayBe(s, "string")
}

// mediaOf returns the declared media type that matches that of a message: by its own name, by its family, or any.
func mediaOf(declared openapi3.Content, kind string, params map[string]string) *openapi3.MediaType {
	var found *openapi3.MediaType
	best := -1
	family, _, _ := strings.Cut(kind, "/")
	for _, name := range slices.Sorted(maps.Keys(declared)) {
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

func mediaNames(content openapi3.Content) string {
	return strings.Join(slices.Sorted(maps.Keys(content)), ", ")
}
