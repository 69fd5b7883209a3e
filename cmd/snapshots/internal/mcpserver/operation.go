package mcpserver

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"reflect"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/google/jsonschema-go/jsonschema"

	"github.com/highlevel-go/snapshots/api/rest"
)

// operation is an operation of a section as tools use it.
type operation struct {
	*rest.Operation
	description string
	arguments   []argument
	input       *jsonschema.Schema
	output      *jsonschema.Schema
	pages       pages
	method      reflect.Value // of the client: func(context.Context, Request, ...rest.CallOption) (*Answer, error)
}

// newOperation combines what the document, the descriptor and the client define for an operation.
func newOperation(s *section, descriptor *rest.Operation) (*operation, error) {
	path := s.model.Paths.Value(descriptor.Path)
	if path == nil || path.GetOperation(descriptor.Method) == nil {
		return nil, fmt.Errorf("the document of %s has no %s %s", s.name, descriptor.Method, descriptor.Path)
	}
	documented := path.GetOperation(descriptor.Method)
	op := &operation{Operation: descriptor, description: documented.Description}
	client := reflect.ValueOf(s.client)
	op.method = client.MethodByName(descriptor.Name + "Page") // a paginated operation is called page by page
	if !op.method.IsValid() {
		op.method = client.MethodByName(descriptor.Name)
	}
	if !op.method.IsValid() || op.method.Type().NumIn() != 3 || op.method.Type().NumOut() != 2 {
		return nil, fmt.Errorf("the client has no method %s", descriptor.Name)
	}
	answer, err := successSchema(documented)
	if err != nil {
		return nil, err
	}
	op.output = outputSchema(answer)
	if op.arguments, err = argumentsOf(documented, path.Parameters, op.method.Type().In(1)); err != nil {
		return nil, err
	}
	op.page(documented, s.cursor)
	op.input, err = objectOf(op.arguments)
	return op, err
}

// successSchema returns the schema of a successful response.
func successSchema(op *openapi3.Operation) (*openapi3.SchemaRef, error) {
	for _, status := range []int{http.StatusOK, http.StatusCreated, http.StatusAccepted} {
		if r := op.Responses.Status(status); r != nil && r.Value.Content["application/json"] != nil {
			return r.Value.Content["application/json"].Schema, nil
		}
	}
	return nil, errors.New("it has no answer in JSON")
}

// call sends the request that the arguments describe.
func (op *operation) call(ctx context.Context, given arguments, options ...rest.CallOption) (any, error) {
	request := reflect.New(op.method.Type().In(1)).Elem()
	if err := given.fill(request, op.arguments); err != nil {
		return nil, &argumentError{err}
	}
	in := []reflect.Value{reflect.ValueOf(ctx), request}
	for _, option := range options {
		in = append(in, reflect.ValueOf(option))
	}
	out := op.method.Call(in)
	if err, failed := out[1].Interface().(error); failed {
		return nil, err
	}
	return out[0].Interface(), nil
}

// argumentError is the error of a call with unusable arguments. Nothing was sent.
type argumentError struct{ error }

func (e *argumentError) Unwrap() error       { return e.error }
func (e *argumentError) Effect() rest.Effect { return rest.EffectNone }

func (op *operation) reads() bool {
	return op.Method == http.MethodGet || op.Method == http.MethodHead
}
