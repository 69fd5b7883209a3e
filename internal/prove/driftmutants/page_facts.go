package driftmutants

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/highlevel-go/snapshots/internal/facts"
)

// factOperator changes what a page says, all over the page: table, sample, form and sample call, as a change of the
// documentation does.
type factOperator struct {
	Operator
	sites factSites
	edit  factEdit
}

// factSites lists the places of an operation that are changed.
type factSites = func(*facts.Operation) []facts.Place

// factEdit changes an operation at a place and returns the place and aspect that the finding must be about. A place that is gone has
// no line on the page.
type factEdit = func(op *facts.Operation, at facts.Place) (facts.Place, facts.Aspect)

// set is an edit that gives an aspect a value.
func set(aspect facts.Aspect, value string) factEdit {
	return func(op *facts.Operation, at facts.Place) (facts.Place, facts.Aspect) {
		put(op, at, aspect, value)
		return at, aspect
	}
}

func drop(aspect facts.Aspect) factEdit {
	return set(aspect, "")
}

func flip(aspect facts.Aspect) factEdit {
	return func(op *facts.Operation, at facts.Place) (facts.Place, facts.Aspect) {
		value := "true"
		if op.Value(at, aspect) != "" {
			value = ""
		}
		put(op, at, aspect, value)
		return at, aspect
	}
}

func remove(op *facts.Operation, at facts.Place) (facts.Place, facts.Aspect) {
	cut(op, at)
	return at, facts.Present
}

func rename(to func(string) string) factEdit {
	return func(op *facts.Operation, at facts.Place) (facts.Place, facts.Aspect) {
		move(op, at, at.Renamed(to(at.Last().Name)))
		return at, facts.Present
	}
}

func insert(child string, more ...facts.Fact) factEdit {
	return func(op *facts.Operation, at facts.Place) (facts.Place, facts.Aspect) {
		place := at.Renamed(child)
		put(op, place, facts.Present, "true")
		put(op, place, facts.Type, "string")
		for _, f := range more {
			put(op, place, f.Aspect, f.Value)
		}
		return place, facts.Present
	}
}

func enum(change func([]string) []string) factEdit {
	return func(op *facts.Operation, at facts.Place) (facts.Place, facts.Aspect) {
		values := change(facts.Texts(op.Value(at, facts.Enum)))
		put(op, at, facts.Enum, facts.CompactJSON(values))
		return at, facts.Enum
	}
}

func reword(aspect facts.Aspect, words string) factEdit {
	return func(op *facts.Operation, at facts.Place) (facts.Place, facts.Aspect) {
		say(op, at, aspect, words)
		return at, aspect
	}
}

func toArray(op *facts.Operation, at facts.Place) (facts.Place, facts.Aspect) {
	put(op, at.Items(), facts.Type, op.Value(at, facts.Type))
	put(op, at, facts.Type, "array")
	put(op, at, facts.Example, "")
	return at, facts.Type
}

func snake(text string) string { return strings.ToLower(text) + "_x" }

