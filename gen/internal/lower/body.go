package lower

import (
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/highlevel-go/snapshots/gen/internal/prose"
)

func isJSON(media string) bool {
	media, _, _ = strings.Cut(strings.ToLower(media), ";")
	media = strings.TrimSpace(media)
	return media == "application/json" || media == "text/json" || strings.HasSuffix(media, "+json") || media == "*/*" || media == "application/*"
}

// JSONMedia is the media type of a JSON body that has one of its own, as application/merge-patch+json; "" for the usual.
func JSONMedia(media string) string {
	base, _, _ := strings.Cut(media, ";")
	if base = strings.TrimSpace(base); strings.EqualFold(base, "application/json") || strings.Contains(base, "*") {
		return ""
	}
	return media
}

// body takes the media type that Go speaks best: JSON, then forms, then whatever comes first.
func (l *lowering) body(op *Operation) *Body {
	ref := op.Spec.RequestBody
	if ref == nil || ref.Value == nil || len(ref.Value.Content) == 0 {
		return nil
	}
	at := op.At.At("requestBody")
	if ref.Ref != "" {
		if target, err := l.Resolve(at.File, ref.Ref); err == nil {
			at = target
		}
	}
	at = at.At("content")
	order := inOrder(ref.Value.Content, l.Keys(at))
	kinds := make([]BodyKind, len(order))
	for i, media := range order {
		kinds[i] = kindOf(media)
	}
	for _, want := range []BodyKind{BodyJSON, BodyForm, BodyMultipart, BodyText, BodyBytes} {
		if i := slices.Index(kinds, want); i >= 0 {
			media := order[i]
			content := ref.Value.Content[media]
			b := &Body{Kind: want, Media: media, Required: ref.Value.Required, schema: node{content.Schema, at.At(media, "schema")}}
			if strings.Contains(media, "*") {
				b.Media = "application/octet-stream"
			}
			if content.Schema == nil {
				b.schema.ref = &openapi3.SchemaRef{Value: &openapi3.Schema{}}
			}
			b.Fields = want != BodyText && want != BodyBytes && l.flat(b.schema)
			if !b.Fields && (want == BodyForm || want == BodyMultipart) {
				b.Open = true
				if sh := l.shape(l.core(b.schema)); sh != ShapeAny && sh != ShapeMap && sh != ShapeObject {
					l.Add(at.At(media), "a body of %s is %s, but a form has named fields", media, prose.Article(string(sh)))
				}
			}
			return b
		}
	}
	return nil
}

func kindOf(media string) BodyKind {
	base, _, _ := strings.Cut(strings.ToLower(media), ";")
	switch {
	case isJSON(media):
		return BodyJSON
	case base == "application/x-www-form-urlencoded":
		return BodyForm
	case base == "multipart/form-data":
		return BodyMultipart
	case strings.HasPrefix(base, "text/"):
		return BodyText
	}
	return BodyBytes
}

// flat says that a body is an object of which every part is known, so that its properties can be fields of the request.
func (l *lowering) flat(n node) bool {
	n = l.core(n)
	if l.shape(n) != ShapeObject {
		return false
	}
	objects, choices := l.parts(n)
	for _, o := range objects {
		if additional(o.schema()) {
			return false
		}
	}
	return len(choices) == 0
}
