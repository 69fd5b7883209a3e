package judge

import (
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/getkin/kin-openapi/openapi3"
)

// From OpenAPI 3.1 on a schema is one of JSON Schema 2020-12, and kin-openapi asks another library about it, which gets the
// schema as a text of its own: a $ref in it leads nowhere, and it then silently falls back to what 3.0 had. It does not know
// either that a request has no readOnly values. So it is asked about copies that hold all they refer to.

// copies keeps the copies of a document's schemas, one for requests and one for answers.
type copies struct {
	sync.Mutex
	have map[direction]*openapi3.Schema
}

type direction struct {
	of      *openapi3.Schema
	request bool
}

func (c *copies) of(s *openapi3.Schema, request bool) *openapi3.Schema {
	c.Lock()
	defer c.Unlock()
	key := direction{s, request}
	if c.have[key] == nil {
		if c.have == nil {
			c.have = map[direction]*openapi3.Schema{}
		}
		c.have[key] = (&copying{request: request}).schema(s)
	}
	return c.have[key]
}

// copying makes one copy. above holds the schemas around the one that is copied: where one of them comes again, the copy has
// any value, since [finding.value] asks about it anew.
type copying struct {
	request bool
	above   []*openapi3.Schema
}

func (c *copying) schema(s *openapi3.Schema) *openapi3.Schema {
	if slices.Contains(c.above, s) {
		return &openapi3.Schema{}
	}
	c.above = append(c.above, s)
	defer func() { c.above = c.above[:len(c.above)-1] }()
	out := *s
	out.Extensions, out.Discriminator, out.Example, out.Examples, out.Default = nil, nil, nil, nil, nil
	out.SchemaID, out.Anchor = "", "" // what they are for is inside already
	for _, list := range []*openapi3.SchemaRefs{&out.OneOf, &out.AnyOf, &out.AllOf, &out.PrefixItems} {
		*list = slices.Clone(*list)
		for i := range *list {
			(*list)[i] = c.ref((*list)[i])
		}
	}
	for _, one := range []**openapi3.SchemaRef{&out.Not, &out.Items, &out.Contains, &out.PropertyNames, &out.If, &out.Then, &out.Else,
		&out.ContentSchema, &out.AdditionalProperties.Schema, &out.UnevaluatedItems.Schema, &out.UnevaluatedProperties.Schema} {
		*one = c.ref(*one)
	}
	for _, named := range []*openapi3.Schemas{&out.Properties, &out.PatternProperties, &out.DependentSchemas, &out.Defs} {
		*named = c.named(*named)
	}
	out.Required = slices.DeleteFunc(slices.Clone(s.Required), func(name string) bool {
		ref := s.Properties[name]
		return ref != nil && ref.Value != nil && c.absent(ref.Value)
	})
	for name, ref := range out.Properties {
		if original := s.Properties[name].Value; original != nil && c.absent(original) {
			ref.Value = &openapi3.Schema{Always: new(bool)}
		}
	}
	return &out
}

// absent says that a value does not travel this way.
func (c *copying) absent(s *openapi3.Schema) bool {
	return s.ReadOnly && c.request || s.WriteOnly && !c.request
}

func (c *copying) named(from openapi3.Schemas) openapi3.Schemas {
	if from == nil {
		return nil
	}
	out := openapi3.Schemas{}
	for name, ref := range from {
		out[name] = c.ref(ref)
	}
	return out
}

func (c *copying) ref(from *openapi3.SchemaRef) *openapi3.SchemaRef {
	if from == nil || from.Value == nil {
		return from
	}
	return &openapi3.SchemaRef{Value: c.schema(from.Value)}
}

// fits asks kin-openapi whether a schema takes a value.
func (f *finding) fits(value any, s *openapi3.Schema) error {
	if f.later {
		return f.copies.of(s, f.status == 0).VisitJSON(value, openapi3.EnableJSONSchema2020())
	}
	return s.VisitJSON(value, f.way())
}

// way says in which direction a value travels.
func (f *finding) way() openapi3.SchemaValidationOption {
	if f.status == 0 {
		return openapi3.VisitAsRequest()
	}
	return openapi3.VisitAsResponse()
}

// schema takes down what kin-openapi finds in a value. Of a later document its words are those of 3.0 where there are some,
// since they have the place in the document.
func (f *finding) schema(where string, value any, s *openapi3.Schema) {
	var later error
	if f.later {
		if later = f.fits(value, s); later == nil {
			return
		}
	}
	before := len(f.list)
	f.kinLeaf(where, f.atOperation(), s.VisitJSON(value, f.way(), openapi3.MultiErrors()), "")
	if len(f.list) == before {
		f.kinLeaf(where, f.atOperation(), later, "")
	}
}

// deepest fault of JSON Schema 2020-12: its place and its words.
var laterFault = regexp.MustCompile(`at '([^']*)': ([^\n]+)$`)

// laterWords are those of the library for JSON Schema 2020-12, without what is around them.
func laterWords(reason string) (path, text string) {
	lines := strings.Split(strings.TrimSpace(reason), "\n")
	if found := laterFault.FindStringSubmatch(lines[len(lines)-1]); found != nil {
		return found[1], found[2]
	}
	return "", lines[0]
}
