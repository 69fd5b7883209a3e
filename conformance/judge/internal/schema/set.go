// Package schema judges values by the schemas of an OpenAPI document. It translates them to JSON Schema 2020-12, whose
// library then judges: nullable, bounds that are flags, discriminators, and values that travel in one direction only have
// no meaning there.
package schema

import (
	"fmt"
	"strconv"
	"strings"
	"sync"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/highlevel-go/snapshots/conformance/judge/internal/format"
)

// Direction is the way a value travels.
type Direction int

// The directions: requests hold no readOnly values, responses no writeOnly ones.
const (
	Request Direction = iota
	Response
)

// Set judges by the schemas of one document. It is safe for concurrent use.
type Set struct {
	mu    sync.Mutex
	later bool // OpenAPI 3.1 or later
	ways  [2]*way
	steps int // of the judgement that is going on
}

// way holds what was translated for one direction. Each schema is a resource of its own, with its number for an address, so
// that schemas may refer to each other in circles and are translated when they are needed.
type way struct {
	set      *Set
	absent   func(*openapi3.Schema) bool // reports whether values do not travel this way
	compiler *jsonschema.Compiler
	numbers  map[*openapi3.Schema]int
	schemas  []*openapi3.Schema
}

const (
	address = "judge:///"
	// never is the address of what does not travel in this direction.
	never = address + "never"
)

// NewSet makes a set for the schemas of a document of OpenAPI 3.0, or of a later version.
func NewSet(later bool) *Set {
	s := &Set{later: later}
	s.ways[Request] = s.way(func(of *openapi3.Schema) bool { return of.ReadOnly })
	s.ways[Response] = s.way(func(of *openapi3.Schema) bool { return of.WriteOnly })
	return s
}

func (s *Set) way(absent func(*openapi3.Schema) bool) *way {
	w := &way{set: s, absent: absent, compiler: jsonschema.NewCompiler(), numbers: map[*openapi3.Schema]int{}}
	w.compiler.DefaultDraft(jsonschema.Draft2020)
	w.compiler.UseLoader(w)
	w.compiler.UseRegexpEngine(format.Pattern)
	w.compiler.RegisterVocabulary(s.counting())
	w.compiler.AssertVocabs()
	format.Register(w.compiler)
	return w
}

// Load translates the schema with the number that the address ends in. The compiler asks for it.
func (w *way) Load(url string) (any, error) {
	if url == never {
		return false, nil
	}
	n, err := strconv.Atoi(strings.TrimPrefix(url, address))
	if err != nil || n < 0 || n >= len(w.schemas) {
		return nil, fmt.Errorf("%s is not a schema of the document", url)
	}
	return w.translate(w.schemas[n])
}

func (w *way) address(of *openapi3.Schema) string {
	n, known := w.numbers[of]
	if !known {
		n = len(w.schemas)
		w.numbers[of], w.schemas = n, append(w.schemas, of)
	}
	return address + strconv.Itoa(n)
}

// at returns the schema that an address belongs to, or nil.
func (w *way) at(url string) *openapi3.Schema {
	url, _, _ = strings.Cut(strings.TrimPrefix(url, address), "#")
	if n, err := strconv.Atoi(url); err == nil && n >= 0 && n < len(w.schemas) {
		return w.schemas[n]
	}
	return nil
}

// Fits reports whether a schema accepts a value.
func (s *Set) Fits(of *openapi3.Schema, value any, d Direction) bool {
	return len(s.Check(of, value, d)) == 0
}

// Check returns what a schema has against a value, in the order of the places in it.
func (s *Set) Check(of *openapi3.Schema, value any, d Direction) (faults []Fault) {
	s.mu.Lock()
	defer s.mu.Unlock()
	w := s.ways[d]
	compiled, err := w.compiler.Compile(w.address(of))
	if err != nil {
		return []Fault{{Schema: of, Text: "cannot be judged by its schema: " + shortened(err.Error())}}
	}
	s.steps = 0
	defer func() {
		if cause := recover(); cause == errTooManySteps {
			faults = []Fault{{Schema: of, Text: errTooManySteps.Error()}}
		} else if cause != nil {
			panic(cause)
		}
	}()
	if err := compiled.Validate(bounded(value)); err != nil {
		return w.faults(err)
	}
	return nil
}
