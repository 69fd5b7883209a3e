package schema

import (
	"errors"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// stepsForEach bounds how many times the parts of a value are held against a schema, for each of them. Schemas that hold
// themselves in several branches of a choice ask twice as often for each level that a value is deep.
const stepsForEach = 500

var errTooManySteps = errors.New("its schema asks for more steps than can be made: it holds itself in several branches of a choice")

// stepKeyword makes a schema count.
const stepKeyword = "x-judge-step"

// counting is a vocabulary that ends a judgement with a panic of errTooManySteps, which [Message.judge] recovers: the library
// has no other way to stop.
func (s *Set) counting() *jsonschema.Vocabulary {
	return &jsonschema.Vocabulary{
		URL: address + "steps",
		Compile: func(_ *jsonschema.CompilerContext, object map[string]any) (jsonschema.SchemaExt, error) {
			if object[stepKeyword] == nil {
				return nil, nil
			}
			return step{s}, nil
		},
	}
}

type step struct{ set *Set }

func (s step) Validate(*jsonschema.ValidatorContext, any) {
	if s.set.message.left--; s.set.message.left < 0 {
		panic(errTooManySteps)
	}
}
