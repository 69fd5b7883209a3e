package clientmutants

import "slices"

// engine is the directory of the code that every generated operation stands on.
const engine = "api/rest"

// Engine are the operators on the engine.
func Engine() []Operator {
	operators := slices.Concat(sending(), receiving(), decoding(), deciding(), values())
	for i := range operators {
		operators[i].File = engine
	}
	return operators
}
