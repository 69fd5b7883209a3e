package schema

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/santhosh-tekuri/jsonschema/v6/kind"
	"golang.org/x/text/language"
	"golang.org/x/text/message"
)

// Fault is a way in which a value does not follow a schema.
type Fault struct {
	Keyword string
	Format  string           // that a string does not follow, if Keyword is "format"
	Value   any              // that the fault is about, if Keyword is "format"
	Path    []string         // to the place in the value
	Schema  *openapi3.Schema // that is not followed
	Text    string
}

// faults lists the causes of an error, each with the keyword of a single schema.
func (w *way) faults(e *jsonschema.ValidationError) []Fault {
	var out []Fault
	w.collect(e, &out)
	slices.SortStableFunc(out, func(a, b Fault) int {
		return cmp.Or(slices.Compare(a.Path, b.Path), strings.Compare(a.Keyword, b.Keyword), strings.Compare(a.Text, b.Text))
	})
	return out
}

func (w *way) collect(e *jsonschema.ValidationError, out *[]Fault) {
	schema := w.at(e.SchemaURL)
	add := func(keyword, text string, below ...string) {
		path := append(slices.Clone(e.InstanceLocation), below...)
		*out = append(*out, Fault{Keyword: keyword, Path: path, Schema: schema, Text: shortened(text)})
	}
	switch k := e.ErrorKind.(type) {
	case *kind.Schema, *kind.Group, *kind.AllOf, *kind.Reference:
		for _, cause := range e.Causes {
			w.collect(cause, out)
		}
	case *kind.Required:
		for _, name := range k.Missing {
			add("required", fmt.Sprintf("property %q is missing", name), name)
		}
	case *kind.AdditionalProperties:
		for _, name := range k.Properties {
			add("additionalProperties", fmt.Sprintf("property %q is not allowed", name), name)
		}
	case *kind.AnyOf:
		w.choice(e, "anyOf", out)
	case *kind.OneOf:
		if len(k.Subschemas) > 1 {
			add("oneOf", fmt.Sprintf("fits the branches %d and %d, and must fit one only", k.Subschemas[0]+1, k.Subschemas[1]+1))
		} else {
			w.choice(e, "oneOf", out)
		}
	case *kind.FalseSchema:
		switch {
		case strings.HasPrefix(e.SchemaURL, never):
			add("readOnly", "does not travel in this direction")
		case strings.HasPrefix(e.SchemaURL, endless):
			add("", "the schema refers to itself for the same value, so that no value follows it")
		default:
			add("", "no value is allowed here")
		}
	case *kind.Type:
		add("type", "value must be "+joined(k.Want)+", and is "+withArticle(k.Got))
	case *kind.Not:
		add("not", "fits a schema that it must not fit")
	case *kind.Format:
		add("format", fmt.Sprintf("%.80q is not a valid %s", fmt.Sprint(k.Got), k.Want))
		(*out)[len(*out)-1].Format, (*out)[len(*out)-1].Value = k.Want, k.Got
	case *kind.Enum:
		values, _ := json.Marshal(k.Want)
		add("enum", fmt.Sprintf("value is not one of the allowed values %s%s", values, contradiction(schema)))
	default:
		add(keywordOf(e.ErrorKind), w.words(k))
	}
}

func joined(types []string) string {
	out := make([]string, len(types))
	for i, name := range types {
		out[i] = withArticle(name)
	}
	return strings.Join(out, " or ")
}

func withArticle(name string) string {
	switch name {
	case "null":
		return name
	case "integer", "array", "object":
		return "an " + name
	}
	return "a " + name
}

func keywordOf(k jsonschema.ErrorKind) string {
	if path := k.KeywordPath(); len(path) > 0 {
		return path[0]
	}
	return ""
}

// contradiction returns a note about an enum without a value of its type, so that no message can follow it.
func contradiction(s *openapi3.Schema) string {
	if s == nil || !Contradicts(s) {
		return ""
	}
	return fmt.Sprintf("; none of them is of the type %s, so that the document allows no value at all", strings.Join(s.Type.Slice(), " or "))
}

// Contradicts reports whether a schema has an enum without a value of the schema's type.
func Contradicts(s *openapi3.Schema) bool {
	return s.Type != nil && len(s.Enum) > 0 && !slices.ContainsFunc(s.Enum, func(value any) bool { return OfType(s, value) })
}

// OfType reports whether a value has the type of a schema.
func OfType(s *openapi3.Schema, value any) bool {
	return s.Type == nil || value == nil && s.Nullable ||
		slices.ContainsFunc(s.Type.Slice(), func(name string) bool { return typeIs(name, value) })
}

func typeIs(name string, value any) bool {
	switch v := value.(type) {
	case nil:
		return name == "null"
	case string:
		return name == "string"
	case bool:
		return name == "boolean"
	case float64:
		return name == "number" || name == "integer" && v == float64(int64(v))
	case []any:
		return name == "array"
	case map[string]any:
		return name == "object"
	}
	return true // kin-openapi has no others
}

// choice adds the reason why no branch of a choice fits. If only formats of a branch reject the value, those are the fault.
func (w *way) choice(e *jsonschema.ValidationError, keyword string, out *[]Fault) {
	var texts []string
	for i, cause := range e.Causes {
		var faults []Fault
		w.collect(cause, &faults)
		if len(faults) == 0 {
			continue
		}
		if !slices.ContainsFunc(faults, func(f Fault) bool { return f.Keyword != "format" }) {
			*out = append(*out, faults...)
			return
		}
		place := ""
		if below := faults[0].Path[min(len(e.InstanceLocation), len(faults[0].Path)):]; len(below) > 0 {
			place = "/" + strings.Join(below, "/") + " "
		}
		texts = append(texts, strconv.Itoa(i+1)+": "+place+faults[0].Text)
	}
	slices.Sort(texts)
	*out = append(*out, Fault{Keyword: keyword, Path: slices.Clone(e.InstanceLocation), Schema: w.at(e.SchemaURL),
		Text: shortened("fits none of the branches (" + strings.Join(texts, "; ") + ")")})
}

var english = message.NewPrinter(language.English)

func (w *way) words(k jsonschema.ErrorKind) string { return k.LocalizedString(english) }

// longest is the maximum length of a text about a value; values can be of any length.
const longest = 300

func shortened(text string) string {
	text, _, _ = strings.Cut(text, "\n")
	if len(text) > longest {
		return strings.ToValidUTF8(text[:longest], "") + "…"
	}
	return text
}
