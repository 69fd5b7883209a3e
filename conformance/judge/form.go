package judge

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/highlevel-go/snapshots/conformance/judge/internal/schema"
	"github.com/highlevel-go/snapshots/internal/oas"
)

// fields collects the fields of a form into the object that its schema describes.
type fields struct {
	check  *check
	schema *openapi3.Schema
	media  *openapi3.MediaType
	value  map[string]any
	seen   map[string]int
}

func (c *check) fields(media *openapi3.MediaType, s *openapi3.Schema) *fields {
	return &fields{check: c, schema: s, media: media, value: map[string]any{}, seen: map[string]int{}}
}

// form reads a URL-encoded body.
func (c *check) form(body string, media *openapi3.MediaType, s *openapi3.Schema) (any, bool) {
	before := len(c.violations)
	pairs := c.pairs(body, MalformedForm, "body", func(string) bool { return false })
	if len(c.violations) > before || s == nil {
		return nil, false
	}
	all := c.fields(media, s)
	deep := map[string]map[string][]string{} // of each field in the style deepObject, by the names on the wire
	for _, p := range pairs {
		field, _, _ := strings.Cut(p.name, "[")
		encoding := media.Encoding[field]
		if _, bracketed := deepKeys(p.name); !bracketed || encoding == nil || encoding.Style != openapi3.SerializationDeepObject || all.property(field) == nil {
			all.text(p.name, p.value)
			continue
		}
		if deep[field] == nil {
			deep[field] = map[string][]string{}
		}
		deep[field][p.name] = append(deep[field][p.name], p.value)
	}
	for field, values := range deep {
		property := all.property(field)
		p := &openapi3.Parameter{Name: field, Style: openapi3.SerializationDeepObject}
		read := styled{c, p, c.at(property.Origin), placeOf(field)}.object([]*openapi3.Schema{property}, values)
		for _, fault := range read.faults {
			c.put(fault)
		}
		all.add(field, read.value, false)
	}
	return all.value, true
}

// multipart reads a multipart body.
func (c *check) multipart(body []byte, boundary string, media *openapi3.MediaType, s *openapi3.Schema) (any, bool) {
	pos := c.atOperation()
	if boundary == "" {
		c.add(MediaType, pos, "header Content-Type", "names no boundary")
		return nil, false
	}
	before := len(c.violations)
	all := c.fields(media, s)
	reader := multipart.NewReader(bytes.NewReader(body), boundary)
	for n := 0; ; n++ {
		part, err := reader.NextRawPart()
		if errors.Is(err, io.EOF) && (n > 0 || bytes.Contains(body, []byte("--"+boundary+"--"))) { // a form without fields is only its closing line
			break
		}
		var data []byte
		if err == nil {
			data, err = io.ReadAll(part)
		}
		if err != nil {
			c.add(MalformedForm, pos, "body", "is not a complete multipart form: %v", err)
			return nil, false
		}
		if part.FormName() == "" {
			c.add(MalformedForm, pos, "body", "has a part without a name")
			continue
		}
		if s != nil {
			all.part(part, data)
		}
	}
	return all.value, s != nil && len(c.violations) == before
}

// part adds a part of a multipart body.
func (all *fields) part(part *multipart.Part, data []byte) {
	name := part.FormName()
	s, where := all.property(name), placeOf(name)
	given := part.Header.Get("Content-Type")
	kind, params, err := mime.ParseMediaType(given)
	if given != "" {
		if err != nil || !all.accepts(name, kind) {
			all.check.add(MediaType, all.check.at(all.schema.Origin), where, "has the media type %s, which is not declared", show(given))
		}
		if charset := params["charset"]; isText(kind) && otherCharset(charset, data) {
			all.check.add(MediaType, all.check.at(all.schema.Origin), where, "names the charset %s, and must name UTF-8", show(charset))
		}
	}
	switch {
	case isJSON(kind):
		if value, ok := all.check.json(where, data); ok {
			all.add(name, value, s != nil && schema.MayBe(s, "array"))
		}
	case s == nil || !schema.MayBe(s, "array"):
		all.text(name, string(data))
	default:
		all.item(name, s, string(data))
	}
}

// accepts reports whether the encoding of a part declares a media type. Without an encoding, every type is accepted.
func (all *fields) accepts(name, kind string) bool {
	encoding := all.media.Encoding[name]
	if encoding == nil || encoding.ContentType == "" {
		return true
	}
	declared := openapi3.Content{}
	for one := range strings.SplitSeq(encoding.ContentType, ",") {
		declared[strings.TrimSpace(one)] = &openapi3.MediaType{}
	}
	return mediaOf(declared, kind, nil) != nil
}

// property returns the schema of a field, or nil if it is not declared.
func (all *fields) property(name string) *openapi3.Schema {
	parts := schema.Parts(all.schema)
	for _, named := range append(all.check.values.Named(parts, name), schema.More(parts)...) {
		return named
	}
	return nil
}

// text adds a field that is text.
func (all *fields) text(name, text string) {
	s := all.property(name)
	switch {
	case s == nil:
		all.add(name, text, false)
	case schema.MayBe(s, "array"):
		items := []string{text}
		if separator, joined := all.separator(name); joined {
			items = strings.Split(text, separator)
		}
		for _, one := range items {
			all.item(name, s, one)
		}
	case schema.MayBe(s, "object") && !schema.MayBe(s, "string") && json.Valid([]byte(text)):
		value, _ := all.check.json(placeOf(name), []byte(text))
		all.add(name, value, false)
	default:
		all.add(name, all.check.scalarText(s, placeOf(name), text), false)
	}
}

// placeOf returns the place of a field in the body.
func placeOf(name string) string { return "body /" + oas.EscapeToken(name) }

// separator returns what separates the items of a list that is sent in one field.
func (all *fields) separator(name string) (string, bool) {
	encoding := all.media.Encoding[name]
	if encoding == nil {
		return "", false
	}
	switch encoding.Style {
	case openapi3.SerializationPipeDelimited:
		return "|", true
	case openapi3.SerializationSpaceDelimited:
		return " ", true
	}
	return ",", encoding.Explode != nil && !*encoding.Explode
}

// item adds an item of a list.
func (all *fields) item(name string, s *openapi3.Schema, text string) {
	for _, item := range schema.Items(schema.Parts(s), 0) {
		all.add(name, all.check.scalarText(item, placeOf(name), text), true)
		return
	}
	all.add(name, text, true)
}

// add adds a value.
func (all *fields) add(name string, value any, list bool) {
	if list {
		items, isList := value.([]any)
		if !isList {
			items = []any{value}
		}
		have, _ := all.value[name].([]any)
		all.value[name] = append(have, items...)
		return
	}
	if all.seen[name]++; all.seen[name] == 2 {
		all.check.add(MalformedForm, all.check.at(all.schema.Origin), placeOf(name), "comes more than once")
	}
	all.value[name] = value
}

// scalarText reads a string according to the schema: as a number, a boolean or a string.
func (c *check) scalarText(s *openapi3.Schema, where, text string) any {
	read := c.scalar([]*openapi3.Schema{s}, c.at(s.Origin), where, text)
	for _, fault := range read.faults {
		c.put(fault)
	}
	return read.value
}
