package main

import (
	"strings"

	"go.yaml.in/yaml/v3"
)

// survey walks the nodes of the document before anything else reads them, because only here is the line of every fault
// known: references that lead nowhere, values of the wrong kind, and extensions that are misspelled or say something
// unknown. It follows references, so it sees just what the client is made of, and the components beside it.
type survey struct {
	ss     *sources
	seen   map[*yaml.Node]bool
	faults []error
}

// maxFaults is how many are reported at once.
const maxFaults = 20

func (ss *sources) survey(file string) error {
	s := &survey{ss: ss, seen: map[*yaml.Node]bool{}}
	s.walk(aDocument, place{file, ""})
	if n := len(s.faults) - maxFaults; n > 0 {
		s.faults = append(s.faults[:maxFaults], &fault{file: file, text: "and " + itoa(n) + " more"})
	}
	return join(s.faults)
}

func (s *survey) fault(at place, format string, args ...any) {
	s.faults = append(s.faults, s.ss.faultf(at, format, args...))
}

func (s *survey) walk(k kind, at place) {
	node := s.ss.find(at)
	if node == nil || s.seen[node] {
		return
	}
	s.seen[node] = true
	if node.Kind != yaml.MappingNode {
		if k != aSchema || node.Tag != "!!bool" {
			s.fault(at, "the %s is not a mapping", k)
		}
		return
	}
	if _, ref := child(node, "$ref"); ref != nil && ref.Kind == yaml.ScalarNode && k != aDocument && k != aComponents {
		s.follow(k, at, ref.Value)
	}
	for i := 0; i+1 < len(node.Content); i += 2 {
		key, value := node.Content[i].Value, deref(node.Content[i+1])
		if isExtension(key) {
			s.extension(k, at, key, value, node)
			continue
		}
		s.step(k, at.at(key), key, value)
	}
}

func (s *survey) follow(k kind, at place, ref string) {
	target, err := s.ss.resolve(at.file, ref)
	if err != nil {
		s.fault(at.at("$ref"), "%v", err)
		return
	}
	if s.ss.find(target) == nil {
		s.fault(at.at("$ref"), "$ref %q points at nothing", ref)
		return
	}
	s.walk(k, target)
}

func (s *survey) extension(k kind, at place, key string, value, holder *yaml.Node) {
	ext, ours := extensions[key]
	if !ours {
		near := nearest(key)
		switch {
		case near != "" && near != key:
			s.fault(at.at(key), "unknown extension %q; did you mean %s?", key, near)
		case strings.HasPrefix(key, "x-go-"):
			s.fault(at.at(key), "unknown extension %q; those for Go are x-go-name and x-go-type", key)
		}
		return
	}
	if !ext.ofKind(k) {
		s.fault(at.at(key), "%s does not belong on %s, but on %s", key, article(string(k)), ext.places())
		return
	}
	if text := ext.wrong(value, holder); text != "" {
		if value.Kind == yaml.ScalarNode {
			s.fault(at.at(key), "%s %q %s", key, value.Value, text)
		} else {
			s.fault(at.at(key), "%s %s", key, text)
		}
	}
}

// step goes to the children of a node that the client is made of. What stands in examples, defaults and foreign extensions
// is data, and its keys mean nothing here.
func (s *survey) step(k kind, at place, key string, value *yaml.Node) {
	switch k {
	case aDocument:
		switch key {
		case "paths":
			s.each(aPath, at, value)
		case "components":
			s.walk(aComponents, at)
		}
	case aComponents:
		kinds := map[string]kind{"schemas": aSchema, "parameters": aParameter, "responses": aResponse, "requestBodies": aBody, "headers": aHeader}
		if child, ok := kinds[key]; ok {
			s.each(child, at, value)
		}
	case aPath:
		switch key {
		case "get", "put", "post", "delete", "options", "head", "patch", "trace":
			s.walk(anOperation, at)
		case "parameters":
			s.items(aParameter, at, value)
		}
	case anOperation:
		switch key {
		case "parameters":
			s.items(aParameter, at, value)
		case "requestBody":
			s.walk(aBody, at)
		case "responses":
			s.each(aResponse, at, value)
		}
	case aParameter, aHeader, aMedia, aBody, aResponse:
		switch key {
		case "schema":
			s.walk(aSchema, at)
		case "content":
			s.each(aMedia, at, value)
		case "headers":
			s.each(aHeader, at, value)
		}
	case aSchema:
		s.schema(at, key, value)
	}
}

func (s *survey) schema(at place, key string, value *yaml.Node) {
	switch key {
	case "properties":
		s.each(aSchema, at, value)
	case "items", "not":
		s.walk(aSchema, at)
	case "additionalProperties":
		if value.Kind == yaml.MappingNode {
			s.walk(aSchema, at)
		}
	case "allOf", "anyOf", "oneOf":
		s.items(aSchema, at, value)
	case "required":
		if value.Kind != yaml.SequenceNode {
			s.fault(at, "required of a schema is a list of property names, not %q", value.Value)
		}
	case "enum":
		if value.Kind != yaml.SequenceNode {
			s.fault(at, "enum is not a list of values")
		}
	case "type":
		s.schemaType(at, value)
	}
}

func (s *survey) schemaType(at place, value *yaml.Node) {
	nodes := []*yaml.Node{value}
	if value.Kind == yaml.SequenceNode {
		nodes = value.Content
	}
	for _, n := range nodes {
		switch n.Value {
		case "string", "integer", "number", "boolean", "array", "object", "null":
		default:
			s.fault(at, "unknown type %q: a schema is a string, integer, number, boolean, array or object", n.Value)
		}
	}
}

// each walks the values of a mapping whose keys are names (of properties, paths, components), and so no extensions of the
// document; only under paths are x- keys ours to skip.
func (s *survey) each(k kind, at place, value *yaml.Node) {
	if value.Kind != yaml.MappingNode {
		if value.Tag != "!!null" {
			s.fault(at, "not a mapping")
		}
		return
	}
	for i := 0; i+1 < len(value.Content); i += 2 {
		name := value.Content[i].Value
		if isExtension(name) && (k == aPath || k == aResponse) {
			continue
		}
		s.walk(k, at.at(name))
	}
}

func (s *survey) items(k kind, at place, value *yaml.Node) {
	if value.Kind != yaml.SequenceNode {
		s.fault(at, "not a list")
		return
	}
	for i := range value.Content {
		s.walk(k, at.index(i))
	}
}
