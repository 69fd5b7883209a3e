package oas

import (
	"regexp"
	"strings"

	"go.yaml.in/yaml/v3"
)

var openAPI3 = regexp.MustCompile(`^3\.[0-2]\.\d+$`)

// CheckVersion checks that the document is OpenAPI 3.
func (d *Documents) CheckVersion() error {
	root := d.Root()
	key, version := Entry(root, "openapi")
	switch {
	case root.Kind != yaml.MappingNode:
		return d.ErrorAt(root, "not an OpenAPI document: the top is not a mapping")
	case version == nil && Child(root, "swagger") != nil:
		return d.ErrorAt(Child(root, "swagger"), "this is Swagger %s; an OpenAPI 3 document is needed", Text(Child(root, "swagger")))
	case version == nil:
		return d.ErrorAt(root, "not an OpenAPI document: it has no openapi version")
	case !openAPI3.MatchString(Text(version)):
		return d.ErrorAt(key, "openapi: %q is not a version of OpenAPI 3, such as 3.0.3", Text(version))
	}
	return nil
}

var placeholder = regexp.MustCompile(`\{([^{}/]+)\}`)

// Check checks what every reader relies on, since the errors of most readers are hard to understand: the version, that
// operations are mappings, that no list contains a parameter twice, and that the path contains each path parameter.
func (d *Documents) Check() error {
	if err := d.CheckVersion(); err != nil {
		return err
	}
	operations, err := d.Operations()
	if err != nil {
		return err
	}
	for _, op := range operations {
		described := map[string]*yaml.Node{}
		for _, holder := range []*yaml.Node{op.Item, op.Node} {
			list := Child(holder, "parameters")
			if list == nil || list.Kind != yaml.SequenceNode {
				continue
			}
			inList := map[string]*yaml.Node{}
			for _, item := range list.Content {
				parameter, err := d.Target(item)
				if err != nil {
					return err
				}
				in, name := Text(Child(parameter, "in")), Text(Child(parameter, "name"))
				key := ParameterKey(in, name)
				if first := inList[key]; first != nil && name != "" {
					return d.ErrorAt(item, "the parameter %s in %s is described twice; line %d has it too", name, in, first.Line)
				}
				if inList[key] = item; in == "path" {
					described[name] = item
				}
			}
		}
		for name, item := range described {
			if !strings.Contains(op.Path.Value, "{"+name+"}") {
				return d.ErrorAt(item, "the parameter %s is in the path, but %s does not name {%s}", name, op.Path.Value, name)
			}
		}
	}
	return nil
}

// ParameterKey returns the same string for equal parameters: those with the same name and location. The case of a header's
// name does not matter.
func ParameterKey(in, name string) string {
	if in == "header" {
		name = strings.ToLower(name)
	}
	return in + "." + name
}