// pageFactOperators are the changes of what a page says.
func pageFactOperators() []factOperator {
	op := func(name string, sites factSites, edit factEdit, kinds ...string) factOperator {
		return factOperator{Operator{Name: name, Kinds: kinds}, sites, edit}
	}
	all := []factOperator{
		op("parameter removed", params, remove, "parameter-removed"),
		op("parameter renamed", params, rename(snake), "parameter-renamed"),
		op("parameter's name in another case", params, rename(swapCase), "parameter-renamed"),
		op("parameter added", queryParams, insert("extra"), "parameter-added"),
		op("required parameter added", queryParams, insert("mustHave", facts.Fact{Aspect: facts.Required, Value: "true"}), "parameter-added"),
		op("parameter moved from query to header", queryParams, func(o *facts.Operation, at facts.Place) (facts.Place, facts.Aspect) {
			move(o, at, facts.Param("header", at.Last().Name))
			return at, facts.Present
		}, "parameter-moved"),
		op("parameter moved from query to path", queryParams, func(o *facts.Operation, at facts.Place) (facts.Place, facts.Aspect) {
			move(o, at, facts.Param("path", at.Last().Name))
			return at, facts.Present
		}, "parameter-moved"),
		op("parameter moved from query to body", having(queryParams, facts.Present), func(o *facts.Operation, at facts.Place) (facts.Place, facts.Aspect) {
			put(o, facts.BodyPlace, facts.Present, "true")
			put(o, facts.BodyPlace, facts.MediaType, "application/json")
			put(o, facts.BodyPlace, facts.Type, "object")
			move(o, at, facts.BodyPlace.Property(at.Last().Name))
			return at, facts.Present
		}, "parameter-moved", "parameter-removed"),
		op("parameter's required flipped", params, flip(facts.Required), "required-removed", "required-added"),
		op("parameter deprecated", params, flip(facts.Deprecated), "deprecated-added"),
		op("parameter's type changed", params, set(facts.Type, "boolean"), "type-changed"),
		op("parameter made a list", params, toArray, "type-changed"),
		op("parameter with an enum", lacking(params, facts.Enum), set(facts.Enum, `["one","two"]`), "enum-added"),
		op("parameter's enum removed", having(params, facts.Enum), drop(facts.Enum), "enum-removed"),
		op("parameter with a default", params, set(facts.Default, "17"), "default-added"),
		op("parameter's text removed", having(params, facts.Text), drop(facts.Text), "text-removed"),
		op("parameter with other named examples", params, func(o *facts.Operation, at facts.Place) (facts.Place, facts.Aspect) {
			put(o, at, facts.Example, "")
			put(o, at, facts.Examples, `[["first","a"],["second","b"]]`)
			return at, facts.Examples
		}, "examples-added"),

		op("body property removed", bodyFields, remove, "property-removed"),
		op("body property renamed", bodyFields, rename(snake), "property-renamed"),
		op("body property's name in another case", bodyFields, rename(swapCase), "property-renamed"),
		op("body property added", bodyFields, insert("extra"), "property-added"),
		op("body property moved to the query", bodyFields, func(o *facts.Operation, at facts.Place) (facts.Place, facts.Aspect) {
			move(o, at, facts.Param("query", at.Last().Name))
			return at, facts.Present
		}, "property-moved"),
		op("body property's required flipped", bodyFields, flip(facts.Required), "required-removed", "required-added"),
		op("body removed", body, remove, "body-removed"),
		op("body's required flipped", body, flip(facts.Required), "required-removed"),
		op("body's media type changed", body, set(facts.MediaType, "multipart/form-data"), "media-type-changed"),
		op("body made a list", body, func(o *facts.Operation, at facts.Place) (facts.Place, facts.Aspect) {
			for _, p := range bodyFields(o) {
				move(o, p, at.Items()+p[len(at):])
			}
			put(o, at.Items(), facts.Type, "object")
			put(o, at, facts.Type, "array")
			return at, facts.Type
		}, "type-changed"),

		op("response property removed", responseFields, remove, "property-removed"),
		op("response property renamed", responseFields, rename(snake), "property-renamed"),
		op("response property's name in another case", responseFields, rename(swapCase), "property-renamed"),
		op("response property added", responseFields, insert("extra"), "property-added"),
		op("response property's required flipped", responseFields, flip(facts.Required), "required-removed", "required-added"),
		op("response property moved to the root", func(o *facts.Operation) []facts.Place {
			return places(o, func(p facts.Place) bool { return strings.HasPrefix(string(p), "response.") && depth(p) > 3 })
		}, func(o *facts.Operation, at facts.Place) (facts.Place, facts.Aspect) {
			steps, _ := at.Steps()
			to := facts.Response(steps[1].Name).Property(at.Last().Name)
			if o.Value(to, facts.Present) != "" {
				to = facts.Response(steps[1].Name).Property("moved").Property(at.Last().Name)
				put(o, facts.Response(steps[1].Name).Property("moved"), facts.Present, "true")
				put(o, facts.Response(steps[1].Name).Property("moved"), facts.Type, "object")
			}
			move(o, at, to)
			return at, facts.Present
		}, "property-moved"),
		op("response's list made an object", having(responseFields, facts.Type), func(o *facts.Operation, at facts.Place) (facts.Place, facts.Aspect) {
			if o.Value(at, facts.Type) != "array" {
				return "", ""
			}
			put(o, at, facts.Type, o.Value(at.Items(), facts.Type))
			put(o, at.Items(), facts.Type, "")
			move(o, at.Items(), at)
			return at, facts.Type
		}, "type-changed"),
		op("response's object made a list", leaves(responseFields, "object"), func(o *facts.Operation, at facts.Place) (facts.Place, facts.Aspect) {
			for i, f := range o.Facts {
				if f.Place.Under(at) && f.Place != at {
					o.Facts[i].Place = at.Items() + f.Place[len(at):]
				}
			}
			put(o, at.Items(), facts.Type, "object")
			put(o, at, facts.Type, "array")
			return at, facts.Type
		}, "type-changed"),
		op("response made one of two", statuses, func(o *facts.Operation, at facts.Place) (facts.Place, facts.Aspect) {
			for i, f := range o.Facts {
				if f.Place.Under(at) && f.Place != at {
					o.Facts[i].Place = at.Variant(0) + f.Place[len(at):]
				}
			}
			put(o, at, facts.Type, "")
			put(o, at, facts.Union, "oneOf")
			put(o, at.Variant(0), facts.Present, "true")
			put(o, at.Variant(0), facts.Type, "object")
			put(o, at.Variant(1), facts.Present, "true")
			put(o, at.Variant(1), facts.Type, "object")
			other := at.Variant(1).Property("other")
			put(o, other, facts.Present, "true")
			put(o, other, facts.Type, "string")
			return at, facts.Union
		}, "union-added"),
		op("response header added", statuses, func(o *facts.Operation, at facts.Place) (facts.Place, facts.Aspect) {
			header := at.Header("X-Total")
			put(o, header, facts.Present, "true")
			put(o, header, facts.Type, "number")
			say(o, header, facts.Text, "How many there are.")
			return header, facts.Present
		}, "header-added"),
		op("status added", operation, func(o *facts.Operation, _ facts.Place) (facts.Place, facts.Aspect) {
			at := facts.Response("403")
			put(o, at, facts.Present, "true")
			say(o, at, facts.Text, "Forbidden")
			return at, facts.Present
		}, "response-added"),
		op("status dropped", statuses, remove, "response-removed"),
		op("status changed", statuses, rename(func(s string) string { return s[:2] + "9" }), "response-renamed"),
		op("response's words changed", statuses, reword(facts.Text, "Something else came of it"), "text-changed"),
		op("response's media type changed", statuses, set(facts.MediaType, "text/csv"), "media-type-changed"),
		op("response without content", statuses, func(o *facts.Operation, at facts.Place) (facts.Place, facts.Aspect) {
			text, _ := o.Get(at, facts.Text)
			cut(o, at)
			put(o, at, facts.Present, "true")
			say(o, at, facts.Text, text.Prose)
			return at, facts.MediaType
		}, "media-type-removed"),

		op("method changed", operation, set(facts.Method, "PATCH"), "method-changed"),
		op("host changed", operation, set(facts.Server, "https://other.example.com"), "server-changed"),
		op("path changed", operation, func(o *facts.Operation, at facts.Place) (facts.Place, facts.Aspect) {
			put(o, at, facts.Path, "/v2"+o.Value(at, facts.Path))
			return at, facts.Path
		}, "path-changed"),
		op("slash at the end of the path", operation, func(o *facts.Operation, at facts.Place) (facts.Place, facts.Aspect) {
			path := o.Value(at, facts.Path)
			if strings.HasSuffix(path, "/") {
				path = strings.TrimSuffix(path, "/")
			} else {
				path += "/"
			}
			put(o, at, facts.Path, path)
			return at, facts.Path
		}, "path-changed"),
		op("path parameter renamed in the path", func(o *facts.Operation) []facts.Place {
			return places(o, func(p facts.Place) bool { return strings.HasPrefix(string(p), "path.") })
		}, func(o *facts.Operation, at facts.Place) (facts.Place, facts.Aspect) {
			put(o, facts.OperationPlace, facts.Path, strings.ReplaceAll(o.Value(facts.OperationPlace, facts.Path), "{"+at.Last().Name+"}", "{id}"))
			return facts.OperationPlace, facts.Path
		}, "path-changed"),
		op("operation deprecated", operation, flip(facts.Deprecated), "deprecated-added"),
		op("title changed", operation, reword(facts.Summary, "Another Title"), "summary-changed"),
		op("description changed", operation, reword(facts.Text, "Other words, which carry a rule."), "text-changed"),
		op("description removed", operation, drop(facts.Text), "text-removed"),
		op("token type changed", auth, set(facts.TokenTypes, `["Sub-Account Token"]`), "tokens-changed"),
		op("token type added", auth, set(facts.TokenTypes, `["Agency Token","Sub-Account Token"]`), "tokens-changed"),
		op(tokensRemoved, auth, drop(facts.TokenTypes), "tokens-removed"),
		op("auth method removed", auth, set(facts.AuthMethods, `["OAuth Access Token"]`), "methods-changed"),
		op("scope added", auth, set(facts.Scopes, `["snapshots.admin"]`), "scopes-added"),
		op("security scheme changed", auth, set(facts.Scheme, "http basic"), "scheme-changed"),
		op("security scheme removed", auth, drop(facts.Scheme), "scheme-removed"),
	}
	for _, group := range []struct {
		name  string
		sites factSites
	}{{"parameter", params}, {"body property", bodyFields}, {"response property", responseFields}} {
		texts, enums := leaves(group.sites, "string"), having(group.sites, facts.Enum)
		all = append(all,
			op(group.name+"'s example changed", having(group.sites, facts.Example), set(facts.Example, "somethingElse"), "example-changed"),
			op(group.name+"'s example removed", having(group.sites, facts.Example), drop(facts.Example), "example-removed"),
			op(group.name+" with an example", lacking(texts, facts.Example), set(facts.Example, "somethingElse"), "example-added"),
			op(group.name+" with a format", lacking(texts, facts.Format), set(facts.Format, "uuid"), "format-added"),
			op(group.name+" with a length", texts, set("maxLength", "40"), "max-length-added"),
			op(group.name+" with a pattern", texts, set("pattern", "^[a-z]+$"), "pattern-added"),
			op(group.name+"'s text changed", having(group.sites, facts.Text), reword(facts.Text, "Only ISO 8601 is accepted."), "text-changed"),
			op(group.name+" with a text", lacking(group.sites, facts.Text), reword(facts.Text, "Only ISO 8601 is accepted."), "text-added"),
			op(group.name+"'s enum value added", enums, enum(func(v []string) []string { return append(v, "extra") }), "enum-value-added"),
			op(group.name+"'s enum value changed", enums, enum(func(v []string) []string { return append([]string{"other"}, v[1:]...) }), "enum-value-changed", "version-added"), // of the Version header: another version
		)
	}
	for _, group := range []struct {
		name  string
		sites factSites
	}{{"body property", bodyFields}, {"response property", responseFields}} {
		texts := leaves(group.sites, "string", "number")
		all = append(all,
			op(group.name+" nullable", group.sites, flip(facts.Nullable), "nullable-added"),
			op(group.name+" deprecated", group.sites, flip(facts.Deprecated), "deprecated-added"),
			op(group.name+"'s type changed", texts, set(facts.Type, "boolean"), "type-changed"),
			op(group.name+" made a list", texts, toArray, "type-changed"),
			op(group.name+" made an object", texts, set(facts.Type, "object"), "type-changed"),
			op(group.name+" with a default", texts, set(facts.Default, "17"), "default-added"),
			op(group.name+" with an enum", lacking(texts, facts.Enum), set(facts.Enum, `["1","2"]`), "enum-added"),
		)
	}
	return append(all,
		op("enum value removed", having(bodyFields, facts.Enum), enum(func(v []string) []string { return v[1:] }), "enum-value-removed"),
		op("enum in another order", having(bodyFields, facts.Enum), enum(func(v []string) []string { return append([]string{v[len(v)-1]}, v[:len(v)-1]...) }), "enum-order-changed"),
		op("enum removed", having(bodyFields, facts.Enum), drop(facts.Enum), "enum-removed"),
		op("format removed", having(fields, facts.Format), drop(facts.Format), "format-removed"),
		op("format changed", having(fields, facts.Format), set(facts.Format, "date"), "format-changed"),
	)
}

