package judge

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net/http"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"
)

// options ask kin-openapi for everything it can find, and for changing nothing.
func options(body bool) *openapi3filter.Options {
	return &openapi3filter.Options{
		MultiError:            true,
		IncludeResponseStatus: true,
		SkipSettingDefaults:   true,
		AuthenticationFunc:    authenticate,
		ExcludeRequestBody:    !body,
	}
}

// input copies a request, because kin-openapi reads its body.
func (j *Judge) input(f *finding, r *http.Request, body []byte, values map[string]string, withBody bool) *openapi3filter.RequestValidationInput {
	twin := r.Clone(r.Context())
	twin.Body, twin.GetBody, twin.ContentLength = http.NoBody, nil, 0
	if len(body) > 0 {
		twin.Body, twin.ContentLength = io.NopCloser(bytes.NewReader(body)), int64(len(body))
	}
	return &openapi3filter.RequestValidationInput{
		Request: twin, PathParams: values, QueryParams: twin.URL.Query(), Options: options(withBody),
		Route: &routers.Route{Spec: j.doc, Path: f.route.template, PathItem: f.route.item, Method: f.route.method, Operation: f.route.op},
	}
}

func (j *Judge) kinRequest(f *finding, r *http.Request, body []byte, values map[string]string, withBody bool) {
	f.kin("", openapi3filter.ValidateRequest(r.Context(), j.input(f, r, body, values, withBody)))
}

func (j *Judge) kinResponse(f *finding, r *http.Request, resp *http.Response, body []byte, values map[string]string) {
	in := &openapi3filter.ResponseValidationInput{
		RequestValidationInput: j.input(f, r, nil, values, false),
		Status:                 resp.StatusCode, Header: resp.Header, Options: options(true),
	}
	in.SetBodyBytes(body)
	f.kin("body", openapi3filter.ValidateResponse(r.Context(), in))
	switch resp.StatusCode {
	case http.StatusMovedPermanently, http.StatusNotModified, http.StatusTemporaryRedirect, http.StatusPermanentRedirect:
		f.redirect(resp, body) // kin-openapi does not look at these
	}
}

// redirect holds the body of an answer that kin-openapi passes over against its schema.
func (f *finding) redirect(resp *http.Response, body []byte) {
	kind, _, _ := mime.ParseMediaType(resp.Header.Get("Content-Type"))
	media := answerOf(f.route.op, resp.StatusCode).Content.Get(kind)
	if !isJSON(kind) || media == nil || media.Schema == nil {
		return
	}
	var value any
	if json.Unmarshal(body, &value) == nil {
		f.kin("body", media.Schema.Value.VisitJSON(value, openapi3.MultiErrors(), openapi3.VisitAsResponse()))
	}
}

// kin turns kin-openapi's errors into violations, one for each leaf.
func (f *finding) kin(where string, err error) {
	switch e := err.(type) {
	case nil:
	case openapi3.MultiError:
		for _, one := range e {
			f.kin(where, one)
		}
	case *openapi3filter.SecurityRequirementsError:
		f.add(Credentials, f.atOperation(), "credentials", "%s", joined(e.Errors))
	case *openapi3filter.RequestError:
		pos := f.atOperation()
		switch {
		case e.Parameter != nil:
			where, pos = e.Parameter.In+" "+e.Parameter.Name, f.at(e.Parameter.Origin)
		case e.RequestBody != nil:
			where, pos = "body", f.at(e.RequestBody.Origin)
		}
		f.kinLeaf(where, pos, e.Err, e.Reason)
	case *openapi3filter.ResponseError:
		f.kinLeaf(where, f.atOperation(), e.Err, e.Reason)
	default:
		f.kinLeaf(where, f.atOperation(), err, "")
	}
}

func (f *finding) kinLeaf(where, pos string, err error, reason string) {
	switch e := err.(type) {
	case nil:
		f.put(Violation{Rule: Schema, Pos: pos, Where: where, Text: reason})
	case openapi3.MultiError:
		for _, one := range e {
			f.kinLeaf(where, pos, one, reason)
		}
	case *openapi3.SchemaError:
		f.schemaFault(where, pos, e)
	default:
		if errors.Is(err, openapi3filter.ErrInvalidRequired) {
			f.put(Violation{Rule: Schema, Keyword: "required", Pos: pos, Where: where, Text: "is required"})
			return
		}
		f.put(Violation{Rule: Schema, Pos: pos, Where: where, Text: trim(reason, err)})
	}
}

// kinBelow is kinLeaf for a value inside the body, whose place is at.
func (f *finding) kinBelow(at string, err error) {
	below := &finding{route: f.route, status: f.status, off: f.off, file: f.file}
	below.kinLeaf("", f.atOperation(), err, "")
	for _, v := range below.list {
		v.Where = "body " + at + strings.TrimPrefix(v.Where, " ")
		f.put(v)
	}
}

// schemaFault takes down one fault. That a part of a composition does not fit says less than why; the part's own faults
// have the whole path.
func (f *finding) schemaFault(where, pos string, e *openapi3.SchemaError) {
	var many openapi3.MultiError
	if e.SchemaField == "allOf" && errors.As(e.Origin, &many) && len(many) > 0 {
		for _, one := range many {
			f.kinLeaf(where, pos, one, "")
		}
		return
	}
	if e.Schema != nil {
		if p := f.at(e.Schema.Origin); p != "" {
			pos = p
		}
	}
	if path := e.JSONPointer(); len(path) > 0 {
		where += " "
		for _, step := range path {
			where += "/" + escapePointer(step)
		}
	}
	text, _, _ := strings.Cut(e.Reason, "\n")
	f.put(Violation{Rule: Schema, Keyword: e.SchemaField, Pos: pos, Where: where, Text: text})
}

func trim(reason string, err error) string {
	text, _, _ := strings.Cut(err.Error(), "\n")
	if reason != "" && reason != text {
		text = reason + ": " + text
	}
	return text
}

func joined(errs []error) string {
	texts := make([]string, len(errs))
	for i, err := range errs {
		text := err.Error()
		// kin-openapi puts its own words in front; the last part says what is missing.
		texts[i] = strings.TrimPrefix(text, "security requirements failed: ")
	}
	return strings.Join(texts, "; or ")
}
