package oas

import (
	"strconv"
	"strings"
)

// Place is a node of a document: its file, and the JSON pointer in it. The pointer "" is the whole file.
type Place struct{ File, Pointer string }

// At descends one step for each key.
func (p Place) At(keys ...string) Place {
	for _, key := range keys {
		p.Pointer += "/" + escapeToken.Replace(key)
	}
	return p
}

// Index descends to an item of a list.
func (p Place) Index(i int) Place { return p.At(strconv.Itoa(i)) }

// keys splits the pointer.
func (p Place) keys() []string {
	if p.Pointer == "" {
		return nil
	}
	keys := strings.Split(strings.TrimPrefix(p.Pointer, "/"), "/")
	for i, key := range keys {
		keys[i] = unescapeToken.Replace(key)
	}
	return keys
}

var (
	escapeToken   = strings.NewReplacer("~", "~0", "/", "~1")
	unescapeToken = strings.NewReplacer("~1", "/", "~0", "~")
)
