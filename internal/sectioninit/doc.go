// Package sectioninit creates a section of the API: from its pages it generates the first curated spec, the record of the
// documentation, the ledger, and the test that compares the client with the spec. All of them agree from the start. It
// lists, with file and line, what only a person can decide.
//
// [Plan] creates all files in memory, before [Section.Write] writes the first.
package sectioninit
