package conformance

import (
	"fmt"
	"io/fs"
	"net/http"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/highlevel-go/snapshots/conformance/sample"
)

// withoutSchema returns a response that has no content, or whose content has no schema that the suite reads.
func (b *binding) withoutSchema(status int) answer {
	switch name, media := b.answerMedia(status); {
	case media == nil:
		return b.documented(status, "")
	case isJSON(name):
		return b.documented(status, "{}")
	}
	return b.documented(status, "text")
}

// fixture is a response with a name.
type fixture struct{ name, body string }

// bodies returns the fixtures of a status, or, without fixtures, samples of its schema.
func (b *binding) bodies(status int) ([]fixture, error) {
	var out []fixture
	if b.fixtures != nil {
		files, err := fs.Glob(b.fixtures, path.Join(b.id, strconv.Itoa(status)+"*.json"))
		if err != nil {
			return nil, err
		}
		slices.Sort(files)
		for _, file := range files {
			text, err := fs.ReadFile(b.fixtures, file)
			if err != nil {
				return nil, err
			}
			out = append(out, fixture{file, string(text)})
		}
		if len(out) == 0 && !b.partly {
			return nil, fmt.Errorf("status %d has no fixture; write fixtures/%s/%d.json%s", status, b.id, status,
				lineOf(b.response(status).Value.Origin))
		}
	}
	s := b.answerSchema(status)
	if s == nil {
		return append(out, fixture{"an answer without a schema", b.withoutSchema(status).body}), nil
	}
	out = append(out, fixture{fmt.Sprintf("%d, full", status), jsonText(sample.Received(s, sample.Full(s)))})
	for _, w := range sample.Variants(s) {
		out = append(out, fixture{fmt.Sprintf("%d, another choice", status), jsonText(sample.Received(s, w))})
	}
	return out, nil
}

// answerSchema returns the schema of a status's JSON, or nil if it has no content.
func (b *binding) answerSchema(status int) *openapi3.Schema {
	name, media := b.answerMedia(status)
	if media == nil || media.Schema == nil || !isJSON(name) {
		return nil
	}
	return media.Schema.Value
}

// answerMedia returns the media type of a response, JSON first, or nil if it has no content.
func (b *binding) answerMedia(status int) (name string, media *openapi3.MediaType) {
	ref := b.response(status)
	if ref == nil || b.method == http.MethodHead {
		return "", nil
	}
	name = sentAs(ref.Value.Content)
	return name, ref.Value.Content[name]
}

// documented returns a response with a body, in the media type that the spec documents.
func (b *binding) documented(status int, body string) answer {
	name, media := b.answerMedia(status)
	if media == nil || name == "*/*" || name == "application/*" {
		name = "application/json"
	}
	header := http.Header{}
	if body != "" {
		header.Set("Content-Type", strings.ReplaceAll(name, "/*", "/plain"))
	}
	if ref := b.response(status); ref != nil {
		for name, h := range ref.Value.Headers {
			if h.Value.Required && h.Value.Schema != nil && header.Get(name) == "" {
				header.Set(name, fmt.Sprint(sample.Full(h.Value.Schema.Value)))
			}
		}
	}
	return answer{status, body, header}
}
