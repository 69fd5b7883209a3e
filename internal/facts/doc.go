// Package facts is the common vocabulary in which documentation pages and OpenAPI documents are compared.
//
// A [Fact] is one statement of a document about an operation: a place in it ("query.companyId",
// "response.200.data[].dateAdded"), an aspect of that place (type, required, enum, example, …) and a value, with the file
// and line that state it. Package docpage converts a page to facts, [Read] converts an OpenAPI document to facts, and
// [Write] converts facts to an OpenAPI document. Comparing two documents means comparing two lists of facts (package drift).
// There is no third model.
package facts
