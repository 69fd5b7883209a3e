package reference

import (
	"regexp"
	"slices"
	"strings"

	"github.com/highlevel-go/snapshots/gen/internal/lower"
	"github.com/highlevel-go/snapshots/gen/internal/model"
	"github.com/highlevel-go/snapshots/gen/internal/prose"
	"github.com/highlevel-go/snapshots/gen/internal/text"
)

// typ writes one type: the fields of a struct, the values of an enum, the choices of a union.
func (p *page) typ(t *model.Type) {
	p.printf("### type %s\n\n", t.Name)
	if words := prose.NounSentence(t.Name, t.Schema.Description); words != "" {
		p.printf("%s\n\n", paragraphs(words))
	}
	if t.Schema.Deprecated {
		p.printf("**Deprecated.**\n\n")
	}
	switch {
	case t.Alias != "":
		p.printf("Another name of %s.\n\n", p.goType(t.Alias))
	case t.Enum != nil:
		p.enum(t.Enum)
	case t.Union != nil:
		p.union(t)
	default:
		p.fields(t.Fields, t.Direction)
		if t.Additional != "" {
			p.printf("Properties that the document does not name are in `AdditionalProperties`, by their names on the wire: %s.\n\n", p.goType(t.Additional))
		}
	}
}

// enum writes the values of an enum that the document names.
func (p *page) enum(e *model.Enum) {
	t := table{names: []string{"constant", "value", "meaning"}}
	for _, v := range e.Values {
		t.rows = append(t.rows, []string{"`" + v.Name + "`", code(v.Wire), escaped(v.Description)})
	}
	p.printf("A `%s`. The service may send other values.\n\n%s", e.Base, t)
}

// union writes what a union may contain.
func (p *page) union(t *model.Type) {
	p.printf("One of:\n\n")
	for _, c := range t.Union.Choices {
		p.printf("- %s: `%s` decodes it, `%s` creates it", p.goType(c.Type), c.Method, c.Maker)
		var values []string
		for _, kind := range t.Union.Cases {
			if kind.Method == c.Method {
				values = append(values, kind.Value)
			}
		}
		if len(values) > 0 {
			p.printf("; %s is %s", code(t.Union.Discriminator), codes(values))
		}
		p.printf("\n")
	}
	p.printf("\n")
}

// maxEnum is the maximum number of enum values that are listed next to a field.
const maxEnum = 12

// fields writes a table of fields.
func (p *page) fields(fields []*model.Field, m lower.Direction) {
	if len(fields) == 0 {
		return
	}
	where := func(f *model.Field) string { return "" }
	if slices.ContainsFunc(fields, func(f *model.Field) bool { return f.In != "" }) {
		where = func(f *model.Field) string { return f.In + " " }
	}
	t := table{names: []string{"field", "on the wire", "type", "required", "default", "meaning"}}
	for _, f := range fields {
		wire := where(f) + code(f.Wire)
		if f.WholeBody {
			wire = "body"
		}
		required := ""
		if f.Required {
			required = "yes"
		}
		value := ""
		if words := text.Default(f); words != "" {
			value = code(words)
		}
		t.rows = append(t.rows, []string{"`" + f.Name + "`", wire, p.goType(f.Type), required, value, p.meaning(f, m)})
	}
	p.printf("%s", t)
}

// meaning returns what the document says about a field.
func (p *page) meaning(f *model.Field, m lower.Direction) string {
	words := []string{prose.Sentence(f.Description)}
	if m&lower.InRequest != 0 {
		words = append(words, text.Demands(f)...)
	}
	if f.Schema.Deprecated || f.Outer.Deprecated || f.Parameter != nil && f.Parameter.Deprecated {
		words = append(words, "Deprecated.")
	}
	out := escaped(strings.TrimSpace(strings.Join(words, " ")))
	values := lower.EnumValues(f.Schema)
	if e := p.types[f.Base]; len(values) > 0 && len(values) <= maxEnum && e != nil && e.Enum != nil {
		out = strings.TrimSpace(out + " One of " + codes(values) + ".")
	}
	return out
}

// goTypeForm matches a Go type that is composed of a named one.
var goTypeForm = regexp.MustCompile(`^((?:rest\.Nullable\[)?(?:\[\]|\*|map\[string\])*)(\w+)(\]?)$`)

// goType returns a Go type, with a link to the type of the package that it is composed of.
func (p *page) goType(typ string) string {
	m := goTypeForm.FindStringSubmatch(typ)
	if m == nil || p.typeLinks[m[2]] == "" { // not a type of the package
		return "`" + typ + "`"
	}
	link := "[`" + m[2] + "`](#" + p.typeLinks[m[2]] + ")"
	if m[1] != "" {
		link = "`" + m[1] + "`" + link
	}
	if m[3] != "" {
		link += "`" + m[3] + "`"
	}
	return link
}
