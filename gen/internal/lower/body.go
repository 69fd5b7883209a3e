package lower

import (
	"mime"
	"slices"
	"strings"
	"unicode"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/highlevel-go/snapshots/gen/internal/goname"
	"github.com/highlevel-go/snapshots/gen/internal/prose"
	"github.com/highlevel-go/snapshots/internal/oas"
)

func isJSON(media string) bool {
	return coversJSON(media) || baseMedia(media) == "text/json" || strings.HasSuffix(baseMedia(media), "+json")
}

// coversJSON reports whether a media type or range includes application/json.
func coversJSON(media string) bool {
	return slices.Contains([]string{"application/json", "*/*", "application/*"}, baseMedia(media))
}

// baseMedia returns a media type without its parameters.
func baseMedia(media string) string {
	media, _, _ = strings.Cut(strings.ToLower(media), ";")
	return strings.TrimSpace(media)
}

// JSONMedia returns the media type of a JSON body if it is not application/json, such as application/merge-patch+json;
// otherwise "".
func JSONMedia(media string) string {
	base, _, _ := strings.Cut(media, ";")
	if base = strings.TrimSpace(base); strings.EqualFold(base, "application/json") || strings.Contains(base, "*") {
		return ""
	}
	return media
}

// bodies returns the bodies of an operation, one for each media type: JSON first, then forms, then the others in their
// order.
func (l *lowering) bodies(op *Operation) []*Body {
	ref := op.Spec.RequestBody
	if ref == nil || ref.Value == nil || len(ref.Value.Content) == 0 {
		return nil
	}
	at := l.follow(op.At.At("requestBody"), ref.Ref).At("content")
	var out []*Body
	for _, want := range []BodyKind{BodyJSON, BodyForm, BodyMultipart, BodyText, BodyBytes} {
		for _, media := range inOrder(ref.Value.Content, l.Keys(at)) {
			same := func(b *Body) bool { return baseMedia(b.Media) == baseMedia(media) }
			if l.kindOf(media, ref.Value.Content[media]) == want && (len(out) == 0 || !strings.Contains(media, "*") && !slices.ContainsFunc(out, same)) {
				out = append(out, l.bodyOf(want, media, ref.Value, at.At(media)))
			}
		}
	}
	return out
}

// variant returns a name for a body other than the first of its operation: Form, Multipart, Text, or one derived from its
// media type.
func (b *Body) variant() string {
	switch media := baseMedia(b.Media); {
	case b.Kind == BodyForm:
		return "Form"
	case media == "multipart/form-data":
		return "Multipart"
	case media == "text/plain":
		return "Text"
	default:
		_, name, _ := strings.Cut(media, "/")
		return goname.From(strings.TrimPrefix(name, "x-"))
	}
}

func (l *lowering) bodyOf(kind BodyKind, media string, request *openapi3.RequestBody, at oas.Place) *Body {
	of := request.Content[media]
	b := &Body{Kind: kind, Media: media, Required: request.Required, Source: of, schema: schemaOf(of, at.At("schema")), at: at, encoding: of.Encoding}
	if !isMedia(media) {
		l.Add(at, "%q is not a media type", media)
	}
	if name, params, err := mime.ParseMediaType(media); err == nil && kind == BodyMultipart {
		delete(params, "boundary") // each call has a different one
		b.Media = mime.FormatMediaType(name, params)
	}
	b.Range = kind == BodyBytes && strings.HasPrefix(baseMedia(media), "multipart/") // its boundary is part of the type
	if strings.Contains(media, "*") && kind != BodyJSON {
		usual := map[BodyKind]string{BodyMultipart: "multipart/form-data", BodyText: "text/plain", BodyBytes: "application/octet-stream"}[kind]
		if main, _, _ := strings.Cut(baseMedia(media), "/"); main == "*" || strings.HasPrefix(usual, main+"/") {
			b.Media = usual
		} else {
			b.Range = true
		}
	}
	b.Fields = kind != BodyText && kind != BodyBytes && l.flat(b.schema)
	if null := l.core(b.schema).schema(); kind == BodyJSON && (b.Fields || !b.Required) && l.shape(l.core(b.schema)) != ShapeAny &&
		(mayBeNull(b.schema.schema(), 0) || mayBeNull(null, 0)) {
		l.Note(at, "this body may be null, which the client does not send")
	}
	if !b.Fields && (kind == BodyForm || kind == BodyMultipart) {
		b.Open = true
		if sh := l.shape(l.core(b.schema)); sh != ShapeAny && sh != ShapeMap && sh != ShapeObject {
			l.Add(at, "a body of %s is %s, but a form has named fields", media, prose.Article(string(sh)))
		}
	}
	return b
}

// schemaOf returns the schema of content, or one that accepts anything if the document has none.
func schemaOf(of *openapi3.MediaType, at oas.Place) node {
	if of == nil || of.Schema == nil {
		return node{&openapi3.SchemaRef{Value: &openapi3.Schema{}}, at}
	}
	return node{of.Schema, at}
}

// isMedia reports whether text can be sent as a media type.
func isMedia(text string) bool {
	_, _, err := mime.ParseMediaType(text)
	return err == nil && !strings.ContainsFunc(text, unicode.IsControl)
}

func (l *lowering) kindOf(media string, of *openapi3.MediaType) BodyKind {
	base := baseMedia(media)
	switch {
	case l.isBinary(media, of):
		return BodyBytes
	case isJSON(media):
		return BodyJSON
	case base == "application/x-www-form-urlencoded":
		return BodyForm
	case base == "multipart/form-data", strings.HasPrefix(base, "multipart/") && l.isForm(of):
		return BodyMultipart
	case strings.HasPrefix(base, "text/"):
		return BodyText
	}
	return BodyBytes
}

// isForm reports whether content may be an object, so that each property can be a part.
func (l *lowering) isForm(of *openapi3.MediaType) bool {
	return slices.Contains([]Shape{ShapeAny, ShapeMap, ShapeObject}, l.shape(l.core(schemaOf(of, oas.Place{File: l.File()}))))
}

// isBinary reports whether content of any media type is bytes, because its schema has the format binary. Otherwise it is
// JSON.
func (l *lowering) isBinary(media string, of *openapi3.MediaType) bool {
	s := l.core(schemaOf(of, oas.Place{File: l.File()})).schema()
	return strings.Contains(media, "*") && s != nil && s.Format == "binary"
}

// flat reports whether every property of a body is known, so that they can be fields of the request.
func (l *lowering) flat(n node) bool {
	n = l.core(n)
	if l.shape(n) != ShapeObject {
		return false
	}
	objects, choices := l.parts(n)
	return len(choices) == 0 && !slices.ContainsFunc(objects, func(o node) bool { return additional(o.schema()) })
}
