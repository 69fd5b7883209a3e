package judge

import (
	"slices"
	"strconv"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/highlevel-go/snapshots/conformance/judge/internal/schema"
)

// object reads the values of an object. In the style deepObject the keys lead to nested values: name[key][key].
func (r styled) object(schemas []*openapi3.Schema, values map[string][]string) reading {
	out := reading{}
	object := map[string]any{}
	for name, texts := range values {
		keys := []string{name}
		at := r.where
		if r.parameter.In == openapi3.ParameterInQuery && spread(r.parameter) {
			at = "query " + name
		}
		if deeper, ok := deepKeys(name); ok && r.parameter.Style == openapi3.SerializationDeepObject {
			keys = deeper
		}
		into, below := object, schemas
		for i, key := range keys {
			all := schema.Parts(below...)
			below = r.schemasAt(all, key)
			if i == len(keys)-1 {
				property := styled{r.check, r.parameter, r.pos, at}.property(below, texts)
				into[key], out.faults = property.value, append(out.faults, property.faults...)
				continue
			}
			deeper, isObject := into[key].(map[string]any)
			if !isObject {
				deeper = map[string]any{}
				into[key] = deeper
			}
			into = deeper
		}
	}
	out.value = r.lists(schemas, object)
	return out
}

// schemasAt returns the schemas of the value at a key of an object, or at an index of a list, that has these schemas.
func (c *check) schemasAt(all []*openapi3.Schema, key string) []*openapi3.Schema {
	if named := c.values.Named(all, key); len(named) > 0 {
		return named
	}
	if index, err := strconv.ParseUint(key, 10, 16); err == nil {
		if items := schema.Items(all, int(index)); len(items) > 0 {
			return items
		}
	}
	return schema.More(all)
}

// lists turns each object whose keys are 0, 1 and so on into a list, if the schemas have a list.
func (c *check) lists(schemas []*openapi3.Schema, object map[string]any) any {
	all := schema.Parts(schemas...)
	for key, value := range object {
		if inner, isObject := value.(map[string]any); isObject {
			object[key] = c.lists(c.schemasAt(all, key), inner)
		}
	}
	list := make([]any, len(object))
	for i := range list {
		value, there := object[strconv.Itoa(i)]
		if list[i] = value; !there {
			return object
		}
	}
	if len(c.values.Named(all, "0")) > 0 || len(schema.Items(all, 0)) == 0 {
		return object
	}
	return list
}

func (r styled) property(schemas []*openapi3.Schema, texts []string) reading {
	if slices.ContainsFunc(schemas, func(s *openapi3.Schema) bool { return schema.MayBe(s, "array") }) {
		return r.list(schemas, texts)
	}
	return r.scalar(schemas, r.pos, r.where, texts[0])
}

// deepKeys returns the keys in the brackets after a name.
func deepKeys(name string) ([]string, bool) {
	_, inside, ok := strings.Cut(name, "[")
	inside, closed := strings.CutSuffix(inside, "]")
	if !ok || !closed {
		return nil, false
	}
	keys := strings.Split(inside, "][")
	for _, key := range keys {
		if key == "" || strings.ContainsAny(key, "[]") {
			return nil, false
		}
	}
	return keys, true
}
