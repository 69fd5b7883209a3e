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
)

// fields are what a form says, put together as the object that its schema speaks about.
type fields struct {
	f      *finding
	schema *openapi3.Schema
	media  *openapi3.MediaType
	value  map[string]any
	seen   map[string]int
}

func (f *finding) fields(media *openapi3.MediaType, s *openapi3.Schema) *fields {
	return &fields{f: f, schema: s, media: media, value: map[string]any{}, seen: map[string]int{}}
}

// form reads a URL-encoded body.
func (f *finding) form(body string, media *openapi3.MediaType, s *openapi3.Schema) (any, bool) {
	before := len(f.list)
	pairs := f.pairs(body, MalformedForm, "body")
	if len(f.list) > before || s == nil {
		return nil, false
	}
	all := f.fields(media, s)
	for _, p := range pairs {
		all.text(p.name, p.value)
	}
	return all.value, true
}

// multipart reads a body of several parts.
func (f *finding) multipart(body []byte, boundary string, media *openapi3.MediaType, s *openapi3.Schema) (any, bool) {
	pos := f.atOperation()
	if boundary == "" {
		f.add(MediaType, pos, "header Content-Type", "names no boundary")
		return nil, false
	}
	before := len(f.list)
	all := f.fields(media, s)
	reader := multipart.NewReader(bytes.NewReader(body), boundary)
	for n := 0; ; n++ {
		part, err := reader.NextRawPart()
		if errors.Is(err, io.EOF) && n > 0 {
			break
		}
		var data []byte
		if err == nil {
			data, err = io.ReadAll(part)
		}
		if err != nil {
			f.add(MalformedForm, pos, "body", "is no complete multipart form: %v", err)
			return nil, false
		}
		if part.FormName() == "" {
			f.add(MalformedForm, pos, "body", "has a part without a name")
			continue
		}
		if s != nil {
			all.part(part, data)
		}
	}
	return all.value, s != nil && len(f.list) == before
}

// part takes in a part of a multipart body.
func (all *fields) part(part *multipart.Part, data []byte) {
	name := part.FormName()
	s := all.property(name)
	where := "body /" + escapePointer(name)
	kind, params, err := mime.ParseMediaType(part.Header.Get("Content-Type"))
	if given := part.Header.Get("Content-Type") != ""; given {
		if err != nil || !all.takes(name, kind) {
			all.f.add(MediaType, all.f.at(all.schema.Origin), where, "has the media type %s, which is not declared", show(part.Header.Get("Content-Type")))
		}
		if charset := params["charset"]; isText(kind) && otherCharset(charset, data) {
			all.f.add(MediaType, all.f.at(all.schema.Origin), where, "names the charset %s; what travels is UTF-8", show(charset))
		}
	}
	switch {
	case isJSON(kind):
		if value, ok := all.f.jsonText(where, data); ok {
			all.add(name, value, s != nil && mayBe(s, "array"))
		}
	case s == nil || !mayBe(s, "array"):
		all.text(name, string(data))
	default:
		all.item(name, s, string(data))
	}
}

// takes says whether the encoding of a part declares a media type. Without one, every type is good.
func (all *fields) takes(name, kind string) bool {
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

// property is the schema of a field; nil where it is not declared.
func (all *fields) property(name string) *openapi3.Schema {
	for _, p := range parts(all.schema) {
		if named := namedBy(p, name); len(named) > 0 {
			return named[0]
		}
	}
	for _, p := range parts(all.schema) {
		if more := p.AdditionalProperties.Schema; more != nil {
			return more.Value
		}
	}
	return nil
}

// text takes in a field that is text.
func (all *fields) text(name, text string) {
	s := all.property(name)
	switch {
	case s == nil:
		all.add(name, text, false)
	case mayBe(s, "array"):
		separator, joined := all.separator(name)
		if !joined {
			all.item(name, s, text)
			return
		}
		for one := range strings.SplitSeq(text, separator) {
			all.item(name, s, one)
		}
	case mayBe(s, "object") && !mayBe(s, "string"):
		var value any
		if json.Unmarshal([]byte(text), &value) == nil {
			value, _ = all.f.jsonText("body /"+escapePointer(name), []byte(text))
		} else {
			value = text
		}
		all.add(name, value, false)
	default:
		all.add(name, all.f.scalar(s, "body /"+escapePointer(name), text), false)
	}
}

// separator is what stands between the items of a list that travels in one field.
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

// item takes in an item of a list.
func (all *fields) item(name string, s *openapi3.Schema, text string) {
	for _, l := range items(s, []string{text}) {
		all.add(name, all.f.scalar(l.schema, "body /"+escapePointer(name), text), true)
		return
	}
	all.add(name, text, true)
}

// add takes in a value.
func (all *fields) add(name string, value any, list bool) {
	if list {
		have, _ := all.value[name].([]any)
		if items, whole := value.([]any); whole {
			all.value[name] = append(have, items...)
			return
		}
		all.value[name] = append(have, value)
		return
	}
	if all.seen[name]++; all.seen[name] == 2 {
		all.f.add(MalformedForm, all.f.at(all.schema.Origin), "body /"+escapePointer(name), "comes more than once")
	}
	all.value[name] = value
}

// scalar reads a text as the schema has it: a number, a truth, a text.
func (f *finding) scalar(s *openapi3.Schema, where, text string) any {
	f.numberForm(s, f.at(s.Origin), where, text)
	for _, p := range conjuncts(s) {
		switch {
		case p.Type.Is("integer") && jsonInteger.MatchString(text), p.Type.Is("number") && jsonNumber.MatchString(text):
			return json.Number(text)
		case p.Type.Is("boolean") && (text == "true" || text == "false"):
			return text == "true"
		}
	}
	return text
}
