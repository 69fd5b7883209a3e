// Package sectioninit begins a section of the API: from its pages it makes the first curated spec, the record of the documentation, the
// ledger, and the test that compares the client with the spec. All of them agree from the start. It lists, with file and line, what only
// a person can decide.
//
// [Plan] makes all files in memory, before [Section.Write] writes the first.
package sectioninit
