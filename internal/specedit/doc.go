// Package specedit changes an OpenAPI document in YAML as a drift finding proposes, and leaves the rest of it as it is:
// comments, order, blank lines and style.
//
// It changes the text where the YAML parser found the nodes, and reads the result again: an edit is accepted only if it changed the facts of
// the document that it is about, and no others.
package specedit
