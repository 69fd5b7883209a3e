package randomop

import (
	"fmt"
	"slices"
	"strings"

	"github.com/highlevel-go/snapshots/internal/facts"
)

// root draws a body that need not be an object.
func (g *gen) root(place facts.Place) {
	switch g.number(0, 4) {
	case 0:
		g.add(place, facts.Type, "array")
		g.object(place.Items(), 1, true)
	case 1:
		g.add(place, facts.Type, "array")
		kind := g.leaf(place.Items())
		g.describe(place.Items(), kind, 30)
	case 2:
		g.union(place, 1)
	case 3:
		kind := g.leaf(place)
		if g.chance(50) {
			g.add(place, facts.Example, g.valueOf(place, kind))
		}
	case 4:
		g.mapOf(place, 1)
	}
}

// object draws properties; those of the outermost object are never missing altogether.
func (g *gen) object(place facts.Place, depth int, full bool) {
	g.add(place, facts.Type, "object")
	low := 0
	if full {
		low = 1
	}
	var used []string
	for range g.number(low, 5-depth) {
		name := g.name(used)
		used = append(used, name)
		g.property(place.Property(name), depth)
	}
}

func (g *gen) property(place facts.Place, depth int) {
	g.budget--
	g.add(place, facts.Present, "true")
	if g.chance(40) {
		g.add(place, facts.Required, "true")
	}
	if g.chance(4) {
		g.add(place, facts.Deprecated, "true")
	}
	if g.chance(8) {
		g.add(place, facts.Nullable, "true")
	}
	described := g.chance(60)
	if described {
		g.prose(place, facts.Text, g.text())
	}
	kind := g.number(0, 99)
	if depth >= 3 || g.budget <= 0 {
		kind = min(kind, 69)
	}
	switch {
	case kind < 55:
		g.describe(place, g.leaf(place), 60)
	case kind < 65:
		g.add(place, facts.Type, "array")
		item := g.leaf(place.Items())
		if g.chance(30) {
			g.add(place, "minItems", fmt.Sprint(g.number(1, 3)))
			g.add(place, "maxItems", fmt.Sprint(g.number(4, 9)))
		}
		if g.chance(50) {
			g.add(place, facts.Example, g.listOf(place, item))
		}
	case kind < 67:
		g.add(place, facts.Type, "object") // one without properties
		if g.chance(70) {
			g.add(place, facts.Example, `{"anything":"goes"}`)
		}
	case kind < 70:
		g.add(place, facts.Type, "array")
		g.add(place.Items(), facts.Type, "array")
		g.add(place.Items().Items(), facts.Type, g.pick("string", "number"))
	case kind < 82:
		g.object(place, depth+1, true)
	case kind < 92:
		g.add(place, facts.Type, "array")
		g.object(place.Items(), depth+1, true)
	case kind < 95:
		g.mapOf(place, depth+1)
	case kind < 98:
		g.union(place, depth+1)
	default:
		g.add(place, facts.Type, "array")
		g.union(place.Items(), depth+1)
	}
}

func (g *gen) mapOf(place facts.Place, depth int) {
	g.add(place, facts.Type, "object")
	values := place.Values()
	g.add(values, facts.Present, "true")
	switch g.number(0, 3) {
	case 0: // anything
	case 1:
		g.add(values, facts.Type, g.pick("string", "number", "boolean"))
	case 2:
		g.add(values, facts.Type, "array")
		g.add(values.Items(), facts.Type, g.pick("string", "number"))
	case 3:
		g.object(values, depth+1, true)
	}
}

func (g *gen) union(place facts.Place, depth int) {
	g.add(place, facts.Union, g.pick("oneOf", "anyOf"))
	titled := g.chance(70)
	for i := range g.number(2, 3) {
		variant := place.Variant(i)
		g.add(variant, facts.Present, "true")
		switch n := g.number(0, 9); {
		case n < 7:
			if titled {
				g.add(variant, facts.Title, fmt.Sprintf("%sKind%d", g.pick("Small", "Large", "Other"), i+1))
			}
			g.object(variant, max(depth, 2), true)
		case n < 9:
			g.add(variant, facts.Type, g.pick("string", "number", "boolean"))
		default:
			g.add(variant, facts.Type, "array")
			g.add(variant.Items(), facts.Type, "string")
		}
	}
}

