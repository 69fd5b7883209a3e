// Package sectioninit begins a section of the API: from its pages it makes the first curated spec, the record of the documentation, the
// ledger, and the test that holds the client against the spec, so that all of them agree before anybody has touched them. What
// only a person can decide, it lists with file and line.
//
// [Plan] makes the files in memory; nothing is written before all of them are there.
package sectioninit
