// Package specedit edits an OpenAPI document in YAML as proposed by drift findings, and leaves everything else unchanged:
// comments, order, blank lines and style.
//
// It changes the text at the positions of the nodes that the YAML parser found, and parses the result again: an edit is
// accepted only if it changed the intended facts of the document, and no others.
package specedit
