// Package nesting finds out which fields of a page are inside which.
//
// Arrays are printed with brackets and are exact. Objects are not: their fields simply follow, and nothing shows where they end.
// A search (search.go) tries every way to place each field in the objects that are open. It keeps the placements that the printed
// JSON supports: a field is a key of its object, and no key is left over (evidence.go). How much each kind of evidence counts stands in
// one table (weights.go). Where the page does not show the answer, the object is marked as uncertain (uncertain.go).
package nesting
