package main

import (
	"strings"
	"testing"
)

// A response with x-go-answer is read into a type that the package has by hand, and its schema becomes none.
func TestAnAnswerCanHaveAHandWrittenType(t *testing.T) {
	const answer = "      responses: {'200': {description: ok, x-go-answer: Card, content: {application/json: {schema: {$ref: '#/components/schemas/Membership'}}}}}\n" +
		"components: {schemas: {Membership: {type: object, properties: {id: {type: string}}}}}\n"
	all := ""
	for _, text := range made(t, write(t, "spec.yaml", head+op+answer), "p") {
		all += string(text)
	}
	if !strings.Contains(all, "(*Card, error)") || !strings.Contains(all, "rest.Do[Card]") || strings.Contains(all, "type Membership") {
		t.Error(all)
	}
}
