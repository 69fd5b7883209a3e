package pagewriter

import (
	"cmp"
	"slices"

	"github.com/highlevel-go/snapshots/internal/facts"
)

// schema is a place with the facts about it and what is inside it.
type schema struct {
	place      facts.Place
	name       string
	facts      map[facts.Aspect]facts.Fact
	properties []*schema
	items      *schema
	values     *schema
	variants   []*schema
	headers    []*schema
	media      []*schema
}

func (s *schema) has(a facts.Aspect) bool     { _, ok := s.facts[a]; return ok }
func (s *schema) value(a facts.Aspect) string { return s.facts[a].Value }
func (s *schema) kind() string                { return s.value(facts.Type) }
func (s *schema) isUnion() bool               { return s.has(facts.Union) && len(s.variants) > 0 }
func (s *schema) prose(a facts.Aspect) string { return s.facts[a].Prose }
func (s *schema) isEmpty() bool {
	n := len(s.facts)
	for _, outside := range []facts.Aspect{facts.Present, facts.Required} {
		if s.has(outside) {
			n--
		}
	}
	return n == 0 && len(s.properties) == 0 && s.items == nil && s.values == nil && len(s.variants) == 0
}

// arrange builds the tree of an operation, with the roots below it: operation, auth, body, header, path, response, ….
func arrange(op *facts.Operation) (map[string]*schema, error) {
	roots := map[string]*schema{}
	known := map[facts.Place]*schema{}
	for _, fact := range op.Facts {
		s := known[fact.Place]
		if s == nil {
			steps, err := fact.Place.Steps()
			if err != nil {
				return nil, err
			}
			s = roots[steps[0].Name]
			if s == nil {
				s = newSchema(facts.Place(steps[0].Name), steps[0].Name)
				roots[steps[0].Name] = s
			}
			for _, step := range steps[1:] {
				s = s.down(step)
			}
			known[fact.Place] = s
		}
		if !s.has(fact.Aspect) {
			s.facts[fact.Aspect] = fact
		}
	}
	return roots, nil
}

func newSchema(place facts.Place, name string) *schema {
	return &schema{place: place, name: name, facts: map[facts.Aspect]facts.Fact{}}
}

func (s *schema) down(step facts.Step) *schema {
	among := func(list *[]*schema, place facts.Place) *schema {
		for _, known := range *list {
			if known.name == step.Name {
				return known
			}
		}
		next := newSchema(place, step.Name)
		*list = append(*list, next)
		return next
	}
	one := func(at **schema, place facts.Place) *schema {
		if *at == nil {
			*at = newSchema(place, "")
		}
		return *at
	}
	switch step.Kind {
	case facts.StepItems:
		return one(&s.items, s.place.Items())
	case facts.StepValues:
		return one(&s.values, s.place.Values())
	case facts.StepVariant:
		next := among(&s.variants, s.place+facts.Place("|"+step.Name))
		slices.SortStableFunc(s.variants, func(a, b *schema) int {
			return cmp.Or(cmp.Compare(len(a.name), len(b.name)), cmp.Compare(a.name, b.name))
		})
		return next
	case facts.StepHeader:
		return among(&s.headers, s.place.Header(step.Name))
	case facts.StepMedia:
		return among(&s.media, s.place.Media(step.Name))
	}
	return among(&s.properties, s.place.Property(step.Name))
}
