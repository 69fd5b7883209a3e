// Package schema judges values by the schemas of an OpenAPI document. It translates them to JSON Schema 2020-12, whose
// library then judges: nullable, bounds that are flags, discriminators, and values that are sent in only one direction do
// not exist there.
package schema

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"sync"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/highlevel-go/snapshots/conformance/judge/internal/format"
)

// Direction is the direction of a value: in a request or in a response.
type Direction int

// The directions: requests contain no readOnly values, responses no writeOnly ones.
const (
	Request Direction = iota
	Response
)

// Set judges by the schemas of one document. It is safe for concurrent use.
type Set struct {
	mu      sync.Mutex
	later   bool // OpenAPI 3.1 or later
	ways    [2]*way
	cycles  cycles
	current *Message // that is being judged
}

// Message judges the values of one message, with limits on the time and steps that takes. It is not safe for concurrent use.
type Message struct {
	*Set
	way   *way
	right bool // the value that was checked last has no faults
	limits
}

// Message starts the judgement of a message.
func (s *Set) Message(d Direction) *Message {
	return &Message{Set: s, way: s.ways[d], limits: limits{message: stepsForMessage, time: longestPatterns}}
}

// way contains the schemas translated for one direction. Each schema is a resource of its own, with its number as its
// address, so that schemas may refer to each other in cycles and are translated when needed.
type way struct {
	set      *Set
	absent   func(*openapi3.Schema) bool // reports whether values are not sent in this direction
	compiler *jsonschema.Compiler
	compiled map[*openapi3.Schema]*jsonschema.Schema
	numbers  map[*openapi3.Schema]int
	schemas  []*openapi3.Schema
}

const (
	address = "judge:///"
	// never is the address of schemas whose values are not sent in this direction.
	never = address + "never"
	// endless is the address of a schema that refers to itself for the same value.
	endless = address + "endless"
)

// NewSet returns a set for the schemas of a document of OpenAPI 3.0, or of a later version.
func NewSet(later bool) *Set {
	s := &Set{later: later, cycles: newCycles()}
	s.ways[Request] = s.way(func(of *openapi3.Schema) bool { return of.ReadOnly })
	s.ways[Response] = s.way(func(of *openapi3.Schema) bool { return of.WriteOnly })
	return s
}

func (s *Set) way(absent func(*openapi3.Schema) bool) *way {
	w := &way{set: s, absent: absent, compiler: jsonschema.NewCompiler(), compiled: map[*openapi3.Schema]*jsonschema.Schema{}, numbers: map[*openapi3.Schema]int{}}
	w.compiler.DefaultDraft(jsonschema.Draft2020)
	w.compiler.UseLoader(w)
	w.compiler.UseRegexpEngine(s.pattern)
	w.compiler.RegisterVocabulary(s.counting())
	w.compiler.AssertVocabs()
	format.Register(w.compiler, s.later)
	return w
}

// Load translates the schema with the number at the end of the address. The compiler calls it.
func (w *way) Load(url string) (any, error) {
	if url == never || url == endless {
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
func (m *Message) Fits(of *openapi3.Schema, value any) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.judge(of, value) == nil
}

// Check returns the faults of a value by a schema, in the order of their places in the value. If a limit ends the judgement,
// it returns nothing; see [Message.Exceeded].
func (m *Message) Check(of *openapi3.Schema, value any) []Fault {
	m.mu.Lock()
	defer m.mu.Unlock()
	var invalid *jsonschema.ValidationError
	err := m.judge(of, value)
	m.right = err == nil
	switch {
	case err == nil, m.exceeded != nil:
		return nil
	case errors.As(err, &invalid):
		return m.way.faults(invalid)
	default:
		return []Fault{{Schema: of, Text: shortened(err.Error())}}
	}
}

func (m *Message) judge(of *openapi3.Schema, value any) (err error) {
	if m.exceeded != nil {
		return m.exceeded
	}
	defer func() {
		if cause := recover(); cause != nil && cause == m.exceeded {
			err = m.exceeded
		} else if cause != nil {
			panic(cause)
		}
	}()
	size, depth, unbounded := measure(value)
	if unbounded {
		value = bounder{}.value(value)
	}
	m.current = m
	m.begin(size, depth)
	compiled := m.way.compiled[of]
	if compiled == nil {
		if compiled, err = m.way.compiler.Compile(m.way.address(of)); err != nil {
			return fmt.Errorf("cannot be judged by its schema: %w", err)
		}
		m.way.compiled[of] = compiled
	}
	return compiled.Validate(value)
}
