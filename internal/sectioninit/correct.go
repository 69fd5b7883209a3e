package sectioninit

import (
	"fmt"
	"slices"
	"time"

	"github.com/highlevel-go/snapshots/internal/facts"
)

// corrections are the operations of a spec without contradictions, and their differences from the pages.
type corrections struct {
	operations []*facts.Operation
	marks      map[string][]string // the ids of the corrections of each operation
	list       []correction
	review     []ReviewItem
	today      time.Time
}

// correction is an entry of the ledger, about one place of all operations that have it.
type correction struct {
	difference
	id         string
	operations []string
	pos        facts.Pos // in the first one
}

// difference is an aspect of a place whose value on the pages of an API version differs from that in the spec; "" means
// absent.
type difference struct {
	version    string
	place      facts.Place
	aspect     facts.Aspect
	docs, spec string
	why        string
}

// corrected creates the operations of a spec from records. It omits prose, which belongs to the publisher, printed bodies,
// which become fixtures, and examples, defaults and enum values that their own schema does not allow.
func corrected(records []*facts.Document, today time.Time) *corrections {
	c := &corrections{marks: map[string][]string{}, today: today}
	var versions []string // by operation
	for _, record := range records {
		for _, op := range record.Operations {
			c.operations = append(c.operations, op)
			versions = append(versions, record.Version)
		}
	}
	for i, op := range facts.Complete(c.operations) {
		c.pathParameters(c.operations[i], op, versions[i])
		own := *op
		own.Facts = slices.DeleteFunc(slices.Clone(op.Facts), func(f facts.Fact) bool { return f.Aspect.IsText() || f.Aspect == facts.Title })
		own.Renderer, own.FromDocument, own.Unseen, own.Contradictions = "", false, nil, nil
		c.addAnswer(&own, versions[i])
		c.correct(&own, versions[i])
		c.operations[i] = &own
	}
	c.addServers(versions)
	return c
}

// addAnswer adds a response to an operation whose page describes none, because OpenAPI requires one.
func (c *corrections) addAnswer(op *facts.Operation, version string) {
	isAnswer := func(f facts.Fact) bool {
		steps, err := f.Place.Steps()
		return err == nil && steps[0].Name == "response"
	}
	if slices.ContainsFunc(op.Facts, isAnswer) {
		return
	}
	op.Add(anyAnswer, facts.Present, "true", op.Pos)
	c.add(op, difference{version, anyAnswer, facts.Present, "", "true", "the page describes no answer, and OpenAPI asks for one"}, op.Pos)
}

const anyAnswer facts.Place = "response.default"

// addServers sets the server of operations whose pages name none to the server of most other operations.
func (c *corrections) addServers(versions []string) {
	count := map[[2]string]int{}
	most := [2]string{}
	named := func(op *facts.Operation) [2]string {
		return [2]string{op.Value(facts.OperationPlace, facts.Server), op.Value(facts.OperationPlace, facts.Servers)}
	}
	for _, op := range c.operations {
		if server := named(op); server[0] != "" {
			if count[server]++; count[server] > count[most] {
				most = server
			}
		}
	}
	for i, op := range c.operations {
		if most[0] == "" || named(op)[0] != "" {
			continue
		}
		for j, aspect := range []facts.Aspect{facts.Server, facts.Servers} {
			if most[j] != "" {
				op.Add(facts.OperationPlace, aspect, most[j], op.Pos)
				c.add(op, difference{versions[i], facts.OperationPlace, aspect, "", most[j], "the page names no server, and those of the other operations do"}, op.Pos)
			}
		}
	}
}

// pathParameters compares the path of an operation with that of its page. The parameters that the page does not describe
// were added, and those with different names in operations of the same path were renamed, since OpenAPI has one name for
// them.
func (c *corrections) pathParameters(page, complete *facts.Operation, version string) {
	theirs := page.PathParams()
	if old, path := page.Value(facts.OperationPlace, facts.Path), complete.Value(facts.OperationPlace, facts.Path); old != path {
		c.add(page, difference{version, facts.OperationPlace, facts.Path, old, path, "OpenAPI has one name for a parameter of a path, and the page of another operation has another one"}, page.Pos)
	}
	for i, name := range complete.PathParams() {
		if _, described := page.Get(facts.Param("path", name), facts.Present); described {
			continue
		}
		why := "the path has the parameter, and the page does not describe it"
		if theirs[i] != name {
			why = "OpenAPI has one name for a parameter of a path, and the page of another operation calls it " + name
			if f, described := page.Get(facts.Param("path", theirs[i]), facts.Present); described {
				c.add(page, difference{version, f.Place, facts.Present, "true", "", why}, f.Pos)
			}
		}
		c.add(page, difference{version, facts.Param("path", name), facts.Present, "", "true", why}, page.Pos)
	}
}

func (c *corrections) correct(op *facts.Operation, version string) {
	kept := op.Facts[:0:0]
	for _, f := range op.Facts { // enums first, because examples are checked against them
		if f.Aspect == facts.Enum {
			if values := ofType(f.Value, op.Value(f.Place, facts.Type)); values != f.Value {
				c.add(op, difference{version, f.Place, f.Aspect, f.Value, values, "an enum of the page has values that are not of the type beside it, so that no message can have them"}, f.Pos)
				if f.Value = values; values == "" {
					continue
				}
			}
		}
		kept = append(kept, f)
	}
	op.Facts = kept
	c.discriminators(op, version)
	c.unions(op, version)
	refused := map[int]bool{}
	for i, f := range op.Facts {
		if why := facts.ExampleProblem(op, f); why != "" {
			refused[i] = true
			c.add(op, difference{version, f.Place, f.Aspect, f.Value, "", fmt.Sprintf("the %s on the page is not what its own schema allows: %s", f.Aspect, shortened(why, maxReason))}, f.Pos)
		}
	}
	kept = op.Facts[:0:0]
	for i, f := range op.Facts {
		if !refused[i] {
			kept = append(kept, f)
		}
	}
	op.Facts = kept
}

// discriminators removes them: they name components of the publisher's document, which have other names in the spec. The
// client distinguishes the choices by their fields.
func (c *corrections) discriminators(op *facts.Operation, version string) {
	op.Facts = slices.DeleteFunc(op.Facts, func(f facts.Fact) bool {
		if f.Aspect == facts.Discriminator {
			c.add(op, difference{version, f.Place, f.Aspect, f.Value, "", "the discriminator names components that are called otherwise here; put it back with their names"}, f.Pos)
		}
		return f.Aspect == facts.Discriminator
	})
}

func (c *corrections) add(op *facts.Operation, d difference, pos facts.Pos) {
	c.review = append(c.review, ReviewItem{Kind: "Where the spec departs from the page", Place: pos.String(), Text: fmt.Sprintf("%s, %s: %s", op.ID, d.place, d.why)})
	if d.docs == d.spec { // an empty example was omitted anyway
		return
	}
	i := slices.IndexFunc(c.list, func(known correction) bool { return known.difference == d })
	if i < 0 {
		i = len(c.list)
		c.list = append(c.list, correction{difference: d, id: fmt.Sprintf("init-%s-%d", d.aspect, i+1), pos: pos})
	}
	c.list[i].operations = append(c.list[i].operations, op.ID)
	c.marks[op.ID] = append(c.marks[op.ID], c.list[i].id)
}
