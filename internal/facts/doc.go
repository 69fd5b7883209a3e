// Package facts is the one vocabulary in which documentation pages and OpenAPI documents are compared.
//
// A [Fact] is one thing that a document says about an operation: a place in it ("query.companyId",
// "response.200.data[].dateAdded"), an aspect of that place (type, required, enum, example, …) and a value, with the file
// and line that say so. A page becomes facts (package docpage), an OpenAPI document becomes facts ([Read]), and facts become
// an OpenAPI document ([Write]). Comparing two documents is comparing two lists of facts (package drift). There is no third
// model.
package facts
