package judge

import (
	"bytes"
	"errors"
	"io"
	"mime/multipart"

	"github.com/getkin/kin-openapi/openapi3"
)

// form judges the fields of a URL-encoded body.
func (f *finding) form(body string, s *openapi3.Schema) bool {
	before := len(f.list)
	seen := map[string]int{}
	for _, p := range f.pairs(body, MalformedForm, "body") {
		f.field(s, p.name, seen)
	}
	return len(f.list) == before
}

// multipart judges the parts of a multipart body.
func (f *finding) multipart(body []byte, boundary string, s *openapi3.Schema) bool {
	pos := f.atOperation()
	if boundary == "" {
		f.add(MediaType, pos, "header Content-Type", "names no boundary")
		return false
	}
	reader := multipart.NewReader(bytes.NewReader(body), boundary)
	seen := map[string]int{}
	for {
		part, err := reader.NextRawPart()
		if errors.Is(err, io.EOF) {
			return true
		}
		if err == nil {
			_, err = io.Copy(io.Discard, part)
		}
		if err != nil {
			f.add(MalformedForm, pos, "body", "is no complete multipart form: %v", err)
			return false
		}
		if part.FormName() == "" {
			f.add(MalformedForm, pos, "body", "has a part without a name")
			continue
		}
		f.field(s, part.FormName(), seen)
	}
}

// field judges the name of one field of a form.
func (f *finding) field(s *openapi3.Schema, name string, seen map[string]int) {
	if s == nil {
		return
	}
	pos, where := f.at(s.Origin), "body /"+escapePointer(name)
	if !declares(s, name) {
		f.add(ExtraKey, pos, where, "is not a field of the form, which has %s", keyNames(parts(s, nil, false)))
		return
	}
	list := false
	for _, p := range parts(s, nil, false) {
		if ref := p.Properties[name]; ref != nil {
			list = list || mayBe(ref.Value, "array")
		}
	}
	if seen[name]++; seen[name] == 2 && !list {
		f.add(MalformedForm, pos, where, "comes more than once")
	}
}
