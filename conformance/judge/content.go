package judge

import (
	"mime"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/getkin/kin-openapi/openapi3"
)

// content judges a body by its media type; false says that its schema cannot be asked.
func (f *finding) content(h http.Header, body []byte, declared openapi3.Content) bool {
	pos := f.atOperation()
	types := h.Values("Content-Type")
	if len(types) == 0 || types[0] == "" {
		f.add(MediaType, pos, "header Content-Type", "is missing; declared: %s", mediaNames(declared))
		return false
	}
	kind, params, err := mime.ParseMediaType(types[0])
	if err != nil {
		f.add(MediaType, pos, "header Content-Type", "%s cannot be read: %v", show(types[0]), err)
		return false
	}
	media := declared.Get(kind)
	if media == nil {
		f.add(MediaType, pos, "header Content-Type", "%s is not declared; declared: %s", show(kind), mediaNames(declared))
		return false
	}
	if charset := params["charset"]; charset != "" && !strings.EqualFold(charset, "utf-8") && isText(kind) {
		f.add(MediaType, pos, "header Content-Type", "names the charset %s; what travels is UTF-8", show(charset))
	}
	var schema *openapi3.Schema
	if media.Schema != nil {
		schema = media.Schema.Value
	}
	switch {
	case isJSON(kind):
		value, ok := f.jsonText(body)
		if ok {
			f.value(schema, "", value, nil)
		}
		return ok
	case kind == "application/x-www-form-urlencoded":
		return f.form(string(body), schema)
	case kind == "multipart/form-data":
		return f.multipart(body, params["boundary"], schema)
	case isText(kind) && !utf8.Valid(body):
		f.add(Unicode, pos, "body", "is not UTF-8")
	}
	return true
}

func isJSON(kind string) bool { return kind == "application/json" || strings.HasSuffix(kind, "+json") }

func isText(kind string) bool {
	return isJSON(kind) || strings.HasPrefix(kind, "text/") || kind == "application/x-www-form-urlencoded"
}

func mediaNames(content openapi3.Content) string {
	var out []string
	for name := range content {
		out = append(out, name)
	}
	sortStrings(out)
	return strings.Join(out, ", ")
}

func sortStrings(list []string) { slices.Sort(list) }

// accept judges whether a documented answer would be acceptable.
func (f *finding) accept(values []string) {
	accepted := strings.TrimSpace(strings.Join(values, ","))
	if accepted == "" || f.route.op.Responses == nil {
		return // everything is
	}
	var offered []string
	for _, ref := range f.route.op.Responses.Map() {
		for kind := range ref.Value.Content {
			if base, _, err := mime.ParseMediaType(kind); err == nil {
				offered = append(offered, base)
			}
		}
	}
	if len(offered) == 0 {
		return
	}
	for part := range strings.SplitSeq(accepted, ",") {
		kind, params, err := mime.ParseMediaType(part)
		if q, isNumber := strconv.ParseFloat(params["q"], 64); err != nil || isNumber == nil && q == 0 {
			continue
		}
		family, isFamily := strings.CutSuffix(kind, "*")
		for _, o := range offered {
			if kind == "*/*" || kind == o || isFamily && strings.HasPrefix(o, family) || strings.HasSuffix(o, "*") {
				return
			}
		}
	}
	f.add(Accept, f.atOperation(), "header Accept", "%s rules out every documented answer", show(accepted))
}

// lengthHeader judges a Content-Length that was written by hand.
func (f *finding) lengthHeader(h http.Header, size int) {
	for _, text := range h.Values("Content-Length") {
		if text != strconv.Itoa(size) {
			f.add(Length, f.atOperation(), "header Content-Length", "says %s, and the body has %d bytes", show(text), size)
		}
	}
}
