package main

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/oapi-codegen/oapi-codegen/v2/pkg/codegen"
)

// generator turns what oapi-codegen typed into the views that the templates show.
type generator struct {
	*harvest
	low      *lowering
	pkg      string
	enums    map[string]*enumView
	structs  map[string][]*field
	checks   map[string][]string // statements that check a struct inside a request
	weights  map[string]int
	patterns []string
	uses     map[string]bool // helpers that the client file must have
	faults   []error
}

// files are the generated files by name.
type files map[string][]byte

// generate makes the files of a client from a document, and notes of what the document lacks. It writes nothing.
func generate(file, pkg string) (made files, notes []string, err error) {
	s, err := load(file)
	if err != nil {
		return nil, nil, err
	}
	low, err := lower(s)
	if err != nil {
		return nil, nil, err
	}
	h, err := low.generate()
	if err != nil {
		return nil, nil, err
	}
	g := &generator{harvest: h, low: low, pkg: pkg, enums: map[string]*enumView{}, structs: map[string][]*field{}, weights: map[string]int{}, uses: map[string]bool{}}
	models := g.models()
	operations := g.operations()
	client := g.client(operations)
	if err := join(g.faults); err != nil {
		return nil, nil, err
	}
	made, err = g.render(models, operations, client)
	return made, low.notes, err
}

func (g *generator) fault(at place, format string, args ...any) {
	err := g.low.ss.faultf(at, format, args...)
	if !slices.ContainsFunc(g.faults, func(f error) bool { return f.Error() == err.Error() }) {
		g.faults = append(g.faults, err)
	}
}

// modelView is one type of models.gen.go.
type modelView struct {
	Name       string
	Doc        string
	Fields     []*field
	Additional string // Go type of additional properties
	Check      []string
	Enum       *enumView
	Union      *unionView
}

type enumView struct {
	Name   string
	Base   string
	Lister string
	Values []enumValue
}

type enumValue struct {
	Name, Literal, Doc string
	wire               string
}

type unionView struct {
	Choices       []unionChoice
	Discriminator string
	Cases         []unionCase
}

type unionChoice struct{ Method, Maker, Type string }

type unionCase struct{ Value, Method string }

func (g *generator) models() []*modelView {
	for _, name := range g.low.order { // listers and constants are named before anything mentions them
		if info := g.low.types[name]; info.shape == shapeEnum {
			g.enums[name] = g.enum(info, decl(g.types[name].Schema))
		}
	}
	g.checked()
	var out []*modelView
	for _, name := range g.low.order {
		info, t := g.low.types[name], g.types[name]
		m := &modelView{Name: name, Doc: noun(name, info.schema.Description)}
		if m.Doc == "" {
			m.Doc = noun(name, info.schema.Title)
		}
		if info.schema.Deprecated {
			m.Doc = strings.TrimSpace(m.Doc + "\n\nDeprecated: the spec says so.")
		}
		switch info.shape {
		case shapeEnum:
			m.Enum = g.enums[name]
		case shapeUnion:
			m.Union = g.union(name, info, t)
		default:
			m.Fields = g.structFields(name)
			m.Check = g.checks[name]
			if t.Schema.HasAdditionalProperties && t.Schema.AdditionalPropertiesType != nil {
				m.Additional = decl(*t.Schema.AdditionalPropertiesType)
			}
		}
		out = append(out, m)
	}
	return out
}

// structFields are computed once for each struct.
func (g *generator) structFields(name string) []*field {
	if fields, ok := g.structs[name]; ok {
		return fields
	}
	info := g.low.types[name]
	fields := g.fields(g.types[name], info)
	g.structs[name] = fields
	named := byWire(fields)
	for i, f := range fields {
		f.Doc = g.fieldDoc(f, info, named)
		f.Gap = i > 0 && (f.Doc != "" || fields[i-1].Doc != "")
	}
	return fields
}

func byWire(fields []*field) map[string]*field {
	named := map[string]*field{}
	for _, f := range fields {
		if _, taken := named[f.wire]; !taken || f.in == "body" {
			named[f.wire] = f
		}
	}
	return named
}

