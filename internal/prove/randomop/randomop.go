// Package randomop draws operations for property tests: any that a page or a document can describe, from plain ones to
// those with unions inside maps inside arrays.
package randomop

import (
	"fmt"
	"slices"
	"strings"

	"pgregory.net/rapid"

	"github.com/highlevel-go/snapshots/internal/facts"
)

// For is what the operations are for, since a page cannot show everything that a document can contain.
type For int

// What operations can be drawn for.
const (
	Document For = iota // an OpenAPI document
	Page                // a page, where each fact that a page cannot show may still be drawn
)

// Draw draws an operation.
func Draw(t *rapid.T, purpose For) *facts.Operation {
	g := &gen{T: t, purpose: purpose, op: &facts.Operation{}}
	g.operation()
	return g.op
}

type gen struct {
	*rapid.T
	purpose For
	op      *facts.Operation
	budget  int // how many more schemas may be drawn
}

func (g *gen) add(place facts.Place, aspect facts.Aspect, value string) {
	g.op.Add(place, aspect, value, facts.Pos{})
}

func (g *gen) prose(place facts.Place, aspect facts.Aspect, text string) {
	g.op.AddText(place, aspect, text, facts.Pos{})
}

// chance returns true in percent of a hundred cases. It draws single bits, which are distributed evenly, while rapid draws
// small numbers more often.
func (g *gen) chance(percent int) bool {
	n := 0
	for _, bit := range rapid.SliceOfN(rapid.Bool(), 7, 7).Draw(g.T, "chance") {
		n *= 2
		if bit {
			n++
		}
	}
	return n*100 >= (100-percent)*128
}

func (g *gen) pick(from ...string) string { return rapid.SampledFrom(from).Draw(g.T, "pick") }

func (g *gen) number(low, high int) int { return rapid.IntRange(low, high).Draw(g.T, "number") }

var (
	nouns = strings.Fields(`account agency address amount asset badge campaign contact count currency customer date detail
		email entry field filter flag folder form group image invoice item label list location member name note number
		order owner page phone price product push reason record reply section share snapshot source state status step
		tag task team text token total type unit url user value version view`)
	rareNames = []string{"type", "name", "required", "object", "string", "query", "Call", "Schema", "default", "x-y", "a.b",
		"_id", "snake_case_name", "camelCaseName", "UPPER", "with space", "items", "oneOf", "Example", "list[]", "price*"}
	prose = []string{
		"The %s of the %s.", "Tells which %s the %s belongs to", "A %s, such as that of a %s; may be empty.",
		"Use `%s` to see the **%s** only.", "Either a %s or a %s.\n\nIt is kept as it was sent.",
		"See [the %s](https://docs.example.com/%s) for more.", "Values:\n\n- the %s\n- the %s\n\nand nothing else.",
		"**Note:** the %s comes before the %s.", "The %s_id of a %s (required).",
	}
)

func (g *gen) text() string {
	return fmt.Sprintf(rapid.SampledFrom(prose).Draw(g.T, "prose"), g.pick(nouns...), g.pick(nouns...))
}

// line is prose in one line without markup.
func (g *gen) line() string { return "The " + g.pick(nouns...) + " and the " + g.pick(nouns...) }

func (g *gen) name(used []string) string {
	for try := 0; ; try++ {
		name := g.pick(nouns...)
		switch g.number(0, 7) {
		case 0, 1:
			name += "_" + g.pick(nouns...)
		case 2, 3:
			other := g.pick(nouns...)
			name += strings.ToUpper(other[:1]) + other[1:]
		case 4:
			name = g.pick(rareNames...)
		}
		if try > 20 {
			name += fmt.Sprint(len(used))
		}
		if !slices.Contains(used, name) {
			return name
		}
	}
}

func (g *gen) operation() {
	method := g.pick("GET", "PUT", "POST", "DELETE", "PATCH")
	path, ids := "/"+g.pick(nouns...)+"s", []string{}
	for range g.number(0, 2) {
		id := g.pick(nouns...) + "Id"
		if !slices.Contains(ids, id) {
			ids = append(ids, id)
			path += "/{" + id + "}"
		}
		if g.chance(50) {
			path += "/" + g.pick(nouns...)
		}
	}
	if g.chance(10) {
		path += "/"
	}
	title := strings.ToUpper(method[:1]) + strings.ToLower(method[1:]) + " " + g.pick(nouns...) + " " + g.pick(nouns...)
	g.op.ID = strings.ToLower(strings.ReplaceAll(title, " ", "-"))
	g.op.Page = "https://docs.example.com/docs/ghl/things/" + g.op.ID
	about := facts.OperationPlace
	g.add(about, facts.Method, method)
	g.add(about, facts.Path, path)
	g.add(about, facts.Server, g.pick("https://api.example.com", "https://services.example.com/v2", "http://localhost:8080"))
	if g.chance(10) {
		g.add(about, facts.Deprecated, "true")
	}
	g.prose(about, facts.Summary, title)
	if g.chance(80) {
		g.prose(about, facts.Text, g.text())
	}
	g.auth()
	g.parameters(ids)
	g.budget = 40
	if method != "GET" && method != "DELETE" && g.chance(80) {
		g.body()
	}
	g.responses()
}

