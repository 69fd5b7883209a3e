// Package nesting determines which fields of a page are inside which.
//
// Arrays are printed with brackets and are exact. Objects are not: their fields simply follow, and nothing marks their end.
// A search (search.go) tries every way to place each field in the objects that are open. It prefers the placements that the
// printed JSON supports: a field is a key of its object, and no key is left over (evidence.go). One table has the weight of
// each kind of evidence (weights.go). If the page does not show where an object ends, the object is marked as uncertain
// (uncertain.go).
package nesting
