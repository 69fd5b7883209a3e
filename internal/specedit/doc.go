// Package specedit changes an OpenAPI document in YAML as a drift finding proposes, and leaves the rest of it as it is:
// comments, order, blank lines and style.
//
// It works on the text, guided by where the YAML parser found things, and reads the result again: an edit counts only if
// the facts of the document changed as the edit says, and nothing else did.
package specedit
