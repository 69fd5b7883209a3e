package main

import (
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
)

// words says in a line what the judge found. Its own errors go on with the whole schema and the whole value. They are
// taken apart from the outside inwards, one type at a time, since a list of errors claims to be each error in it.
func words(err error) string {
	switch e := err.(type) {
	case nil:
		return "it does not fit"
	case openapi3.MultiError:
		return join(e)
	case *openapi3filter.SecurityRequirementsError:
		return join(e.Errors)
	case *openapi3filter.RequestError:
		where := "the request"
		switch {
		case e.Parameter != nil:
			where = e.Parameter.In + " parameter " + e.Parameter.Name
		case e.RequestBody != nil:
			where = "the body"
		}
		return where + ": " + because(e.Reason, e.Err)
	case *openapi3filter.ResponseError:
		return because(e.Reason, e.Err)
	case *openapi3.SchemaError:
		if pointer := e.JSONPointer(); len(pointer) > 0 {
			return "/" + strings.Join(pointer, "/") + ": " + e.Reason
		}
		return e.Reason
	}
	line, _, _ := strings.Cut(err.Error(), "\n")
	return line
}

// because tells the cause of a fault, or its kind where there is no cause.
func because(kind string, cause error) string {
	if cause == nil {
		return kind
	}
	return words(cause)
}

func join(errs []error) string {
	each := make([]string, len(errs))
	for i, err := range errs {
		each[i] = words(err)
	}
	return strings.Join(each, "; ")
}
