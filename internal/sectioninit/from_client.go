package sectioninit

import (
	"slices"
	"strings"

	"github.com/highlevel-go/snapshots/internal/oas"
	"go.yaml.in/yaml/v3"
)

// clientIDs are the names of parameters and properties that have the same value in all calls of most programs.
var clientIDs = []string{"companyId", "locationId"}

// isClientID reports whether the client can have the value of a parameter or property: it must be a string without enum,
// default or null.
func isClientID(name string, schema *yaml.Node) bool {
	return slices.Contains(clientIDs, name) && oas.Text(oas.Child(schema, "type")) == "string" && len(content(oas.Child(schema, "enum"))) == 0 &&
		oas.Child(schema, "default") == nil && !oas.IsTrue(oas.Child(schema, "nullable"))
}

// fromClient marks what a client fills in: the Version header, and the ids of the account in the query and the body. It reports whether
// the operation has a Version header.
func (d *draft) fromClient(op operation) bool {
	hasVersion := false
	for _, p := range content(oas.Child(op.node, "parameters")) {
		name, in, schema := oas.Text(oas.Child(p, "name")), oas.Text(oas.Child(p, "in")), oas.Child(p, "schema")
		switch {
		case in == "header" && strings.EqualFold(name, "Version"):
			hasVersion = true
			values := len(content(oas.Child(schema, "enum")))
			if values == 0 && oas.Child(schema, "default") == nil {
				d.section.addReviewAt("Version", op.at(), "%s %s requires a Version but does not say which one; add an enum, and x-from-client: always", op.method, op.path)
				oas.PutAfter(p, "in", "x-from-client", oas.String("fallback"))
				continue
			}
			if values > 1 {
				d.section.addReviewAt("Version", op.at(), "the Version of %s %s can be one of %d; the client sends the first", op.method, op.path, values)
			}
			oas.PutAfter(p, "in", "x-from-client", oas.String("always"))
		case in == "query" && isClientID(name, schema):
			oas.PutAfter(p, "in", "x-from-client", oas.String("fallback"))
		}
	}
	for _, media := range oas.Pairs(oas.Child(oas.Child(op.node, "requestBody"), "content")) {
		for name, property := range oas.Pairs(oas.Child(oas.Child(media, "schema"), "properties")) {
			if isClientID(name.Value, property) {
				oas.Put(property, "x-from-client", oas.String("fallback"))
			}
		}
	}
	return hasVersion
}

// reviewVersions adds the operations without a Version header to the review, as one item if none has it.
func (d *draft) reviewVersions(operations []operation) {
	if len(operations) == len(d.operations) {
		d.section.addReviewAt("Version", []string{"paths"}, "no operation asks for a Version header; none is sent")
		return
	}
	for _, op := range operations {
		d.section.addReviewAt("Version", op.at(), "%s %s asks for no Version header; none is sent", op.method, op.path)
	}
}