// leaf draws a primitive with what narrows it, and returns its type.
func (g *gen) leaf(place facts.Place) string {
	kind := g.pick("string", "string", "string", "number", "boolean", "integer")
	g.add(place, facts.Type, kind)
	switch n := g.number(0, 99); {
	case kind == "string" && n < 20:
		var values []string
		for range g.number(1, 4) {
			value := g.pick(nouns...)
			if g.chance(20) {
				value = g.pick("2021-07-28", "10", "with space", "a_b", "A/B", "x:y", "{{contact.name}}")
			}
			if !slices.Contains(values, value) {
				values = append(values, value)
			}
		}
		g.add(place, facts.Enum, facts.CompactJSON(values))
	case kind == "string" && n < 30:
		g.add(place, facts.Format, g.pick("date-time", "date", "uuid", "email", "uri"))
	case kind == "string" && n < 36:
		g.add(place, "minLength", fmt.Sprint(g.number(1, 3)))
		g.add(place, "maxLength", fmt.Sprint(g.number(40, 200)))
	case kind == "string" && n < 40:
		g.add(place, "pattern", g.pick(`^[a-z]+$`, `^\d{3}$`, `.*`, `^(a|b)_c$`))
	case kind == "number" && n < 20, kind == "integer" && n < 20:
		g.add(place, "minimum", fmt.Sprint(g.number(1, 5)))
		if g.chance(30) {
			g.add(place, "exclusiveMinimum", "true")
		}
		g.add(place, "maximum", fmt.Sprint(g.number(900, 999)))
	case kind == "integer" && n < 30:
		g.add(place, facts.Format, g.pick("int32", "int64"))
	case kind == "number" && n < 30:
		g.add(place, facts.Format, g.pick("float", "double"))
	}
	if g.purpose == Document && g.chance(5) && kind == "number" {
		g.add(place, "multipleOf", "0.5")
	}
	return kind
}

// describe adds a default and an example, the example so many times of a hundred.
func (g *gen) describe(place facts.Place, kind string, example int) {
	g.fallback(place, kind)
	if g.chance(example) {
		g.add(place, facts.Example, g.valueOf(place, kind))
	}
}

func (g *gen) fallback(place facts.Place, kind string) {
	if g.chance(12) {
		g.add(place, facts.Default, g.valueOf(place, kind))
	}
}

// valueOf draws a value that the schema at a place allows.
func (g *gen) valueOf(place facts.Place, kind string) string {
	if enum := facts.Texts(g.op.Value(place, facts.Enum)); len(enum) > 0 {
		return g.pick(enum...)
	}
	switch kind {
	case "number", "integer":
		n := fmt.Sprint(g.number(6, 899))
		if kind == "number" && g.chance(30) {
			n += ".5"
		}
		return n
	case "boolean":
		return g.pick("true", "false")
	}
	switch g.op.Value(place, facts.Format) {
	case "date-time":
		return "2024-02-03T04:05:06Z"
	case "date":
		return "2024-02-03"
	case "uuid":
		return "5f1c2a34-5b6c-4d7e-8f90-123456789abc"
	case "email":
		return "someone@example.com"
	case "uri":
		return "https://example.com/" + g.pick(nouns...)
	}
	switch g.op.Value(place, "pattern") {
	case `^[a-z]+$`:
		return "abc"
	case `^\d{3}$`:
		return "123"
	case `^(a|b)_c$`:
		return "a_c"
	}
	value := g.pick("1eM2UgkfaECOYyUdCo9Pa", "plain", "two words", "snake_case", "a, b, c", "['forms', 'surveys']", "100%", "+1 888-888-8888",
		"10-10-2022 12:00 AM", "a*b*c", "x: y", "{{contact.name}}", "é ü 漢", "10", "true", "[not json", `back\slash`, "- dash", "# hash")
	if low := g.op.Value(place, "minLength"); low != "" {
		value += strings.Repeat("x", 3)
	}
	return facts.Canonical(value)
}

// listOf draws an array of values that the schema of its items allows, as long as the array must be.
func (g *gen) listOf(array facts.Place, kind string) string {
	values := make([]string, 3)
	for i := range values {
		values[i] = g.valueOf(array.Items(), kind)
		if kind == "string" {
			values[i] = facts.CompactJSON(values[i])
		}
	}
	return facts.Canonical("[" + strings.Join(values, ",") + "]")
}
