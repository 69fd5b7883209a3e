package judge

import (
	"errors"
	"net/http"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"
)

// options ask kin-openapi for everything it can find but bodies, and for changing nothing. Its readers of bodies know few
// media types, and take numbers in forms that JSON does not have; so bodies are read here, and it is asked about values.
func options() *openapi3filter.Options {
	return &openapi3filter.Options{
		MultiError:            true,
		IncludeResponseStatus: true,
		SkipSettingDefaults:   true,
		AuthenticationFunc:    authenticate,
		ExcludeRequestBody:    true,
		ExcludeResponseBody:   true,
	}
}

func (j *Judge) input(f *finding, r *http.Request, values map[string]string) *openapi3filter.RequestValidationInput {
	twin := r.Clone(r.Context())
	twin.Body, twin.GetBody, twin.ContentLength = http.NoBody, nil, 0
	for _, p := range f.route.parameters() {
		if p.In == openapi3.ParameterInHeader && p.Schema != nil && mayBe(p.Schema.Value, "array") {
			closeUp(twin.Header, p.Name)
		}
	}
	return &openapi3filter.RequestValidationInput{
		Request: twin, PathParams: values, QueryParams: twin.URL.Query(), Options: options(),
		Route: &routers.Route{Spec: j.doc, Path: f.route.template, PathItem: f.route.item, Method: f.route.method, Operation: f.route.op},
	}
}

// closeUp takes the space around commas out of a list, which means nothing, and which kin-openapi takes for a part of
// the items.
func closeUp(h http.Header, name string) {
	if len(h.Values(name)) == 0 {
		return
	}
	list := strings.Split(strings.Join(h.Values(name), ","), ",")
	for i := range list {
		list[i] = strings.TrimSpace(list[i])
	}
	h.Set(name, strings.Join(list, ","))
}

func (j *Judge) kinRequest(f *finding, r *http.Request, values map[string]string) {
	f.kin("", openapi3filter.ValidateRequest(r.Context(), j.input(f, r, values)))
}

func (j *Judge) kinResponse(f *finding, r *http.Request, resp *http.Response, declared *openapi3.Response, values map[string]string) {
	header := resp.Header.Clone()
	for name, ref := range declared.Headers {
		if ref.Value.Schema != nil && mayBe(ref.Value.Schema.Value, "array") {
			closeUp(header, name)
		}
	}
	in := &openapi3filter.ResponseValidationInput{
		RequestValidationInput: j.input(f, r, values),
		Status:                 resp.StatusCode, Header: header, Options: options(),
	}
	f.kin("header", openapi3filter.ValidateResponse(r.Context(), in))
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
		case e.Parameter != nil && untyped(e.Parameter) && !errors.Is(e.Err, openapi3filter.ErrInvalidRequired):
			return // it cannot read these, see [finding.untyped]
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
		if reason != "" {
			f.put(Violation{Rule: Schema, Pos: pos, Where: where, Text: reason})
		}
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

// schemaBelow is schema for a value inside the body, whose place is at.
func (f *finding) schemaBelow(at string, value any, s *openapi3.Schema) {
	below := &finding{route: f.route, status: f.status, off: f.off, file: f.file, later: f.later, copies: f.copies}
	below.schema("", value, s)
	for _, v := range below.list {
		v.Where = at + strings.TrimPrefix(v.Where, " ")
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
	if e.SchemaField == "nullable" && e.Schema != nil && anything(e.Schema) {
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
	if e.Schema == nil { // the library for 2020-12 knows none
		var path string
		if path, text = laterWords(e.Reason); path != "" {
			where += " " + path
		}
	}
	f.put(Violation{Rule: Schema, Keyword: e.SchemaField, Pos: pos, Where: where, Text: text})
}

// anything says that a schema speaks of no kind of value. By OpenAPI 3.0.3 null is one that it takes: nullable has a sense
// only beside a type. kin-openapi refuses it, after all else has passed.
func anything(s *openapi3.Schema) bool {
	return s.Type == nil && len(s.Properties) == 0 && s.Items == nil
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
