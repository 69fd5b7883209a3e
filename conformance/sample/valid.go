package sample

import (
	"maps"
	"regexp"
	"slices"
	"time"

	"github.com/getkin/kin-openapi/openapi3"
	"pgregory.net/rapid"
)

// Valid draws random values that follow the schema. Optional properties may be absent; strings contain any Unicode
// characters.
func Valid(s *openapi3.Schema) *rapid.Generator[any] {
	return rapid.Custom(func(t *rapid.T) any {
		rapid.Bool().Draw(t, "") // rapid requires a choice, and a schema may leave none
		return draw(t, s, nil)
	})
}

func draw(t *rapid.T, s *openapi3.Schema, path []*openapi3.Schema) any {
	switch {
	case ended(s, path):
		return full(s, path)
	case (s.Nullable || s.Type.IncludesNull()) && rapid.Bool().Draw(t, "null"):
		return nil
	case s.Const != nil:
		return Normal(s.Const)
	case len(s.Enum) > 0:
		return Normal(rapid.SampledFrom(s.Enum).Draw(t, "value"))
	}
	above := path
	path = append(slices.Clip(path), s)
	for _, choice := range []openapi3.SchemaRefs{s.OneOf, s.AnyOf} {
		if len(choice) > 0 {
			branch := rapid.SampledFrom(choice).Draw(t, "choice")
			value := beside(s, draw(t, branch.Value, path), path, func(s *openapi3.Schema, path []*openapi3.Schema) any { return draw(t, s, path) })
			if value = named(s, branch, value); valid(s, value) {
				return value
			}
			return full(s, above) // the value fits another branch as well, or none
		}
	}
	if len(s.AllOf) > 0 {
		return drawAll(t, s, path)
	}
	switch {
	case s.Type.Includes("object") || len(s.Properties) > 0:
		return drawObject(t, s, path)
	case s.Type.Includes("array"):
		return drawArray(t, s, path)
	case s.Type.Includes("integer"):
		low, high := bounds(s, -1<<31, 1<<31-1)
		return float64(rapid.Int64Range(int64(low), int64(high)).Draw(t, "integer"))
	case s.Type.Includes("number"):
		low, high := bounds(s, -1e9, 1e9)
		return rapid.Float64Range(low, high).Draw(t, "number")
	case s.Type.Includes("boolean"):
		return rapid.Bool().Draw(t, "boolean")
	default:
		return drawText(t, s)
	}
}

func drawAll(t *rapid.T, s *openapi3.Schema, path []*openapi3.Schema) any {
	object := map[string]any{}
	for _, ref := range append(slices.Clone(s.AllOf), own(s)) {
		part, isObject := draw(t, ref.Value, path).(map[string]any)
		if !isObject {
			return full(s, path[:len(path)-1])
		}
		maps.Copy(object, part)
	}
	return object
}

func drawObject(t *rapid.T, s *openapi3.Schema, path []*openapi3.Schema) any {
	object := map[string]any{}
	for _, name := range slices.Sorted(maps.Keys(s.Properties)) {
		below := s.Properties[name].Value
		if slices.Contains(s.Required, name) || !ended(below, path) && rapid.Bool().Draw(t, "has "+name) {
			object[name] = draw(t, below, path)
		}
	}
	if more := s.AdditionalProperties.Schema; more != nil && rapid.Bool().Draw(t, "has more") {
		object["more"] = draw(t, more.Value, path)
	}
	return object
}

func drawArray(t *rapid.T, s *openapi3.Schema, path []*openapi3.Schema) any {
	most := int(s.MinItems) + 4
	if s.MaxItems != nil {
		most = min(most, int(*s.MaxItems))
	}
	if s.Items != nil && ended(s.Items.Value, path) {
		most = int(s.MinItems)
	}
	list := make([]any, rapid.IntRange(int(s.MinItems), most).Draw(t, "length"))
	for i := range list {
		if s.Items != nil {
			list[i] = draw(t, s.Items.Value, path)
		}
	}
	if s.UniqueItems {
		return full(s, path[:len(path)-1])
	}
	return list
}

func bounds(s *openapi3.Schema, low, high float64) (float64, float64) {
	if s.Min != nil {
		low = *s.Min
		if s.ExclusiveMin.IsTrue() {
			low++
		}
	}
	if s.Max != nil {
		high = *s.Max
		if s.ExclusiveMax.IsTrue() {
			high--
		}
	}
	return low, max(low, high)
}

func drawText(t *rapid.T, s *openapi3.Schema) any {
	switch s.Format {
	case "":
	case "date-time":
		return Moment().Draw(t, "moment")
	case "date":
		return time.Unix(rapid.Int64Range(0, 4e9).Draw(t, "day"), 0).UTC().Format(time.DateOnly)
	default:
		return text(s, "text")
	}
	if s.Pattern != "" {
		if _, err := regexp.Compile(s.Pattern); err != nil {
			return matching(s)
		}
		return rapid.StringMatching(s.Pattern).Filter(func(text string) bool { return s.VisitJSON(text) == nil }).Draw(t, "text")
	}
	most := -1
	if s.MaxLength != nil {
		most = int(*s.MaxLength)
	}
	return rapid.StringN(int(s.MinLength), most, -1).Draw(t, "text")
}

// Moment draws RFC 3339 times of all zones, with and without fractions.
func Moment() *rapid.Generator[string] {
	return rapid.Custom(func(t *rapid.T) string {
		zone := time.FixedZone("", 60*rapid.IntRange(-14*60, 14*60).Draw(t, "zone"))
		fraction := rapid.SampledFrom([]int64{0, 1, 5e8, 999999999, 123e6}).Draw(t, "fraction")
		return time.Unix(rapid.Int64Range(0, 4e9).Draw(t, "second"), fraction).In(zone).Format(time.RFC3339Nano)
	})
}
