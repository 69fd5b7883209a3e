package facts

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// Place says where in an operation a fact stands.
//
//	operation                     the operation itself: method, path, server, title
//	auth                          what a caller must present
//	header.Version query.companyId path.id cookie.sid
//	body body.items[].name        the request body and what is inside it
//	response.200 response.200.data[].id
//	response.200#X-Total          a response header
//	body.meta{}                   the values of a map (additionalProperties)
//	body.value|0                  the first variant of a oneOf or anyOf
//	body@"text/csv"               a further media type; the first one has no mark
//
// A name that contains one of the marks is written in quotes.
type Place string

// The places that every operation has.
const (
	OperationPlace Place = "operation"
	AuthPlace      Place = "auth"
	BodyPlace      Place = "body"
)

// Param returns the place of a parameter; in is header, path, query or cookie.
func Param(in, name string) Place { return Place(in + "." + quoteName(name)) }

// Response returns the place of the response with a status.
func Response(status string) Place { return Place("response." + quoteName(status)) }

// Property returns the place of a property of an object.
func (p Place) Property(name string) Place { return p + Place("."+quoteName(name)) }

// Items returns the place of the items of an array.
func (p Place) Items() Place { return p + "[]" }

// Values returns the place of the values of a map.
func (p Place) Values() Place { return p + "{}" }

// Variant returns the place of the i-th variant of a union.
func (p Place) Variant(i int) Place { return p + Place("|"+strconv.Itoa(i)) }

// Header returns the place of a response header.
func (p Place) Header(name string) Place { return p + Place("#"+quoteName(name)) }

// Media returns the place of a further media type of a body.
func (p Place) Media(mediaType string) Place { return p + Place("@"+strconv.Quote(mediaType)) }

// Under reports whether p is root or inside it.
func (p Place) Under(root Place) bool {
	rest, ok := strings.CutPrefix(string(p), string(root))
	return ok && (rest == "" || strings.ContainsRune(".[{|#@", rune(rest[0])))
}

// Parent returns the place that contains p; "" for the direct parts of an operation: its body, a parameter, a response.
func (p Place) Parent() Place {
	steps, last, err := p.split()
	if err != nil || len(steps) == 1 || len(steps) == 2 && !slices.Contains([]Place{OperationPlace, AuthPlace, BodyPlace}, Place(steps[0].Name)) {
		return ""
	}
	return p[:last]
}

// IsParam reports whether the place is a parameter or inside one.
func (p Place) IsParam() bool {
	return slices.Contains([]string{"header", "query", "path", "cookie"}, p.Root())
}

// Root returns the name that a place begins with: body, response, query, …
func (p Place) Root() string {
	root, _, _ := strings.Cut(string(p), ".")
	return root
}

// A StepKind is a way to descend from a place.
type StepKind byte

// The kinds of steps; each value is the mark that a step is written with.
const (
	StepRoot     StepKind = 0
	StepProperty StepKind = '.'
	StepItems    StepKind = '['
	StepValues   StepKind = '{'
	StepVariant  StepKind = '|'
	StepHeader   StepKind = '#'
	StepMedia    StepKind = '@'
)

// A Step is one part of a place.
type Step struct {
	Kind StepKind
	Name string // of a root, property, header or media type; the number of a variant
}

// Steps splits a place. The first step is the root: operation, auth, body, a location such as query, or response; after a
// location or response, the parameter's name or the status is a property step.
func (p Place) Steps() ([]Step, error) {
	steps, _, err := p.split()
	return steps, err
}

// Last returns the last step of a place, or the zero Step if the place is invalid.
func (p Place) Last() Step {
	steps, err := p.Steps()
	if err != nil {
		return Step{}
	}
	return steps[len(steps)-1]
}

// split is like Steps, and also returns where the last step begins.
func (p Place) split() (steps []Step, last int, err error) {
	name, rest, err := cutName(string(p))
	if err != nil || name == "" {
		return nil, 0, fmt.Errorf("place %q does not begin with a name", p)
	}
	steps = append(steps, Step{StepRoot, name})
	for rest != "" {
		last = len(p) - len(rest)
		mark := StepKind(rest[0])
		switch mark {
		case StepItems, StepValues:
			if len(rest) < 2 || rest[1] != rest[0]+2 {
				return nil, 0, fmt.Errorf("place %q: %q is not closed", p, rest[0])
			}
			steps = append(steps, Step{Kind: mark})
			rest = rest[2:]
		case StepProperty, StepVariant, StepHeader, StepMedia:
			name, after, err := cutName(rest[1:])
			if err != nil {
				return nil, 0, fmt.Errorf("place %q: %w", p, err)
			}
			steps = append(steps, Step{mark, name})
			rest = after
		default:
			return nil, 0, fmt.Errorf("place %q: unexpected %q", p, rest[0])
		}
	}
	return steps, last, nil
}

const marks = `.[]{}|#@"\`

func quoteName(name string) string {
	if name == "" || strings.ContainsAny(name, marks) || strings.ContainsFunc(name, unicode.IsControl) {
		return strconv.Quote(name)
	}
	return name
}

// cutName cuts a bare or quoted name off the front of text.
func cutName(text string) (name, rest string, err error) {
	if strings.HasPrefix(text, `"`) {
		quoted, err := strconv.QuotedPrefix(text)
		if err != nil {
			return "", "", fmt.Errorf("%s: a quoted name that does not end", text)
		}
		name, err = strconv.Unquote(quoted)
		return name, text[len(quoted):], err
	}
	if i := strings.IndexAny(text, marks); i >= 0 {
		return text[:i], text[i:], nil
	}
	return text, "", nil
}

// Renamed returns the place with another name as its last step.
func (p Place) Renamed(name string) Place {
	steps, err := p.Steps()
	if err != nil {
		return p
	}
	return p[:len(p)-len(quoteName(steps[len(steps)-1].Name))] + Place(quoteName(name))
}
