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
		p.Pointer += "/" + EscapeToken(key)
	}
	return p
}

// Index descends to an item of a list.
func (p Place) Index(i int) Place { return p.At(strconv.Itoa(i)) }

// Key returns the last key of the pointer, or "" for the whole file.
func (p Place) Key() string {
	return unescapeToken.Replace(p.Pointer[strings.LastIndexByte(p.Pointer, '/')+1:])
}

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

// EscapeToken returns a key as it is written in a JSON pointer.
func EscapeToken(key string) string { return escapeToken.Replace(key) }

var (
	escapeToken   = strings.NewReplacer("~", "~0", "/", "~1")
	unescapeToken = strings.NewReplacer("~1", "/", "~0", "~")
)
