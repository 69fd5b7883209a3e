package conformance

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/highlevel-go/snapshots/api/rest"
	"github.com/highlevel-go/snapshots/conformance/coverage"
)

// binding is one operation of the spec and the Go method that calls it.
type binding struct {
	*suite
	id           string
	method, path string
	op           *openapi3.Operation
	rest         *rest.Operation
	params       []*openapi3.Parameter
	body         *openapi3.Schema // nil when there is none
	media        string           // of the body

	name       string // Go method for one request
	request    reflect.Type
	fields     map[string][]int // request field of "query limit", "body /snapshot_id", "body"
	pagination *pagination
}

// newBinding looks the method up by the descriptor's name, and the fields of its request by the names of the spec.
func (s *suite) newBinding(client any, item *openapi3.PathItem, op *openapi3.Operation, o *rest.Operation) (*binding, error) {
	b := &binding{suite: s, id: op.OperationID, op: op, rest: o, params: parameters(item, op), fields: map[string][]int{}}
	var err error
	if b.pagination, err = readPagination(op); err != nil {
		return nil, err
	}
	b.name = o.Name
	if b.pagination != nil {
		b.name += "Page"
	}
	method := reflect.ValueOf(client).MethodByName(b.name)
	if !method.IsValid() {
		return nil, fmt.Errorf("%T has no method %s", client, b.name)
	}
	if goName, ok := op.Extensions["x-go-name"].(string); ok && goName != o.Name {
		return nil, fmt.Errorf("is named %s in the spec, %s in its descriptor", goName, o.Name)
	}
	kind := method.Type()
	if kind.NumIn() < 2 || kind.In(1).Kind() != reflect.Struct || kind.NumOut() < 1 {
		return nil, fmt.Errorf("method %s is not func(context.Context, Request, …) (*Result, error)", b.name)
	}
	b.request = kind.In(1)
	return b, b.bindFields()
}

// parameters returns the parameters of an operation, each with a schema; that of a parameter written as a document is in its
// content.
func parameters(item *openapi3.PathItem, op *openapi3.Operation) []*openapi3.Parameter {
	out := slices.Clone(coverage.Parameters(item, op))
	for i, p := range out {
		for _, media := range p.Content {
			own := *p
			own.Schema = media.Schema
			out[i] = &own
		}
	}
	return out
}

func (b *binding) bindFields() error {
	free := map[string]bool{}
	for i := range b.request.NumField() {
		free[b.request.Field(i).Name] = true
	}
	find := func(key, wire string, extensions map[string]any) error {
		place, _, _ := strings.Cut(key, " ")
		field, ok := fieldFor(b.request, place, wire, extensions)
		if ok && !free[field.Name] { // two places have the name, and the second is named for its own
			field, ok = fieldFor(b.request, "", place+wire, extensions)
		}
		if !ok {
			return fmt.Errorf("%s has no field in %s", key, b.request)
		}
		b.fields[key] = field.Index
		delete(free, field.Name)
		return nil
	}
	var faults []error
	for _, p := range b.params {
		if p.Extensions["x-from-client"] != "always" {
			faults = append(faults, find(p.In+" "+p.Name, p.Name, p.Extensions))
		}
	}
	if b.op.RequestBody != nil {
		if err := b.bindBody(find); err != nil {
			return errors.Join(append(faults, err)...)
		}
	}
	for name := range free {
		faults = append(faults, fmt.Errorf("field %s of %s is nothing of the spec", name, b.request))
	}
	return errors.Join(faults...)
}

func (b *binding) bindBody(find func(key, wire string, extensions map[string]any) error) error {
	content := b.op.RequestBody.Value.Content
	b.media = sentAs(content)
	media := content[b.media]
	if media == nil || media.Schema == nil {
		return fmt.Errorf("the suite needs a schema for the request body, and %s has none", b.media)
	}
	b.body = merged(media.Schema.Value)
	more := b.body.AdditionalProperties
	if isForm(b.media) && (len(b.body.Properties) == 0 || len(b.body.OneOf)+len(b.body.AnyOf) > 0 || more.Schema != nil || more.Has != nil && *more.Has) {
		return fmt.Errorf("the suite knows forms whose fields are all named, and %s may have others", b.media)
	}
	_, whole := b.request.FieldByName("Body")
	for name := range b.body.Properties {
		whole = whole && bare(name) != "body"
	}
	if whole || len(b.body.Properties) == 0 {
		return find("body", "Body", nil)
	}
	var faults []error
	for name, ref := range b.body.Properties {
		if ref.Value.ReadOnly {
			continue // only answers have it
		}
		faults = append(faults, find("body /"+name, name, extensions(ref)))
	}
	return errors.Join(faults...)
}

// call calls the method; result is nil if it returns none.
func (b *binding) call(ctx context.Context, client any, request reflect.Value, opts ...rest.CallOption) (result any, err error) {
	arguments := []reflect.Value{reflect.ValueOf(ctx), request}
	for _, opt := range opts {
		arguments = append(arguments, reflect.ValueOf(opt))
	}
	out := reflect.ValueOf(client).MethodByName(b.name).Call(arguments)
	err, _ = out[len(out)-1].Interface().(error)
	if len(out) == 2 && !out[0].IsNil() {
		result = out[0].Interface()
	}
	return result, err
}

// named returns the statuses of the spec, in order, and the classes of statuses and default as they are written.
func (b *binding) named() (statuses []int, classes []string) {
	for text := range b.op.Responses.Map() {
		if n, err := strconv.Atoi(text); err == nil {
			statuses = append(statuses, n)
		} else {
			classes = append(classes, strings.ToUpper(text))
		}
	}
	slices.Sort(statuses)
	slices.Sort(classes)
	return statuses, classes
}

// statuses returns those of the spec, in order, with one for each class and for default.
func (b *binding) statuses() []int {
	out, classes := b.named()
	for _, class := range classes { // 2XX before default, whose status depends on those
		first := int(class[0]-'0') * 100
		if class == "DEFAULT" {
			first = http.StatusOK
			if slices.ContainsFunc(out, isSuccess) {
				first = http.StatusInternalServerError
			}
		}
		for slices.Contains(out, first) {
			first++
		}
		out = append(out, first)
	}
	slices.Sort(out)
	return out
}

// security returns the credentials that the operation requires.
func (b *binding) security() openapi3.SecurityRequirements { return coverage.Requirements(b.doc, b.op) }

// response returns the response that the spec has for a status, or nil.
func (b *binding) response(status int) *openapi3.ResponseRef {
	_, ref := coverage.Response(b.op, status)
	return ref
}

func isSuccess(status int) bool { return status >= 200 && status <= 299 }

// success returns the documented success status.
func (b *binding) success() int {
	statuses := b.statuses()
	if i := slices.IndexFunc(statuses, isSuccess); i >= 0 {
		return statuses[i]
	}
	return http.StatusOK
}

// lineOf returns ", line 52", or "" if lines are not known.
func lineOf(o *openapi3.Origin) string {
	if n := lineNumber(o); n > 0 {
		return ", line " + strconv.Itoa(n) + " of the spec"
	}
	return ""
}

func lineNumber(o *openapi3.Origin) int {
	if o == nil || o.Key == nil {
		return 0
	}
	return o.Key.Line
}
