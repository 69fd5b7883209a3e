package main

import (
	"fmt"
	"net/url"
	"path/filepath"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
)

// spec is a document that was read: the model, and the sources that know its lines.
type spec struct {
	file string
	doc  *openapi3.T
	ss   *sources
}

// load reads a document with everything it refers to. It does not ask whether the examples fit their schemas or the security
// schemes are tidy: a client does not depend on them, and published documents often fail there.
func load(file string) (*spec, error) {
	file = filepath.Clean(file)
	ss := &sources{}
	root, err := ss.read(file)
	if err != nil {
		return nil, err
	}
	switch _, version := child(root, "openapi"); {
	case version == nil:
		if _, v := child(root, "swagger"); v != nil {
			return nil, ss.faultf(place{file, "/swagger"}, "this is Swagger %s; an OpenAPI 3 document is needed", oneLine(v.Value))
		}
		return nil, ss.faultf(place{file, ""}, "not an OpenAPI document: it has no openapi version")
	case !strings.HasPrefix(version.Value, "3."):
		return nil, ss.faultf(place{file, "/openapi"}, "OpenAPI version %q is not one of 3.x", version.Value)
	}
	if err := ss.survey(file); err != nil {
		return nil, err
	}
	loader := openapi3.NewLoader()
	loader.IsExternalRefsAllowed = true
	loader.ReadFromURIFunc = func(_ *openapi3.Loader, u *url.URL) ([]byte, error) {
		if u.Scheme != "" || u.Host != "" {
			return nil, fmt.Errorf("%s is on the network; only local files are read", u)
		}
		return readSpec(filepath.FromSlash(u.Path))
	}
	doc, err := loader.LoadFromFile(file)
	if err != nil {
		return nil, &fault{file: file, text: "not an OpenAPI document: " + oneLine(err.Error())}
	}
	return &spec{file: file, doc: doc, ss: ss}, nil
}