func (g *gen) auth() {
	place := facts.AuthPlace
	if g.chance(80) {
		g.add(place, facts.Scheme, g.pick("http bearer JWT", "http bearer", "http basic"))
	}
	if g.chance(80) {
		g.add(place, facts.AuthMethods, facts.CompactJSON([]string{"OAuth Access Token", "Private Integration Token"}[:g.number(1, 2)]))
	}
	if g.chance(80) {
		g.add(place, facts.TokenTypes, facts.CompactJSON([]string{"Agency Token", "Sub-Account Token"}[:g.number(1, 2)]))
	}
	if g.chance(50) {
		g.add(place, facts.Scopes, facts.CompactJSON([]string{"things.readonly", "things.write", "things/parts.write"}[:g.number(1, 3)]))
	}
}

func (g *gen) parameters(ids []string) {
	group := func(in string, names []string) {
		for _, name := range names {
			place := facts.Param(in, name)
			g.add(place, facts.Present, "true")
			if in == "path" || g.chance(50) {
				g.add(place, facts.Required, "true")
			}
			if g.chance(5) {
				g.add(place, facts.Deprecated, "true")
			}
			if g.chance(60) {
				g.prose(place, facts.Text, g.text())
			}
			g.parameterSchema(place)
		}
	}
	draw := func(n int) (names []string) {
		for range g.number(0, n) {
			names = append(names, g.name(names))
		}
		return names
	}
	if g.chance(60) {
		group("header", []string{"Version"})
	}
	group("path", ids)
	group("query", draw(5))
	if g.chance(5) {
		group("cookie", draw(2))
	}
}

func (g *gen) parameterSchema(place facts.Place) {
	value := place
	if g.chance(15) {
		g.add(place, facts.Type, "array")
		value = place.Items()
		if g.chance(30) {
			g.add(place, "minItems", fmt.Sprint(g.number(1, 3)))
		}
	}
	kind := g.leaf(value)
	if value == place {
		g.fallback(place, kind)
	}
	switch {
	case value != place && g.chance(30):
		g.add(place, facts.Example, g.listOf(place, kind))
	case value == place && g.chance(50):
		g.add(place, facts.Example, g.valueOf(place, kind))
	case value == place && g.chance(10):
		g.add(place, facts.Examples, facts.CompactJSON([][2]string{{"first", g.valueOf(place, kind)}, {"second", g.valueOf(place, kind)}}))
	}
}

func (g *gen) body() {
	place := facts.BodyPlace
	g.add(place, facts.Present, "true")
	if g.chance(90) {
		g.add(place, facts.Required, "true")
	}
	if g.chance(10) && g.purpose == Page {
		g.prose(place, facts.Text, g.line()+".")
	}
	media := "application/json"
	if g.chance(20) {
		media = g.pick("multipart/form-data", "application/x-www-form-urlencoded", "application/vnd.api+json")
	}
	g.add(place, facts.MediaType, media)
	if strings.Contains(media, "json") && g.chance(15) {
		g.root(place)
	} else {
		g.object(place, 0, true)
	}
}

func (g *gen) responses() {
	statuses := [][]string{{"200"}, {"201", "400"}, {"200", "400", "401"}, {"200", "400", "401", "422"}, {"204"}, {"200", "404", "500"}}
	for _, status := range rapid.SampledFrom(statuses).Draw(g.T, "statuses") {
		place := facts.Response(status)
		g.add(place, facts.Present, "true")
		usual := map[string]string{"400": "Bad request", "401": "Unauthorized", "404": "Not found", "422": "Unprocessable entity", "500": "Internal server error"}
		empty := status == "204" || g.chance(10)
		if !empty || g.chance(90) {
			words := usual[status]
			if words == "" {
				words = g.pick("Success", "Successful response", "The thing was created", "OK")
			}
			g.prose(place, facts.Text, words)
		}
		if g.chance(8) {
			header := place.Header("X-" + g.pick("Total", "Limit", "Trace"))
			g.add(header, facts.Present, "true")
			g.add(header, facts.Type, g.pick("string", "number", "integer"))
			g.prose(header, facts.Text, g.line()+".")
		}
		if empty {
			continue
		}
		g.add(place, facts.MediaType, "application/json")
		if g.chance(15) {
			g.root(place)
		} else {
			g.object(place, 0, true)
		}
	}
}