// PageFactMutants writes a page for every change of its facts, at every site.
func (b *Baseline) PageFactMutants() ([]Outcome, error) {
	var out []Outcome
	before := map[string][]byte{}
	for _, source := range b.Pages {
		written, err := b.write(source.Page.Operation)
		if err != nil {
			return nil, err
		}
		before[source.ID] = written.Text
	}
	type site struct {
		source *SourcePage
		at     facts.Place
	}
	for _, operator := range pageFactOperators() {
		var sites []site
		for _, source := range b.Pages {
			for _, at := range operator.sites(source.Page.Operation) {
				sites = append(sites, site{source, at})
			}
		}
		for _, s := range spread(sites, b.Sites) {
			source, at := s.source, s.at
			op := clone(source.Page.Operation)
			place, aspect := operator.edit(op, at)
			if place == "" {
				continue
			}
			written, err := b.write(op)
			if err != nil {
				return nil, fmt.Errorf("%s at %s: %w", operator.Name, at, err)
			}
			if bytes.Equal(written.Text, before[source.ID]) || b.Twins && operator.Name == tokensRemoved {
				out = append(out, Outcome{Mutant: &Mutant{Operator: &operator.Operator, Site: source.ID + " " + string(at)}, Invisible: true})
				continue
			}
			m := &Mutant{Operator: &operator.Operator, Site: source.ID + " " + string(at), Text: written.Text, Place: place}
			for _, f := range written.Facts {
				if f.Place == place && f.Aspect == aspect {
					m.Line = f.Pos.Line
				}
			}
			if m.Line == 0 {
				m.Gone = b.recordText(source.ID, place, aspect)
			}
			report := b.CheckPage(source.ID+".md", written.Text)
			o := assess(m, report, pageOf, b.Record)
			if _, shown := op.Get(place, aspect); b.Twins && shown { // of what is gone, the record's line is compared
				o.RightLine = inTwin(m, aspect, before[source.ID], report)
			}
			out = append(out, o)
		}
	}
	return out, nil
}

// recordText is a text that the record's line about a place and aspect holds.
func (b *Baseline) recordText(id string, place facts.Place, aspect facts.Aspect) string {
	switch {
	case aspect == facts.Present && place == facts.BodyPlace:
		return "required" // the first line inside requestBody
	case aspect == facts.Present:
		return place.Last().Name
	case aspect == facts.Required && !place.IsParam() && place != facts.BodyPlace:
		return place.Last().Name // in the list of what is required
	case aspect == facts.Required:
		return "required"
	case aspect == facts.Scheme:
		return "http"
	case aspect == facts.Deprecated || aspect == facts.Nullable:
		return string(aspect)
	}
	if value := b.docs().Operation(id).Value(place, aspect); !strings.HasPrefix(value, "[") {
		return value
	}
	return ""
}