func (g *generator) enum(info *typeInfo, base string) *enumView {
	e := &enumView{Name: info.name, Base: base}
	e.Lister = g.low.names.claim(plural(info.name), info.name+"Values")
	values := enumValues(info.schema)
	names, _ := info.schema.Extensions["x-enum-varnames"].([]any)
	docs, _ := info.schema.Extensions["x-enum-descriptions"].([]any)
	if len(info.schema.Enum) != len(values) { // doubles or null: the lists no longer fit
		names, docs = nil, nil
	}
	for i, v := range values {
		c := enumValue{wire: v, Literal: strconv.Quote(v)}
		if base != "string" {
			c.Literal = v
		}
		switch {
		case len(names) > i:
			name := fmt.Sprint(names[i])
			if g.low.names[name] {
				g.fault(info.at.at("x-enum-varnames").index(i), "the Go name %s is taken", name)
			}
			c.Name = g.low.names.claim(name)
		case v == "":
			c.Name = g.low.names.claim(info.name + "Empty")
		case strings.HasPrefix(v, "-") && len(words(v)) > 0:
			c.Name = g.low.names.claim(info.name + "Minus" + constantName(v))
		default:
			c.Name = g.low.names.claim(info.name + constantName(v))
		}
		if len(docs) > i {
			c.Doc = oneLine(fmt.Sprint(docs[i]))
		}
		e.Values = append(e.Values, c)
	}
	return e
}

// constantName is goName behind a type's name, where a digit needs nothing in front of it.
func constantName(value string) string {
	name := goName(value)
	if rest, ok := strings.CutPrefix(name, "N"); ok && unicode.IsDigit(firstRune(rest)) {
		return rest
	}
	return name
}

func (g *generator) union(name string, info *typeInfo, t codegen.TypeDefinition) *unionView {
	u := &unionView{}
	methods := scope{"IsZero": true, "MarshalJSON": true, "UnmarshalJSON": true, "Raw": true, "Discriminator": true, "Value": true}
	byType := map[string]string{}
	for _, c := range g.choices(t) {
		word := typeWords(c)
		if short, ok := strings.CutPrefix(word, name); ok && short != "" {
			word = short
		}
		m := unionChoice{Type: c, Method: methods.claim("As" + word)}
		m.Maker = g.low.names.claim(name + "From" + m.Method[2:])
		byType[c] = m.Method
		u.Choices = append(u.Choices, m)
	}
	d := info.schema.Discriminator
	if d == nil || wrongTag(d.PropertyName) != "" {
		return u
	}
	u.Discriminator = d.PropertyName
	mapping := map[string]string{}
	for _, refs := range []openapi3.SchemaRefs{info.schema.OneOf, info.schema.AnyOf} {
		for _, ref := range refs {
			if ref.Ref == "" || byType[g.low.memo[ref.Value]] == "" {
				continue
			}
			method, explicit := byType[g.low.memo[ref.Value]], false
			for value, target := range d.Mapping {
				if target.Ref == ref.Ref || target.Ref == refName(ref.Ref) {
					mapping[value], explicit = method, true
				}
			}
			if !explicit {
				mapping[refName(ref.Ref)] = method
			}
		}
	}
	for _, value := range inOrder(mapping, nil) {
		u.Cases = append(u.Cases, unionCase{strconv.Quote(value), mapping[value]})
	}
	return u
}

// typeWords names a Go type in a method: AsStrings for []string.
func typeWords(t string) string {
	if inner, ok := strings.CutPrefix(t, "[]"); ok {
		if inner == "byte" {
			return "Bytes"
		}
		return plural(typeWords(inner))
	}
	if inner, ok := strings.CutPrefix(t, "map[string]"); ok {
		return "MapOf" + typeWords(inner)
	}
	t = strings.TrimPrefix(t, "*")
	if _, inner, ok := strings.Cut(t, "."); ok {
		t = inner
	}
	return goName(t)
}
