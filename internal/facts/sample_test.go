package facts_test

import (
	"testing"

	"github.com/highlevel-go/snapshots/internal/facts"
)

func TestSampleLineFindsTheFirstDifference(t *testing.T) {
	printed := "\n{\n  \"id\": \"a\",\n  \"list\": [\n    {\n      \"n\": 1\n    },\n    {\n      \"n\": 2\n    }\n  ],\n  \"last\": true\n}\n"
	for name, test := range map[string]struct {
		old  string
		line int
	}{
		"equal":                  {`{"id":"a","last":true,"list":[{"n":1},{"n":2}]}`, 0},
		"a value":                {`{"id":"b","last":true,"list":[{"n":1},{"n":2}]}`, 2},
		"a key that is new":      {`{"id":"a","list":[{"n":1},{"n":2}]}`, 11},
		"a key that is gone":     {`{"id":"a","last":true,"list":[{"n":1},{"n":2}],"more":1}`, 1},
		"inside a list":          {`{"id":"a","last":true,"list":[{"n":1},{"n":3}]}`, 8},
		"a shorter list before":  {`{"id":"a","last":true,"list":[{"n":1}]}`, 7},
		"a longer list before":   {`{"id":"a","last":true,"list":[{"n":1},{"n":2},{"n":3}]}`, 3},
		"another kind of value":  {`{"id":"a","last":true,"list":{"n":1}}`, 3},
		"what was no JSON":       {`hello`, 0},
		"numbers as they read":   {`{"id":"a","last":true,"list":[{"n":1.0},{"n":2}]}`, 0},
		"a text that was number": {`{"id":5,"last":true,"list":[{"n":1},{"n":2}]}`, 2},
	} {
		if line := facts.SampleLine(test.old, printed); line != test.line {
			t.Errorf("%s: line %d, want %d", name, line, test.line)
		}
	}
	if line := facts.SampleLine(`{"a":1}`, "{ broken"); line != 0 {
		t.Errorf("broken JSON: line %d", line)
	}
	if line := facts.SampleLine(`"x"`, "\n\"y\""); line != 1 {
		t.Errorf("a bare value: line %d", line)
	}
}
